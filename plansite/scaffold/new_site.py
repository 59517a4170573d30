"""A new site: settings, an example plan, perhaps a first plan of one's own, and files for hosting and review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from plansite.checks.rules.ownership import is_collective_name, split_names
from plansite.content.documents import parse_document
from plansite.content.layout import assign_plan_slugs, locate_document
from plansite.content.report import quote_text
from plansite.deferred_dataclass import dataclass
from plansite.model.dates import CalendarInterval, add_days, add_interval
from plansite.model.findings import Level
from plansite.model.formatting import format_long_date
from plansite.model.people import normalise_name
from plansite.model.site import UnreadableFile
from plansite.model.slugs import slugify
from plansite.model.status import PlanKind
from plansite.scaffold.atomic_files import write_new_files
from plansite.scaffold.field_values import FieldValue, FieldValueError, normalise_line
from plansite.scaffold.install_source import InstallSource
from plansite.scaffold.markdown_links import escape_markdown
from plansite.scaffold.placeholders import fill_template

#: The Python version in a new site's files: the oldest that plansite is tested with.
_PYTHON_VERSION = "3.11"
DEFAULT_TITLE, DEFAULT_AGENCY, DEFAULT_OWNER = "Action plans", "Our organisation", "Manager"
_EXAMPLE_FOLDER = "first-plan"
#: Who supports the owner in the example; the second, where the owner has the name of the first.
_HELPERS = ("Receptionist", "Manager")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """What a new site is about. `plan` is the title of a first plan of its own; without one it has only the example."""

    title: str = DEFAULT_TITLE
    kind: PlanKind
    agency: str = DEFAULT_AGENCY
    plan: str = ""
    owner: str = DEFAULT_OWNER
    today: date

    @property
    def plan_folder(self) -> str:
        """The folder of its own plan; empty without one."""
        slug = slugify(self.plan) if self.plan else ""
        return f"content/plans/{'our-first-plan' if slug == _EXAMPLE_FOLDER else slug}" if slug else ""


def normalise_site_name(text: str) -> str:
    """The name of an agency, or the title of a plan or site, on one line. Raises FieldValueError."""
    name = normalise_line(text)
    if len(name) > _LONGEST_NAME:
        raise FieldValueError(f"that is long for a name; use at most {_LONGEST_NAME} characters")
    if name and not any(character.isalnum() for character in name):
        raise FieldValueError(f"{quote_text(name)} has no letters; write a name")
    return name


def normalise_owner(text: str) -> str:
    """The name of one role or person, on one line. Raises FieldValueError for a team, or for several names."""
    name = normalise_site_name(text)
    names = split_names(name, ())
    if names:
        raise FieldValueError(f"{quote_text(name)} is more than one owner; name one of them, such as {names[0]}")
    if is_collective_name(name):
        raise FieldValueError(f"{quote_text(name)} is not one role or person; name one, such as {DEFAULT_OWNER}")
    return name


def write_site(folder: Path, new_site: NewSite, source: InstallSource) -> None:
    """Write a new site into a folder, which is created if it is missing.

    Raises AlreadyExistsError, OSError, and FieldValueError for a name that the files would not keep.
    """
    texts = build_new_site(new_site, source.requirement)
    write_new_files(folder, {**texts, **source.files})


def build_new_site(new_site: NewSite, requirement: str) -> dict[str, str]:
    """The files of a new site by path. The dates of its plans are relative to its day, so nothing is overdue.

    `requirement` is what pip installs. Raises FieldValueError for a name that the files would not keep.
    """
    values = _build_values(new_site, requirement)
    renamed = {
        "dot-": ".",
        "reviews/today.md": f"reviews/{new_site.today.isoformat()}.md",
        "agencies/agency.md": f"agencies/{values['agency_slug']}.md",
        "owners/owner.md": f"owners/{slugify(new_site.owner)}.md",
        "owners/helper.md": f"owners/{slugify(str(values['helper']))}.md",
    }
    templates = dict(_list_templates(files(__package__).joinpath("site"), ""))
    if new_site.plan_folder:
        templates |= dict(_list_templates(files(__package__).joinpath("own_plan"), f"{new_site.plan_folder}/"))
    texts = {}
    for path, text in templates.items():
        for old, new in renamed.items():
            path = path.replace(old, new)
        texts[path] = _fill_settings(text, values) if path == "plansite.yaml" else fill_template(text, values)
    _ensure_names_kept(new_site, texts)
    return dict(sorted(texts.items()))


def _build_values(new_site: NewSite, requirement: str) -> dict[str, FieldValue]:
    today, helper = new_site.today, _HELPERS[normalise_name(new_site.owner) == normalise_name(_HELPERS[0])]
    end = add_interval(today, CalendarInterval(months=6))
    return {
        "title": new_site.title,
        "kind": str(new_site.kind),
        "agency": new_site.agency,
        "agency_slug": slugify(new_site.agency),
        "agency_in_text": escape_markdown(new_site.agency),
        "plan": new_site.plan,
        "owner": new_site.owner,
        "owner_in_text": escape_markdown(new_site.owner),
        "helper": helper,
        "python": _PYTHON_VERSION,
        "requirement": requirement,
        "today": today,
        "first_due": add_days(today, 3 * 7),
        "second_due": add_days(today, 5 * 7),
        "check_due": add_days(today, 6 * 7),
        "next_review": add_interval(today, CalendarInterval(months=1)),
        "end": end,
        "end_in_words": format_long_date(end),
    }


def _ensure_names_kept(new_site: NewSite, texts: dict[str, str]) -> None:
    """Raise FieldValueError if the name of the agency, owner or plan would be read differently."""
    paths = {
        f"content/agencies/{slugify(new_site.agency)}.md": new_site.agency,
        f"content/owners/{slugify(new_site.owner)}.md": new_site.owner,
        **({f"{new_site.plan_folder}/plan.md": new_site.plan} if new_site.plan_folder else {}),
    }
    for path, name in paths.items():
        location = locate_document(path, assign_plan_slugs([path]))
        result = parse_document(location, texts[path].encode()) if location else None
        if (
            result is None
            or isinstance(result.document, UnreadableFile)
            or result.document.title != name
            or any(finding.rule.level is Level.ERROR for finding in result.findings)
        ):
            raise FieldValueError(f"{quote_text(name)} cannot be used as a name; write it in plain words")


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
