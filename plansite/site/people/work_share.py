"""What one plan has for an owner or agency: rows with their places, joined over plans for the page about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action_order import ActionSortKey
from plansite.site.components.page import Link
from plansite.site.components.widgets import ActionRow
from plansite.site.lists.plan_entries import CheckRow, FinishedEntry, ListedRow
from plansite.site.oversight.pending import PendingRequestRow, PendingRow
from plansite.site.people.work_rows import AgencyPlanRow, CancelledWorkRow, SupportedRow, WaitingRow


class SupportedEntry(NamedTuple):
    """An action that somebody supports: its row on their page, and the row of an open one in a list of its own."""

    order: tuple[date | int, ActionSortKey]
    row: SupportedRow
    listed: CheckRow | None


class CancelledEntry(NamedTuple):
    """An action that will not be done, and the word for that: cancelled or not accepted."""

    row: CancelledWorkRow
    word: str


class WaitingEntry(NamedTuple):
    """What an open action waits for; `page` is that of who owns the other one. Actions blocked otherwise are last."""

    order: tuple[int, date, tuple[date, ActionSortKey]]
    row: WaitingRow
    page: str


class RequestEntry(NamedTuple):
    """A question without an answer."""

    order: tuple[date, ActionSortKey]
    row: PendingRequestRow


class EvidenceEntry(NamedTuple):
    """Evidence that expires some day: its row once that day is past, and before."""

    order: tuple[date, str]
    expired: ActionRow
    expiring: ActionRow


class MailEntry(NamedTuple):
    """An open action as a mail with an update names it; `coordinator` is the address that the mail goes to."""

    order: tuple[date, ActionSortKey]
    coordinator: str
    address: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkShare:
    """What one plan, or several, have for an owner or agency. Rows are in the order of their lists.

    `waiting`, `requests` and `mail` are about the `open` actions. `checks` are those of finished actions, `controls`
    those of interim controls. `questions` are those that they asked others. `learning` are the paths of incidents that
    they can learn from. An agency takes part in `plans`.
    """

    open: tuple[ListedRow, ...] = ()
    waiting: tuple[WaitingEntry, ...] = ()
    requests: tuple[RequestEntry, ...] = ()
    mail: tuple[MailEntry, ...] = ()
    finished: tuple[FinishedEntry, ...] = ()
    cancelled: tuple[CancelledEntry, ...] = ()
    supporting: tuple[SupportedEntry, ...] = ()
    supported: tuple[SupportedEntry, ...] = ()
    checks: tuple[ListedRow, ...] = ()
    controls: tuple[ListedRow, ...] = ()
    questions: tuple[RequestEntry, ...] = ()
    escalations: tuple[PendingRow, ...] = ()
    evidence: tuple[EvidenceEntry, ...] = ()
    leads: tuple[Link, ...] = ()
    sponsors: tuple[Link, ...] = ()
    learning: tuple[str, ...] = ()
    plans: tuple[AgencyPlanRow, ...] = ()

    @property
    def due_dates(self) -> Sequence[date]:
        """The due dates of the open actions, the earliest first."""
        return [each.row.due for each in self.open if each.row.due]

    @property
    def open_plans(self) -> int:
        """In how many plans the open actions are."""
        return len({each.order[1][0] for each in self.open})

    def replace_open(self, others: WorkShare) -> WorkShare:
        """This work with the open actions of `others`, and what depends on these."""
        return replace(self, **{name: getattr(others, name) for name in OPEN_FIELDS})


_FIELDS = tuple(field.name for field in fields(WorkShare))
#: Those that stay in the order of plans.
_UNSORTED = frozenset({"cancelled", "escalations", "leads", "sponsors", "learning", "plans"})
#: Those that depend on the open actions, of which an agency has also those of its owners.
OPEN_FIELDS = ("open", "waiting", "requests", "mail")
_find_order = attrgetter("order")


def create_share(rows: Mapping[str, Iterable[object]]) -> WorkShare:
    """The share with these rows by field, in the order of their lists."""
    sorted_rows = {
        name: tuple(found if name in _UNSORTED else sorted(found, key=_find_order)) for name, found in rows.items()
    }
    return WorkShare(**sorted_rows)  # type: ignore[arg-type]  # a tuple of what the field holds


def join_shares(shares: Sequence[WorkShare], names: Iterable[str] = _FIELDS) -> WorkShare:
    """The fields of these names of several plans or people in one. Shares are in the order of plans."""
    return create_share({name: [row for share in shares for row in getattr(share, name)] for name in names})
