"""Checks that are still to be made: verifications, recurring checks, and those of interim controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import ActionSortKey, build_action_sort_key
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.formatting import shorten
from plansite.model.interim_checks import OpenControl, find_checker, list_open_controls
from plansite.model.recurrence import find_next_check

#: How many characters of a control a title shows.
_MAX_CONTROL_LENGTH = 120


def list_actions_awaiting_check(dated_site: SiteOnDate) -> list[Action]:
    """Finished actions that await verification, the earliest due first, those without a date last."""
    return sorted(
        (action for action in dated_site.finished_actions if action.awaits_verification), key=_verification_sort_key
    )


def _verification_sort_key(action: Action) -> tuple[date, ActionSortKey]:
    return (verification_due(action) or date.max, action.sort_key)


@dataclass(frozen=True, slots=True)
class OutstandingCheck:
    """A check that is still to be made: of a finished action, or of the interim `control` that applies until then.

    That of a finished action is its verification or, if `is_recurring`, a later check. The document is an incident for
    the control of one of its findings.
    """

    document: Action | Incident
    by: str
    due: date | None
    is_recurring: bool = False
    control: OpenControl | None = None

    @property
    def is_verification(self) -> bool:
        """Whether it is the verification of a finished action."""
        return self.control is None and not self.is_recurring

    @property
    def control_words(self) -> str:
        """The beginning of the control, else the title of its document."""
        words = shorten(self.control.control.control, _MAX_CONTROL_LENGTH) if self.control else ""
        return words or self.document.title

    @property
    def title(self) -> str:
        """What is to be checked, in one line."""
        if self.control:
            return f"Interim control: {self.control_words}"
        return f"{'Check again' if self.is_recurring else 'Check'}: {self.document.title}"


def list_outstanding_checks(dated_site: SiteOnDate, plans: Sequence[Plan] | None = None) -> list[OutstandingCheck]:
    """Every check to be made, the earliest first: verifications, and the next of each recurring and interim check.

    Of all plans of the site, or of those that are given.
    """
    plans = dated_site.site.plans if plans is None else plans
    finished = [action for plan in plans for action in plan.actions if action.is_finished]
    checks = (
        *_list_awaited_checks(finished),
        *_list_recurring_checks(finished, dated_site.today),
        *list_interim_checks(dated_site, plans),
    )
    return sorted(checks, key=check_sort_key)


def _list_awaited_checks(finished: Iterable[Action]) -> Iterator[OutstandingCheck]:
    for action in finished:
        if action.awaits_verification:
            yield OutstandingCheck(action, _find_verifier(action), verification_due(action))


def _list_recurring_checks(finished: Iterable[Action], today: date) -> Iterator[OutstandingCheck]:
    """Recurring checks are made by who verifies the action, or by its owner if nobody is named."""
    for action in finished:
        due = find_next_check(action, today)
        if due:
            yield OutstandingCheck(action, _find_verifier(action) or action.owner, due, is_recurring=True)


def list_interim_checks(dated_site: SiteOnDate, plans: Iterable[Plan]) -> Iterator[OutstandingCheck]:
    """The next check of each interim control of these plans that is still needed, with a date or without."""
    for plan in plans:
        for each in list_open_controls(dated_site.site, plan):
            checker = find_checker(dated_site.site, each.control, each.document.owner)
            yield OutstandingCheck(each.document, checker, each.next_check, control=each)


def _find_verifier(action: Action) -> str:
    return action.verification.by if action.verification else ""


def check_sort_key(check: OutstandingCheck) -> tuple[date, ActionSortKey]:
    """Sort key of lists: by due date, those without one last, then as actions are sorted."""
    document = check.document
    if isinstance(document, Action):
        return (check.due or date.max, document.sort_key)
    return (check.due or date.max, build_action_sort_key(document.plan, "", document.title, document.slug))


def verification_due(action: Action) -> date | None:
    """The day by which an action is to be verified."""
    return action.verification.due if action.verification else None
