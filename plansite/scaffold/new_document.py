"""A new document of a site, written from a template."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path

from plansite.content.documents import DOCUMENT_TYPES, parse_document
from plansite.content.files import MAX_FILE_SIZE
from plansite.content.layout import DATED_KINDS, assign_plan_slugs, document_path, locate_document
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.file_access import RefusedFileError, read_plain_file
from plansite.model.dates import add_interval
from plansite.model.documents.plan import Plan
from plansite.model.fields import declared_fields
from plansite.model.findings import Level
from plansite.model.people import normalise_name
from plansite.model.site import Site, UnreadableFile
from plansite.model.slugs import slugify
from plansite.scaffold.field_values import FieldValue
from plansite.scaffold.markdown_links import format_link
from plansite.scaffold.new_assessment import build_assessment_values, find_given_framework, format_ratings
from plansite.scaffold.placeholders import add_given_fields, fill_template, find_placeholders

_REF = compile_lazily(r"^ref:[ \t]*[\"']?(\d{1,9})[\"']?[ \t]*$", re.MULTILINE)
_READINGS_HEADER = "date,value\n"


def build_known_values(kind: str, site: Site, plan: Plan | None, today: date) -> dict[str, FieldValue]:
    """The values of a new document that follow from the site and the day.

    For one that is named after a day, `today` is that day.
    """
    match kind:
        case "action" if plan:
            return {"ref": find_next_ref(site, plan), "created": today}
        case "plan":
            return {"start": today}
        case "review" if plan:
            return _build_review_values(site, plan, today)
        case "assessment" if plan:
            return build_assessment_values(site, plan, today)
        case _:
            return {}


def find_document_day(values: Mapping[str, FieldValue], today: date) -> date:
    """The day of a review or self-assessment: the given date, else today."""
    day = values.get("date")
    return day if isinstance(day, date) else today


def find_next_ref(site: Site, plan: Plan) -> int:
    """One more than the highest whole number among the plan's refs, also those in unreadable files."""
    refs = [action.ref for action in plan.actions]
    for file in site.unreadable:
        if file.plan == plan.slug and file.kind == "action":
            refs += _REF.findall(file.text)
    return max((int(ref) for ref in refs if ref.isascii() and ref.isdigit()), default=0) + 1


def _build_review_values(site: Site, plan: Plan, day: date) -> dict[str, FieldValue]:
    earlier_reviews = (review for review in plan.reviews if review.date and review.date < day)
    last_review = max(earlier_reviews, key=lambda review: review.date or day, default=None)
    agencies = (site.people.find_agency(entry.agency) for entry in plan.protocol)
    names = [agency.title if agency else entry.agency for agency, entry in zip(agencies, plan.protocol, strict=True)]
    return {
        "title": f"{calendar.month_name[day.month]} review",
        "date": day,
        "kind": last_review.kind if last_review else "",
        "chair": (last_review.chair if last_review else "") or plan.owner,
        "minute_taker": last_review.minute_taker if last_review else "",
        "present": tuple({normalise_name(name): name for name in names}.values()),
        "next": add_interval(day, plan.review_every) if plan.review_every else "",
        "open_actions": "\n".join(f"- {format_link(action, plan)}" for action in plan.open_actions),
    }


class TemplateError(Exception):
    """A template is not valid. The message tells users which, where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """The document to write: its kind, title and plan, if it belongs to one, and the values of given fields."""

    kind: str
    title: str = ""
    plan: Plan | None = None
    values: Mapping[str, FieldValue]
    today: date


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """The text of a template, and its path or name."""

    name: str
    text: str

    @property
    def placeholder_names(self) -> tuple[str, ...]:
        """The names of its placeholders."""
        return find_placeholders(self.text)


def load_template(root: Path, kind: str) -> DocumentTemplate:
    """The site's template for a kind of document, else the one that comes with plansite. Raises TemplateError."""
    path = f"content/templates/{kind}.md"
    try:
        return DocumentTemplate(path, read_plain_file(root / path, MAX_FILE_SIZE).decode("utf-8-sig"))
    except FileNotFoundError:
        return DocumentTemplate(f"{kind}.md", files(__package__).joinpath("new", f"{kind}.md").read_text("utf-8"))
    except RefusedFileError as error:
        raise TemplateError(f"{path}: {error.strerror}; put a plain file with the template there") from error
    except UnicodeDecodeError as error:
        raise TemplateError(f"{path} cannot be read; save the file again with encoding UTF-8") from error


def build_new_files(root: Path, site: Site, new_document: NewDocument, template: DocumentTemplate) -> dict[str, str]:
    """The texts of the new files by path: the document, and the table of readings of a measure. Raises TemplateError.

    The name of the file is the date of a review or self-assessment, and the slug of the title of any other document.
    """
    kind, today = new_document.kind, new_document.today
    day = find_document_day(new_document.values, today) if kind in DATED_KINDS else today
    known_values = build_known_values(kind, site, new_document.plan, day)
    title = new_document.title or str(known_values.get("title", ""))
    given_values = {"title": title, **new_document.values}
    empty_values = {field.name: "" for field in declared_fields(DOCUMENT_TYPES[kind])}
    values: dict[str, FieldValue] = {
        **empty_values,
        "open_actions": "",
        "today": today,
        **known_values,
        **given_values,
    }
    text = fill_template(add_given_fields(template.text, given_values), values)
    if kind == "assessment" and new_document.plan:
        text = _add_ratings(text, site, new_document.plan, str(values.get("framework", "")))
    folder = find_plan_folder(root, new_document.plan) if new_document.plan else ""
    path = document_path(kind, folder, day.isoformat() if kind in DATED_KINDS else slugify(title))
    _ensure_readable(path, text, title, template)
    new_files = {path: text}
    if kind == "measure":
        new_files[f"{path.removesuffix('.md')}.csv"] = _READINGS_HEADER
    return new_files


def _add_ratings(text: str, site: Site, plan: Plan, framework_name: str) -> str:
    """The text with an entry for each standard of its framework below `ratings:`. Raises FieldValueError."""
    if not framework_name:
        return text
    framework = find_given_framework(site, framework_name)
    return text.replace("\nratings:\n", "\n".join(("\nratings:", *format_ratings(site, plan, framework), "")), 1)


def find_plan_folder(root: Path, plan: Plan) -> str:
    """The name of a plan's folder, which may differ from its slug; the slug if it has no folder yet."""
    plans = root / "content/plans"
    names = sorted(path.name for path in plans.iterdir()) if plans.is_dir() else []
    slugs = assign_plan_slugs(f"content/plans/{name}/plan.md" for name in names)
    return next((name for name, slug in slugs.items() if slug == plan.slug), plan.slug)


def _ensure_readable(path: str, text: str, title: str, template: DocumentTemplate) -> None:
    """Raise TemplateError unless the text can be parsed at that path, and has the title."""
    location = locate_document(path, assign_plan_slugs([path]))
    if location is None:
        raise TemplateError(f"{path} is not in a folder of a plan")
    result = parse_document(location, text.encode())
    error = next((finding for finding in result.findings if finding.rule.level is Level.ERROR), None)
    if error:
        raise TemplateError(f"the template {template.name} makes a file that cannot be read: {error}")
    if isinstance(result.document, UnreadableFile) or result.document.title != title:
        raise TemplateError(f"the template {template.name} has no place for the title; write `title: {{title}}` in it")
