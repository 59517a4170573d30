"""Compares a copy of a site with a fresh build. Nothing is published or written to the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.file_access import read_plain_file
from plansite.model.page_addresses import ABOUT_PAGE
from plansite.model.settings import Settings
from plansite.verify.claims import MAX_PAGE_SIZE, CopyClaims
from plansite.verify.published_files import DifferenceKind, PublishedFiles, hash_published_files
from plansite.verify.rebuild import RebuildOptions, RebuiltSite, rebuild_commit, rebuild_working_tree
from plansite.verify.report import VerifyReport
from plansite.verify.target import ComparisonTarget, find_commit, is_same_commit

# The text about signatures depends on the keys known on the computer that built. A difference in it alone is ignored.
_SIGNATURE_TEXT = compile_lazily(r"<div data-signed><dt>[^<>]*</dt><dd>([^<>]*)</dd></div>")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRequest:
    """A copy in `folder` with its claims, and the commit and options with which the site in `root` is built.

    `is_complete` is False for a copy downloaded page by page, which lacks files that no page links to.
    """

    root: Path
    folder: Path
    settings: Settings
    claims: CopyClaims
    target: ComparisonTarget
    options: RebuildOptions
    is_complete: bool = True


def compare_copy(request: ComparisonRequest, notify: Callable[[str], None]) -> VerifyReport:
    """The report of a comparison. `notify` gets messages about ignored differences.

    Raises OSError, RepositoryError, SettingsError and ThemeError.
    """
    published = hash_published_files(request.folder)
    revision = request.target.revision
    if revision:
        built = rebuild_commit(request.root, revision, request.options)
    else:
        built = rebuild_working_tree(request.root, request.options)
    report = VerifyReport(
        folder=request.folder,
        options=request.options,
        revision=revision,
        claims=request.claims,
        claimed_revision=find_commit(request.root, request.settings, request.claims.commit)
        if request.claims.commit
        else None,
        file_count=len(published.hashes),
        differences=published.compare_with(_ignore_signature_text(request, published, built, notify)),
        is_uncommitted=False,
        has_manifest=published.manifest is not None or not request.is_complete,
    )
    if not request.is_complete:
        report = _drop_missing_files(report, notify)
    return replace(report, is_uncommitted=_is_uncommitted(request, published, report))


def _ignore_signature_text(
    request: ComparisonRequest, published: PublishedFiles, built: RebuiltSite, notify: Callable[[str], None]
) -> Mapping[str, str]:
    """The hashes of a build, with the copy's hash of its about page where only the text about signatures differs."""
    about_hash = published.hashes.get(ABOUT_PAGE, "")
    if not built.about_page or about_hash in ("", built.hashes.get(ABOUT_PAGE)):
        return built.hashes
    page = read_plain_file(request.folder / ABOUT_PAGE, MAX_PAGE_SIZE).decode("utf-8", "surrogateescape")
    if _SIGNATURE_TEXT.sub("", page) != _SIGNATURE_TEXT.sub("", built.about_page):
        return built.hashes
    notify(
        f"The signature line on {ABOUT_PAGE} reads: {_signature_text(page)}. "
        f"With the keys on this computer it reads: {_signature_text(built.about_page)}."
    )
    return {**built.hashes, ABOUT_PAGE: about_hash}


def _signature_text(page: str) -> str:
    return "; ".join(_SIGNATURE_TEXT.findall(page)) or "nothing"


def _drop_missing_files(report: VerifyReport, notify: Callable[[str], None]) -> VerifyReport:
    """The report without files that the copy lacks."""
    differences = tuple(
        difference for difference in report.differences if difference.kind is not DifferenceKind.MISSING
    )
    missing_count = len(report.differences) - len(differences)
    if missing_count:
        notify(f"{missing_count:,} files of the build are not in this download, and were not compared.")
    return replace(report, differences=differences)


def _is_uncommitted(request: ComparisonRequest, published: PublishedFiles, report: VerifyReport) -> bool:
    """Whether a copy that differs from its commit is what the working tree builds, with uncommitted changes."""
    revision, claims = report.revision, request.claims
    if report.is_same or revision is None or request.target.is_explicit or request.options.as_at_commit:
        return False
    if claims.commit and not is_same_commit(revision.commit, claims.commit):
        return False
    if any(difference.is_edited for difference in report.differences):  # no build contradicts its own manifest
        return False
    return not published.compare_with(rebuild_working_tree(request.root, request.options).hashes)
