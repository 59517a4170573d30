"""What is the same for all pages of a build: the day, the audience, the settings, the theme."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date
from typing import Protocol

from plansite.content.plans import make_slugs_unique
from plansite.content.site_content import SiteContent
from plansite.content.source_tree import SourceTree
from plansite.deferred_dataclass import dataclass
from plansite.incremental.fingerprint import fingerprint
from plansite.model.audience.filter import AudienceFilter, build_audience_filter
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.audience.omissions import Omission, count_site_omissions
from plansite.model.frameworks.framework import Framework
from plansite.model.saved_views.selection import list_due_windows
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Audience


class Clock(Protocol):
    """Tells which day it is for a site. Nothing else in a build reads the time."""

    def today(self, settings: Settings) -> date:
        """The day that counts as today."""

    def pinned(self, settings: Settings) -> bool:
        """Whether that day was given or fixed rather than read from a clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildContext:
    """The day, the audience, and the site without its plans as that audience sees it.

    `fingerprint` covers all that checking or rendering a plan depends on besides its own files, which saved views are
    no part of. `reported_filters` are the audiences for which the build counts what they do not see: all narrower ones
    where this audience sees everything, else this audience alone. `left_out_above` counts for each what they do not
    see outside the plans.
    """

    today: date
    audience_filter: AudienceFilter
    site: Site
    fingerprint: str
    reported_filters: tuple[AudienceFilter, ...]
    left_out_above: tuple[tuple[Omission, ...], ...]

    @classmethod
    def create(cls, source: SourceTree, content: SiteContent, audience: Audience, today: date) -> BuildContext:
        """The context of a build of these files for this audience on this day."""

        def filter_for(readers: Audience) -> AudienceFilter:
            return build_audience_filter(
                source.settings,
                content.front_page,
                content.owners,
                content.agencies,
                content.unreadable,
                readers,
                stray_people=content.stray_people,
                frameworks=content.frameworks,
            )

        audience_filter = filter_for(audience)
        narrower = tuple(each for each in map(filter_for, source.settings.audiences) if not each.shows_all)
        reported = narrower if audience_filter.shows_all else (audience_filter,)
        site = _filter_site(source, content, audience_filter)
        has_people = (bool(site.owners), bool(site.agencies))
        return cls(
            today=today,
            audience_filter=audience_filter,
            site=site,
            fingerprint=_fingerprint_context(today, audience_filter, has_people),
            reported_filters=reported,
            left_out_above=tuple(
                count_site_omissions(
                    content.front_page,
                    content.owners,
                    content.agencies,
                    content.unreadable,
                    each,
                    source.settings.views,
                    content.frameworks,
                )
                for each in reported
            ),
        )

    @property
    def sees_all(self) -> bool:
        """Whether the build is for internal readers, who see everything."""
        return self.audience_filter.shows_all

    @property
    def filter_fingerprint(self) -> str:
        """A fingerprint of all that decides what this audience sees of a plan."""
        return _fingerprint_filter(self.audience_filter)

    @property
    def reported_fingerprint(self) -> str:
        """The same with what decides what the reported audiences see."""
        return fingerprint(self.filter_fingerprint, *map(_fingerprint_filter, self.reported_filters))


def _filter_site(source: SourceTree, content: SiteContent, audience_filter: AudienceFilter) -> Site:
    """The site without plans as an audience sees it; unreadable files and findings are for internal readers alone."""
    shows_all = audience_filter.shows_all
    return Site(
        settings=audience_filter.settings,
        front_page=audience_filter.front_page,
        owners=tuple(make_slugs_unique(audience_filter.owners, content.original_slugs)),
        agencies=tuple(make_slugs_unique(audience_filter.agencies, content.original_slugs)),
        unreadable=content.unreadable if shows_all else (),
        findings=(*source.findings, *content.findings) if shows_all else (),
        files=source.assets,
        other_files=source.other_files if shows_all else frozenset(),
        mapped_fields=source.mapped_fields if shows_all else (),
        frameworks=audience_filter.frameworks,
        is_unfiltered=shows_all,
        audience=audience_filter.audience,
    )


def _fingerprint_context(today: date, audience_filter: AudienceFilter, has_people: tuple[bool, bool]) -> str:
    """Covers what `BuildContext.fingerprint` is to cover."""
    settings = audience_filter.settings
    windows = list_due_windows(settings)  # the next change of a plan is known to those alone
    return fingerprint(today, _fingerprint_filter(audience_filter), replace(settings, views=()), windows, has_people)


def _fingerprint_filter(audience_filter: AudienceFilter) -> str:
    settings_audience = audience_filter.settings.audience
    return fingerprint(
        audience_filter.audience,
        settings_audience,
        fingerprint_hidden_names(audience_filter.hidden_names),
        audience_filter.names_by_address,
        _fingerprint_frameworks(audience_filter.frameworks),
    )


@functools.lru_cache(maxsize=16)
def _fingerprint_frameworks(frameworks: tuple[Framework, ...]) -> str:
    """Cached, as each audience has them in the same build."""
    return fingerprint(*frameworks)


def fingerprint_hidden_names(hidden_names: HiddenNames) -> str:
    """A fingerprint of all names and their spellings."""
    return fingerprint(*(sorted(part) for part in hidden_names.list_parts()))
