"""Finished against agreed: no line ever falls, and the finished never exceed the agreed."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.status import Status
from plansite.site.changes.burn_up import BurnUpChart, build_burn_up_chart
from plansite.site.changes.history import NO_HISTORY

TODAY = date(2025, 3, 20)


def _plan(*facts: tuple[date | None, date | None, Status]) -> Plan:
    actions = (
        Action(plan="p", slug=f"a{number}", path=f"a{number}.md", created=begun, completed=ended, status=status)
        for number, (begun, ended, status) in enumerate(facts)
    )
    return Plan(slug="p", path="p.md", actions=tuple(actions))


def test_months_end_and_today_closes() -> None:
    """One point at the end of each month, and one for the day of the copy; cancelled actions count for nothing."""
    plan = _plan(
        (date(2025, 1, 5), date(2025, 2, 10), Status.COMPLETED),
        (date(2025, 1, 6), None, Status.IN_PROGRESS),
        (date(2025, 3, 1), date(2025, 3, 2), Status.EMBEDDED),
        (date(2025, 1, 1), None, Status.CANCELLED),
        (None, None, Status.NOT_STARTED),
    )
    burn = build_burn_up_chart(plan, NO_HISTORY, TODAY)
    assert isinstance(burn, BurnUpChart)
    assert [(month.day, month.agreed, month.done) for month in burn.months] == [
        (date(2025, 1, 31), 3, 0),
        (date(2025, 2, 28), 3, 1),
        (TODAY, 4, 2),
    ]
    assert burn.headline == "2 of 4 actions finished, 1 of them since 28 February."


def test_the_axes_have_words() -> None:
    """Whole numbers from zero up to all that was agreed, and days below; the labels at the ends keep apart."""
    plan = _plan((date(2025, 1, 5), None, Status.IN_PROGRESS), (date(2025, 2, 5), date(2025, 2, 6), Status.COMPLETED))
    burn = build_burn_up_chart(plan, NO_HISTORY, TODAY)
    assert isinstance(burn, BurnUpChart)
    assert [tick.words for tick in burn.values] == ["0", "1", "2"]
    assert [(tick.words, tick.under) for tick in burn.days] == [("31 Jan", "2025"), ("28 Feb", ""), ("20 Mar", "")]
    assert (burn.agreed[-1].y, burn.done[0].y) == (burn.values[-1].at, burn.values[0].at)
    done = build_burn_up_chart(_plan((date(2025, 1, 5), date(2025, 1, 9), Status.COMPLETED)), NO_HISTORY, TODAY)
    assert done is not None
    assert abs(float(done.agreed_label) - float(done.done_label)) >= 16


def test_a_young_plan_has_none() -> None:
    """One month, or no dates at all, make no line."""
    assert build_burn_up_chart(_plan((date(2025, 3, 1), None, Status.IN_PROGRESS)), NO_HISTORY, TODAY) is None
    assert build_burn_up_chart(_plan((None, None, Status.IN_PROGRESS)), NO_HISTORY, TODAY) is None


DAYS = st.none() | st.dates(date(2022, 1, 1), date(2026, 1, 1))


@given(st.lists(st.tuples(DAYS, DAYS, st.sampled_from(list(Status))), max_size=12))
def test_lines_never_fall(facts: list[tuple[date | None, date | None, Status]]) -> None:
    """Whatever the dates: both lines rise or stay, and points lie inside the drawing."""
    burn = build_burn_up_chart(_plan(*facts), NO_HISTORY, TODAY)
    if burn is None:
        return
    for values in ([month.agreed for month in burn.months], [month.done for month in burn.months]):
        assert values == sorted(values)
    left, right, bottom = float(burn.left[:-1]), float(burn.right[:-1]), float(burn.values[0].at)
    for points in (burn.agreed, burn.done):
        for point in points:
            assert left <= float(point.x[:-1]) <= right
            assert float(burn.values[-1].at) <= float(point.y) <= bottom
    assert len(burn.months) <= 24
