"""What is the same for every page of a build: the day, the audience, the settings, the theme."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from plansite.content.plans import make_slugs_unique
from plansite.content.site_content import SiteContent
from plansite.content.source_tree import SourceTree
from plansite.model.audience.filter import AudienceFilter, build_audience_filter
from plansite.model.audience.omissions import Omission, count_site_omissions
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.site.components.page import SiteLayout
from plansite.site.pages.about import BuildInfo


class Clock(Protocol):
    """Says which day it is for a site; the only way in for the time."""

    def today(self, settings: Settings) -> date:
        """The day that counts as today."""

    def pinned(self, settings: Settings) -> bool:
        """Whether that day was given rather than read from a clock."""


def fingerprint(*values: object) -> str:
    """One digest of plain, frozen values."""
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildContext:
    """The day and the audience, with what both see above the plans. `mark` is a digest of all that judging needs.

    `told` are the readers of whom it is said what is left out for them: to those who see all, all others; and `above`
    is what each of them does not see above the plans.
    """

    today: date
    audience_filter: AudienceFilter
    site: Site
    fingerprint: str
    reported_filters: tuple[AudienceFilter, ...]
    left_out_above: tuple[tuple[Omission, ...], ...]

    @classmethod
    def create(cls, shelf: SourceTree, head: SiteContent, audience: Audience, today: date) -> BuildContext:
        """The terms on which this audience sees this site on this day."""

        def sees(readers: Audience) -> AudienceFilter:
            return build_audience_filter(
                shelf.settings, head.front_page, head.owners, head.agencies, head.unreadable, readers
            )

        sight = sees(audience)
        told = tuple(each for each in map(sees, shelf.settings.audiences) if not each.shows_all)
        told = told if sight.shows_all else (sight,)
        site = Site(
            settings=sight.settings,
            front_page=sight.front_page,
            owners=tuple(make_slugs_unique(sight.owners, head.original_slugs)),
            agencies=tuple(make_slugs_unique(sight.agencies, head.original_slugs)),
            unreadable=head.unreadable if sight.shows_all else (),
            findings=(*shelf.findings, *head.findings) if sight.shows_all else (),
            files=shelf.assets,
            is_unfiltered=sight.shows_all,
        )
        people = (bool(site.owners), bool(site.agencies))
        return cls(
            today=today,
            audience_filter=sight,
            site=site,
            fingerprint=fingerprint(today, _fingerprint_filter(sight), sight.settings, people),
            reported_filters=told,
            left_out_above=tuple(
                count_site_omissions(head.front_page, head.owners, head.agencies, head.unreadable, each)
                for each in told
            ),
        )

    @property
    def filter_fingerprint(self) -> str:
        """A digest of all that decides what this audience sees of a plan."""
        return _fingerprint_filter(self.audience_filter)

    @property
    def reported_fingerprint(self) -> str:
        """The same with what decides what it is told of others."""
        return fingerprint(self.filter_fingerprint, *map(_fingerprint_filter, self.reported_filters))


def _fingerprint_filter(sight: AudienceFilter) -> str:
    return fingerprint(
        sight.audience,
        sight.settings.audience,
        sorted(sight.hidden_names.names),
        sorted(sight.hidden_names.visible_names),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What pages are drawn with besides their views: a digest of the theme, what surrounds them, and this copy."""

    theme: str
    shell: SiteLayout
    copy: BuildInfo

    def fingerprint(self, terms: BuildContext) -> str:
        """A digest of everything that pages of plans share."""
        return fingerprint(terms.fingerprint, self.theme, self.shell)
