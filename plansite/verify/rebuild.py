"""Builds a commit, extracted to a temporary folder, or the working tree, for comparison only."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from plansite.cache.site_cache import SiteCache, memory_cache, open_cache
from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder
from plansite.history.checkout import ResolvedCommit, create_checkout, extract_site, extract_site_on_day
from plansite.model.page_addresses import ABOUT_PAGE
from plansite.model.settings import Settings
from plansite.model.status import Audience
from plansite.pipeline.build import build_site
from plansite.publish.stage import FileDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildOptions:
    """The audience and day of a build. `as_at_commit` is the commit that pages of an earlier state name."""

    audience: Audience
    day: date
    is_pinned: bool
    as_at_commit: str = ""

    def today(self, settings: Settings) -> date:  # noqa: ARG002  (the copy or an option has set the day)
        """The day of the options."""
        return self.day

    def pinned(self, settings: Settings) -> bool:  # noqa: ARG002  (as above)
        """Whether pages say that the day was given and not read from the clock."""
        return self.is_pinned


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuiltSite:
    """The SHA-256 hashes of a build's files by path, and the HTML of its about page; empty without one."""

    hashes: Mapping[str, str]
    about_page: str


def rebuild_commit(root: Path, revision: ResolvedCommit, options: RebuildOptions) -> RebuiltSite:
    """Build the site in `root` as it was at a commit. Raises RepositoryError and what a build raises."""
    with tempfile.TemporaryDirectory(prefix="plansite-") as folder:
        if options.as_at_commit:
            extracted = extract_site_on_day(root, revision, options.day, Path(folder))
        else:  # a copy of the commit itself was built with its history
            extracted = extract_site(root, revision, Path(folder))
            create_checkout(root, revision.commit, extracted.top)
        return _rebuild(extracted.root, options, open_cache(extracted.root))


def rebuild_working_tree(root: Path, options: RebuildOptions) -> RebuiltSite:
    """Build the working tree in `root` without the cache of earlier builds. Raises what a build raises."""
    return _rebuild(root, options, memory_cache())


def _rebuild(root: Path, options: RebuildOptions, cache: SiteCache) -> RebuiltSite:
    with tempfile.TemporaryDirectory(prefix="plansite-") as folder:
        about_path = Path(folder) / ABOUT_PAGE
        result = build_site(
            root,
            options,
            options.audience,
            cache,
            _HashingOutput(about_path),
            history=not options.as_at_commit,
            as_at_commit=options.as_at_commit,
        )
        hashes = {path: content.digest for path, content in result.files.items()}
        about_page = ""
        with suppress(FileNotFoundError):
            about_page = about_path.read_text("utf-8")
    return RebuiltSite(hashes=hashes, about_page=about_page)


@dataclass(frozen=True, slots=True)
class _HashingOutput:
    """An output that hashes files and writes the about page alone, since forked processes put files as well."""

    about_path: Path

    def put(self, path: str, content: bytes | FileInFolder) -> FileDigest:
        """The hash and size of a file."""
        if isinstance(content, FileInFolder):
            content = content.read()
        if path == ABOUT_PAGE:
            self.about_path.write_bytes(content)
        return FileDigest(hashlib.sha256(content).hexdigest(), len(content))

    def keep(self, path: str, content: FileDigest) -> bool:  # noqa: ARG002  (the signature of an output)
        """False: there are no files of a last build."""
        return False
