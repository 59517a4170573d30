"""What is the same for every page of a build: the day, the audience, the settings, the theme."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from plansite.content.shelf import Shelf
from plansite.content.site import Head
from plansite.model.audience import Sight, sight_of
from plansite.model.site import Settings, Site
from plansite.model.status import Audience
from plansite.site.page import Shell


class Clock(Protocol):
    """Says which day it is for a site; the only way in for the time."""

    def today(self, settings: Settings) -> date:
        """The day that counts as today."""

    def pinned(self, settings: Settings) -> bool:
        """Whether that day was given rather than read from a clock."""


def digest(*values: object) -> str:
    """One digest of plain, frozen values."""
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The day and the audience, with what both see above the plans. `mark` is a digest of all that judging needs."""

    today: date
    sight: Sight
    head: Site
    mark: str

    @classmethod
    def of(cls, shelf: Shelf, head: Head, audience: Audience, today: date) -> Terms:
        """The terms on which this audience sees this site on this day."""
        sight = sight_of(shelf.settings, head.owners, head.agencies, audience)
        site = Site(
            settings=sight.settings,
            front=head.front,
            owners=sight.owners,
            agencies=sight.agencies,
            unread=head.unread if sight.is_whole else (),
            findings=(*shelf.findings, *head.findings) if sight.is_whole else (),
            files=shelf.assets,
        )
        people = (bool(site.owners), bool(site.agencies))
        return cls(today=today, sight=sight, head=site, mark=digest(today, sight_mark(sight), sight.settings, people))


def sight_mark(sight: Sight) -> str:
    """A digest of all that decides what an audience sees of a plan."""
    return digest(sight.audience, sight.settings.audience, sorted(sight.hidden.names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What pages are drawn with besides their views: a digest of the theme, what surrounds them, and the commit."""

    theme: str
    shell: Shell
    commit: str

    def mark(self, terms: Terms) -> str:
        """A digest of everything that pages of plans share."""
        return digest(terms.mark, self.theme, self.shell)
