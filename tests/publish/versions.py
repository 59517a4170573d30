"""A small site in versions that can be told apart page by page, and what it means for one to be whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

MANIFEST = ".plansite.json"
STYLE = "static/site.css"
PAGES = 40


def version(name: str, pages: int = PAGES) -> dict[str, bytes]:
    """The files of a version: a page for each number, one that no other version has, and a style that all share."""
    files = {f"plans/p{number % 3}/actions/a{number}.html": page(name, number) for number in range(pages)}
    files["index.html"] = page(name, -1)
    files[f"only-{name}.html"] = page(name, -2)
    files[STYLE] = b"body { color: black }\n" * 50
    return files


def page(name: str, number: int) -> bytes:
    """A page that says its version on every line, so that a mixture shows."""
    return f"{name} {number}\n".encode() * 200


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path with forward slashes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def whole(out: Path, names: Sequence[str]) -> str:
    """The version in `out`. Fails unless all its files are there, nothing else is, and the manifest says the same."""
    found = files_in(out)
    said = json.loads(found.pop(MANIFEST))["files"]
    assert said == {path: hashlib.sha256(data).hexdigest() for path, data in found.items()}
    name = found["index.html"].split()[0].decode()
    assert name in names
    assert found == version(name)
    return name


def beside(out: Path) -> list[str]:
    """The names of what lies beside `out`."""
    return sorted(path.name for path in out.parent.iterdir() if path != out)
