"""Owners and agencies: who has how much to do, and what each one's page says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.site.all_pages import build_people_pages
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import DatedText
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ListView
from plansite.site.people.agencies import AgencyListView, AgencyView
from plansite.site.people.owners import OwnerListView, OwnerView
from tests.site.entries import row_of, title_of
from tests.sites import write

_TODAY = date(2025, 1, 20)
_PLAN = {"content/plans/p/plan.md": "---\ntitle: P\nowner: Anna\n---\n"}


def _action(owner: str, **fields: str) -> str:
    lines = {"title": "T", "owner": owner, **fields}
    return "\n".join(["---", *(f"{key}: {value}" for key, value in lines.items() if value), "---", ""])


def _site(root: Path, files: Mapping[str, str]) -> dict[str, Page]:
    return _pages(load_site(write(root, {**_PLAN, **files})))


def _pages(site: Site) -> dict[str, Page]:
    dated_site, resolver = SiteOnDate(site, _TODAY), LinkResolver.from_site(site)
    pages = list(build_people_pages(dated_site, resolver))
    found = {page.path: page for page in pages}
    assert len(found) == len(pages), "each page has an address of its own"
    return found


def _owner(pages: Mapping[str, Page], slug: str) -> OwnerView:
    view = pages[f"owners/{slug}.html"].view
    assert isinstance(view, OwnerView)
    return view


def _agency(pages: Mapping[str, Page], slug: str) -> AgencyView:
    view = pages[f"agencies/{slug}.html"].view
    assert isinstance(view, AgencyView)
    return view


def _owners(pages: Mapping[str, Page], path: str = "owners/index.html") -> OwnerListView:
    view = pages[path].view
    assert isinstance(view, OwnerListView)
    return view


def _actions(*texts: str) -> dict[str, str]:
    return {f"content/plans/p/actions/a{number}.md": text for number, text in enumerate(texts, 1)}


def _rows(view: OwnerView | AgencyView) -> dict[str, list[str]]:
    return {
        group.title.text: [row_of(entry).title.text for entry in group.entries if not entry.shown.joins]
        for group in view.work.groups
        if not group.shown.joins
    }


def test_an_owner_with_everything(tmp_path: Path) -> None:
    """Sentence, load, late, next and undated; supporting and finished apart; cancelled kept."""
    pages = _site(
        tmp_path,
        _actions(
            _action("Maintenance", title="Late", due="2025-01-10"),
            _action("Maintenance", title="Tomorrow", due="2025-01-21"),
            _action("Maintenance", title="Later", due="2025-03-01"),
            _action("Maintenance", title="Undated"),
            _action("Maintenance", title="Done", status="done", completed="2025-01-09"),
            _action("Maintenance", title="Dropped", status="cancelled", reason="superseded"),
            _action("Anna", title="Helped", supporters="[Maintenance]", due="2025-01-12"),
            _action("Anna", title="Helped before", supporters="[maintenance]", status="done", completed="2025-01-02"),
        ),
    )
    view = _owner(pages, "maintenance")
    assert view.head.lede == "4 open actions:"
    assert view.head.more.words == "1 late, 1 due tomorrow, 1 due later and 1 without a date."
    assert _rows(view) == {"Late": ["Late"], "Next": ["Tomorrow", "Later"], "No date yet": ["Undated"]}
    assert [(item.title.text, item.words, item.day, item.is_late) for item in view.work.helps] == [
        ("Helped", "Overdue by 8 days", date(2025, 1, 12), True)
    ]
    assert view.work.late_helps.words == "1 is late."
    assert [(item.title.text, item.words) for item in view.work.helped] == [("Helped before", "Completed")]
    assert list(map(title_of, view.work.finished)) == ["Done"]
    assert view.work.finished_note == "1 action. Thank you."
    assert [(item.title.text, item.reason) for item in view.work.cancelled] == [("Dropped", "Superseded.")]
    assert view.work.nothing is None


def test_contacts_that_are_declared(tmp_path: Path) -> None:
    """Agency, role, e-mail and telephone stand at the top, with the plans that the owner leads and sponsors."""
    pages = _site(
        tmp_path,
        {
            "plansite.yaml": "title: T\ncontact: plans@example.org\nrepository: https://github.com/example/plans\n",
            "content/agencies/house.md": "---\ntitle: Riverside House\n---\n",
            "content/owners/anna.md": "---\ntitle: Anna\nrole: Leads\nagency: house\nemail: anna@example.org\n"
            "telephone: 01632 960 001\n---\nRing [her](anna.md).\n\n## Hours\n\nMornings.\n",
            "content/plans/q/plan.md": "---\ntitle: Q\nsponsor: Anna\n---\n",
        },
    )
    head = _owner(pages, "anna").head
    assert head.agency == Link("Riverside House", "agencies/house.html")
    assert head.email == Link("anna@example.org", "mailto:anna@example.org")
    assert head.telephone == Link("01632 960 001", "tel:01632960001")
    assert (head.leads, head.sponsors) == (
        (Link("P", "plans/p/index.html"),),
        (Link("Q", "plans/q/index.html"),),
    )
    assert head.update == "mailto:plans@example.org?subject=Update%20from%20Anna"
    assert head.edit == "https://github.com/example/plans/edit/main/content/owners/anna.md"
    assert 'href="anna.html"' in head.about
    assert [part.title for part in head.further] == ["Hours"]


@pytest.mark.parametrize(
    ("email", "telephone"),
    [("ask at the desk", "ext. two"), ('"a b@c"', "12"), ("javascript:alert(1)", '"+"')],
)
def test_what_is_no_address_stays_words(tmp_path: Path, email: str, telephone: str) -> None:
    """Only an e-mail address and a telephone number become links."""
    owner = f"---\ntitle: Anna\nemail: {email}\ntelephone: {telephone}\n---\n"
    head = _owner(_site(tmp_path, {"content/owners/anna.md": owner}), "anna").head
    assert (head.email.href, head.telephone.href) == ("", "")
    assert head.email.text == email.strip('"')


def test_waiting_on_others(tmp_path: Path) -> None:
    """What waits for others' open actions, the late ones first, and what is blocked; not for one's own or finished ones."""
    pages = _site(
        tmp_path,
        _actions(
            _action("Anna", title="Mine", ref="1", depends_on="[5, 7, 2, 3, 4]", due="2025-03-01"),
            _action("Ben", title="His", ref="2", due="2025-01-10"),
            _action("Anna", title="Mine too", ref="3", due="2025-02-01"),
            _action("Ben", title="His, done", ref="4", status="done", completed="2025-01-02"),
            _action("", title="Nobody's", ref="5"),
            _action("Anna", title="Stuck", ref="6", status="blocked", due="2025-03-02")
            + "## Progress\n- 2025-01-08: The part is late.\n",
            _action("Ben", title="His, later", ref="7", due="2025-02-20"),
        ),
    )
    waiting = _owner(pages, "anna").work.waiting
    assert [(item.title.text, item.waits_for.text, item.lead, item.day, item.is_late) for item in waiting] == [
        ("Mine", "His", "Overdue by 10 days", date(2025, 1, 10), True),
        ("Mine", "His, later", "Due in 31 days", date(2025, 2, 20), False),
        ("Mine", "Nobody's", "No date", None, False),
        ("Stuck", "", "Blocked", date(2025, 1, 8), False),
    ]
    assert waiting[0].owner == Link("Ben", "owners/ben.html")
    assert waiting[0].title == Link("Mine", "plans/p/actions/a1.html")
    assert waiting[3].said == "The part is late."
    assert _owner(pages, "anna").work.waiting_note == "2 actions"


def test_checks_to_make(tmp_path: Path) -> None:
    """A check that somebody else's finished action waits for is on the page of whoever makes it."""
    check = "{by: Ben, due: 2025-02-03, method: Look.}"
    done = _action("Anna", title="Mend", status="done", completed="2025-01-09", verification=check)
    pages = _site(tmp_path, {"content/owners/ben.md": "---\ntitle: Ben\n---\n", **_actions(done)})
    checks = _owner(pages, "ben").work.checks
    assert checks is not None
    assert [row_of(entry).title.text for entry in checks.entries] == ["Check: Mend"]
    assert _owner(pages, "anna").work.checks is None


