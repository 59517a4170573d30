"""The stages of an action that answers a finding: the action itself, its evidence and its verification."""

from __future__ import annotations

from datetime import date

from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.documents.records.evidence import NeededEvidence
from plansite.model.evidence.matching import match_action_evidence, may_still_come
from plansite.model.formatting import format_count, format_days
from plansite.model.learning.stages import ChainStage, Stage, StageState
from plansite.model.status import Status, VerificationResult

#: What a copy for an audience says of a stage of which it shows nothing: there may be something.
NOT_SHOWN = "Not shown in this copy."


def build_action_stage(today: date, action: Action) -> ChainStage:
    """Whether an action is done; late after its due date."""
    if action.is_finished:
        return ChainStage(stage=Stage.ACTION, state=StageState.DONE, day=finished_on(action))
    if action.due and action.is_overdue(today):
        gap = f"late by {format_days((today - action.due).days)}"
        return ChainStage(stage=Stage.ACTION, state=StageState.GAP, gap=gap, day=action.due, since=action.due)
    until = add_days(action.due, 1) if action.due else None
    return ChainStage(stage=Stage.ACTION, state=StageState.OPEN, day=action.due, until=until)


def build_evidence_stage(dated_site: SiteOnDate, action: Action) -> ChainStage:
    """Evidence that has not expired, and all that was agreed at the start; what may still come is no gap."""
    today, is_unfiltered = dated_site.today, dated_site.site.is_unfiltered
    ends = [each.expires for each in action.evidence]
    is_valid = any(end is None or end >= today for end in ends)
    last = max((end for end in ends if end), default=None) if is_valid and all(ends) else None
    until = add_days(last, 1) if last else None
    match = match_action_evidence(action)
    if is_valid and not match.missing:
        return ChainStage(stage=Stage.EVIDENCE, state=StageState.DONE, until=until)
    if is_valid and may_still_come(action):
        place = "" if is_unfiltered else " in this copy"
        words = f"{match.received_count:,} of {len(match.items):,} agreed pieces{place}."
        return ChainStage(stage=Stage.EVIDENCE, state=StageState.OPEN, words=words, until=until)
    if action.is_open and not ends:
        return ChainStage(stage=Stage.EVIDENCE, state=StageState.OPEN, words="Not due before the action is done.")
    if not is_unfiltered:
        return ChainStage(stage=Stage.EVIDENCE, state=StageState.UNKNOWN, words="" if ends else NOT_SHOWN, until=until)
    gap = _describe_missing(match.missing) if is_valid else "the evidence has expired" if ends else "no evidence"
    return ChainStage(stage=Stage.EVIDENCE, state=StageState.GAP, gap=gap, until=until)


def _describe_missing(missing: tuple[NeededEvidence, ...]) -> str:
    """The gap that evidence leaves which was agreed at the start: what it is, or how many pieces."""
    if len(missing) == 1 and missing[0].label:
        return f"evidence still missing: “{missing[0].label}”"
    return f"{format_count(len(missing), 'agreed piece')} of evidence still missing"


def build_verification_stage(dated_site: SiteOnDate, action: Action) -> ChainStage:
    """The check by somebody else: none planned, failed or late is a gap."""
    check, today = action.verification, dated_site.today
    if check is None and not dated_site.site.is_unfiltered:
        return ChainStage(stage=Stage.VERIFICATION, state=StageState.UNKNOWN, words=NOT_SHOWN)
    if check is None:
        return ChainStage(stage=Stage.VERIFICATION, state=StageState.GAP, gap="no check is planned")
    if check.result is VerificationResult.FAILED:
        gap = "the check failed"
        return ChainStage(stage=Stage.VERIFICATION, state=StageState.GAP, gap=gap, words=check.note, day=check.date)
    if check.result is VerificationResult.PASSED:
        words = check.note or check.method or "Passed."
        return ChainStage(stage=Stage.VERIFICATION, state=StageState.DONE, words=words, day=check.date)
    if check.due and check.due < today:
        gap = f"check late by {format_days((today - check.due).days)}"
        return ChainStage(stage=Stage.VERIFICATION, state=StageState.GAP, gap=gap, day=check.due, since=check.due)
    until = add_days(check.due, 1) if check.due else None
    if action.status is Status.EMBEDDED:
        return ChainStage(stage=Stage.VERIFICATION, state=StageState.GAP, gap="no result of the check", until=until)
    return ChainStage(stage=Stage.VERIFICATION, state=StageState.OPEN, day=check.due, until=until)
