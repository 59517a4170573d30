"""What a digest says: what is late, due, asked, waiting and owned, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.digest.digest import Digest, build_digest, describe_subject, list_people
from plansite.digest.items import MAX_ITEMS, DigestSection
from plansite.model.assessment import SiteOnDate
from plansite.site.people.workload import build_workloads
from tests.sites import write

TODAY = date(2025, 1, 20)
SETTINGS = "title: Riverside plans\nbase_url: https://plans.example.org/\ncontact: plans@example.org\n"
FILES = {
    "plansite.yaml": SETTINGS,
    "content/owners/maintenance.md": "---\ntitle: Maintenance\nemail: maintenance@example.org\n---\n",
    "content/owners/manager.md": "---\ntitle: Manager\nemail: manager@example.org\n---\n",
    "content/owners/cook.md": "---\ntitle: Cook\n---\n",
    "content/plans/winter/plan.md": "---\ntitle: Winter\nowner: Manager\nstart: 2025-01-01\nreview_every: 3 weeks\n---\n",
    "content/plans/winter/actions/heater.md": (
        "---\ntitle: Mend the heater\nref: 1\nowner: Maintenance\ndue: 2025-01-07\n"
        'asked: [{date: 2025-01-13, by: Manager, question: "Is the engineer booked?"}, {date: 2025-01-02}]\n---\n'
        "## Steps\n- [x] Ring\n- [ ] Fit\n\n## Progress\n- 2025-01-06 (Maintenance): Rang.\n- 2025-01-14 (Cook): Cold.\n"
    ),
    "content/plans/winter/actions/lamps.md": (
        "---\ntitle: Buy lamps\nref: 2\nowner: Maintenance\ndue: 2025-02-03\nstatus: blocked\n---\n"
    ),
    "content/plans/winter/actions/ramp.md": "---\ntitle: Mend the ramp\nowner: Maintenance\ndue: 2025-02-04\n---\n",
    "content/plans/winter/actions/gate.md": "---\ntitle: Mend the gate\nref: 4\nowner: Maintenance\n---\n",
    "content/plans/winter/actions/soup.md": (
        "---\ntitle: Cook by lamplight\nref: 5\nowner: Cook\ndue: 2025-03-01\ndepends_on: [2]\n---\n"
    ),
    "content/plans/winter/actions/done.md": (
        "---\ntitle: Sweep the yard\nref: 6\nowner: Cook\nstatus: completed\ncompleted: 2025-01-10\n"
        "verification: {by: Maintenance, due: 2025-01-18}\n---\n"
    ),
}


def read_digest(root: Path, name: str, files: Mapping[str, str] | None = None, days: int = 14) -> Digest:
    """The digest of somebody on a site of these files besides `FILES`, on 20 January 2025."""
    dated_site = SiteOnDate(load_site(write(root, {**FILES, **(files or {})})), TODAY)
    person = dated_site.site.find_owner_or_agency(name)
    assert person is not None
    return build_digest(dated_site, build_workloads(dated_site), person, days)


def _section(digest: Digest, key: str) -> DigestSection:
    return next(section for section in digest.sections if section.key == key)


def test_each_section_has_its_own(tmp_path: Path) -> None:
    """Late, then due, what was asked, what waits for them, and all else that they own; nothing is listed twice."""
    digest = read_digest(tmp_path, "Maintenance")
    titles = {section.title: [item.title for item in section.items] for section in digest.sections}
    assert titles == {
        "Late": ["Mend the heater"],
        "Due by 3 February 2025": ["Buy lamps"],
        "What we asked you about": ["Is the engineer booked?"],
        "What waits for you": ["Check: Sweep the yard", "Cook by lamplight"],
        "What else you own": ["Mend the ramp", "Mend the gate"],
    }
    assert (
        digest.lede
        == "You own 4 open actions: 1 late, 2 due later and 1 without a date. 1 question waits for your answer."
    )


def test_an_item_says_how_urgent_it_is_and_where_it_belongs(tmp_path: Path) -> None:
    """With its day, what holds it up, the steps done, and the address of its page."""
    digest = read_digest(tmp_path, "Maintenance")
    (heater,) = _section(digest, "late").items
    assert (heater.lead, heater.day, heater.is_late) == ("Overdue by 13 days", date(2025, 1, 7), True)
    assert (heater.place, heater.lines) == ("Winter, action 1", ("1 of 2 steps done.",))
    assert heater.href == "https://plans.example.org/plans/winter/actions/heater.html"
    (lamps,) = _section(digest, "due").items
    assert (lamps.lead, lamps.is_late, lamps.lines) == ("Due in 14 days", False, ("Blocked.",))
    (ramp, gate) = _section(digest, "owned").items
    assert (ramp.place, ramp.lines) == ("Winter", ())
    assert (gate.lead, gate.day, gate.lines) == ("No date yet", None, ())


def test_a_question_says_for_how_long_it_has_waited(tmp_path: Path) -> None:
    """The one that a note of the owner answered is left out, and a note of somebody else answers nothing."""
    (item,) = _section(read_digest(tmp_path, "Maintenance"), "asked").items
    assert (item.lead, item.is_late) == ("No answer for 7 days", True)
    assert item.place == "Mend the heater (Winter, action 1)"
    assert item.lines == ("Asked by Manager on 13 January 2025.",)
    assert item.href.endswith("/heater.html#asked")


def test_their_own_actions_can_be_answered_by_mail(tmp_path: Path) -> None:
    """The link opens a mail to the coordinator with a form; for what waits for them there is none."""
    digest = read_digest(tmp_path, "Maintenance")
    for key in ("late", "due", "asked", "owned"):
        assert all(item.update.startswith("mailto:plans@example.org?subject=") for item in _section(digest, key).items)
    assert "winter%2Fheater" in _section(digest, "asked").items[0].update
    assert not any(item.update for item in _section(digest, "waiting").items)
    silent = read_digest(tmp_path / "b", "Maintenance", {"plansite.yaml": "title: T\n"})
    assert not any(item.update for section in silent.sections for item in section.items)


def test_whoever_asked_learns_who_has_not_answered(tmp_path: Path) -> None:
    """With the owner in place of their own name; what they asked themselves is a question to them alone."""
    files = {
        "content/plans/winter/actions/own.md": (
            "---\ntitle: Own\nowner: Manager\nasked: [{date: 2025-01-15, by: Manager, question: Mine}]\n---\n"
        )
    }
    digest = read_digest(tmp_path, "Manager", files)
    (item,) = _section(digest, "questions").items
    assert (item.title, item.lead) == ("Is the engineer booked?", "No answer for 7 days")
    assert item.lines == ("Maintenance was asked on 13 January 2025.",)
    assert item.update == ""
    assert [each.title for each in _section(digest, "asked").items] == ["Mine"]


def test_what_waits_for_somebody_is_told_by_what_it_is(tmp_path: Path) -> None:
    """A check with its day, and the action of somebody else that cannot go on."""
    check, soup = _section(read_digest(tmp_path, "Maintenance"), "waiting").items
    assert (check.lead, check.is_late, check.place) == ("Overdue by 2 days", True, "Winter, action 6")
    assert (soup.lead, soup.lines) == ("Due in 40 days", ("Cook waits for your action “Buy lamps”.",))


@pytest.mark.parametrize("days", [0, 13, 14, 400])
def test_the_number_of_days_decides_what_is_near(tmp_path: Path, days: int) -> None:
    """The last day counts. What is further ahead is listed as owned."""
    digest = read_digest(tmp_path, "Maintenance", days=days)
    near = [item.title for section in digest.sections if section.key == "due" for item in section.items]
    assert near == {0: [], 13: [], 14: ["Buy lamps"], 400: ["Buy lamps", "Mend the ramp"]}[days]
    owned = [item.title for item in _section(digest, "owned").items]
    assert sorted(near + owned) == ["Buy lamps", "Mend the gate", "Mend the ramp"]


def test_whoever_leads_a_plan_sees_what_waits_for_them_there(tmp_path: Path) -> None:
    """Requests for more time, difficulties that were taken to them, late reviews and replies: decisions first."""
    files = {
        "content/plans/winter/plan.md": (
            "---\ntitle: Winter\nowner: Manager\nstart: 2024-11-01\nreview_every: 3 weeks\n"
            "instrument: [{name: warning notice, received: 2025-01-06, due: 2025-01-24}]\n---\n"
        ),
        "content/plans/winter/actions/gate.md": (
            "---\ntitle: Mend the gate\nref: 4\nowner: Maintenance\ndue: 2025-02-01\n"
            "extension: [{until: 2025-02-28, asked: 2025-01-16, asked_by: Maintenance}]\n"
            "escalated: [{to: Manager, date: 2025-01-17, reason: No money}]\n---\n"
        ),
    }
    items = _section(read_digest(tmp_path, "Manager", files), "waiting").items
    assert [(item.title, item.lead) for item in items] == [
        ("Mend the gate", "To be decided"),
        ("Mend the gate", "To be decided"),
        ("Review: Winter", "Overdue by 59 days"),
        ("Reply: Warning notice", "Due in 4 days"),
    ]
    assert items[0].lines == ("Escalated on 17 January 2025: No money.",)
    assert items[1].lines[0].startswith("An extension to 28 February 2025 was asked for by Maintenance")


@pytest.mark.parametrize(("days", "titles"), [(6, []), (7, ["Check: Sweep the yard"])])
def test_a_check_waits_from_the_days_before_it(tmp_path: Path, days: int, titles: list[str]) -> None:
    """One that is further ahead does not wait yet."""
    done = FILES["content/plans/winter/actions/done.md"].replace("2025-01-18", "2025-01-27")
    files = {
        "content/plans/winter/actions/done.md": done,
        "content/plans/winter/actions/soup.md": "---\ntitle: S\n---\n",
    }
    digest = read_digest(tmp_path, "Maintenance", files, days)
    assert [item.title for section in digest.sections if section.key == "waiting" for item in section.items] == titles


def test_reviews_and_replies_that_are_far_ahead_do_not_wait(tmp_path: Path) -> None:
    """They are on the plan's page, and in the digest when their time comes."""
    plan = (
        "---\ntitle: Winter\nowner: Manager\nstart: 2025-01-19\nreview_every: 3 weeks\n"
        "instrument: [{name: warning notice, received: 2025-01-06, due: 2025-02-04}]\n---\n"
    )
    digest = read_digest(tmp_path, "Manager", {"content/plans/winter/plan.md": plan})
    assert digest.count_in("waiting") == 0
    assert read_digest(tmp_path / "b", "Manager", {"content/plans/winter/plan.md": plan}, 40).count_in("waiting") == 2