def test_an_owner_whom_no_action_names(tmp_path: Path) -> None:
    """The page is not blank, and does not blame."""
    view = _owner(_site(tmp_path, {"content/owners/anna.md": "---\ntitle: Anna\n---\n"}), "anna")
    assert view.head.lede == "No open actions."
    assert view.head.more == DatedText("")
    assert view.work.nothing is not None
    assert view.work.nothing.words == "No action names Anna."


def test_the_most_loaded_owner_comes_first(tmp_path: Path) -> None:
    """By open actions, then by late ones, then by name; the middle is said from three owners on."""
    pages = _site(
        tmp_path,
        _actions(
            _action("Zoe", due="2025-02-01"),
            _action("Zoe", due="2025-02-02", supporters="[Eve]"),
            _action("Cara", due="2025-02-01"),
            _action("Ben", due="2025-01-01"),
            _action("Anna", status="done"),
        ),
    )
    view = _owners(pages)
    assert [(row.title.text, row.open_count, row.late.words, row.helps, row.finished) for row in view.rows] == [
        ("Zoe", 2, "0", 0, 0),
        ("Ben", 1, "1", 0, 0),
        ("Cara", 1, "0", 0, 0),
        ("Anna", 0, "0", 0, 1),
        ("Eve", 0, "0", 1, 0),
    ]
    assert view.lede == ("3 of 5 owners have open actions. Half of owners have one open action or none. Busiest first.")
    assert view.rows[0].next_due == DatedText("1 February 2025", "2025-02-02=2 February 2025|2025-02-03=None")
    assert view.rows[1].next_due == DatedText("None")
    assert view.rows[2].late.later.startswith("2025-02-02=1")
    assert _owner(pages, "zoe").head.comparison == "Half of owners have one open action or none."
    assert _owner(pages, "anna").head.comparison == ""
    assert not view.shows_agency


