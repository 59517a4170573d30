"""The file with actions as JSON: what it is, the plans, and each action with its fields, its text and its state."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from plansite.exports.actions_json.field_values import Json, list_action_values, list_field_values
from plansite.exports.actions_json.shown_action import hide_references
from plansite.exports.body_markdown.body_text import format_body
from plansite.exports.selection import ExportSelection, SelectedPlan
from plansite.model.assessment import SiteOnDate
from plansite.model.audience.filter import resolve_audience
from plansite.model.documents.action import Action
from plansite.model.page_addresses import action_address

#: What such a file says of itself. A version adds names and never changes what one means.
FORMAT, VERSION = "plansite actions", 1


def format_actions_json(selection: ExportSelection) -> bytes:
    """The file of a selection: one action a line. The same selection gives the same bytes."""
    dated_site = selection.dated_site
    plans = (
        (format_plan_head(dated_site, each), [format_action(dated_site, action) for action in each.actions])
        for each in selection.plans
    )
    return join_actions_json(dated_site, selection.title, plans).encode()


def join_actions_json(dated_site: SiteOnDate, title: str, plans: Iterable[tuple[str, Sequence[str]]]) -> str:
    """The text of a file from its parts: for each plan `format_plan_head`, and `format_action` of its actions."""
    head: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "title": title,
        "day": dated_site.today.isoformat(),
        "audience": dated_site.site.audience.value,
    }
    texts = [f'{plan}, "actions": [{_join(actions)}]}}' for plan, actions in plans]
    return f'{_dump(head)[:-1]}, "plans": [{_join(texts)}]}}\n'


def _join(texts: Sequence[str]) -> str:
    """The items of a list, each on a line."""
    lines = ",\n".join(texts)
    return f"\n{lines}\n" if lines else ""


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def format_plan_head(dated_site: SiteOnDate, selected: SelectedPlan) -> str:
    """A plan without its actions, up to where they follow."""
    plan = selected.plan
    head: dict[str, Json] = {
        "slug": plan.slug,
        "title": plan.title,
        "audience": resolve_audience(plan, dated_site.site.settings).value,
        "goals": [list_field_values(goal) for goal in plan.goals],
    }
    return _dump(head)[:-1]


def format_action(dated_site: SiteOnDate, action: Action) -> str:
    """An action on one line."""
    return _dump(build_action(dated_site, action))


def build_action(dated_site: SiteOnDate, action: Action) -> dict[str, Json]:
    """An action: its file, its fields, its text as Markdown, the steps and notes in it, and how it stands."""
    assessment = dated_site.assess_action(action)
    shown = hide_references(dated_site.site, action)
    return {
        "slug": action.slug,
        "path": action.path,
        "page": action_address(action),
        "fields": list_action_values(shown),
        "text": format_body(shown.body),
        "steps": [{"text": step.text, "done": step.done} for step in action.body.steps],
        "progress": [
            {"date": note.date.isoformat() if note.date else None, "by": note.by, "text": note.text}
            for note in action.body.progress
        ],
        "state": {
            "status": str(action.effective_status) if action.effective_status else None,
            "course": str(assessment.course),
            "reason": assessment.reason,
            "overdue": action.is_overdue(dated_site.today),
            "days_late": assessment.days_late,
            "original_due": action.original_due.isoformat() if action.original_due else None,
        },
    }
