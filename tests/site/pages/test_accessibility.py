"""The accessibility statement is honest: it names limits, and a theme that nobody checked."""

from __future__ import annotations

from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.site.pages.accessibility import AccessibilityView, build_accessibility_page


def _view(settings: Settings) -> AccessibilityView:
    view = build_accessibility_page(SiteOnDate(Site(settings=settings), date(2025, 1, 20))).view
    assert isinstance(view, AccessibilityView)
    return view


def test_it_says_what_works_and_what_does_not() -> None:
    """Both lists have something in them, and no point is made twice."""
    view = _view(Settings())
    titles = [point.title for point in (*view.works, *view.limits)]
    assert view.works
    assert view.limits
    assert len(titles) == len(set(titles))


def test_it_says_how_to_report() -> None:
    """The contact of the settings, or none."""
    assert _view(Settings(contact="plans@example.org")).contact == "plans@example.org"
    assert _view(Settings()).contact == ""


def test_a_theme_of_ones_own_is_named() -> None:
    """Whoever changes colours or pages cannot lean on our checks."""
    assert len(_view(Settings(theme="ours")).limits) == len(_view(Settings()).limits) + 1
