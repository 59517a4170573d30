"""A whole plan out of a plan template: its files, and files for the owners and agencies it is the first to name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from plansite.content.documents import parse_document
from plansite.content.layout import assign_plan_slugs, locate_document
from plansite.model.action import Action
from plansite.model.audience.filter import resolve_audience
from plansite.model.fields import declared_fields
from plansite.model.findings import Level
from plansite.model.people import People, normalise_name
from plansite.model.plan import Incident, Plan
from plansite.model.settings import Settings
from plansite.model.site import Document, Site, UnreadableFile
from plansite.model.slugs import slugify
from plansite.model.status import Audience
from plansite.scaffold.atomic_files import AlreadyExistsError, find_existing
from plansite.scaffold.field_values import FieldValue
from plansite.scaffold.new_document import NewDocument, TemplateError, build_new_files, find_plan_folder, load_template
from plansite.scaffold.placeholders import RelativeDateError, add_given_fields, fill_template, resolve_relative_dates
from plansite.scaffold.plan_templates import PlanTemplate


def build_plan_files(root: Path, site: Site, new_document: NewDocument, template: PlanTemplate) -> dict[str, str]:
    """The texts of all new files by path, `plan.md` first.

    A plan of a kind that is internal unless it says otherwise says so. Where the site has files for owners, each owner
    that none describes yet gets one, for the audience of the plan; so with agencies. Raises ExistsError where the
    plan's folder is there already, TemplateError where a file could not be read afterwards.
    """
    slug = slugify(new_document.title)
    _ensure_unused(root, site, slug)
    texts = _fill_texts(template, new_document)
    documents = [_parse_new_file(name, text, texts, template) for name, text in texts.items() if name.endswith(".md")]
    plan = documents[0]
    if not isinstance(plan, Plan) or plan.title != new_document.title:
        raise TemplateError(f"{template.location}/plan.md does not keep the title; write `title: {{title}}` in it")
    if plan.audience is None and _is_private(plan):
        hidden = replace(new_document, values={**new_document.values, "audience": str(Audience.INTERNAL)})
        return build_plan_files(root, site, hidden, template)
    seen_by: dict[str, FieldValue] = {"audience": str(plan.audience)} if plan.audience else {}
    parties: dict[str, str] = {}
    for kind, name in _list_unknown_parties(site, documents):
        of_party = replace(new_document, kind=kind, title=name, values=seen_by)
        parties |= build_new_files(root, site, of_party, load_template(root, kind))
    return {f"content/plans/{slug}/{name}": text for name, text in texts.items()} | parties


def _ensure_unused(root: Path, site: Site, slug: str) -> None:
    there = find_existing(root / "content/plans" / find_plan_folder(root, Plan(slug=slug, path="")))
    if there:
        raise AlreadyExistsError([f"content/plans/{there.name}"])
    if slug in site.plans_by_slug:
        raise AlreadyExistsError([f"a plan called “{slug}”"])


def _is_private(plan: Plan) -> bool:
    """Whether only internal readers may see it even where the site is public."""
    return resolve_audience(plan, Settings(audience=Audience.PUBLIC)) is Audience.INTERNAL


def _fill_texts(template: PlanTemplate, new_document: NewDocument) -> dict[str, str]:
    """The texts with real values. Actions are agreed on the day of the order, or where the plan began earlier, then."""
    day = new_document.values.get("start")
    start = day if isinstance(day, date) else new_document.today
    own: dict[str, FieldValue] = {"title": new_document.title, "start": start, **new_document.values}
    agreed: dict[str, FieldValue] = {"created": min(start, new_document.today)}
    blank = {each.name: "" for each in declared_fields(Plan)}
    values: dict[str, FieldValue] = {**blank, "today": new_document.today, **own, **agreed}
    texts = {}
    for name in sorted(template.texts, key=lambda name: (name != "plan.md", name)):
        try:
            text = resolve_relative_dates(template.texts[name], start)
        except RelativeDateError as error:
            raise TemplateError(f"{template.location}/{name}:{error}") from error
        fields = own if name == "plan.md" else agreed if name.startswith("actions/") else {}
        texts[name] = fill_template(add_given_fields(text, fields), values)
    return texts


def _parse_new_file(name: str, text: str, texts: Mapping[str, str], template: PlanTemplate) -> Document:
    """A new file as the site will read it; what is wrong is said of the template's file."""
    source, path = f"{template.location}/{name}", f"content/plans/{slugify(template.name)}/{name}"
    place = locate_document(path, assign_plan_slugs([path]))
    if place is None:
        raise TemplateError(f"{source} has no place in a plan; put it into actions, reviews, incidents or measures")
    table = texts.get(f"{name.removesuffix('.md')}.csv") if place.kind == "measure" else None
    result = parse_document(replace(place, path=source), text.encode(), None if table is None else table.encode())
    fault = next((finding for finding in result.findings if finding.rule.level is Level.ERROR), None)
    if fault or isinstance(result.document, UnreadableFile):
        raise TemplateError(f"the template {template.name} makes a file that cannot be read: {fault}")
    return result.document


def _list_unknown_parties(site: Site, documents: list[Document]) -> Iterator[tuple[str, str]]:
    """Kind and name of each owner and agency that would be unknown, once; where there are no such files, any is known.

    One whose file cannot be read is left to whoever mends that file.
    """
    declared = People.build(site.owners, site.agencies)
    unread = {(each.kind, each.slug) for each in site.unreadable}
    wanted = {}
    for document in documents:
        for name in _list_owners(document) if site.owners else ():
            if declared.find(name) is None:
                wanted["owner", normalise_name(name)] = name
        for name in _list_agencies(document) if site.agencies else ():
            if declared.find_agency(name) is None:
                wanted["agency", normalise_name(name)] = name
    yield from ((kind, name) for (kind, _), name in wanted.items() if name and (kind, slugify(name)) not in unread)


def _list_owners(document: Document) -> tuple[str, ...]:
    match document:
        case Action():
            return (document.owner, *document.supporters)
        case Plan() | Incident():
            return (document.owner,)
        case _:
            return ()


def _list_agencies(document: Document) -> tuple[str, ...]:
    return (*document.agencies, *(entry.agency for entry in document.protocol)) if isinstance(document, Plan) else ()
