"""The search index, which the script of the search page reads."""

from __future__ import annotations

import json
from collections.abc import Iterable

from plansite.exports.action_records import ActionRecord
from plansite.model.assessment import SiteOnDate
from plansite.model.people import Agency, OwnerOrAgency
from plansite.model.plan import Plan
from plansite.site.components.page_links import plan_address, profile_address, profile_link


def render_search_index(dated_site: SiteOnDate, plan_rows: Iterable[str]) -> str:
    """The content of `search-index.js`, from the results of `render_search_rows`. The site may be without plans.

    It is a script with one assignment, because a page that was opened from disk cannot fetch a JSON file.
    """
    owners_and_agencies: tuple[OwnerOrAgency, ...] = (*dated_site.site.people.owners, *dated_site.site.people.agencies)
    people = render_script_json([_build_people_row(each) for each in owners_and_agencies])
    return f'window.plansiteIndex = {{"plans":[{",".join(plan_rows)}],"people":{people}}};\n'


def render_search_rows(dated_site: SiteOnDate, plan: Plan, records: Iterable[ActionRecord]) -> str:
    """The part of a plan in the search index, as JSON. `records` are those of its actions.

    `words` holds every owner and status once. An action is its title, ref, the indexes of its owner and its status in
    `words`, and the file name of its page in `folder`.
    """
    words: dict[str, int] = {}
    folder = plan_address(plan.slug).removesuffix("index.html")
    rows = []
    for record in records:
        owner, status = profile_link(dated_site.site, record.owner).text, _format_status(record)
        indexes = [words.setdefault(word, len(words)) for word in (owner, status)]
        rows.append([record.title, record.ref, *indexes, record.page.removeprefix(folder)])
    return render_script_json(
        {"title": plan.title, "kind": plan.kind.label, "folder": folder, "words": list(words), "actions": rows}
    )


def _format_status(record: ActionRecord) -> str:
    if not record.is_readable:
        return "Needs attention"
    return record.status.label if record.status else record.status_word


def _build_people_row(owner_or_agency: OwnerOrAgency) -> list[str]:
    return [
        owner_or_agency.title,
        "Agency" if isinstance(owner_or_agency, Agency) else "Owner",
        owner_or_agency.role,
        profile_address(owner_or_agency),
    ]


def render_script_json(value: object) -> str:
    """JSON that may stand in any script: without `<` and the line separators U+2028 and U+2029."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
