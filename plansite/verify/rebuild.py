"""A fresh build that is only looked at: of a commit in a folder of its own, or of the files as they lie here."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plansite.content.settings import FILE
from plansite.history.checkout import checked_out
from plansite.history.tree import Stood, TreeError, unpacked
from plansite.model.site import Settings
from plansite.model.status import Audience
from plansite.pipeline.beside import store_of
from plansite.pipeline.compile import made
from plansite.publish.stage import Content
from plansite.publish.store import Memory, Store
from plansite.verify.claims import ABOUT
from plansite.verify.holding import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """For whom and for which day to build. `stood` is how the pages of an earlier state name its commit."""

    audience: Audience
    day: date
    is_pinned: bool
    stood: str = ""

    def today(self, settings: Settings) -> date:  # noqa: ARG002  (the copy has said it)
        """That day."""
        return self.day

    def pinned(self, settings: Settings) -> bool:  # noqa: ARG002  (as above)
        """As the copy says."""
        return self.is_pinned


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A build: the digest of each file by path, and the page about itself."""

    files: Mapping[str, str]
    about: str


def of_commit(root: Path, then: Stood, wish: Wish) -> Rebuilt:
    """Build what the site in `root` was at a commit. Raises TreeError and what a build raises."""
    with tempfile.TemporaryDirectory(prefix="plansite-") as folder:
        unpacked(root, then.commit, Path(folder))
        site = Path(folder) / then.prefix
        if not (site / FILE).is_file():
            raise TreeError(f"there was no {FILE} in this folder at {then.commit}, so there is no site to compare with")
        if not wish.stood:  # such a copy was built with the whole past at hand
            checked_out(root, then.commit, Path(folder))
        return _built(site, wish, store_of(site))


def of_files(root: Path, wish: Wish) -> Rebuilt:
    """Build the files as they lie in `root`; nothing that earlier builds kept is used. Raises what a build raises."""
    return _built(root, wish, Memory())


def _built(root: Path, wish: Wish, store: Store) -> Rebuilt:
    with tempfile.TemporaryDirectory(prefix="plansite-") as beside:
        about = Path(beside) / ABOUT
        result = made(root, wish, wish.audience, store, _Weighed(about), history=not wish.stood, stood=wish.stood)
        files = {path: content.digest for path, content in result.files.items()}
        page = ""
        with suppress(FileNotFoundError):
            page = about.read_text("utf-8")
    return Rebuilt(files=files, about=page)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Takes files from any process of a build, and keeps nothing of them but the page about the copy."""

    about: Path

    def put(self, path: str, content: bytes | Path) -> Content:
        """What it holds."""
        if isinstance(content, Path):
            return Content(digest_of(str(content)), content.stat().st_size)
        if path == ABOUT:
            self.about.write_bytes(content)
        return Content(hashlib.sha256(content).hexdigest(), len(content))

    def keep(self, path: str, content: Content) -> bool:  # noqa: ARG002  (nothing stands there before)
        """Everything is drawn."""
        return False
