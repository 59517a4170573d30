"""The timeline: spans in words, months in order, and a picture that says no more than the list."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status
from plansite.site.charts import timeline_chart
from plansite.site.charts.timeline_chart import TimelineChart
from plansite.site.charts.timeline_scale import ActionSpan, TimelineAxis, find_span
from plansite.site.components.page import Link
from plansite.site.plan import timeline
from plansite.site.plan.timeline import TimelineView, build_timeline_page, describe_timeline

TODAY = date(2025, 1, 20)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31))


def _action(
    slug: str = "a",
    *,
    created: date | None = None,
    started: date | None = None,
    due: date | None = None,
    completed: date | None = None,
    status: Status = Status.IN_PROGRESS,
) -> Action:
    path = f"{slug}.md"
    return Action(
        plan="p",
        slug=slug,
        path=path,
        title=slug.upper(),
        created=created,
        started=started,
        due=due,
        completed=completed,
        status=status,
    )


def _jan(day: int) -> date:
    return date(2025, 1, day)


def _view(*actions: Action) -> TimelineView:
    plan = Plan(slug="p", path="p.md", title="P", actions=actions)
    view = build_timeline_page(SiteOnDate(Site(settings=Settings(title="S"), plans=(plan,)), TODAY), plan).view
    assert isinstance(view, TimelineView)
    return view


def _picture(*actions: Action) -> TimelineChart:
    picture = _view(*actions).chart
    assert picture is not None
    return picture


def _said(span: ActionSpan) -> str:
    begun = f"{span.begun_as} {span.begun}" if span.begun else ""
    ended = f"{span.ended_as} {span.ended}" if span.ended else ""
    return f"{begun}{ended}"


def test_a_span_runs_from_start_to_due_date() -> None:
    """A start comes before a creation; an open action ends on its due date."""
    both = find_span(_action(created=_jan(1), started=_jan(2), due=_jan(14)))
    assert (_said(both), both.note) == ("Started 2025-01-02, due 2025-01-14", "")
    assert _said(find_span(_action(created=_jan(1), due=_jan(14)))) == "Created 2025-01-01, due 2025-01-14"


def test_a_closed_action_ends_when_it_was_closed() -> None:
    """Its due date no longer counts, but that it was late is said; a cancelled one was not late."""
    done = find_span(_action(started=_jan(2), due=_jan(6), completed=_jan(7), status=Status.COMPLETED))
    assert (_said(done), done.note) == ("Started 2025-01-02, completed 2025-01-07", "That was 1 day late.")
    in_time = find_span(_action(started=_jan(2), due=_jan(7), completed=_jan(7), status=Status.COMPLETED))
    assert in_time.note == ""
    gone = find_span(_action(started=_jan(2), due=_jan(6), completed=_jan(7), status=Status.CANCELLED))
    assert (_said(gone), gone.note) == ("Started 2025-01-02, cancelled 2025-01-07", "")


def test_what_is_not_given_is_said() -> None:
    """Each missing day has its sentence, and so has an end before the beginning."""
    assert find_span(_action()).note == "No date is given."
    assert find_span(_action(started=_jan(2))).note == "No due date is given."
    no_start = find_span(_action(due=_jan(14)))
    assert (_said(no_start), no_start.note) == ("Due 2025-01-14", "When it began is not given.")
    unclear = find_span(_action(started=_jan(2), due=_jan(6), status=Status.COMPLETED))
    assert (_said(unclear), unclear.note) == ("Started 2025-01-02, due 2025-01-06", "When it ended is not given.")
    assert find_span(_action(started=_jan(9), due=_jan(6))).note.startswith("It ends before it begins")


def test_actions_stand_under_the_month_of_their_end() -> None:
    """Months and ends in order; those without an end come last."""
    view = _view(
        _action("none"), _action("b", due=date(2025, 3, 1)), _action("c", due=_jan(25)), _action("d", due=_jan(14))
    )
    assert [(group.key, group.title) for group in view.groups] == [
        ("m-2025-01", "January 2025"),
        ("m-2025-03", "March 2025"),
        ("no-end", "No end is given"),
    ]
    assert [entry.title.text for entry in view.groups[0].entries] == ["D", "C"]
    assert [entry.when for entry in view.groups[0].entries] == ["Overdue by 6 days", "Due in 5 days"]
    assert [entry.is_late for entry in view.groups[0].entries] == [True, False]


def test_a_month_counts_what_is_late_today_and_later() -> None:
    """The note of a month changes on the day after a due date."""
    note = _view(_action("c", due=_jan(25)), _action("d", due=_jan(14))).groups[0].note
    assert (note.words, note.later) == ("2 actions, 1 late", "2025-01-26=2 actions, 2 late")


def test_the_headline_states_what_ends_this_month() -> None:
    """Else what ends next, else that nothing does; what is late follows."""
    late, soon, far = _action("a", due=_jan(14)), _action("b", due=_jan(31)), _action("c", due=date(2025, 3, 1))
    done = _action("d", completed=_jan(2), status=Status.COMPLETED)
    assert describe_timeline([late, soon, far], TODAY) == "2 of 3 actions end in January 2025. 1 is late."
    assert describe_timeline([soon], TODAY) == "1 of 1 action ends in January 2025."
    assert describe_timeline([far], TODAY) == "No action ends in January 2025. The next one ends on 1 March 2025."
    assert describe_timeline([_action()], TODAY) == "No action ends in January 2025. No end dates are coming up."
    assert describe_timeline([done], date(2025, 2, 1)) == "Every action has ended."


def test_each_course_looks_different() -> None:
    """A bar has the look of its course and its mark; the key says what each means, and no more than there is."""
    picture = _picture(
        _action("late", started=_jan(2), due=_jan(14)),
        _action("track", started=_jan(2), due=date(2025, 3, 1)),
        _action("done", started=_jan(2), completed=_jan(9), status=Status.COMPLETED),
        _action("endless", started=_jan(2)),
    )
    looks = {bar.name: tuple(block.shape for block in bar.blocks) for strip in picture.strips for bar in strip}
    assert looks == {"LATE": ("planned", "late"), "TRACK": ("track",), "DONE": ("done",), "ENDLESS": ("endless",)}
    assert [key.words.partition(":")[2].strip() for key in picture.legend] == [
        "completed",
        "on track",
        "at risk",
        "overdue",
        "no due date",
    ]


def test_a_late_bar_reaches_to_today() -> None:
    """Its plan ends with the due date, and the tall block ends at the line for today."""
    ((bar,),) = _picture(_action(started=_jan(2), due=_jan(14))).strips
    planned, late = bar.blocks
    assert planned.end == late.x
    assert late.end == _picture(_action(started=_jan(2), due=_jan(14))).today


def test_one_known_day_is_a_point() -> None:
    """So is an end before its beginning; late ones without a beginning are the late block alone."""
    known = (_action("a", due=date(2025, 3, 1)), _action("b", started=date(2025, 3, 9), due=date(2025, 3, 2)))
    assert [bar.blocks[0].shape for bar in _picture(*known).strips[0]] == ["point", "point"]
    assert [block.shape for block in _picture(_action(due=_jan(14))).strips[0][0].blocks] == ["late"]


def test_a_single_day_is_a_bar_of_a_day() -> None:
    """What begins and ends on one day is whole, and wide enough to be seen."""
    action = _action(started=_jan(9), completed=_jan(9), status=Status.COMPLETED)
    ((bar,),) = _picture(action).strips
    assert find_span(action).note == ""
    assert [block.shape for block in bar.blocks] == ["done"]
    assert float(bar.blocks[0].width.rstrip("%")) > 0


def test_no_date_no_picture() -> None:
    """Without any date there is a list and no picture; with some, those without are counted."""
    assert _view(_action()).chart is None
    assert _view().chart is None
    assert _picture(_action("a"), _action("b", due=_jan(14))).note == "1 action has no date, so no bar."


def test_a_long_plan_keeps_to_so_many_bars() -> None:
    """Open actions come first, the earliest due first; a sentence counts the rest, and the list has all."""
    most = timeline_chart.MAX_BARS
    closed = [_action(f"c{n}", completed=_jan(2), status=Status.COMPLETED) for n in range(3)]
    still = [_action(f"o{n:03}", due=TODAY + timedelta(n)) for n in range(most)]
    view = _view(*closed, *still)
    assert view.chart is not None
    bars = [bar.name for strip in view.chart.strips for bar in strip]
    assert bars == [f"O{n:03}" for n in range(most)]
    assert view.chart.note == "To keep it readable, 3 closed or later actions are not shown."
    assert {len(strip) for strip in view.chart.strips} == {timeline_chart.BARS_PER_STRIP}
    assert sum(len(group.entries) for group in view.groups) == most + 3


def test_a_very_long_list_leads_to_the_register() -> None:
    """More than a page can bear: the rest is counted and linked."""
    view = _view(*(_action(f"a{n}") for n in range(timeline.MAX_ACTIONS + 2)))
    assert view.more == Link("2 more in the register", "plans/p/register.html")


def test_today_far_away_is_left_out_of_the_picture() -> None:
    """A plan of long ago is not squeezed to show today; the description says where that day lies."""
    picture = _picture(_action(started=date(2001, 1, 2), completed=date(2001, 3, 4), status=Status.COMPLETED))
    assert picture.today == ""
    assert "That day is after the period shown." in picture.description


def test_marks_do_not_crowd() -> None:
    """From a month to a thousand years there are at most thirteen marks, and the first of each year names it."""
    for last in (date(2025, 1, 31), date(2025, 7, 1), date(2031, 1, 1), date(2999, 12, 31)):
        axis = TimelineAxis.covering([date(2025, 1, 1), last], TODAY)
        assert axis is not None
        ticks = list(axis.build_ticks())
        assert 1 <= len(ticks) <= 13
        assert ticks[0].under or ticks[0].words.isdigit()


@given(st.lists(st.tuples(DAYS, DAYS, DAYS, st.sampled_from(Status)), max_size=5), DAYS.filter(bool))
def test_any_dates_can_be_drawn(given_: list[tuple[date, date, date, Status]], today: date) -> None:
    """Whatever the dates, every block lies within the picture and has a width that is not negative."""
    actions = tuple(
        _action(str(n), started=started, due=due, completed=completed, status=status)
        for n, (started, due, completed, status) in enumerate(given_)
    )
    plan = Plan(slug="p", path="p.md", actions=actions)
    view = build_timeline_page(SiteOnDate(Site(settings=Settings(title="S"), plans=(plan,)), today), plan).view
    assert isinstance(view, TimelineView)
    blocks = [block for strip in (view.chart.strips if view.chart else ()) for bar in strip for block in bar.blocks]
    for block in blocks:
        x, width, end = (float(part.rstrip("%")) for part in (block.x, block.width, block.end))
        assert 0 <= x <= end <= 100
        assert abs(x + width - end) < 0.02
