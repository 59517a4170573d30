"""A new file of a site, out of a template."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from plansite.content.documents import DOCUMENT_TYPES, parse_document
from plansite.content.layout import assign_plan_slugs, document_path, locate_document, slug_from_file_name
from plansite.model.dates import add_interval
from plansite.model.fields import declared_fields
from plansite.model.findings import Level
from plansite.model.people import normalise_name
from plansite.model.plan import Plan
from plansite.model.site import Site, UnreadableFile
from plansite.model.slugs import slugify
from plansite.scaffold.field_values import FieldValue
from plansite.scaffold.markdown_links import format_link
from plansite.scaffold.placeholders import add_given_fields, fill_template, find_placeholders

_REF = re.compile(r"^ref:[ \t]*[\"']?(\d{1,9})[\"']?[ \t]*$", re.MULTILINE)
_READINGS_HEADER = "date,value\n"


def build_known_values(kind: str, site: Site, plan: Plan | None, today: date) -> dict[str, FieldValue]:
    """The values of a new file that follow from the site and the day; for a review, `today` is its own day."""
    match kind:
        case "action" if plan:
            return {"ref": find_next_ref(site, plan), "created": today}
        case "plan":
            return {"start": today}
        case "review" if plan:
            return _build_review_values(site, plan, today)
        case _:
            return {}


def find_review_day(values: Mapping[str, FieldValue], today: date) -> date:
    """The day of a review: as given, else today."""
    day = values.get("date")
    return day if isinstance(day, date) else today


def find_next_ref(site: Site, plan: Plan) -> int:
    """One more than the highest whole number among the plan's refs; files that cannot be read count as well."""
    refs = [action.ref for action in plan.actions]
    for unread in site.unreadable:
        if unread.plan == plan.slug and unread.kind == "action":
            refs += _REF.findall(unread.text)
    return max((int(ref) for ref in refs if ref.isascii() and ref.isdigit()), default=0) + 1


def _build_review_values(site: Site, plan: Plan, day: date) -> dict[str, FieldValue]:
    last = max((r for r in plan.reviews if r.date and r.date < day), key=lambda r: r.date or day, default=None)
    agencies = (site.people.find_agency(entry.agency) for entry in plan.protocol)
    names = [found.title if found else entry.agency for found, entry in zip(agencies, plan.protocol, strict=True)]
    return {
        "title": f"{calendar.month_name[day.month]} review",
        "date": day,
        "kind": last.kind if last else "",
        "chair": (last.chair if last else "") or plan.owner,
        "minute_taker": last.minute_taker if last else "",
        "present": tuple({normalise_name(name): name for name in names}.values()),
        "next": add_interval(day, plan.review_every) if plan.review_every else "",
        "open_actions": "\n".join(f"- {format_link(action, plan)}" for action in plan.open_actions),
    }


class TemplateError(Exception):
    """A template that makes a file nobody can read. The message says which, where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A file to be made: its kind, its plan where it belongs to one, its title, and the fields given for it."""

    kind: str
    title: str = ""
    plan: Plan | None = None
    values: Mapping[str, FieldValue]
    today: date


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """The text of a template and where it comes from."""

    name: str
    text: str

    @property
    def placeholder_names(self) -> tuple[str, ...]:
        """The names of the values that it has places for."""
        return find_placeholders(self.text)


def load_template(root: Path, kind: str) -> DocumentTemplate:
    """The site's own template for a kind of file, else the one that comes with plansite. Raises TemplateError."""
    own = f"content/templates/{kind}.md"
    try:
        return DocumentTemplate(own, (root / own).read_text("utf-8-sig"))
    except FileNotFoundError:
        return DocumentTemplate(f"{kind}.md", files(__package__).joinpath("new", f"{kind}.md").read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise TemplateError(f"{own} is not UTF-8; save it with that encoding") from error


def build_new_files(root: Path, site: Site, new_document: NewDocument, template: DocumentTemplate) -> dict[str, str]:
    """The texts of the new files by path: the file itself first, then the readings of a measure. Raises TemplateError.

    A review bears its date as its name, everything else its title.
    """
    day = (
        find_review_day(new_document.values, new_document.today)
        if new_document.kind == "review"
        else new_document.today
    )
    known = build_known_values(new_document.kind, site, new_document.plan, day)
    title = new_document.title or str(known.get("title", ""))
    given = {"title": title, **new_document.values}
    blank = {each.name: "" for each in declared_fields(DOCUMENT_TYPES[new_document.kind])}
    values: dict[str, FieldValue] = {**blank, "open_actions": "", "today": new_document.today, **known, **given}
    text = fill_template(add_given_fields(template.text, given), values)
    folder = find_plan_folder(root, new_document.plan) if new_document.plan else ""
    path = document_path(
        new_document.kind, folder, day.isoformat() if new_document.kind == "review" else slugify(title)
    )
    _ensure_readable(path, text, title, template)
    return {
        path: text,
        **({f"{path.removesuffix('.md')}.csv": _READINGS_HEADER} if new_document.kind == "measure" else {}),
    }


def find_plan_folder(root: Path, plan: Plan) -> str:
    """The name of a plan's folder, which need not be its slug; its slug where it has no folder yet."""
    plans = root / "content/plans"
    names = sorted(each.name for each in plans.iterdir()) if plans.is_dir() else []
    return next((name for name in names if slug_from_file_name(name) == plan.slug), plan.slug)


def _ensure_readable(path: str, text: str, title: str, template: DocumentTemplate) -> None:
    place = locate_document(path, assign_plan_slugs([path]))
    if place is None:
        raise TemplateError(f"{path} is no place for a file of a plan")
    result = parse_document(place, text.encode())
    fault = next((finding for finding in result.findings if finding.rule.level is Level.ERROR), None)
    if fault:
        raise TemplateError(f"the template {template.name} makes a file that cannot be read: {fault}")
    if isinstance(result.document, UnreadableFile) or result.document.title != title:
        raise TemplateError(f"the template {template.name} does not keep the title; write `title: {{title}}` in it")