def test_evidence_that_expires_waits_for_whoever_keeps_it(tmp_path: Path) -> None:
    """What has expired, and what does by the last day that counts as near."""
    evidence = ", ".join(
        f"{{label: {label}, expires: {day}, owner: Cook}}"
        for label, day in (
            ("Old", "2025-01-19"),
            ("Today", "2025-01-20"),
            ("Soon", "2025-02-03"),
            ("Far", "2025-02-04"),
        )
    )
    files = {"content/plans/winter/actions/x.md": f"---\ntitle: X\nowner: Maintenance\nevidence: [{evidence}]\n---\n"}
    items = _section(read_digest(tmp_path, "Cook", files), "waiting").items
    assert [(item.title, item.lead, item.is_late) for item in items] == [
        ("Renew: Old", "Expired", True),
        ("Renew: Today", "Expires today", False),
        ("Renew: Soon", "Expires in 14 days", False),
    ]


def test_an_own_action_that_waits_for_an_own_action_is_listed_once(tmp_path: Path) -> None:
    """Nobody waits for themselves; closed actions wait for nothing."""
    files = {
        "content/plans/winter/actions/ramp.md": "---\ntitle: Ramp\nowner: Maintenance\ndepends_on: [2]\n---\n",
        "content/plans/winter/actions/soup.md": (
            "---\ntitle: Soup\nowner: Cook\nstatus: cancelled\nreason: no longer needed\ndepends_on: [2]\n---\n"
        ),
    }
    waiting = _section(read_digest(tmp_path, "Maintenance", files), "waiting")
    assert [item.title for item in waiting.items] == ["Check: Sweep the yard"]


