"""The file with actions as JSON: what it is, the plans, and each action with its fields, its text and its state."""

from __future__ import annotations

import json
from collections.abc import Iterator

from plansite.exports.actions_json.field_values import Json, list_action_values, list_field_values
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
    return "".join(_list_parts(selection)).encode()


def _list_parts(selection: ExportSelection) -> Iterator[str]:
    site = selection.dated_site.site
    head: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "title": selection.title,
        "day": selection.dated_site.today.isoformat(),
        "audience": site.audience.value,
    }
    yield f'{_dump(head)[:-1]}, "plans": ['
    for number, selected in enumerate(selection.plans):
        yield f'{"," if number else ""}\n{_dump(_describe_plan(selection.dated_site, selected))[:-1]}, "actions": ['
        records = (_dump(build_action(selection.dated_site, action)) for action in selected.actions)
        for position, record in enumerate(records):
            yield f"{',' if position else ''}\n{record}"
        yield "\n]}" if selected.actions else "]}"
    yield "\n]}\n" if selection.plans else "]}\n"


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _describe_plan(dated_site: SiteOnDate, selected: SelectedPlan) -> dict[str, Json]:
    plan = selected.plan
    return {
        "slug": plan.slug,
        "title": plan.title,
        "audience": resolve_audience(plan, dated_site.site.settings).value,
        "goals": [list_field_values(goal) for goal in plan.goals],
    }


def build_action(dated_site: SiteOnDate, action: Action) -> dict[str, Json]:
    """An action: its file, its fields, its text as Markdown, the steps and notes in it, and how it stands."""
    assessment = dated_site.assess_action(action)
    return {
        "slug": action.slug,
        "path": action.path,
        "page": action_address(action),
        "fields": list_action_values(action),
        "text": format_body(action.body),
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