def test_two_owners_have_no_middle(tmp_path: Path) -> None:
    """With fewer than three there is nothing to compare with."""
    pages = _site(tmp_path, _actions(_action("Anna"), _action("Ben")))
    assert _owner(pages, "anna").head.comparison == ""


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((3, 2, 2), "Half of owners have 2 open actions or fewer."),
        ((1, 1, 4), "Half of owners have one open action or none."),
        ((1, 0, 0), ""),
    ],
)
def test_half_of_owners(tmp_path: Path, numbers: tuple[int, ...], words: str) -> None:
    """All owners are counted, also those who have nothing to do now."""
    files = {f"content/owners/o{n}.md": f"---\ntitle: O{n}\n---\n" for n in range(len(numbers))}
    actions = (_action(f"O{n}") for n, number in enumerate(numbers) for _ in range(number))
    pages = _site(tmp_path, {"content/plans/p/plan.md": "---\ntitle: P\n---\n", **files, **_actions(*actions)})
    assert _owner(pages, "o0").head.comparison == words


def test_an_owner_and_an_agency_of_one_slug(tmp_path: Path) -> None:
    """Each has its own actions, though both pages are called the same in their folders."""
    pages = _site(
        tmp_path,
        {
            "content/owners/house.md": "---\ntitle: House Manager\n---\n",
            "content/agencies/house.md": "---\ntitle: Riverside House\n---\n",
            **_actions(
                _action("House Manager", title="The manager's", supporters="[Riverside House]"),
                _action("Riverside House", title="The agency's", supporters="[House Manager]"),
            ),
        },
    )
    manager, agency = _owner(pages, "house"), _agency(pages, "house")
    assert _rows(manager) == {"No date yet": ["The manager's"]}
    assert _rows(agency) == {"No date yet": ["The agency's"]}
    assert [item.title.text for item in manager.work.helps] == ["The agency's"]
    assert [item.title.text for item in agency.work.helps] == ["The manager's"]


def test_who_owns_does_not_also_support(tmp_path: Path) -> None:
    """An owner named among the supporters of their own action has it once."""
    view = _owner(_site(tmp_path, _actions(_action("Anna", supporters="[Anna]"))), "anna")
    assert (len(view.work.groups), view.work.helps) == (1, ())


