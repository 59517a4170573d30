"""A new site: settings, an example plan, and what hosts and reviewers need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from plansite import __version__
from plansite.model.dates import Span, after
from plansite.model.status import Kind
from plansite.model.words import long_date
from plansite.scaffold.notation import Value
from plansite.scaffold.template import filled
from plansite.scaffold.writing import write_new

#: The Python that a new site is built with: the oldest that plansite is tested on.
_PYTHON = "3.11"


def begin(folder: Path, title: str, kind: Kind, today: date) -> None:
    """Write a new site into a folder, which is made if need be. Raises ExistsError, and then writes nothing."""
    write_new(folder, site_files(title, kind, today))


def site_files(title: str, kind: Kind, today: date) -> dict[str, str]:
    """The files of a new site by path. The dates of its example plan are such that on this day nothing is amiss."""
    values: dict[str, Value] = {"title": title, "kind": str(kind), "python": _PYTHON, "version": __version__}
    values |= _dates(today)
    texts = {}
    for path, text in _templates(files(__package__).joinpath("site"), ""):
        name = path.replace("dot-", ".").replace("reviews/today.md", f"reviews/{today.isoformat()}.md")
        texts[name] = _settings(text, values) if name == "plansite.yaml" else filled(text, values)
    return dict(sorted(texts.items()))


def _dates(today: date) -> dict[str, Value]:
    end = after(today, Span(months=6))
    return {
        "today": today,
        "first_due": today + timedelta(weeks=3),
        "second_due": today + timedelta(weeks=5),
        "check_due": today + timedelta(weeks=6),
        "next_review": after(today, Span(months=1)),
        "end": end,
        "end_in_words": long_date(end),
    }


def _templates(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    """Every template below a folder with its path. A name that begins with a dot is stored as `dot-`."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _templates(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_text("utf-8")


def _settings(text: str, values: dict[str, Value]) -> str:
    """`plansite.yaml` is fields without the two lines of `---`; with them it is filled like any other file."""
    return filled(f"---\n{text}---\n", values).removeprefix("---\n").removesuffix("---\n")
