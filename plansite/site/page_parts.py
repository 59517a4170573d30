"""Pages across plans, divided into parts that depend on different documents.

A list of a few actions out of thousands need not be composed again where none of them has changed. So a part names the
documents that its pages show, and whoever keeps pages compares those documents instead of the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.site.components.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePagePart:
    """Pages across plans that are composed together: those of an owner, of an agency, of a tag.

    They show nothing of the plans but what `documents` say and how these stand, and `facts`, which are plain frozen
    values. What they show of the rest of the site are its settings, its front page, its people, its files without a
    place, and where the links of those lead. `path` is that of the first page.
    """

    path: str
    documents: tuple[Action | Incident, ...]
    facts: tuple[object, ...]
    compose: Callable[[], Iterator[Page]]