def test_an_agency_with_its_owners_and_plans(tmp_path: Path) -> None:
    """What it and its owners have to do, its owners with their counts, and the day on which it agreed each protocol."""
    pages = _site(
        tmp_path,
        {
            "content/agencies/house.md": "---\ntitle: Riverside House\nrole: Care home\n---\n",
            "content/owners/ben.md": "---\ntitle: Ben\nagency: Riverside House\n---\n",
            "content/plans/p/plan.md": "---\ntitle: P\nagencies: [house]\n"
            "protocol: [{agency: house, agreed: 2025-01-08, contact: The office}]\n---\n",
            "content/plans/q/plan.md": "---\ntitle: Q\nagencies: [Riverside House, Nobody]\n---\n",
            **_actions(
                _action("Ben", due="2025-01-10"),
                _action("Riverside House", title="Its own", due="2025-02-10"),
            ),
        },
    )
    view = _agency(pages, "house")
    assert view.head.lede == "2 open actions, 1 of them its own."
    assert view.head.more.words == "1 is late."
    assert [(row.title.text, row.open_count, row.late.words) for row in view.members] == [("Ben", 1, "1")]
    assert _rows(view) == {"Late": ["T"], "Next": ["Its own"]}
    assert view.work.shows_owner
    assert [(part.plan.text, part.agreed, part.contact) for part in view.plans] == [
        ("P", date(2025, 1, 8), "The office."),
        ("Q", None, ""),
    ]
    index = pages["agencies/index.html"].view
    assert isinstance(index, AgencyListView)
    [row] = index.rows
    assert (row.owners, row.open_count, row.late.words, row.plans, index.shows_role) == (1, 2, "1", 2, True)


@pytest.mark.parametrize(
    ("own", "members", "lede"),
    [
        (0, 0, "No open actions."),
        (2, 0, "2 open actions."),
        (0, 1, "1 open action."),
        (0, 2, "2 open actions."),
        (1, 2, "3 open actions, 1 of them its own."),
    ],
)
def test_what_an_agency_answers_for(tmp_path: Path, own: int, members: int, lede: str) -> None:
    """The sentence counts its own actions and those of its owners."""
    files = {"content/agencies/house.md": "---\ntitle: House\n---\n"}
    files |= {f"content/owners/o{n}.md": f"---\ntitle: O{n}\nagency: house\n---\n" for n in range(members)}
    files |= _actions(*(_action("House") for _ in range(own)), *(_action(f"O{n}") for n in range(members)))
    assert _agency(_site(tmp_path, files), "house").head.lede == lede


def test_a_long_past_has_a_list_of_its_own(tmp_path: Path) -> None:
    """The newest 20 stand on the page; all stand on the list it leads to."""
    done = [_action("Anna", title=f"D{n:02}", status="done", completed=f"2024-12-{n:02}") for n in range(1, 26)]
    pages = _site(tmp_path, _actions(*done))
    work = _owner(pages, "anna").work
    assert list(map(title_of, work.finished)) == [f"D{n:02}" for n in range(25, 5, -1)]
    assert work.all_finished == Link("All 25 finished actions", "owners/anna/finished.html")
    page = pages["owners/anna/finished.html"]
    assert isinstance(page.view, ListView)
    assert sum(len(group.entries) for group in page.view.groups) == 25
    assert page.trail[2] == Link("Anna", "owners/anna.html")


def test_very_many_open_actions_have_lists_of_their_own(tmp_path: Path) -> None:
    """More than 1,000 open or supported actions are cut on the page, and whole on paged lists."""
    texts = [_action("Anna", title=f"T{n}", supporters="[Ben]", due="2025-06-01") for n in range(1001)]
    pages = _site(tmp_path, _actions(*texts))
    anna, ben = _owner(pages, "anna").work, _owner(pages, "ben").work
    assert sum(len(group.entries) for group in anna.groups) == 1000
    assert anna.all_open == Link("All 1,001 open actions", "owners/anna/open.html")
    assert len(ben.helps) == 1000
    assert ben.all_helps == Link("All 1,001 actions", "owners/ben/supporting.html")
    assert {"owners/anna/open.html", "owners/anna/open-2.html", "owners/ben/supporting-2.html"} <= set(pages)


def test_very_many_owners_are_paged(tmp_path: Path) -> None:
    """1,001 owners take two pages of the table, outside the folder where owners have their pages."""
    some = (", ".join(f"O{n:04}" for n in range(first, first + 500)) for first in (0, 500))
    pages = _site(tmp_path, _actions(*(_action("Anna", supporters=f"[{helpers}]") for helpers in some)))
    first, second = _owners(pages), _owners(pages, "owners-2.html")
    assert (len(first.rows), len(second.rows)) == (1000, 1)
    assert first.pager is not None
    assert first.pager.after == "owners-2.html"


