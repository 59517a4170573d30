"""The report of a comparison, and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from plansite import __version__
from plansite.deferred_dataclass import dataclass
from plansite.history.checkout import ResolvedCommit
from plansite.model.formatting import format_count, format_long_date, replace_unprintable
from plansite.model.page_addresses import ABOUT_PAGE
from plansite.model.status import Audience
from plansite.publish.manifest import MANIFEST
from plansite.verify.claims import CopyClaims
from plansite.verify.published_files import DifferenceKind, FileDifference
from plansite.verify.rebuild import RebuildOptions
from plansite.verify.target import is_same_commit

_AUDIENCE_NAMES = {
    Audience.INTERNAL: "for internal readers",
    Audience.PARTNERS: "for partners",
    Audience.PUBLIC: "for everybody",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """How a copy in `folder` compares with a build of `revision`, or of the working tree where that is None.

    `claimed_revision` is the commit that the copy names, if the repository has it. `is_uncommitted` says that the
    working tree, but no commit, builds the copy. `has_manifest` is False where the copy should have one and has not.
    """

    folder: Path
    options: RebuildOptions
    revision: ResolvedCommit | None
    claims: CopyClaims
    claimed_revision: ResolvedCommit | None
    file_count: int
    differences: tuple[FileDifference, ...]
    is_uncommitted: bool
    has_manifest: bool

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    @property
    def is_of_another_commit(self) -> bool:
        """Whether the copy names another commit than the one it was compared with."""
        return bool(self.revision and self.claims.commit) and not is_same_commit(
            self.revision.commit if self.revision else "", self.claims.commit
        )


def format_result(report: VerifyReport) -> Iterator[str]:
    """The lines of a report: the result, then the reasons for differences, as far as the copy tells them."""
    source = f"what commit {report.revision.commit} builds" if report.revision else "what the files here build"
    target = f"{_AUDIENCE_NAMES[report.options.audience]}, as at {format_long_date(report.options.day)}"
    if report.is_same:
        yield f"Same: {report.folder} is {source} {target}. {format_count(report.file_count, 'file')} compared."
        return
    count = len(report.differences)
    differ = f"{format_count(count, 'file')} differ{'s' if count == 1 else ''}"
    yield f"Not the same: {report.folder} is not {source} {target}. {differ}."
    yield from _explain_differences(report)


def _explain_differences(report: VerifyReport) -> Iterator[str]:
    edited_paths = {difference.path for difference in report.differences if difference.is_edited}
    if report.is_of_another_commit:
        yield _explain_other_commit(report)
    if report.revision and not report.claims.commit and len(edited_paths) < len(report.differences):
        yield "It does not name its commit. It may only be older or newer: use --commit to compare it with another one."
    if report.is_uncommitted:
        yield "It was built from changes that were never committed: building this folder now gives the same files."
    yield from _explain_claims(report.claims, report.options)
    if ABOUT_PAGE in edited_paths:
        remedy = "If it names the wrong day or audience, use --today and --audience."
        yield f"{ABOUT_PAGE} was changed too. {remedy}"
    if edited_paths:
        yield "Some files were changed after it was built: they do not match its own list of files."
    elif not report.has_manifest:
        yield f"{MANIFEST}, its list of files, is missing or cannot be read."


def _explain_claims(claims: CopyClaims, options: RebuildOptions) -> Iterator[str]:
    """Lines for claims of the copy that differ from the options of the build."""
    if claims.version and claims.version != __version__:
        yield (
            f"It was built by plansite {claims.version}, and this is {__version__}, which may make pages differently. "
            f"Install that version to compare it: pip install plansite=={claims.version}"
        )
    if claims.audience and claims.audience is not options.audience:
        yield f"It says that it was built {_AUDIENCE_NAMES[claims.audience]}."
    if claims.day and claims.day != options.day:
        yield f"It says that it is as at {format_long_date(claims.day)}."
    if claims.audience is None:
        yield "It does not name the audience and day that it was built for. If you know, use --audience and --today."


def _explain_other_commit(report: VerifyReport) -> str:
    name = report.claims.commit
    if report.claimed_revision is None:
        return f"It says that it was built from commit {name}, which this repository does not have."
    day = format_long_date(report.claimed_revision.day)
    return f"It says that it was built from commit {name} of {day}. To compare it with that one, add: --commit {name}"


_KIND_NAMES = {DifferenceKind.DIFFERENT: "different", DifferenceKind.MISSING: "missing", DifferenceKind.ADDED: "added"}


def format_differences(differences: Sequence[FileDifference], limit: int | None) -> Iterator[str]:
    """A line for each of the first `limit` differences, edited files first, and one with the number of the others."""
    ordered = sorted(differences, key=lambda difference: (not difference.is_edited, difference.path))
    for difference in ordered[:limit]:
        suffix = ", after it was built" if difference.is_edited else ""
        yield f"  {_KIND_NAMES[difference.kind]}{suffix}: {replace_unprintable(difference.path)}"
    if limit is not None and len(ordered) > limit:
        yield f"  and {len(ordered) - limit:,} more; --verbose lists all"
