"""A real repository in a temporary folder, with authors and dates of the test's choosing."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from plansite.content.settings import parse_settings
from plansite.history.loader import load_history
from plansite.history.site_history import SiteHistory
from plansite.model.settings import Settings

ACTIONS = "content/plans/winter/actions"
RADIATOR = f"{ACTIONS}/radiator.md"


def action(
    title: str = "Mend the radiator", body: str = "The radiator in room 12 stays cold.\n", **fields: object
) -> str:
    """An action's file with these fields below its title."""
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ntitle: {title}\n{lines}---\n{body}"


def settings(text: str = "title: T\n") -> Settings:
    """What a `plansite.yaml` says."""
    return parse_settings(text.encode())[0]


@dataclass
class Repo:
    """A repository. Commits are dated 2025-01-01 at noon, a day later each, unless the test says."""

    root: Path
    day: int = 0
    settings: Settings = field(default_factory=settings)

    @classmethod
    def new(cls, root: Path) -> Repo:
        """An empty one."""
        root.mkdir(parents=True, exist_ok=True)
        repo = cls(root)
        repo.git("init", "-q", "-b", "main")
        repo.git("config", "core.autocrlf", "false")
        return repo

    def git(self, *words: str, who: str = "Ann", mail: str = "ann@example.org", when: str = "") -> str:
        """Run git here; returns what it prints."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        when = when or f"2025-01-{self.day % 28 + 1:02}T12:00:00+00:00"
        own = {
            "GIT_AUTHOR_NAME": who,
            "GIT_AUTHOR_EMAIL": mail,
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_NAME": who,
            "GIT_COMMITTER_EMAIL": mail,
            "GIT_COMMITTER_DATE": when,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C",
        }
        ran = subprocess.run(["git", "-C", str(self.root), *words], env=kept | own, capture_output=True, check=False)
        assert ran.returncode == 0, (words, ran.stderr)
        return ran.stdout.decode("utf-8", "replace").strip()

    def write(self, path: str, text: str) -> None:
        """Write a file, with the line ends that `text` has."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def commit(self, message: str = "Update", files: dict[str, str | None] | None = None, **more: str) -> str:
        """Write or (None) delete files and commit all there is; returns the commit's name."""
        for path, text in (files or {}).items():
            if text is None:
                (self.root / path).unlink()
            else:
                self.write(path, text)
        self.day += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, **more)
        return self.git("rev-parse", "HEAD")

    def history(self, cache: Path | None = None) -> SiteHistory:
        """Its history as a site."""
        return load_history(self.root, self.settings, cache)


def summarise_changes(history: SiteHistory) -> list[tuple[object, ...]]:
    """All changes in a few words each, newest first."""
    return [(str(each.did), each.slug, each.field, each.before, each.after) for each in history.changes]
