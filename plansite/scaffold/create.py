"""A new file of a site, out of a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from plansite.content.documents import KINDS, document_of
from plansite.content.layout import address, place_of, plan_slugs
from plansite.model.fields import fields_of
from plansite.model.findings import Level
from plansite.model.names import slug_of
from plansite.model.plan import Plan
from plansite.model.site import Site, Unread
from plansite.places import path_of
from plansite.scaffold.defaults import defaults, review_day
from plansite.scaffold.notation import Value
from plansite.scaffold.template import completed, filled, names_in

_READINGS = "date,value\n"


class TemplateError(Exception):
    """A template that makes a file nobody can read. The message says which, where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A file to be made: its kind, its plan where it belongs to one, its title, and the fields given for it."""

    kind: str
    title: str = ""
    plan: Plan | None = None
    given: Mapping[str, Value]
    today: date


@dataclass(frozen=True, slots=True)
class Template:
    """The text of a template and where it comes from."""

    name: str
    text: str

    @property
    def asks_for(self) -> tuple[str, ...]:
        """The names of the values that it has places for."""
        return names_in(self.text)


def template_of(root: Path, kind: str) -> Template:
    """The site's own template for a kind of file, else the one that comes with plansite. Raises TemplateError."""
    own = f"content/templates/{kind}.md"
    try:
        return Template(own, (root / own).read_text("utf-8-sig"))
    except FileNotFoundError:
        return Template(f"{kind}.md", files(__package__).joinpath("new", f"{kind}.md").read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise TemplateError(f"{own} is not UTF-8; save it with that encoding") from error


def new_files(root: Path, site: Site, order: Order, template: Template) -> dict[str, str]:
    """The texts of the new files by path: the file itself first, then the readings of a measure. Raises TemplateError.

    A review bears its date as its name, everything else its title.
    """
    day = review_day(order.given, order.today) if order.kind == "review" else order.today
    known = defaults(order.kind, site, order.plan, day)
    title = order.title or str(known.get("title", ""))
    given = {"title": title, **order.given}
    blank = {each.name: "" for each in fields_of(KINDS[order.kind])}
    values: dict[str, Value] = {**blank, "open_actions": "", "today": order.today, **known, **given}
    text = filled(completed(template.text, given), values)
    folder = folder_of(root, order.plan) if order.plan else ""
    path = path_of(order.kind, folder, day.isoformat() if order.kind == "review" else slug_of(title))
    _ensure_readable(path, text, title, template)
    return {path: text, **({f"{path.removesuffix('.md')}.csv": _READINGS} if order.kind == "measure" else {})}


def folder_of(root: Path, plan: Plan) -> str:
    """The name of a plan's folder, which need not be its slug; its slug where it has no folder yet."""
    plans = root / "content/plans"
    names = sorted(each.name for each in plans.iterdir()) if plans.is_dir() else []
    return next((name for name in names if address(name) == plan.slug), plan.slug)


def _ensure_readable(path: str, text: str, title: str, template: Template) -> None:
    place = place_of(path, plan_slugs([path]))
    if place is None:
        raise TemplateError(f"{path} is no place for a file of a plan")
    result = document_of(place, text.encode())
    fault = next((finding for finding in result.findings if finding.rule.level is Level.ERROR), None)
    if fault:
        raise TemplateError(f"the template {template.name} makes a file that cannot be read: {fault}")
    if isinstance(result.document, Unread) or result.document.title != title:
        raise TemplateError(f"the template {template.name} does not keep the title; write `title: {{title}}` in it")
