"""Builds of one site again and again, each compared with a build that reuses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plansite.cache.site_cache import memory_cache
from plansite.file_access import FileInFolder
from plansite.model.status import Audience
from plansite.pipeline.build import BuildResult, build_site
from plansite.pipeline.output import MemoryOutput
from plansite.pipeline.published_build import BuildRequest, publish_site
from tests.sites import FixedClock, write

DAY = date(2025, 1, 20)
#: A value of None removes the file.
Files = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a build is asked for, besides the files. A `day` of None is the one that the settings fix."""

    day: date | None = DAY
    audience: Audience = Audience.INTERNAL
    stood: str = ""


def change(root: Path, files: Files) -> None:
    """Write or (None) remove files of a site."""
    for path, text in files.items():
        if text is None:
            (root / path).unlink()
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")


def site(root: Path, *layers: Files) -> Path:
    """A site with these files; later layers change earlier ones."""
    write(root, {})
    for layer in layers:
        change(root, layer)
    return root


def build(root: Path, run: Run) -> BuildResult:
    """Build into a folder beside the site, one for each audience, and compare every byte with a clean build."""
    out = root.parent / f"out-{run.audience}"
    order = BuildRequest(root=root, out=out, audience=run.audience, as_at_commit=run.stood)
    result = publish_site(order, FixedClock(run.day), on_start=lambda: None).result
    clean, findings = clean_build(root, run)
    assert tree(out) == clean
    assert result.findings == findings
    return result


def clean_build(root: Path, run: Run) -> tuple[dict[str, bytes], tuple[object, ...]]:
    """The files of a build that reuses nothing, by output path, and its findings."""
    held = MemoryOutput({})
    result = build_site(
        root, FixedClock(run.day), run.audience, memory_cache(), held, history=not run.stood, as_at_commit=run.stood
    )
    return _bytes(held.files), result.findings


def tree(out: Path) -> dict[str, bytes]:
    """The files of a published folder by path, without the manifest."""
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    files.pop(".plansite.json")
    return files


def _bytes(files: Mapping[str, bytes | FileInFolder]) -> dict[str, bytes]:
    return {path: content if isinstance(content, bytes) else content.read() for path, content in files.items()}


def plan(title: str, body: str = "", **fields: str) -> str:
    """A plan's file."""
    return _document({"title": title, **fields}, body)


def action(title: str, body: str = "", **fields: str) -> str:
    """An action's file, owned by the cook unless told."""
    return _document({"title": title, "owner": "Cook", "status": "in progress", **fields}, body)


def party(title: str, body: str = "", **fields: str) -> str:
    """The file of an owner or an agency."""
    return _document({"title": title, **fields}, body)


def _document(fields: Mapping[str, str], body: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"---\n{lines}---\n{body}\n"
