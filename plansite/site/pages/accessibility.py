"""The accessibility statement: what works, known limitations, and whom to contact."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass
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
        "Keyboard", "You can use the whole site without a mouse, and you can see which item is selected."
    ),
    AccessibilityPoint(
        "Screen readers",
        "Headings, landmarks, lists and tables are marked up as such. Our charts and icons have text alternatives.",
    ),
    AccessibilityPoint("Zoom and small screens", "At 400% zoom or on a phone the text wraps to fit the screen."),
    AccessibilityPoint(
        "Colour",
        "Colour is never the only sign: a word or a shape says the same. Text has a contrast of at least 4.5 to 1.",
    ),
    AccessibilityPoint(
        "Dark, high contrast, less motion", "Pages follow the settings of your device. There are no animations."
    ),
    AccessibilityPoint(
        "Without scripts",
        "Pages can be read without scripts, unless the site has a passphrase. Scripts add filters, sorting and search.",
    ),
    AccessibilityPoint(
        "Paper", "Pages print with their date and without the menu. In grey, words and shapes still show each status."
    ),
    AccessibilityPoint("Words", "Our own text has short sentences and plain words. Dates are written in full."),
)
_LIMITATIONS = (
    AccessibilityPoint("Attached files", "We have not checked PDF files and spreadsheets that were added as evidence."),
    AccessibilityPoint("Wide tables", "Some tables of numbers scroll sideways on a phone."),
    AccessibilityPoint(
        "Text of the plans",
        "The plans are written by many people. Some sentences are long, and some words need explaining.",
    ),
    AccessibilityPoint(
        "Pictures in plans", "The authors describe their pictures. Some pictures may have no description."
    ),
    AccessibilityPoint(
        "Other languages", "All pages are marked as British English, even where an author quotes other languages."
    ),
)
_CUSTOM_THEME = AccessibilityPoint(
    "Custom design", "This site changes the colours or pages of plansite. The result has not been checked."
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
