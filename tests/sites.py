"""Sites for tests: the demonstration built once, and small sites written to a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plansite.model.settings import Settings
from plansite.pipeline.build import BuiltSite, build_in_memory


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that always says the same day; without one, the day that the site itself fixes."""

    day: date | None = None

    def today(self, settings: Settings) -> date:
        """That day."""
        day = self.day or settings.today
        assert day is not None, "a test names its day"
        return day

    def pinned(self, settings: Settings) -> bool:
        """Pinned, unless a test gives a day to stand for the clock's."""
        return self.day is None and settings.today is not None


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put files into a folder; `plansite.yaml` is there even if not named."""
    for path, text in {"plansite.yaml": "title: Test site\n", **files}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def unpack(built: BuiltSite, out: Path) -> Path:
    """Write a built site plainly into a folder."""
    for path, content in built.files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.read())
    return out


def html_of(built: BuiltSite) -> dict[str, str]:
    """The pages of a built site as text."""
    return {
        path: content.decode()
        for path, content in built.files.items()
        if path.endswith(".html") and isinstance(content, bytes)
    }


def demonstration(project: Path) -> BuiltSite:
    """The project's own site."""
    return build_in_memory(project, clock=FixedClock())
