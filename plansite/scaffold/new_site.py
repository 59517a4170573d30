"""A new site: settings, an example plan, and files for hosting and review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from plansite import __version__
from plansite.model.dates import CalendarInterval, add_days, add_interval
from plansite.model.formatting import format_long_date
from plansite.model.status import PlanKind
from plansite.scaffold.atomic_files import write_new_files
from plansite.scaffold.field_values import FieldValue
from plansite.scaffold.placeholders import fill_template

#: The Python version in a new site's files: the oldest that plansite is tested with.
_PYTHON_VERSION = "3.11"


def create_site(folder: Path, title: str, kind: PlanKind, today: date) -> None:
    """Write a new site into a folder, which is created if it is missing. Raises AlreadyExistsError, OSError."""
    write_new_files(folder, build_site_files(title, kind, today))


def build_site_files(title: str, kind: PlanKind, today: date) -> dict[str, str]:
    """The files of a new site by path. The dates of its example plan are relative to `today`, so nothing is overdue."""
    values: dict[str, FieldValue] = {
        "title": title,
        "kind": str(kind),
        "python": _PYTHON_VERSION,
        "version": __version__,
    }
    values |= _build_dates(today)
    texts = {}
    for path, text in _list_templates(files(__package__).joinpath("site"), ""):
        name = path.replace("dot-", ".").replace("reviews/today.md", f"reviews/{today.isoformat()}.md")
        texts[name] = _fill_settings(text, values) if name == "plansite.yaml" else fill_template(text, values)
    return dict(sorted(texts.items()))


def _build_dates(today: date) -> dict[str, FieldValue]:
    end = add_interval(today, CalendarInterval(months=6))
    return {
        "today": today,
        "first_due": add_days(today, 3 * 7),
        "second_due": add_days(today, 5 * 7),
        "check_due": add_days(today, 6 * 7),
        "next_review": add_interval(today, CalendarInterval(months=1)),
        "end": end,
        "end_in_words": format_long_date(end),
    }


def _list_templates(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    """The path and text of every template below a folder. Names that begin with a dot are stored with `dot-`."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _list_templates(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_text("utf-8")


def _fill_settings(text: str, values: dict[str, FieldValue]) -> str:
    """The settings filled in. The lines of `---` that front matter has are added, and removed again."""
    return fill_template(f"---\n{text}---\n", values).removeprefix("---\n").removesuffix("---\n")
