"""The columns of the board of a plan, one for each status."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, due_sort_key, sort_newest_first
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_long_date
from plansite.model.status import FINISHED_STATUSES, Status
from plansite.site.changes.history import PlanHistory
from plansite.site.plan.board_cards import BoardCard, build_card, format_lead

#: How many cards show before the others are folded away: of open actions by due date, of finished ones by newest.
_MAX_OPEN_CARDS, _MAX_DONE_CARDS = 8, 3
_EMPTY_COLUMN_TEXT = {
    Status.NOT_STARTED: "Nothing is waiting to begin. Good, provided that all necessary actions are recorded.",
    Status.IN_PROGRESS: "Nobody is working on an action now.",
    Status.BLOCKED: "Nothing is blocked. Good news.",
    Status.COMPLETED: "Nothing is waiting to be checked.",
    Status.EMBEDDED: "Nothing has been checked by somebody else yet.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    """The cards of one status. `folded` are those past the first few, under the words `fold`.

    The folded cards of an `is_done` column are shown in a line each. `empty` is the text of a column without cards.
    """

    key: str
    title: str
    icon: str
    total: int
    cards: tuple[BoardCard, ...]
    folded: tuple[BoardCard, ...]
    fold: str
    is_done: bool
    empty: str


def build_columns(dated_site: SiteOnDate, plan: Plan, history: PlanHistory) -> tuple[BoardColumn, ...]:
    """The columns in the order of the statuses; first that of unknown ones, if any. Cancelled actions have none."""
    by_status: dict[Status | None, list[Action]] = {status: [] for status in Status}
    for action in plan.actions:
        by_status.setdefault(action.effective_status if action.status else None, []).append(action)
    is_whole = not dated_site.count_unread_files(plan)
    columns = []
    if unknown := by_status.get(None):
        columns.append(_build_column(dated_site, history, None, unknown, ""))
    for status in (status for status in Status if status is not Status.CANCELLED):
        actions = _sort_cards(dated_site, status, by_status[status])
        empty = _EMPTY_COLUMN_TEXT[status] if is_whole else "No actions that could be read."
        columns.append(_build_column(dated_site, history, status, actions, empty))
    return tuple(columns)


def _sort_cards(dated_site: SiteOnDate, status: Status, actions: Iterable[Action]) -> tuple[Action, ...]:
    """Open actions by due date; finished ones by the date on their cards, the newest first."""
    if status in FINISHED_STATUSES:
        return sort_newest_first(actions, lambda action: format_lead(dated_site, action)[1])
    return tuple(sorted(actions, key=due_sort_key))


def _build_column(
    dated_site: SiteOnDate, history: PlanHistory, status: Status | None, actions: Iterable[Action], empty: str
) -> BoardColumn:
    cards = tuple(
        build_card(dated_site, action, history.changes_to_file(action.path, dated_site.today)) for action in actions
    )
    is_done, key = status in FINISHED_STATUSES, status.value.replace(" ", "-") if status else "unknown"
    shown = _MAX_DONE_CARDS if is_done else _MAX_OPEN_CARDS
    return BoardColumn(
        key=key,
        title=status.label if status else "Status unknown",
        icon=key if status else "gap",
        total=len(cards),
        cards=cards[:shown],
        folded=cards[shown:],
        fold=_describe_fold(cards[shown:], status),
        is_done=is_done,
        empty=empty,
    )


def _describe_fold(cards: tuple[BoardCard, ...], status: Status | None) -> str:
    """The words under which cards are folded away. They are true on any day."""
    if not cards:
        return ""
    if status in FINISHED_STATUSES:
        return f"{len(cards):,} more {status.value}" if status else ""
    if status is None:
        return f"{len(cards):,} more"
    day = cards[0].day
    return f"{len(cards):,} more, " + (f"the first due on {format_long_date(day)}" if day else "without a due date")
