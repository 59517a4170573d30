"""The search index, which the script of the search page reads."""

from __future__ import annotations

import json
from collections.abc import Iterable

from plansite.exports.action_records import ActionRecord
from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import plan_address, profile_address
from plansite.model.people import Agency, OwnerOrAgency
from plansite.model.plan import Plan
from plansite.model.site import Site
from plansite.site.components.page_links import profile_link

#: An owner or agency: title, "Owner" or "Agency", role, and the output path of its page.
PeopleRow = tuple[str, str, str, str]


def render_search_index(people_rows: Iterable[PeopleRow], plan_rows: Iterable[str]) -> str:
    """The content of `search-index.js`, from the results of `list_people_rows` and of `render_search_rows`.

    It is a script with one assignment, because a page that was opened from disk cannot fetch a JSON file.
    """
    people = render_script_json(list(people_rows))
    return f'window.plansiteIndex = {{"plans":[{",".join(plan_rows)}],"people":{people}}};\n'


def list_people_rows(site: Site) -> tuple[PeopleRow, ...]:
    """The rows of all owners and agencies in the search index. The site may be without plans but for their names."""
    owners_and_agencies: tuple[OwnerOrAgency, ...] = (*site.people.owners, *site.people.agencies)
    return tuple(_build_people_row(each) for each in owners_and_agencies)


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


def _build_people_row(owner_or_agency: OwnerOrAgency) -> PeopleRow:
    kind = "Agency" if isinstance(owner_or_agency, Agency) else "Owner"
    return owner_or_agency.title, kind, owner_or_agency.role, profile_address(owner_or_agency)


def render_script_json(value: object) -> str:
    """JSON that may stand in any script: without `<` and the line separators U+2028 and U+2029."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
