"""Builds a pack again from its commit, for comparison, or from an earlier commit, and never from the working tree."""

from __future__ import annotations

import tempfile
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from plansite.content.settings import load_settings
from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.archive import hash_files
from plansite.evidence_pack.manifest import PackManifest
from plansite.evidence_pack.pack_build import PackRequest, build_pack
from plansite.evidence_pack.selection import PackKind, PackSubject
from plansite.evidence_pack.verification import PackDifference, PackDifferenceKind
from plansite.history.checkout import (
    RepositoryError,
    ResolvedCommit,
    create_checkout,
    extract_site_on_day,
    resolve_commit,
)
from plansite.history.git import find_head_commit
from plansite.model.dates import parse_iso_date
from plansite.model.settings import Settings
from plansite.model.status import Audience
from plansite.site.evidence_pack.period import PackPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedDay:
    """The clock of a pack whose day is known."""

    day: date

    def today(self, settings: Settings) -> date:  # noqa: ARG002  (the pack or an option has set the day)
        """The day of the pack."""
        return self.day

    def pinned(self, settings: Settings) -> bool:  # noqa: ARG002  (as above)
        """It was given."""
        return True


@contextmanager
def open_earlier_site(root: Path, revision: ResolvedCommit, day: date) -> Iterator[tuple[Path, str]]:
    """A folder with the site in `root` as it was at a commit, and its history up to then, as long as it is used.

    With it comes the full id of the commit. Raises RepositoryError.
    """
    with tempfile.TemporaryDirectory(prefix="plansite-") as folder:
        extracted = extract_site_on_day(root, revision, day, Path(folder))
        create_checkout(root, revision.commit, extracted.top)
        yield extracted.root, find_head_commit(extracted.root)


def find_pack_commit(root: Path, commit: str) -> ResolvedCommit | None:
    """The commit of a pack in the repository of the site in `root`; None where the repository does not have it."""
    zone = zoneinfo.ZoneInfo(load_settings(root).timezone)
    try:
        return resolve_commit(root, commit, zone)
    except RepositoryError:
        return None


def compare_with_commit(root: Path, revision: ResolvedCommit, manifest: PackManifest) -> tuple[PackDifference, ...]:
    """How the files of a pack differ from those of one that is built from a commit of the site in `root`.

    Raises what `build_pack` raises, and RepositoryError.
    """
    day = parse_iso_date(manifest.day) or revision.day
    with open_earlier_site(root, revision, day) as (earlier, commit):
        request = PackRequest(
            root=earlier,
            subject=PackSubject(kind=PackKind(manifest.subject), names=manifest.names),
            period=PackPeriod(parse_iso_date(manifest.first), parse_iso_date(manifest.last)),
            audience=Audience(manifest.audience),
            is_lenient=True,
            commit=commit,
            is_earlier=manifest.is_earlier,
        )
        built = build_pack(request, FixedDay(day=day))
        hashes = hash_files(built.files)
    return tuple(_list_differences({path: digest.digest for path, digest in manifest.files.items()}, hashes))


def _list_differences(packed: dict[str, str], built: dict[str, str]) -> Iterator[PackDifference]:
    for path in sorted(packed.keys() | built.keys()):
        if path not in packed:
            yield PackDifference(path, PackDifferenceKind.MISSING)
        elif path not in built:
            yield PackDifference(path, PackDifferenceKind.ADDED)
        elif packed[path] != built[path]:
            yield PackDifference(path, PackDifferenceKind.CHANGED)
