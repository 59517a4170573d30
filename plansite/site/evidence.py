"""What shows that something was done, as pages link to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plansite.markdown.dialect import is_relative
from plansite.model.parts import Evidence
from plansite.site.links import Addresses, plan_folder


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Something that shows that the work was done; without an address it is words."""

    label: str
    href: str
    day: date | None


def evidence_of(items: Sequence[Evidence], path: str, addresses: Addresses) -> tuple[EvidenceView, ...]:
    """Evidence named in the file at `path`; files lie in the plan's folder, else beside the file that names them."""
    return tuple(EvidenceView(item.label or item.url, _href(item.url, path, addresses), item.date) for item in items)


def _href(url: str, path: str, addresses: Addresses) -> str:
    if not is_relative(url):
        return url
    return addresses.target(url, plan_folder(path)) or addresses.target(url, path.rpartition("/")[0])
