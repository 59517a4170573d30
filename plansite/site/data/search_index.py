"""The search index, which the script of the search page reads."""

from __future__ import annotations

import json
from collections.abc import Iterable

from plansite.exports.action_records import ActionRecord
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.documents.action import Action, describe_drop
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import page_address, plan_address, profile_address, standard_address
from plansite.model.people import Agency, OwnerOrAgency
from plansite.model.site import Site
from plansite.site.components.page_links import profile_link
from plansite.site.standards.links import is_shown

#: An owner, agency or standard: title, "Owner", "Agency" or "Standard", role or framework, and the path of its page.
PeopleRow = tuple[str, str, str, str]


def render_search_index(people_rows: Iterable[PeopleRow], plan_rows: Iterable[str], due_soon: int) -> str:
    """The content of `search-index.js`, from the results of `list_people_rows` and of `render_search_rows`.

    `due_soon` is for how many days ahead an action counts as due soon.

    It is a script with one assignment, because a page that was opened from disk cannot fetch a JSON file.
    """
    people = render_script_json(list(people_rows))
    return f'window.plansiteIndex = {{"soon":{due_soon},"plans":[{",".join(plan_rows)}],"people":{people}}};\n'


def list_people_rows(site: Site) -> tuple[PeopleRow, ...]:
    """The rows of all owners and agencies in the search index. The site may be without plans but for their names."""
    owners_and_agencies: tuple[OwnerOrAgency, ...] = (*site.people.owners, *site.people.agencies)
    return tuple(_build_people_row(each) for each in owners_and_agencies)


def list_standard_rows(site: Site, keys: Iterable[str]) -> tuple[PeopleRow, ...]:
    """The rows of the standards with these keys, each once, in the order of the frameworks that are shown."""
    named = frozenset(keys)
    return tuple(
        (framework.name_standard(standard), "Standard", framework.label, standard_address(standard))
        for framework in site.standards.frameworks.values()
        if named and is_shown(site, framework)
        for standard in framework.standards
        if standard.key in named
    )


def render_search_rows(dated_site: SiteOnDate, plan: Plan, records: Iterable[ActionRecord]) -> str:
    """The part of a plan in the search index, as JSON. `records` are those of its actions.

    `words` holds every owner and status once. An action is its title, ref, the indexes of its owner and its status in
    `words`, the file name of its page in `folder`, and what `_list_course` says. `documents` are what `_list_documents`
    says, if there are any.
    """
    words: dict[str, int] = {}
    actions = {action.path: action for action in plan.actions}
    folder = plan_address(plan.slug).removesuffix("index.html")
    rows = []
    for record in records:
        owner, status = (
            profile_link(dated_site.site, record.owner).text,
            _format_status(record, actions.get(record.path)),
        )
        indexes = [words.setdefault(word, len(words)) for word in (owner, status)]
        course = _list_course(dated_site, actions[record.path], words) if record.is_readable else []
        rows.append([record.title, record.ref, *indexes, record.page.removeprefix(folder), *course])
    documents = _list_documents(plan, folder)
    others = {"documents": documents} if documents else {}
    return render_script_json(
        {
            "title": plan.title,
            "kind": plan.kind.label,
            "folder": folder,
            "words": list(words),
            "actions": rows,
            **others,
        }
    )


def _list_documents(plan: Plan, folder: str) -> list[tuple[str, str, str]]:
    """What else a plan has a page for: title, kind, and the path of the page in `folder`."""
    kinds = (
        ("Incident", plan.incidents),
        ("Measure", plan.measures),
        ("Review", plan.reviews),
        ("Self-assessment", plan.assessments),
    )
    return [
        (each.title, kind, page_address(each).removeprefix(folder)) for kind, documents in kinds for each in documents
    ]


def _list_course(dated_site: SiteOnDate, action: Action, words: dict[str, int]) -> list[int | None]:
    """What a script needs to say how an action stands on a later day.

    For an open action, in days from today, the day on which it is due and the first on which it is at risk; None if
    there is none. For one that awaits verification, the index of these words in `words`. Nothing for others.
    """
    assessment = dated_site.assess_action(action)
    if assessment.awaits_verification:
        return [words.setdefault("Awaiting verification", len(words))]
    if not action.is_open:
        return []
    at_risk_from = dated_site.today if assessment.course is Course.AT_RISK else assessment.at_risk_from
    return [(day - dated_site.today).days if day else None for day in (action.due, at_risk_from)]


def _format_status(record: ActionRecord, action: Action | None) -> str:
    if not record.is_readable:
        return "Needs attention"
    if action and action.is_declined:
        return describe_drop(action)
    return record.status.label if record.status else record.status_word


def _build_people_row(owner_or_agency: OwnerOrAgency) -> PeopleRow:
    kind = "Agency" if isinstance(owner_or_agency, Agency) else "Owner"
    return owner_or_agency.title, kind, owner_or_agency.role, profile_address(owner_or_agency)


def render_script_json(value: object) -> str:
    """JSON that may stand in any script: without `<` and the line separators U+2028 and U+2029."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
