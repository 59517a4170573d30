"""Files for owners and agencies that a new document names and the site does not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from plansite.model.audience.filter import resolve_audience
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.scaffold.field_values import FieldValue
from plansite.scaffold.new_document import NewDocument, build_new_files, load_template


def build_party_files(
    root: Path, site: Site, parties: Iterable[tuple[str, str]], values: Mapping[str, FieldValue], today: date
) -> dict[str, str]:
    """The texts of new files by path, for pairs of a kind (`owner`, `agency`) and a name. `values` go into each file.

    Raises TemplateError.
    """
    files: dict[str, str] = {}
    for kind, name in parties:
        document = NewDocument(kind=kind, title=name, values=values, today=today)
        files |= build_new_files(root, site, document, load_template(root, kind))
    return files


def find_party_audience(plan: Plan | None) -> dict[str, FieldValue]:
    """The field `audience` of a new party's file, so that it is not shown more widely than the plan that names it.

    Empty where the plan leaves it to the site, or there is no plan.
    """
    if plan is None:
        return {}
    if plan.audience is None and not is_internal_by_default(plan):
        return {}
    return {"audience": str(plan.audience or Audience.INTERNAL)}


def is_internal_by_default(plan: Plan) -> bool:
    """Whether a plan is internal also in a site whose audience is the public."""
    return resolve_audience(plan, Settings(audience=Audience.PUBLIC)) is Audience.INTERNAL
