"""For whom a draft may be, so that minutes tell nobody what the rest of the site keeps from them."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.minutes.agenda import Agenda
from plansite.model.action import Action
from plansite.model.audience import of_plan
from plansite.model.hidden import parts_of
from plansite.model.status import Audience


def narrowest(agenda: Agenda) -> Audience | None:
    """The audience to write into a draft: that of the most private thing in it; None where its plan's will do."""
    own = of_plan(agenda.plan, agenda.site)
    order = (Audience.PUBLIC, Audience.PARTNERS, Audience.INTERNAL)
    marks = [mark for mark in _marks(agenda) if mark is not None]
    found = max((own, *marks), key=order.index)
    return found if found is not own else None


def _marks(agenda: Agenda) -> Iterator[Audience | None]:
    """The audiences of all that a draft names."""
    plan = agenda.plan
    yield agenda.last.audience if agenda.last else None
    yield from (measure.audience for measure in plan.measures)
    yield from (entry.audience for entry in plan.protocol)
    for action in _named(agenda):
        yield action.audience
        yield Audience.INTERNAL if action.body.narrower else None  # its barriers may stand in a passage for few
        other = agenda.site.plans_by_slug.get(action.plan)
        yield of_plan(other, agenda.site) if other and other is not plan else None
        for name in (action.owner, action.verification.by if action.verification else ""):
            parties = (agenda.site.party(part) for part in (name, *parts_of(name)))
            yield from (party.audience for party in parties if party)


def _named(agenda: Agenda) -> Iterator[Action]:
    for item in agenda.items:
        yield item.action
        yield from item.waits_for
    yield from (action for action, _ in agenda.closed)
    yield from (check.action for check in agenda.checks)
    yield from agenda.checked
