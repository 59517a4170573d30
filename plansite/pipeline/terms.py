"""What is the same for every page of a build: the day, the audience, the settings, the theme."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from plansite.content.shelf import Shelf
from plansite.content.site import Head
from plansite.content.volume import addressed
from plansite.model.audience import Sight, sight_of
from plansite.model.left_out import LeftOut, left_out_above
from plansite.model.site import Settings, Site
from plansite.model.status import Audience
from plansite.site.about import Copy
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
    """The day and the audience, with what both see above the plans. `mark` is a digest of all that judging needs.

    `told` are the readers of whom it is said what is left out for them: to those who see all, all others; and `above`
    is what each of them does not see above the plans.
    """

    today: date
    sight: Sight
    head: Site
    mark: str
    told: tuple[Sight, ...]
    above: tuple[tuple[LeftOut, ...], ...]

    @classmethod
    def of(cls, shelf: Shelf, head: Head, audience: Audience, today: date) -> Terms:
        """The terms on which this audience sees this site on this day."""

        def sees(readers: Audience) -> Sight:
            return sight_of(shelf.settings, head.front, head.owners, head.agencies, head.unread, readers)

        sight = sees(audience)
        told = tuple(each for each in map(sees, shelf.settings.audiences) if not each.is_whole)
        told = told if sight.is_whole else (sight,)
        site = Site(
            settings=sight.settings,
            front=sight.front,
            owners=tuple(addressed(sight.owners, head.numbered)),
            agencies=tuple(addressed(sight.agencies, head.numbered)),
            unread=head.unread if sight.is_whole else (),
            findings=(*shelf.findings, *head.findings) if sight.is_whole else (),
            files=shelf.assets,
            is_whole=sight.is_whole,
        )
        people = (bool(site.owners), bool(site.agencies))
        return cls(
            today=today,
            sight=sight,
            head=site,
            mark=digest(today, _mark_of(sight), sight.settings, people),
            told=told,
            above=tuple(left_out_above(head.front, head.owners, head.agencies, head.unread, each) for each in told),
        )

    @property
    def sight_mark(self) -> str:
        """A digest of all that decides what this audience sees of a plan."""
        return _mark_of(self.sight)

    @property
    def told_mark(self) -> str:
        """The same with what decides what it is told of others."""
        return digest(self.sight_mark, *map(_mark_of, self.told))


def _mark_of(sight: Sight) -> str:
    return digest(sight.audience, sight.settings.audience, sorted(sight.hidden.names), sorted(sight.hidden.seen))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What pages are drawn with besides their views: a digest of the theme, what surrounds them, and this copy."""

    theme: str
    shell: Shell
    copy: Copy

    def mark(self, terms: Terms) -> str:
        """A digest of everything that pages of plans share."""
        return digest(terms.mark, self.theme, self.shell)
