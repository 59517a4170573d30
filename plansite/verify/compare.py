"""A copy of a site compared with a fresh build: nothing is published, and nothing is written to the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from plansite.model.page_addresses import ABOUT_PAGE
from plansite.model.settings import Settings
from plansite.verify.claims import CopyClaims
from plansite.verify.published_files import DifferenceKind, PublishedFiles, hash_published_files
from plansite.verify.rebuild import RebuildOptions, RebuiltSite, rebuild_commit, rebuild_working_tree
from plansite.verify.report import VerifyReport
from plansite.verify.target import ComparisonTarget, find_commit, is_same_commit

# What a build says of signatures depends on the keys that were known where it ran. Words alone are passed over.
_SIGNATURE_TEXT = re.compile(r"<div data-signed><dt>[^<>]*</dt><dd>([^<>]*)</dd></div>")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRequest:
    """A copy in `folder`, what it says of itself, and what the site in `root` is to be built for and from.

    `whole` is False for a copy that was fetched page by page, where files are missing that no page links to.
    """

    root: Path
    folder: Path
    settings: Settings
    claims: CopyClaims
    target: ComparisonTarget
    options: RebuildOptions
    is_complete: bool = True


def compare_copy(request: ComparisonRequest, notify: Callable[[str], None]) -> VerifyReport:
    """Compare; `tell` hears what is passed over. Raises OSError, TreeError, SettingsError and ThemeError."""
    held = hash_published_files(request.folder)
    then = request.target.revision
    built = (
        rebuild_commit(request.root, then, request.options)
        if then
        else rebuild_working_tree(request.root, request.options)
    )
    verdict = VerifyReport(
        folder=request.folder,
        options=request.options,
        revision=then,
        claims=request.claims,
        claimed_revision=find_commit(request.root, request.settings, request.claims.commit)
        if request.claims.commit
        else None,
        file_count=len(held.hashes),
        differences=held.compare_with(_ignore_signature_text(request, held, built, notify)),
        is_uncommitted=False,
        has_manifest=held.manifest is not None or not request.is_complete,
    )
    if not request.is_complete:
        verdict = _drop_missing_files(verdict, notify)
    return replace(verdict, is_uncommitted=_is_uncommitted(request, held, verdict))


def _ignore_signature_text(
    request: ComparisonRequest, published: PublishedFiles, built: RebuiltSite, notify: Callable[[str], None]
) -> Mapping[str, str]:
    """The digests of a build; its page about itself counts as the copy's where only the words on signatures differ."""
    found = published.hashes.get(ABOUT_PAGE, "")
    if (
        not built.about_page
        or found in ("", built.hashes.get(ABOUT_PAGE))
        or not (request.folder / ABOUT_PAGE).is_file()
    ):
        return built.hashes
    page = (request.folder / ABOUT_PAGE).read_bytes().decode("utf-8", "surrogateescape")
    if _SIGNATURE_TEXT.sub("", page) != _SIGNATURE_TEXT.sub("", built.about_page):
        return built.hashes
    said = "; ".join(_SIGNATURE_TEXT.findall(page)) or "nothing"
    rebuilt = _signature_text(built.about_page)
    notify(f"{ABOUT_PAGE} says of the signature: {said}. With the keys known here it says: {rebuilt}.")
    return {**built.hashes, ABOUT_PAGE: found}


def _signature_text(page: str) -> str:
    return "; ".join(_SIGNATURE_TEXT.findall(page)) or "nothing"


def _drop_missing_files(report: VerifyReport, notify: Callable[[str], None]) -> VerifyReport:
    """The same without what the copy does not hold."""
    there = tuple(each for each in report.differences if each.kind is not DifferenceKind.MISSING)
    lacking = len(report.differences) - len(there)
    if lacking:
        notify(f"{lacking:,} files of the build are not in this download, and were not compared.")
    return replace(report, differences=there)


def _is_uncommitted(request: ComparisonRequest, published: PublishedFiles, report: VerifyReport) -> bool:
    """Whether a copy that names this very commit is what the files here build, with changes that no commit holds."""
    then, claims = report.revision, request.claims
    if report.is_same or then is None or request.target.is_explicit or request.options.as_at_commit:
        return False
    if claims.commit and not is_same_commit(then.commit, claims.commit):
        return False
    if any(each.is_edited for each in report.differences):  # no build leaves a folder that its own list denies
        return False
    return not published.compare_with(rebuild_working_tree(request.root, request.options).hashes)
