"""A new plan from a plan template: its files, and files for owners and agencies that are new to the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from plansite.content.documents import parse_document
from plansite.content.layout import assign_plan_slugs, locate_document
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.fields import declared_fields
from plansite.model.findings import Level
from plansite.model.people import normalise_name
from plansite.model.site import Document, Site, UnreadableFile
from plansite.model.slugs import slugify
from plansite.model.status import Audience
from plansite.scaffold.atomic_files import AlreadyExistsError, find_existing
from plansite.scaffold.field_values import FieldValue
from plansite.scaffold.new_document import NewDocument, TemplateError, find_plan_folder
from plansite.scaffold.new_parties import build_party_files, find_party_audience, is_internal_by_default
from plansite.scaffold.placeholders import RelativeDateError, add_given_fields, fill_template, resolve_relative_dates
from plansite.scaffold.plan_templates import PlanTemplate


def build_plan_files(root: Path, site: Site, new_document: NewDocument, template: PlanTemplate) -> dict[str, str]:
    """The texts of all new files by path, `plan.md` first.

    A plan of a kind that is internal by default gets that audience explicitly. If the site has files of owners, each
    new owner gets a file with the audience of the plan; the same holds for agencies. Raises AlreadyExistsError if the
    plan exists, TemplateError if a file could not be parsed.
    """
    slug = slugify(new_document.title)
    _ensure_unused(root, site, slug)
    texts = _fill_texts(template, new_document)
    documents = [_parse_new_file(name, text, texts, template) for name, text in texts.items() if name.endswith(".md")]
    plan = documents[0]
    if not isinstance(plan, Plan) or plan.title != new_document.title:
        raise TemplateError(f"{template.location}/plan.md has no place for the title; write `title: {{title}}` in it")
    if plan.audience is None and is_internal_by_default(plan):
        internal = replace(new_document, values={**new_document.values, "audience": str(Audience.INTERNAL)})
        return build_plan_files(root, site, internal, template)
    parties = _list_unknown_parties(site, documents)
    party_files = build_party_files(root, site, parties, find_party_audience(plan), new_document.today)
    return {f"content/plans/{slug}/{name}": text for name, text in texts.items()} | party_files


def _ensure_unused(root: Path, site: Site, slug: str) -> None:
    """Raise AlreadyExistsError if there is a folder for that slug, or a plan with it."""
    existing = find_existing(root / "content/plans" / find_plan_folder(root, Plan(slug=slug, path="")))
    if existing:
        raise AlreadyExistsError([f"content/plans/{existing.name}"])
    if slug in site.plans_by_slug:
        raise AlreadyExistsError([f"a plan called “{slug}”"])


def _fill_texts(template: PlanTemplate, new_document: NewDocument) -> dict[str, str]:
    """The texts with values and dates filled in. Actions are created today, or on an earlier start of the plan."""
    given_start = new_document.values.get("start")
    start = given_start if isinstance(given_start, date) else new_document.today
    plan_values: dict[str, FieldValue] = {"title": new_document.title, "start": start, **new_document.values}
    action_values: dict[str, FieldValue] = {"created": min(start, new_document.today)}
    empty_values = {field.name: "" for field in declared_fields(Plan)}
    values: dict[str, FieldValue] = {**empty_values, "today": new_document.today, **plan_values, **action_values}
    texts = {}
    for name in sorted(template.texts, key=lambda name: (name != "plan.md", name)):
        try:
            text = resolve_relative_dates(template.texts[name], start)
        except RelativeDateError as error:
            raise TemplateError(f"{template.location}/{name}:{error}") from error
        given_values = plan_values if name == "plan.md" else action_values if name.startswith("actions/") else {}
        texts[name] = fill_template(add_given_fields(text, given_values), values)
    return texts


def _parse_new_file(name: str, text: str, texts: Mapping[str, str], template: PlanTemplate) -> Document:
    """The document of a new file. Raises TemplateError with the path of the template's file."""
    template_path, path = f"{template.location}/{name}", f"content/plans/{slugify(template.name)}/{name}"
    location = locate_document(path, assign_plan_slugs([path]))
    if location is None:
        raise TemplateError(
            f"{template_path} does not belong in a plan; "
            "put it into actions, reviews, incidents, measures or assessments"
        )
    table = texts.get(f"{name.removesuffix('.md')}.csv") if location.kind == "measure" else None
    table_data = None if table is None else table.encode()
    result = parse_document(replace(location, path=template_path), text.encode(), table_data)
    error = next((finding for finding in result.findings if finding.rule.level is Level.ERROR), None)
    if error or isinstance(result.document, UnreadableFile):
        raise TemplateError(f"the template {template.name} makes a file that cannot be read: {error}")
    return result.document


def _list_unknown_parties(site: Site, documents: list[Document]) -> Iterator[tuple[str, str]]:
    """The kind (`owner`, `agency`) and name of each party of the documents that is unknown to the site, once.

    Kinds of which the site has no files are not checked. Parties whose file cannot be read are left out.
    """
    known_parties = site.declared_people
    unreadable = {(file.kind, file.slug) for file in site.unreadable}
    unknown = {}
    for document in documents:
        for name in _list_owners(document) if site.owners else ():
            if known_parties.find(name) is None:
                unknown["owner", normalise_name(name)] = name
        for name in _list_agencies(document) if site.agencies else ():
            if known_parties.find_agency(name) is None:
                unknown["agency", normalise_name(name)] = name
    yield from ((kind, name) for (kind, _), name in unknown.items() if name and (kind, slugify(name)) not in unreadable)


def _list_owners(document: Document) -> tuple[str, ...]:
    match document:
        case Action():
            return (document.owner, *document.supporters)
        case Plan() | Incident() | SelfAssessment():
            return (document.owner,)
        case _:
            return ()


def _list_agencies(document: Document) -> tuple[str, ...]:
    return (*document.agencies, *(entry.agency for entry in document.protocol)) if isinstance(document, Plan) else ()
