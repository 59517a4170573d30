"""A whole plan out of a plan template: its files, and files for the owners and agencies it is the first to name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from plansite.content.documents import document_of
from plansite.content.layout import place_of, plan_slugs
from plansite.model.action import Action
from plansite.model.audience import of_plan
from plansite.model.fields import fields_of
from plansite.model.findings import Level
from plansite.model.names import slug_of
from plansite.model.people import People, same_name
from plansite.model.plan import Incident, Plan
from plansite.model.site import Document, Settings, Site, Unread
from plansite.model.status import Audience
from plansite.scaffold.create import Order, TemplateError, folder_of, new_files, template_of
from plansite.scaffold.notation import Value
from plansite.scaffold.packs import Pack
from plansite.scaffold.relative import RelativeDateError, dated
from plansite.scaffold.template import completed, filled
from plansite.scaffold.writing import ExistsError, twin


def plan_files(root: Path, site: Site, order: Order, pack: Pack) -> dict[str, str]:
    """The texts of all new files by path, `plan.md` first.

    A plan of a kind that is internal unless it says otherwise says so. Where the site has files for owners, each owner
    that none describes yet gets one, for the audience of the plan; so with agencies. Raises ExistsError where the
    plan's folder is there already, TemplateError where a file could not be read afterwards.
    """
    slug = slug_of(order.title)
    _ensure_free(root, site, slug)
    texts = _filled(pack, order)
    documents = [_read(name, text, texts, pack) for name, text in texts.items() if name.endswith(".md")]
    plan = documents[0]
    if not isinstance(plan, Plan) or plan.title != order.title:
        raise TemplateError(f"{pack.place}/plan.md does not keep the title; write `title: {{title}}` in it")
    if plan.audience is None and _is_private(plan):
        hidden = replace(order, given={**order.given, "audience": str(Audience.INTERNAL)})
        return plan_files(root, site, hidden, pack)
    seen_by: dict[str, Value] = {"audience": str(plan.audience)} if plan.audience else {}
    parties: dict[str, str] = {}
    for kind, name in _unknown(site, documents):
        of_party = replace(order, kind=kind, title=name, given=seen_by)
        parties |= new_files(root, site, of_party, template_of(root, kind))
    return {f"content/plans/{slug}/{name}": text for name, text in texts.items()} | parties


def _ensure_free(root: Path, site: Site, slug: str) -> None:
    there = twin(root / "content/plans" / folder_of(root, Plan(slug=slug, path="")))
    if there:
        raise ExistsError([f"content/plans/{there.name}"])
    if slug in site.plans_by_slug:
        raise ExistsError([f"a plan called “{slug}”"])


def _is_private(plan: Plan) -> bool:
    """Whether only internal readers may see it even where the site is public."""
    return of_plan(plan, Site(settings=Settings(audience=Audience.PUBLIC))) is Audience.INTERNAL


def _filled(pack: Pack, order: Order) -> dict[str, str]:
    """The texts with real values. Actions are agreed on the day of the order, or where the plan began earlier, then."""
    day = order.given.get("start")
    start = day if isinstance(day, date) else order.today
    own: dict[str, Value] = {"title": order.title, "start": start, **order.given}
    agreed: dict[str, Value] = {"created": min(start, order.today)}
    blank = {each.name: "" for each in fields_of(Plan)}
    values: dict[str, Value] = {**blank, "today": order.today, **own, **agreed}
    texts = {}
    for name in sorted(pack.texts, key=lambda name: (name != "plan.md", name)):
        try:
            text = dated(pack.texts[name], start)
        except RelativeDateError as error:
            raise TemplateError(f"{pack.place}/{name}:{error}") from error
        fields = own if name == "plan.md" else agreed if name.startswith("actions/") else {}
        texts[name] = filled(completed(text, fields), values)
    return texts


def _read(name: str, text: str, texts: Mapping[str, str], pack: Pack) -> Document:
    """A new file as the site will read it; what is wrong is said of the template's file."""
    source, path = f"{pack.place}/{name}", f"content/plans/{slug_of(pack.name)}/{name}"
    place = place_of(path, plan_slugs([path]))
    if place is None:
        raise TemplateError(f"{source} has no place in a plan; put it into actions, reviews, incidents or measures")
    table = texts.get(f"{name.removesuffix('.md')}.csv") if place.kind == "measure" else None
    result = document_of(replace(place, path=source), text.encode(), None if table is None else table.encode())
    fault = next((finding for finding in result.findings if finding.rule.level is Level.ERROR), None)
    if fault or isinstance(result.document, Unread):
        raise TemplateError(f"the template {pack.name} makes a file that cannot be read: {fault}")
    return result.document


def _unknown(site: Site, documents: list[Document]) -> Iterator[tuple[str, str]]:
    """Kind and name of each owner and agency that would be unknown, once; where there are no such files, any is known.

    One whose file cannot be read is left to whoever mends that file.
    """
    declared = People.of(site.owners, site.agencies)
    unread = {(each.kind, each.slug) for each in site.unread}
    wanted = {}
    for document in documents:
        for name in _owners(document) if site.owners else ():
            if declared.find(name) is None:
                wanted["owner", same_name(name)] = name
        for name in _agencies(document) if site.agencies else ():
            if declared.agency(name) is None:
                wanted["agency", same_name(name)] = name
    yield from ((kind, name) for (kind, _), name in wanted.items() if name and (kind, slug_of(name)) not in unread)


def _owners(document: Document) -> tuple[str, ...]:
    match document:
        case Action():
            return (document.owner, *document.supporters)
        case Plan() | Incident():
            return (document.owner,)
        case _:
            return ()


def _agencies(document: Document) -> tuple[str, ...]:
    return (*document.agencies, *(entry.agency for entry in document.protocol)) if isinstance(document, Plan) else ()