def test_long_sections_are_cut_and_say_so(tmp_path: Path) -> None:
    """The count is that of all; the first are those that are due first."""
    files = {
        f"content/plans/winter/actions/x{number}.md": (
            f"---\ntitle: Task {number}\nowner: Cook\ndue: 2025-01-{10 - number % 9:02}\n---\n"
        )
        for number in range(MAX_ITEMS + 2)
    }
    late = _section(read_digest(tmp_path, "Cook", files), "late")
    assert (late.count, len(late.items), late.rest) == (MAX_ITEMS + 2, MAX_ITEMS, "And 2 more actions.")
    assert late.items[0].day == date(2025, 1, 2)


def test_the_subject_counts_what_is_pressing(tmp_path: Path) -> None:
    """Late, due and to answer; else what waits or is owned, or that there is nothing to do."""
    subjects = {name: describe_subject(read_digest(tmp_path, name)) for name in ("Maintenance", "Manager", "Cook")}
    assert subjects == {
        "Maintenance": "Riverside plans: 1 late, 1 due by 3 February 2025, 1 to answer",
        "Manager": "Riverside plans: 1 waiting for you",
        "Cook": "Riverside plans: 1 open action",
    }
    nobody = {"content/owners/nobody.md": "---\ntitle: Nobody\n---\n"}
    digest = read_digest(tmp_path, "Nobody", nobody)
    assert (digest.is_empty, describe_subject(digest)) == (True, "Riverside plans: nothing to do")


def test_everybody_is_listed_by_name(tmp_path: Path) -> None:
    """Owners with and without a file, and agencies."""
    files = {
        "content/agencies/council.md": "---\ntitle: Council\n---\n",
        "content/plans/winter/actions/x.md": "---\ntitle: X\nowner: Ann Lee\n---\n",
    }
    site = load_site(write(tmp_path, {**FILES, **files}))
    assert [person.title for person in list_people(SiteOnDate(site, TODAY))] == [
        "Ann Lee",
        "Cook",
        "Council",
        "Maintenance",
        "Manager",
    ]


def test_without_an_address_of_the_site_there_are_no_links(tmp_path: Path) -> None:
    """A relative link leads nowhere in an e-mail."""
    digest = read_digest(tmp_path, "Maintenance", {"plansite.yaml": "title: T\n"})
    assert (digest.href, digest.site_href) == ("", "")
    assert not any(item.href for section in digest.sections for item in section.items)


def test_files_that_could_not_be_read_are_pointed_out(tmp_path: Path) -> None:
    """They may be late actions of anybody."""
    digest = read_digest(tmp_path, "Cook", {"content/plans/winter/actions/torn.md": "---\ntitle: [\n"})
    assert digest.note == "1 action file could not be read and may belong here."
