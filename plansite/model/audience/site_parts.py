"""Filtering what belongs to no plan and is no document: the settings with their saved views, and frameworks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from plansite.model.audience.text_filter import TextFilter
from plansite.model.frameworks.framework import Framework
from plansite.model.saved_views.settings import SavedView
from plansite.model.settings import Settings
from plansite.model.status import Audience


def filter_settings(settings: Settings, audience: Audience, text_filter: TextFilter) -> Settings:
    """The settings with filtered texts, and with the saved views that an audience may see."""
    return replace(
        text_filter.filter_settings(replace(settings, views=())),
        views=tuple(_filter_views(settings, audience, text_filter)),
    )


def _filter_views(settings: Settings, audience: Audience, text_filter: TextFilter) -> Iterator[SavedView]:
    """The saved views that an audience may see, with filtered texts; without a mark they are for that of the site.

    One that asks only for somebody whose name is hidden is left out, as without that condition it would show others.
    """
    for view in settings.views:
        if audience.sees(view.audience or settings.audience) and (filtered := text_filter.filter_view(view)):
            yield filtered


def sees_framework(audience: Audience, framework: Framework, settings: Settings) -> bool:
    """Whether an audience may see a framework: one that comes with plansite, or one of the site that is for it.

    Without a mark, one of the site is for the audience of the site.
    """
    return not framework.path or audience.sees(framework.audience or settings.audience)


def filter_frameworks(
    frameworks: Iterable[Framework], settings: Settings, audience: Audience, text_filter: TextFilter
) -> Iterator[Framework]:
    """The frameworks that an audience may see. Texts with hidden names are taken out of those of the site."""
    for framework in frameworks:
        if sees_framework(audience, framework, settings):
            filtered = text_filter.filter_framework(framework) if framework.path else framework
            yield from (filtered,) if filtered else ()
