"""The register: eight columns in the order people count, its filter, faults in sight, pages of a thousand rows."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.runner import group_by_path, run_all_checks
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.body import ActionStep, Body, ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Page, build_site_layout
from plansite.site.components.pagination import ROWS_PER_PAGE
from plansite.site.incidents.incident import build_incident_pages
from plansite.site.measures.measure_pages import build_measure_pages
from plansite.site.plan.goals import build_goals_page
from plansite.site.plan.protocol import build_protocol_page
from plansite.site.plan.register import RegisterView, build_register_pages
from plansite.site.plan.register_rows import RegisterRow
from plansite.site.plan.reviews import build_review_pages
from tests.sites import write

TODAY = date(2025, 1, 20)
PLAN = "content/plans/p/plan.md"
ACTION = "content/plans/p/actions/{}.md"


def _pages(site: Site, day: date = TODAY) -> list[Page]:
    outlook = SiteOnDate(site, day)
    found = group_by_path((*site.findings, *run_all_checks(outlook)))
    return [
        page for plan in site.plans for page in build_register_pages(outlook, plan, LinkResolver.from_site(site), found)
    ]


def _view(page: Page) -> RegisterView:
    assert isinstance(page.view, RegisterView)
    return page.view


def _register(root: Path, actions: dict[str, str], **more: str) -> RegisterView:
    files = {PLAN: "---\ntitle: A plan\n---\n", **{ACTION.format(slug): text for slug, text in actions.items()}, **more}
    (page,) = _pages(load_site(write(root, files)))
    return _view(page)


def _of(*actions: Action) -> list[Page]:
    return _pages(Site(settings=Settings(title="S"), plans=(Plan(slug="p", path=PLAN, title="P", actions=actions),)))


def _rows(*actions: Action) -> tuple[RegisterRow, ...]:
    return _view(_of(*actions)[0]).rows


def _action(ref: str, slug: str = "") -> Action:
    return Action(plan="p", slug=slug or f"a{ref}", path=f"{ref}.md", ref=ref, title=f"Action {ref}")


def test_rows_stand_in_the_order_in_which_people_count() -> None:
    """Numbers first and by their size, then words, then those without a number."""
    rows = _rows(*(_action(ref, f"x{n}") for n, ref in enumerate(["", "10", "B-2", "2", "1.10", "B-10", "1.9"])))
    assert [row.ref for row in rows] == ["1.9", "1.10", "2", "10", "B-2", "B-10", ""]


def test_a_row_has_what_the_eight_columns_show(tmp_path: Path) -> None:
    """Owner, first steps with their number, resources, both dates, the newest note, steps done, status and course."""
    view = _register(
        tmp_path,
        {
            "radiator": "---\ntitle: Mend the radiator\nref: 1\nowner: Maintenance\nstatus: in progress\n"
            "created: 2025-01-01\ndue: 2025-01-21\nresources: £180\n"
            "due_history: [{due: 2025-01-07, moved: 2025-01-06, reason: Valve}]\n---\n"
            "## Steps\n- [x] Bleed it.\n- [x] Test the valve\n- [ ] Replace it\n- [ ] Paint it\n"
            "## Progress\n- 2025-01-19 (M): Valve is here.\n- 2025-01-04 (M): Bled it.\n"
        },
    )
    (row,) = view.rows
    assert (row.title.text, row.title.href) == ("Mend the radiator", "plans/p/actions/radiator.html")
    assert (row.owner.text, row.owner.href) == ("Maintenance", "owners/maintenance.html")
    steps = ("Bleed it.", True), ("Test the valve", True), ("Replace it", False), ("Paint it", False)
    assert (row.steps, row.resources) == (steps, "£180")
    assert (row.created.day, row.due.day) == (date(2025, 1, 1), date(2025, 1, 21))
    assert row.due.note == "Re-planned once, from 7 January"
    assert (row.said, row.said_on) == ("Valve is here.", date(2025, 1, 19))
    assert (row.pips.done, row.pips.total) == (2, 4)
    assert [tag.words for tag in row.tags] == ["In progress", "At risk"]
    assert not row.fix
    assert not row.is_closed


def test_closed_rows_say_so_and_cancelled_ones_say_why(tmp_path: Path) -> None:
    """Finished and cancelled actions are closed; one tag where status and course are the same word."""
    view = _register(
        tmp_path,
        {
            "a": "---\ntitle: A\nref: 1\nstatus: embedded\n---\n",
            "b": "---\ntitle: B\nref: 2\nstatus: cancelled\nreason: not possible\n---\n",
        },
    )
    assert [row.is_closed for row in view.rows] == [True, True]
    assert [[tag.words for tag in row.tags] for row in view.rows] == [["Embedded"], ["Cancelled"]]
    assert [row.reason for row in view.rows] == ["", "not possible"]


def test_what_is_no_date_is_shown_as_written(tmp_path: Path) -> None:
    """The raw text with "Not a date", and the row leads to what to do; a bad date elsewhere in the file is another."""
    view = _register(
        tmp_path,
        {
            "laundry": "---\ntitle: Labels\nref: 1\ndue: 30/02/2025\n---\n",
            "check": "---\ntitle: Check\nref: 2\ndue:\nverification:\n  by: Nurse\n  due: soon\n---\n",
        },
    )
    laundry, other = view.rows
    assert (laundry.due.day, laundry.due.raw, laundry.due.note) == (None, "30/02/2025", "Not a date")
    assert laundry.created.raw == ""
    assert (other.due.raw, other.due.note) == ("", "")
    assert [trouble.key for trouble in view.problems] == [laundry.fix, other.fix]
    assert [row.tags[0].words for row in view.rows] == ["Needs attention", "Needs attention"]
    assert "30/02/2025" in view.problems[0].findings[0].message
    assert "2 rows need attention" in view.caption


def test_a_file_that_cannot_be_read_keeps_its_row(tmp_path: Path) -> None:
    """It stands last with what is wrong and what to do; files of other kinds stand below the table."""
    view = _register(
        tmp_path,
        {"good": "---\ntitle: Good\nref: 7\n---\n", "bad-colon": "---\ntitle: Fix: door\n---\n"},
        **{"content/plans/p/reviews/2025-01-09.md": "no front matter"},
    )
    good, bad = view.rows
    assert good.ref == "7"
    assert (bad.title.text, bad.title.href) == ("Bad colon", "plans/p/actions/bad-colon.html")
    assert bad.wrong.endswith(".")
    assert bad.tags[0].words == "Needs attention"
    assert [trouble.title.text for trouble in view.problems] == ["Bad colon", "2025 01 09"]
    assert view.problems[0].key == bad.fix
    assert "1 row needs attention" in view.caption


def test_an_empty_plan_has_an_empty_register() -> None:
    """One page without rows; nothing is invented."""
    (page,) = _of()
    assert page.path == "plans/p/register.html"
    assert page.landscape
    assert (_view(page).rows, _view(page).problems, _view(page).pager) == ((), (), None)


def test_an_action_with_a_title_alone_is_a_row() -> None:
    """No owner, dates, steps or news: empty values, and nothing fails."""
    (row,) = _rows(Action(plan="p", slug="a", path="a.md", title="Do it"))
    assert (row.owner.text, row.steps, row.resources, row.said) == ("", (), "", "")
    assert (row.created.day, row.due.day, row.ref) == (None, None, "")


def test_a_long_register_takes_several_pages() -> None:
    """A thousand rows a page, numbered on; each page knows its neighbours and says which rows it has."""
    pages = _of(*(_action(str(number)) for number in range(1, ROWS_PER_PAGE + 3)))
    first, second = (_view(page) for page in pages)
    assert [page.path for page in pages] == ["plans/p/register.html", "plans/p/register-2.html"]
    assert [len(view.rows) for view in (first, second)] == [ROWS_PER_PAGE, 2]
    assert first.caption.startswith("Actions 1 to 1,000 of 1,002")
    assert second.caption.startswith("Actions 1,001 to 1,002 of 1,002")
    assert first.pager and first.pager.after == "plans/p/register-2.html"
    assert second.pager and second.pager.before == "plans/p/register.html"
    assert [link.text for link in pages[1].trail] == ["Plans", "P", "Register", "Page 2"]


def test_a_step_is_whole(tmp_path: Path) -> None:
    """Also where it has further lines, paragraphs, lists and links: a screen shortens it, and paper does not."""
    text = "- [ ] Ring\n  the *shop*\n\n  Ask for [blue](b.md) & white\n  - two\n  - tins\n- [x] Pay\n"
    view = _register(tmp_path, {"a": f"---\ntitle: A\n---\n## Steps\n{text}", "b": "---\ntitle: B\n---\n"})
    assert view.rows[0].steps == (("Ring the shop Ask for blue & white two tins", False), ("Pay", True))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=900))
def test_no_text_is_cut(text: str) -> None:
    """A row has the whole title, step, resources and note, however long: paper shows all of it."""
    body = Body(
        steps=(ActionStep(text=text, html=(escape(text),), done=False, line=1),),
        progress=(ProgressNote(date=TODAY, by="", text=text, html=(), line=2),),
    )
    (row,) = _rows(Action(plan="p", slug="a", path="a.md", title=text, resources=text, body=body))
    assert (row.title.text, row.steps, row.resources, row.said) == (text, ((text, False),), text, text)


def test_the_views_of_the_barest_plan_can_be_drawn(tmp_path: Path) -> None:
    """Each template copes with documents that have a title and nothing else, and with a plan that has none."""
    kinds = ("actions", "reviews", "incidents", "measures")
    files = {f"content/plans/bare/{kind}/x.md": "---\ntitle: X\n---\n" for kind in kinds}
    plans = {f"content/plans/{name}/plan.md": "---\ntitle: P\n---\n" for name in ("bare", "empty")}
    site = load_site(write(tmp_path, {**files, **plans}))
    outlook, addresses, theme = SiteOnDate(site, TODAY), LinkResolver.from_site(site), load_theme(tmp_path, "default")
    writer = PageRenderer.create(
        theme, build_site_layout(site, pinned=False), frozenset(theme.static_files()), today=TODAY
    )
    paths = set()
    for plan in site.plans:
        for page in (
            *build_register_pages(outlook, plan, addresses, {}),
            build_goals_page(outlook, plan, addresses),
            build_protocol_page(outlook, plan),
            *build_review_pages(outlook, plan, addresses),
            *build_incident_pages(outlook, plan, addresses),
            *build_measure_pages(outlook, plan, addresses),
        ):
            assert "<h1" in writer.render(page)
            paths.add(page.path)
    assert {path for path in paths if "/empty/" in path} == {
        f"plans/empty/{name}.html" for name in ("register", "goals", "protocol", "reviews")
    }
    assert {f"plans/bare/{kind}/x.html" for kind in kinds[1:]} <= paths


def test_the_demonstration_has_the_known_rows(project: Path) -> None:
    """Owners, dates and statuses of the three rows that practitioners know."""
    site = load_site(project)
    page = next(page for page in _pages(site) if page.path == "plans/inspection/register.html")
    known = [(row.ref, row.owner.text, row.created.day, row.due.day, row.is_closed) for row in _view(page).rows[:3]]
    assert known == [
        ("1", "Maintenance", date(2025, 1, 1), date(2025, 1, 7), True),
        ("2", "Registered Manager", date(2025, 1, 2), date(2025, 1, 2), True),
        ("3", "Deputy Manager", date(2025, 1, 1), date(2025, 1, 14), False),
    ]


@pytest.mark.parametrize(
    ("entries", "note"),
    [
        ("{due: 2025-01-07, reason: Valve}", "Re-planned once, from 7 January"),
        ("{due: 2025-01-07}", "Re-planned once, from 7 January, no reason given"),
        (
            "{due: 2025-01-07}, {due: 2025-01-09, reason: Valve}",
            "Re-planned twice, from 7 January, once without a reason",
        ),
        ("{due: 2025-01-07}, {due: 2025-01-09}", "Re-planned twice, from 7 January, no reasons given"),
        (
            "{due: 2025-01-07}, {due: 2025-01-09}, {due: 2025-01-11, reason: Snow}",
            "Re-planned 3 times, from 7 January, twice without a reason",
        ),
    ],
)
def test_moves_without_a_reason_are_told(tmp_path: Path, entries: str, note: str) -> None:
    """Quietly, beside how often the date was moved."""
    text = f"---\ntitle: Mend\ndue: 2025-01-21\ndue_history: [{entries}]\n---\n"
    (row,) = _register(tmp_path, {"radiator": text}).rows
    assert row.due.note == note
