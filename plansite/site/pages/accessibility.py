"""The accessibility statement: what works, known limitations, and whom to contact."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import ACCESSIBILITY_PAGE
from plansite.site.components.page import Link, Page


@dataclass(frozen=True, slots=True)
class AccessibilityPoint:
    """A feature or limitation: a short title and one or two sentences."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityView:
    """What the statement shows."""

    works: tuple[AccessibilityPoint, ...]
    limits: tuple[AccessibilityPoint, ...]
    contact: str


_WORKS = (
    AccessibilityPoint(
        "Keyboard", "Everything can be reached and used without a mouse. You can always see where you are."
    ),
    AccessibilityPoint(
        "Screen readers", "Headings, landmarks, lists and tables say what they are. Every picture has its words."
    ),
    AccessibilityPoint(
        "Zoom and small screens", "At 400% or on a phone nothing is cut off. You scroll in one direction only."
    ),
    AccessibilityPoint(
        "Colour", "No colour stands alone: a word and a shape say the same. Text keeps a contrast of 4.5 to 1."
    ),
    AccessibilityPoint(
        "Dark, high contrast, less motion", "Pages follow the settings of your device. Nothing moves by itself."
    ),
    AccessibilityPoint(
        "Without scripts", "All of it can be read. Scripts add a filter, sorting, search and the count of days."
    ),
    AccessibilityPoint(
        "Paper", "Pages print with their date and without the menu. In grey, words and shapes still tell each status."
    ),
    AccessibilityPoint("Words", "Short sentences and plain words where the words are ours. Dates are written in full."),
)
_LIMITATIONS = (
    AccessibilityPoint("Attached files", "PDF files and spreadsheets added as evidence are as their makers left them."),
    AccessibilityPoint(
        "Wide tables", "Some tables of numbers scroll sideways on a phone, inside a frame of their own."
    ),
    AccessibilityPoint(
        "Words of authors", "Authors write the plans. Some sentences are long, and some words need explaining."
    ),
    AccessibilityPoint("Pictures in plans", "Authors describe their own pictures. Where they did not, we cannot."),
    AccessibilityPoint(
        "Other languages", "All pages are marked as British English, even where an author quotes other languages."
    ),
)
_CUSTOM_THEME = AccessibilityPoint(
    "A look of its own", "This site changes our colours or pages. We have not checked the result."
)


def build_accessibility_page(dated_site: SiteOnDate) -> Page:
    """`accessibility.html`. A site with its own theme has one more limitation, because themes are not checked."""
    settings = dated_site.site.settings
    return Page(
        path=ACCESSIBILITY_PAGE,
        template="pages/accessibility.html",
        title="Accessibility",
        view=AccessibilityView(
            works=_WORKS,
            limits=_LIMITATIONS if settings.theme == "default" else (*_LIMITATIONS, _CUSTOM_THEME),
            contact=settings.contact,
        ),
        trail=(Link("Plans", "index.html"), Link("Accessibility")),
    )
