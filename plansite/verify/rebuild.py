"""A fresh build that is only looked at: of a commit in a folder of its own, or of the files as they lie here."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plansite.cache.site_cache import SiteCache, memory_cache, open_cache
from plansite.content.settings import SETTINGS_FILE
from plansite.history.checkout import RepositoryError, ResolvedCommit, create_checkout, extract_files
from plansite.model.page_addresses import ABOUT_PAGE
from plansite.model.settings import Settings
from plansite.model.status import Audience
from plansite.pipeline.build import build_site
from plansite.publish.stage import FileDigest
from plansite.verify.published_files import sha256_file


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildOptions:
    """For whom and for which day to build. `stood` is how the pages of an earlier state name its commit."""

    audience: Audience
    day: date
    is_pinned: bool
    as_at_commit: str = ""

    def today(self, settings: Settings) -> date:  # noqa: ARG002  (the copy has said it)
        """That day."""
        return self.day

    def pinned(self, settings: Settings) -> bool:  # noqa: ARG002  (as above)
        """As the copy says."""
        return self.is_pinned


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuiltSite:
    """A build: the digest of each file by path, and the page about itself."""

    hashes: Mapping[str, str]
    about_page: str


def rebuild_commit(root: Path, revision: ResolvedCommit, options: RebuildOptions) -> RebuiltSite:
    """Build what the site in `root` was at a commit. Raises TreeError and what a build raises."""
    with tempfile.TemporaryDirectory(prefix="plansite-") as folder:
        extract_files(root, revision.commit, Path(folder))
        site = Path(folder) / revision.prefix
        if not (site / SETTINGS_FILE).is_file():
            raise RepositoryError(
                f"there was no {SETTINGS_FILE} in this folder at {revision.commit}, so there is no site to compare with"
            )
        if not options.as_at_commit:  # such a copy was built with the whole past at hand
            create_checkout(root, revision.commit, Path(folder))
        return _rebuild(site, options, open_cache(site))


def rebuild_working_tree(root: Path, options: RebuildOptions) -> RebuiltSite:
    """Build the files as they lie in `root`; nothing that earlier builds kept is used. Raises what a build raises."""
    return _rebuild(root, options, memory_cache())


def _rebuild(root: Path, options: RebuildOptions, cache: SiteCache) -> RebuiltSite:
    with tempfile.TemporaryDirectory(prefix="plansite-") as beside:
        about = Path(beside) / ABOUT_PAGE
        result = build_site(
            root,
            options,
            options.audience,
            cache,
            _HashingOutput(about),
            history=not options.as_at_commit,
            as_at_commit=options.as_at_commit,
        )
        files = {path: content.digest for path, content in result.files.items()}
        page = ""
        with suppress(FileNotFoundError):
            page = about.read_text("utf-8")
    return RebuiltSite(hashes=files, about_page=page)


@dataclass(frozen=True, slots=True)
class _HashingOutput:
    """Takes files from any process of a build, and keeps nothing of them but the page about the copy."""

    about_path: Path

    def put(self, path: str, content: bytes | Path) -> FileDigest:
        """What it holds."""
        if isinstance(content, Path):
            return FileDigest(sha256_file(str(content)), content.stat().st_size)
        if path == ABOUT_PAGE:
            self.about_path.write_bytes(content)
        return FileDigest(hashlib.sha256(content).hexdigest(), len(content))

    def keep(self, path: str, content: FileDigest) -> bool:  # noqa: ARG002  (nothing stands there before)
        """Everything is drawn."""
        return False