def test_an_agency_waits_for_nobody_of_its_own(tmp_path: Path) -> None:
    """What its owners wait for from each other is their own affair; what they wait for from others is on its page.

    A mail with an update is about their actions as well.
    """
    files = {"content/agencies/house.md": "---\ntitle: House\n---\n"}
    files |= {
        f"content/owners/{name.lower()}.md": f"---\ntitle: {name}\nagency: house\n---\n" for name in ("Anna", "Ben")
    }
    actions = _actions(
        _action("Anna", title="Mine", ref="1", depends_on="[2, 3, 4]"),
        _action("Ben", ref="2"),
        _action("House", ref="3"),
        _action("Zoe", title="Theirs", ref="4"),
    )
    files["plansite.yaml"] = "title: T\ncontact: plans@example.org\n"
    pages = _site(tmp_path, files | actions)
    assert "p%2Fa1" in _agency(pages, "house").head.update
    assert [row.waits_for.text for row in _agency(pages, "house").work.waiting] == ["Theirs"]
    assert [row.waits_for.text for row in _owner(pages, "anna").work.waiting] == ["T", "T", "Theirs"]


def test_a_large_agency_shows_the_first(tmp_path: Path) -> None:
    """Of more than 50 open actions the first; each group says how many it has, and the list has all."""
    files = {"content/agencies/house.md": "---\ntitle: House\n---\n"}
    late = [_action("House", title=f"L{n}", due="2025-01-10") for n in range(52)]
    coming = [_action("House", title=f"N{n}", due="2025-06-10") for n in range(30)]
    pages = _site(tmp_path, files | _actions(*late, *coming, *(_action("House") for _ in range(3))))
    work = _agency(pages, "house").work
    assert [(group.title.text, len(group.entries), group.note.words, group.tail.words) for group in work.groups] == [
        ("Late", 50, "52 actions", "The rest are on the list of all open actions.")
    ]
    assert work.all_open == Link("All 85 open actions", "agencies/house/open.html")
    view = pages["agencies/house/open.html"].view
    assert isinstance(view, ListView)
    assert [(group.title.text, len(group.entries), group.tail.words) for group in view.groups] == [
        ("Late", 52, ""),
        ("Next", 30, ""),
        ("No date yet", 3, ""),
    ]


def test_a_group_that_is_cut_counts_all_of_its_own(tmp_path: Path) -> None:
    """What is not shown is counted, and the page says where it is."""
    files = {"content/agencies/house.md": "---\ntitle: House\n---\n"}
    files |= _actions(*(_action("House", title=f"N{n}", due="2025-06-10") for n in range(60)))
    [group] = _agency(_site(tmp_path, files), "house").work.groups
    assert (len(group.entries), group.note.words) == (50, "60 actions")
    assert group.tail.words == "The rest are on the list of all open actions."


def test_an_owner_whose_file_could_not_be_read(tmp_path: Path) -> None:
    """Actions still lead to their page, and the page shows what is wrong with the file, and its text."""
    lost = "---\ntitle: Anna: the lead\n---\n"
    pages = _site(tmp_path, {"content/owners/anna.md": lost, **_actions(_action("Anna"))})
    head = _owner(pages, "anna").head
    assert head.unreadable_file is not None
    assert (head.unreadable_file.path, head.unreadable_file.text) == ("content/owners/anna.md", lost)
    assert [fault.where for fault in head.unreadable_file.faults] == ["Line 2"]


def test_nobody_is_named_yet() -> None:
    """A new site has both tables, empty, and no page of anybody."""
    pages = _pages(Site(settings=Settings()))
    assert list(pages) == ["owners/index.html", "agencies/index.html"]
    assert _owners(pages).rows == ()
    assert _owners(pages).lede == ""


def test_people_of_the_demonstration(project: Path) -> None:
    """Every owner and agency has a page under its heading, and the way back to the table."""
    site = load_site(project)
    pages = _pages(site)
    for path, page in pages.items():
        folder = path.partition("/")[0]
        assert page.section == f"{folder}/index.html"
        assert page.trail[0] == Link("Plans", "index.html")
    assert sum(isinstance(page.view, OwnerView) for page in pages.values()) == len(site.people.owners)
    assert sum(isinstance(page.view, AgencyView) for page in pages.values()) == len(site.people.agencies)
