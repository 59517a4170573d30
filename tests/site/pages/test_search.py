"""The search page leads on without a script, and its index holds everything that can be found."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.site.components.page import Link
from plansite.site.data.search_index import render_script_json
from plansite.site.pages.search import SearchView, build_search_page
from tests.sites import write
from tests.whole import data_files

TODAY = date(2025, 1, 20)
FILES = {
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\nkind: service\n---\n",
    "content/plans/falls/actions/lights.md": (
        "---\ntitle: Mend the lights\nref: 7\nowner: maintenance\nstatus: Ongoing\n---\n"
    ),
    "content/plans/falls/actions/rails.md": "---\ntitle: Fit rails\nowner: Maintenance\nstatus: done\n---\n",
    "content/plans/falls/actions/odd.md": "---\ntitle: Odd\nstatus: nearly\nowner: Somebody New\n---\n",
    "content/plans/falls/actions/torn.md": "---\ntitle: [\n",
    "content/owners/maintenance.md": "---\ntitle: Maintenance\nrole: Mends things\n---\n",
    "content/agencies/council.md": "---\ntitle: The Council\n---\n",
}


def _dated_site(root: Path, files: dict[str, str] = FILES) -> SiteOnDate:
    return SiteOnDate(load_site(write(root, files)), TODAY)


def _view(dated_site: SiteOnDate) -> SearchView:
    view = build_search_page(dated_site).view
    assert isinstance(view, SearchView)
    return view


def _index(dated_site: SiteOnDate) -> dict[str, Any]:
    text = data_files(dated_site, ())["search-index.js"].decode()
    assert text.startswith("window.plansiteIndex = ")
    assert text.endswith(";\n")
    found: dict[str, Any] = json.loads(text.removeprefix("window.plansiteIndex = ").removesuffix(";\n"))
    return found


def test_the_page_says_where_else_to_look(tmp_path: Path) -> None:
    """Plans with their size, owners with what they have open, and the lists by status are links."""
    view = _view(_dated_site(tmp_path))
    assert view.holds == "3 actions in 1 plan"
    assert [(place.link, place.note) for place in view.plans] == [
        (Link("Fewer falls", "plans/falls/index.html"), "3 actions")
    ]
    assert [(place.link.href, place.note) for place in view.people] == [
        ("owners/maintenance.html", "1 open of 2 actions"),
        ("owners/somebody-new.html", "1 open of 1 action"),
    ]
    assert Link("Overdue", "overdue.html") in view.states


def test_few_owners_are_named(tmp_path: Path) -> None:
    """Beyond twelve owners, those with most to do are named; the page of all owners has the rest."""
    files = {f"content/plans/p/actions/{n}.md": f"---\ntitle: A\nowner: Owner {n % 20}\n---\n" for n in range(30)}
    people = _view(_dated_site(tmp_path, files)).people
    assert len(people) == 12
    assert [place.note for place in people[:10]] == ["2 open of 2 actions"] * 10


def test_an_owner_and_an_agency_of_one_name_are_counted_once(tmp_path: Path) -> None:
    """What both could own is the owner's."""
    files = {
        "content/owners/council.md": "---\ntitle: Council\n---\n",
        "content/agencies/council.md": "---\ntitle: Council\n---\n",
        "content/plans/p/actions/a.md": "---\ntitle: A\nowner: Council\n---\n",
    }
    assert [place.link.href for place in _view(_dated_site(tmp_path, files)).people] == ["owners/council.html"]


def test_an_empty_site_has_a_search_page() -> None:
    """Nothing to find, and nothing breaks."""
    dated_site = SiteOnDate(Site(settings=Settings()), TODAY)
    assert _view(dated_site).holds == "0 actions in 0 plans"
    assert _index(dated_site) == {"soon": 14, "plans": [], "people": []}


def test_the_index_holds_every_action(tmp_path: Path) -> None:
    """Title, number, owner by full name, status in our words, and page; unreadable files too."""
    index = _index(_dated_site(tmp_path))
    (plan,) = index["plans"]
    assert (plan["title"], plan["kind"], plan["folder"]) == ("Fewer falls", "Service plan", "plans/falls/")
    words = plan["words"]
    assert [
        [title, ref, words[owner], words[status], page] for title, ref, owner, status, page, *_ in plan["actions"]
    ] == [
        ["Mend the lights", "7", "Maintenance", "In progress", "actions/lights.html"],
        ["Fit rails", "", "Maintenance", "Completed", "actions/rails.html"],
        ["Odd", "", "Somebody New", "nearly", "actions/odd.html"],
        ["Torn", "", "", "Needs attention", "actions/torn.html"],
    ]


def test_the_index_holds_the_other_documents(tmp_path: Path) -> None:
    """Title, kind and page of incidents, measures, reviews and self-assessments; nothing for a plan without them."""
    assert "documents" not in _index(_dated_site(tmp_path / "without"))["plans"][0]
    written = {
        "incidents/stairs.md": "A fall on the stairs",
        "measures/falls.md": "Falls each month",
        "reviews/2025-01-10.md": "January review",
        "assessments/2025-01-11.md": "How we stand",
    }
    more = {f"content/plans/falls/{path}": f"---\ntitle: {title}\n---\n" for path, title in written.items()}
    (plan,) = _index(_dated_site(tmp_path / "with", {**FILES, **more}))["plans"]
    assert plan["documents"] == [
        ["A fall on the stairs", "Incident", "incidents/stairs.html"],
        ["Falls each month", "Measure", "measures/falls.html"],
        ["January review", "Review", "reviews/2025-01-10.html"],
        ["How we stand", "Self-assessment", "assessments/2025-01-11.html"],
    ]


def test_the_index_says_how_an_action_stands_on_any_day(tmp_path: Path) -> None:
    """In days from now: when it is due, and from when it is at risk. Of a finished one, that its check is awaited."""
    folder = "content/plans/falls/actions"
    files = {
        **FILES,
        f"{folder}/odd.md": "---\ntitle: Odd\nstatus: done\nverification: {by: Ann}\n---\n",
        f"{folder}/soon.md": "---\ntitle: Soon\ndue: 2025-02-20\n---\n## Steps\n- [ ] One\n",
    }
    (plan,) = _index(_dated_site(tmp_path, files))["plans"]
    stands = {title: rest for title, _, _, _, _, *rest in plan["actions"]}
    awaiting = plan["words"].index("Awaiting verification")
    assert stands == {"Mend the lights": [None, 0], "Fit rails": [], "Odd": [awaiting], "Soon": [31, 17], "Torn": []}


def test_the_index_holds_owners_and_agencies(tmp_path: Path) -> None:
    """Those with a file and those that only actions name."""
    assert sorted(_index(_dated_site(tmp_path))["people"]) == [
        ["Maintenance", "Owner", "Mends things", "owners/maintenance.html"],
        ["Somebody New", "Owner", "", "owners/somebody-new.html"],
        ["The Council", "Agency", "", "agencies/council.html"],
    ]


def test_the_index_is_the_same_each_time(tmp_path: Path) -> None:
    """Two readings of the same files give the same bytes."""
    assert _index(_dated_site(tmp_path)) == _index(SiteOnDate(load_site(tmp_path), TODAY))


@given(
    st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
)
def test_no_text_ends_the_script(value: object) -> None:
    """No end of a script element, comment or line of another alphabet stands in it, and it reads back as it was."""
    text = render_script_json(value)
    assert not {"<", "\u2028", "\u2029", "\n", "\r"} & set(text)
    assert json.loads(text) == value
