"""Saved views: which actions are on their pages, today and later, in which order and groups, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.body import ActionStep, Body, ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import Requirement, RequirementLevel
from plansite.model.people import Agency, Owner
from plansite.model.saved_views.settings import SavedView, ViewColumn, ViewFilter, ViewGrouping, ViewOrder, ViewStatus
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Course, PlanKind, Priority, Status
from plansite.site.components.dated_rows import DatedText, Visibility
from plansite.site.components.page import Page
from plansite.site.lists.action_table import ActionTableView, paginate_table
from plansite.site.lists.saved_views import SavedViewListView, build_view_pages
from tests.examples import examples
from tests.site.entries import row_of
from tests.sites import write

TODAY = date(2025, 1, 20)
#: Days on which a copy of that day is read, those before its lists end.
LATER = (TODAY, *(TODAY + timedelta(days=age) for age in (1, 2, 9, 31)))
NAME = "The view"


def _action(slug: str, plan: str = "falls", **fields: object) -> Action:
    fields = {"title": slug, "path": f"{slug}.md", **fields}
    return Action(plan=plan, slug=slug, **fields)  # type: ignore[arg-type]


def _dated_site(actions: list[Action], view: SavedView, today: date = TODAY) -> SiteOnDate:
    goals = (Goal(key="warm", title="Warm rooms"), Goal(key="safe", title="Safe stairs"))
    kinds = {"falls": PlanKind.SERVICE, "food": PlanKind.INCIDENT}
    plans = tuple(
        Plan(
            slug=slug,
            path=f"{slug}.md",
            title=slug.capitalize(),
            kind=kind,
            goals=goals,
            actions=tuple(sorted((each for each in actions if each.plan == slug), key=lambda action: action.sort_key)),
        )
        for slug, kind in kinds.items()
    )
    owners = (
        Owner(slug="cook", path="c.md", title="Cook", agency="house"),
        Owner(slug="ann", path="a.md", title="Ann"),
    )
    agencies = (Agency(slug="house", path="h.md", title="The House"),)
    site = Site(settings=Settings(views=(view,)), plans=plans, owners=owners, agencies=agencies)
    return SiteOnDate(site, today)


def _pages(dated_site: SiteOnDate) -> list[Page]:
    return list(build_view_pages(dated_site))


def _table(dated_site: SiteOnDate) -> ActionTableView:
    _, page = _pages(dated_site)
    assert isinstance(page.view, ActionTableView)
    return page.view


def _show(actions: list[Action], **fields: object) -> ActionTableView:
    return _table(_dated_site(actions, SavedView(name=NAME, **fields)))  # type: ignore[arg-type]


def _is_shown(shown: Visibility, day: date) -> bool:
    """As the script decides it."""
    again = sum(turn <= day for turn in shown.turns) % 2 == 1
    is_before, is_after = shown.joins and day < shown.joins, shown.leaves and day >= shown.leaves
    return not is_before and (not is_after or again)


def _on(words: DatedText, day: date) -> str:
    changes = [change.split("=", 1) for change in words.later.split("|") if change]
    return ([words.words] + [said for begins, said in changes if begins <= day.isoformat()])[-1]


def _seen(table: ActionTableView, day: date = TODAY) -> list[str]:
    """The titles that a reader sees on a day, in their order."""
    if not _is_shown(table.shown, day):
        return []
    groups = (group for group in table.groups if _is_shown(group.shown, day))
    entries = chain.from_iterable(group.entries for group in groups)
    return [row_of(entry).title.text for entry in entries if _is_shown(entry.shown, day)]


_NAMES = ("Cook", "Ann", "Porter", "", "The House")
_TAGS = ("Urgent", "urgent", "winter", "مستعجل", "a/b")
_CONDITIONS: dict[str, tuple[object, ...]] = {
    "owner": ("cook", "Ann", "Porter", "nobody", "the house", "Zorro"),
    "agency": ("house", "The House", "Elsewhere"),
    "plan": ("falls", "Food", "gone"),
    "kind": tuple(PlanKind),
    "goal": ("warm", "warm rooms", "safe"),
    "tag": ("URGENT", "winter", "مستعجل", "a/b", "none"),
    "priority": tuple(Priority),
    "status": tuple(ViewStatus),
    "course": tuple(Course),
    "requirement": tuple(RequirementLevel),
}
#: Drawn evenly, since a view with more than a few conditions shows nothing; a smaller number is no simpler site.
_SEEDS = st.integers(0, 2**32).map(Random)


def _make_actions(random: Random) -> list[Action]:
    return [_make_action(random, number) for number in range(random.randint(0, 8))]


def _make_action(random: Random, number: int) -> Action:
    note = ProgressNote(text="So.", html=(), date=TODAY - timedelta(days=random.randint(0, 40)), by="", line=1)
    return _action(
        f"a{number}",
        random.choice(("falls", "food")),
        owner=random.choice(_NAMES),
        tags=tuple(random.sample(_TAGS, random.randint(0, 2))),
        due=_make_day(random) if random.random() < 0.85 else None,
        status=random.choice((None, *Status)),
        priority=random.choice((None, *Priority)),
        goal=random.choice(("", "warm", "Safe stairs", "none")),
        requirement=random.choice((None, *(Requirement(level=level) for level in RequirementLevel))),
        depends_on=random.choice(((), ("a0",))),
        body=random.choice((Body(), Body(progress=(note,)))),
    )


def _make_day(random: Random) -> date:
    return TODAY + timedelta(days=random.randint(-20, 60))


def _make_filter(random: Random) -> ViewFilter:
    """A filter with a few conditions, each with one value or two."""
    names = random.sample([*_CONDITIONS, "due_within", "due_before", "due_after"], random.choice((0, 1, 1, 1, 2, 2, 3)))
    fields: dict[str, object] = {}
    for name in names:
        if name in _CONDITIONS:
            fields[name] = tuple(random.sample(_CONDITIONS[name], random.choice((1, 1, 2))))
        else:
            fields[name] = random.randint(0, 40) if name == "due_within" else _make_day(random)
    return ViewFilter(**fields)  # type: ignore[arg-type]


def _is_wanted(wanted: ViewFilter, action: Action, dated_site: SiteOnDate) -> bool:
    """The same as the view, in plain words and for one day."""
    owner = action.owner.casefold()
    agency = {"cook": "house", "the house": "house"}.get(owner, "")
    plan = dated_site.site.plans_by_slug[action.plan]
    goal = {"warm": "warm", "Safe stairs": "safe"}.get(action.goal, "")
    course, due, today = dated_site.assess_action(action).course, action.due, dated_site.today
    status = str(action.status or "")
    words = {status}
    words |= {"open"} if status in ("not started", "in progress", "blocked", "") else {"closed"}
    words |= {"finished"} if status in ("completed", "embedded") else set()
    checks = (
        not wanted.owner or (owner or "nobody") in {name.casefold() for name in wanted.owner},
        not wanted.agency or agency in {name.casefold().removeprefix("the ") for name in wanted.agency},
        not wanted.plan or action.plan in {name.casefold() for name in wanted.plan},
        not wanted.kind or plan.kind in wanted.kind,
        not wanted.goal or goal in {name.partition(" ")[0] for name in wanted.goal},
        not wanted.tag or bool({tag.casefold() for tag in action.tags} & {tag.casefold() for tag in wanted.tag}),
        not wanted.priority or action.priority in wanted.priority,
        not wanted.requirement or (action.requirement and action.requirement.level) in wanted.requirement,
        not wanted.status or bool(words & set(map(str, wanted.status))),
        not wanted.course or course in wanted.course,
        wanted.due_before is None or (due is not None and due < wanted.due_before),
        wanted.due_after is None or (due is not None and due > wanted.due_after),
        wanted.due_within is None
        or (due is not None and "open" in words and 0 <= (due - today).days <= wanted.due_within),
    )
    return all(checks)


@settings(max_examples=examples(300))
@given(_SEEDS)
def test_a_view_shows_what_its_filter_says_on_each_day(random: Random) -> None:
    """Its rows and its numbers are those of a plain selection: today, and on later days without another build."""
    actions, wanted = _make_actions(random), _make_filter(random)
    view = SavedView(name=NAME, filter=wanted)
    dated_site = _dated_site(actions, view)
    index, page = _pages(dated_site)
    assert isinstance(page.view, ActionTableView)
    assert isinstance(index.view, SavedViewListView)
    for day in LATER:
        later = _dated_site(actions, view, day)
        expected = [each for each in later.site.actions if _is_wanted(wanted, each, later)]
        late = sum(each.is_overdue(day) for each in expected)
        assert sorted(_seen(page.view, day)) == sorted(each.title for each in expected)
        noun = "action" if len(expected) == 1 else "actions"
        words = f"{len(expected)} {noun}{f', {late} late' if late else ''}." if expected else ""
        assert _on(page.view.counts, day) == words
        (row,) = index.view.rows
        assert (_on(row.number, day), _on(row.late, day)) == (str(len(expected)), str(late))
        nothing = page.view.nothing
        assert bool(nothing and _is_shown(nothing.shown, day)) is not bool(expected)


@settings(max_examples=examples(100))
@given(_SEEDS, st.sampled_from(ViewGrouping))
def test_groups_lose_and_add_nothing(random: Random, group: ViewGrouping) -> None:
    """Grouped, a view has the same actions on each day, and each group has the number that it says."""
    actions, view = _make_actions(random), SavedView(name=NAME, filter=_make_filter(random))
    plain = _table(_dated_site(actions, view))
    grouped = _table(_dated_site(actions, replace(view, group=group)))
    for day in LATER:
        assert set(_seen(grouped, day)) == set(_seen(plain, day))
        for each in grouped.groups:
            number = sum(_is_shown(entry.shown, day) for entry in each.entries)
            assert _is_shown(each.shown, day) == (number > 0)
            assert not number or _on(each.note, day) == f"{number} action{'' if number == 1 else 's'}"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("due", "b a c d"),
        ("-due", "a c b d"),
        ("title", "a b c d"),
        ("-title", "d c b a"),
        ("owner", "c b a d"),
        ("-owner", "b a c d"),
        ("plan", "b d a c"),
        ("-plan", "a c b d"),
        ("priority", "c a b d"),
        ("-priority", "a c b d"),
        ("created", "d a b c"),
        ("-created", "a d b c"),
        ("last progress", "c a b d"),
        ("-last progress", "a c b d"),
    ],
)
def test_orders(order: str, expected: str) -> None:
    """Each order, and the same turned round; what has no such value comes last, and equals come by due date."""
    said = {day: Body(progress=(ProgressNote(text="So.", html=(), date=day, by="", line=1),)) for day in LATER}
    actions = [
        _action("a", "food", owner="Porter", due=date(2025, 2, 2), priority=Priority.LOW, body=said[LATER[2]],
                created=date(2025, 1, 5)),
        _action("b", owner="Cook", due=date(2025, 2, 1)),
        _action("c", "food", owner="Ann", due=date(2025, 2, 2), priority=Priority.HIGH, body=said[LATER[1]]),
        _action("d", created=date(2025, 1, 4)),
    ]  # fmt: skip
    if order in ("owner", "-owner"):
        actions[1] = replace(actions[1], owner="Porter")
    assert " ".join(_seen(_show(actions, sort=(ViewOrder(order),)))) == expected


def test_several_orders_count_one_after_the_other() -> None:
    """`sort: [priority, -due]` sorts by priority, and those of one priority by due date turned round."""
    actions = [
        _action("a", priority=Priority.LOW, due=date(2025, 2, 1)),
        _action("b", priority=Priority.HIGH, due=date(2025, 2, 1)),
        _action("c", priority=Priority.HIGH, due=date(2025, 2, 2)),
    ]
    assert _seen(_show(actions, sort=(ViewOrder.PRIORITY, ViewOrder.DUE_DOWN))) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("owner", {"Cook": "b", "Porter": "a", "Nobody yet": "c"}),
        ("agency", {"The House": "b", "No agency": "a c"}),
        ("plan", {"Falls": "a c", "Food": "b"}),
        ("goal", {"Falls: Safe stairs": "a", "Food: Warm rooms": "b", "No goal": "c"}),
        ("status", {"Not started": "a", "Blocked": "b", "Unknown status": "c"}),
        ("priority", {"High priority": "b", "Low priority": "a", "No priority": "c"}),
        ("tag", {"9th": "b", "Winter": "b a", "No tag": "c"}),
        ("due month", {"December 2024": "b", "January 2025": "a", "No date": "c"}),
    ],
)
def test_headings(group: str, expected: dict[str, str]) -> None:
    """What each group is called, in their order; those without a value are together at the end."""
    actions = [
        _action("a", owner="Porter", goal="safe", due=date(2025, 1, 31), priority=Priority.LOW, tags=("Winter",)),
        _action("b", "food", owner="cook", goal="Warm rooms", due=date(2024, 12, 1), status=Status.BLOCKED,
                priority=Priority.HIGH, tags=("9th", "Winter")),
        _action("c", status=None),
    ]  # fmt: skip
    table = _show(actions, group=ViewGrouping(group))
    groups = {each.title.text: " ".join(row_of(entry).title.text for entry in each.entries) for each in table.groups}
    assert list(groups.items()) == list(expected.items())


def test_columns_stand_in_the_order_given() -> None:
    """Each once; the title comes first where it is not among them; grouped by owner, the usual ones are without it."""

    def columns(**fields: object) -> str:
        return " ".join(column.key for column in _show([_action("a")], **fields).columns)

    due = ViewColumn.DUE
    assert columns() == "title owner plan due progress status"
    assert columns(group=ViewGrouping.OWNER) == "title plan due progress status"
    assert columns(columns=(due, ViewColumn.TITLE, due)) == "due title"
    assert columns(columns=(due,)) == "title due"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "All actions, by due date."),
        (
            {"owner": ("maintenance", "Cook"), "status": (ViewStatus.OPEN,), "plan": ("falls", "Food")},
            "Open actions of maintenance or Cook in 2 plans, by due date.",
        ),
        ({"plan": ("food",)}, "All actions in “Food”, by due date."),
        ({"owner": ("nobody",)}, "All actions without an owner, by due date."),
        ({"owner": ("Cook", "nobody")}, "All actions of Cook or without an owner, by due date."),
        ({"owner": ("Cook", "Ann", "x", "y")}, "All actions of 4 owners, by due date."),
        ({"due_within": 14}, "Open actions due within 14 days, by due date."),
        ({"due_within": 0}, "Open actions due today, by due date."),
        (
            {"due_before": date(2025, 4, 1), "due_after": date(2025, 1, 31), "status": (ViewStatus.FINISHED,)},
            "Finished actions due after 31 January 2025 and before 1 April 2025, by due date.",
        ),
        (
            {"priority": (Priority.HIGH,), "course": (Course.OVERDUE, Course.AT_RISK)},
            "All actions of high priority that are late or at risk, by due date.",
        ),
        (
            {"status": (ViewStatus.NOT_STARTED, ViewStatus.BLOCKED), "course": (Course.OVERDUE,)},
            "Actions that are not started or blocked and late, by due date.",
        ),
        ({"tag": ("urgent",), "goal": ("warm",)}, "All actions tagged “Urgent” for “Warm rooms”, by due date."),
        ({"agency": ("house",)}, "All actions of owners in The House, by due date."),
        ({"kind": (PlanKind.INCIDENT,)}, "All actions in incident plans, by due date."),
    ],
)
def test_it_says_in_words_what_it_shows(fields: dict[str, object], words: str) -> None:
    """The sentence has each condition, with the names that the site has for what it asks for."""
    actions = [_action("a", tags=("Urgent",))]
    assert _show(actions, filter=ViewFilter(**fields)).words == words  # type: ignore[arg-type]


def test_it_says_how_it_is_grouped_and_sorted() -> None:
    """Both are in the sentence."""
    table = _show([], group=ViewGrouping.DUE_MONTH, sort=(ViewOrder.PRIORITY, ViewOrder.DUE_DOWN))
    assert table.words == (
        "All actions, grouped by the month they are due, by priority, then by due date, the latest first."
    )


def test_an_empty_view_says_so() -> None:
    """With the way to all open actions, and without a table."""
    table = _show([_action("a", status=Status.COMPLETED)], filter=ViewFilter(status=(ViewStatus.OPEN,)))
    assert table.groups == ()
    assert table.nothing
    assert table.nothing.words == "No action matches this view."
    assert table.nothing.link


def test_a_file_that_could_not_be_read_is_mentioned(tmp_path: Path) -> None:
    """It may hold an action of the view, so the list may be too short."""
    files = {
        "plansite.yaml": "title: T\nviews: [{name: All}]\n",
        "content/plans/p/plan.md": "---\ntitle: P\n---\n",
        "content/plans/p/actions/a.md": "---\ntitle: [\n",
    }
    dated_site = SiteOnDate(load_site(write(tmp_path, files)), TODAY)
    assert _table(dated_site).unread_note == "1 file could not be read and may belong here."


def test_a_long_view_goes_on_below_its_own_address() -> None:
    """So that its second page never has the address of another view: `views/all-2.html` may be called "All 2"."""
    _, page = _pages(_dated_site([_action(f"a{number}") for number in range(5)], SavedView(name="All")))
    assert isinstance(page.view, ActionTableView)
    paths = [each.path for each in paginate_table(page, page.view, 2)]
    assert paths == ["views/all.html", "views/all/page-2.html", "views/all/page-3.html"]


def test_a_site_without_views_has_no_page_of_them() -> None:
    """Nor has it a list of them."""
    dated_site = _dated_site([_action("a")], SavedView(name=NAME))
    dated_site = replace(dated_site, site=replace(dated_site.site, settings=Settings()))
    assert _pages(dated_site) == []


def _addresses(names: list[str]) -> Iterator[str]:
    return (f"views/{SavedView(name=name).slug}.html" for name in names)


def test_names_in_any_script_have_addresses_of_their_own() -> None:
    """Names that differ in signs or script never share a page."""
    names = ["Urgent", "urgent!", "R&D", "R D", "عاجل", "عاجل!", "index", "con", "..", "/etc", "a/b", "a b", "x" * 300]
    assert len(set(_addresses(names))) == len(names)


@pytest.mark.parametrize(
    ("due", "ahead", "expected"),
    [(-1, 14, "no no no"), (0, 14, "yes no no"), (0, 0, "yes no no"), (1, 0, "no yes no"), (14, 14, "yes yes yes"),
     (15, 14, "no yes yes"), (23, 14, "no no yes"), (24, 14, "no no no"), (40, 14, "no no no")],
)  # fmt: skip
def test_due_within_counts_both_ends(due: int, ahead: int, expected: str) -> None:
    """What is due today counts, and so does what is due on the last day: on this day, the next, and nine days on."""
    action = _action("a", due=TODAY + timedelta(days=due))
    table = _show([action], filter=ViewFilter(due_within=ahead))
    days = (TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=9))
    assert " ".join("yes" if _seen(table, day) else "no" for day in days) == expected


def test_what_is_closed_is_not_due() -> None:
    """It does not count as due within some days, but it has its date before or after a day."""
    actions = [_action("a", due=TODAY, status=Status.COMPLETED)]
    assert _seen(_show(actions, filter=ViewFilter(due_within=14))) == []
    assert _seen(_show(actions, filter=ViewFilter(due_before=date(2025, 2, 1)))) == ["a"]
    assert _seen(_show(actions, filter=ViewFilter(due_before=TODAY))) == []
    assert _seen(_show(actions, filter=ViewFilter(due_after=TODAY))) == []


def test_a_row_can_leave_and_come_back() -> None:
    """An action that is on track, then at risk, then late, in a view of what is on track or late."""
    steps = Body(steps=(ActionStep(text="", html=(), done=False, line=1),))
    action = _action("a", due=TODAY + timedelta(days=20), body=steps)
    table = _show([action], filter=ViewFilter(course=(Course.ON_TRACK, Course.OVERDUE)))
    ages = [age for age in range(32) if _seen(table, TODAY + timedelta(days=age))]
    assert ages == [*range(6), *range(21, 32)]
    counts = [_on(table.counts, TODAY + timedelta(days=age)) for age in (5, 6, 20, 21)]
    assert counts == ["1 action.", "", "", "1 action, 1 late."]
