"""The page of meanings says what the code does."""

from __future__ import annotations

from datetime import date

from plansite.model.assessment import Course, SiteOnDate
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status
from plansite.site.pages.glossary import GlossaryView, build_glossary_page


def _view(settings: Settings = Settings()) -> GlossaryView:  # noqa: B008  (a frozen value)
    view = build_glossary_page(SiteOnDate(Site(settings=settings), date(2025, 1, 20))).view
    assert isinstance(view, GlossaryView)
    return view


def test_every_status_has_its_meaning() -> None:
    """All of them, in their order, under the words and marks that pages show."""
    assert [(each.tag.words, each.tag.icon) for each in _view().statuses] == [
        (status.label, status.value.replace(" ", "-")) for status in Status
    ]


def test_every_course_has_its_rule_in_the_order_of_asking() -> None:
    """The tags are those of real actions that meet the rule; each course is there."""
    courses = _view().courses
    assert [each.tag.words for each in courses] == [
        "Embedded",
        "Cancelled",
        "Awaiting verification",
        "Completed",
        "Overdue by 6 days",
        "At risk",
        "On track",
    ]
    assert [each.tag.role for each in courses] == ["proof", "status", "wait", "status", "late", "risk", "track"]
    keys = " ".join(each.key.replace("-", " ") for each in courses)
    assert all(course.value in keys for course in Course)


def test_tags_of_the_page_follow_no_clock() -> None:
    """They are examples, and stay as they are on a later day."""
    assert not [each for each in _view().courses if each.tag.due]


def test_the_bar_has_all_five_parts() -> None:
    """From what is proven to what is late."""
    bar = _view().bar
    assert bar is not None
    assert [part.role for part in bar.segments] == ["proof", "done", "track", "risk", "late"]


def test_numbers_of_days_are_the_sites_own() -> None:
    """Where a site says that 7 days are soon, so does the page."""
    view = _view(Settings(due_soon=7))
    assert [each for each in view.courses if each.key == "course-at-risk" and "within 7 days with steps" in each.text]
    assert [term for term in view.terms if term.word == "Due soon" and "next 7 days" in term.text]


def test_overdue_is_told_apart_from_due_today() -> None:
    """The rule that people get wrong is said in so many words."""
    overdue = next(each for each in _view().courses if each.key == "course-overdue")
    assert "An action due today is not overdue." in overdue.text


def test_ids_are_unique() -> None:
    """Each meaning can be linked to."""
    view = _view()
    keys = [each.key for each in (*view.statuses, *view.courses)]
    assert len(keys) == len(set(keys))
