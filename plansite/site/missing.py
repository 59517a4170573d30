"""The page for an address that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model.course import Outlook
from plansite.model.words import count
from plansite.site.lists import OVERDUE
from plansite.site.page import Link, Page
from plansite.site.search import Place


@dataclass(frozen=True, slots=True)
class MissingView:
    """What the page for a missing page shows."""

    ways: tuple[Place, ...]


def missing_page(outlook: Outlook) -> Page:
    """`404.html`. Hosts show it at any address, so its links begin at the root of the site."""
    plans = count(len(outlook.site.plans), "plan")
    return Page(
        path="404.html",
        template="404.html",
        title="Page not found",
        view=MissingView(
            (
                Place(Link("All plans", "index.html"), f"{plans}, from the front page"),
                Place(Link("Search", "search.html"), "by title, number, owner or status"),
                Place(Link("What is overdue", OVERDUE.href), "in every plan"),
                Place(Link("Owners", "owners/index.html"), "who does what"),
            )
        ),
        trail=(Link("Plans", "index.html"), Link("Not found")),
    )
