"""How busy an owner or agency is, in sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from plansite.model.people import Party
from plansite.model.words import count, listed, long_date
from plansite.site.bands import Changing, changing, shifted
from plansite.site.load import Load


def has_open(party: Party, load: Load) -> str:
    """The first sentence: how many open actions in how many plans."""
    if not load.still:
        return f"{party.title} has no open action now."
    plans = len({action.plan for action in load.still})
    return f"{party.title} has {count(len(load.still), 'open action')} in {count(plans, 'plan')}."


def when_due(load: Load, today: date) -> Changing:
    """The second sentence, for each day: how many are late, due today, due tomorrow and later."""
    dues, total = load.dues, len(load.still)
    if not total:
        done = len(load.finished)
        return Changing(f"{count(done, 'action')} {_be(done)} finished. Thank you." if done else "")
    if total == 1:
        return changing(lambda day: _one(dues, day), today)
    return changing(lambda day: _several(dues, total, day), today)


def late_words(dues: Sequence[date], today: date) -> Changing:
    """How many of these dates have passed, for each day; `dues` are in order."""

    def words(day: date) -> str:
        late = bisect_left(dues, day)
        return f"{late:,} {_be(late)} late." if late else "None is late."

    return changing(words, today)


def number_late(dues: Sequence[date], today: date) -> Changing:
    """The number of these dates that have passed, for each day; `dues` are in order."""
    return changing(lambda day: f"{bisect_left(dues, day):,}", today)


def _one(dues: Sequence[date], day: date) -> str:
    if not dues:
        return "It has no date."
    due = dues[0]
    if due < day:
        return f"It is late: it was due on {long_date(due)}."
    near = {day: "It is due today.", shifted(day, 1): "It is due tomorrow."}
    return near.get(due, f"It is due on {long_date(due)}.")


def _several(dues: Sequence[date], total: int, day: date) -> str:
    late, tomorrow = bisect_left(dues, day), shifted(day, 1)
    until_today, until_tomorrow = bisect_right(dues, day), bisect_right(dues, tomorrow)
    kinds = (
        (late, "is late", "are late"),
        (until_today - late, "is due today", "are due today"),
        (until_tomorrow - until_today, "is due tomorrow", "are due tomorrow"),
        (len(dues) - until_tomorrow, "comes later", "come later"),
        (total - len(dues), "has no date", "have no date"),
    )
    for number, _, many in kinds:
        if number == total:
            return f"{'Both' if total == 2 else f'All {total:,}'} {many}."
    return f"{listed([f'{number:,} {one if number == 1 else many}' for number, one, many in kinds if number])}."


def _be(number: int) -> str:
    return "is" if number == 1 else "are"
