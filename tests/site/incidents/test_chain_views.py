"""The stages of a finding as its page shows them: links, who and when, what is missing, and how strong a fix is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.incident import Incident
from plansite.model.documents.records.evidence import Evidence
from plansite.model.learning.chain import build_finding_chain
from plansite.model.learning.terms import IncidentTerms, get_terms
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.site.components.content_links import LinkResolver, build_evidence_links
from plansite.site.components.dated_rows import Visibility
from plansite.site.incidents.chain_views import StageView, build_control_view, build_stage_lists, judge_measure
from tests.sites import write

TODAY = date(2025, 1, 20)
PLAN = "---\ntitle: Fewer falls\ngoals: [{key: g, title: G, measure: falls}]\n---\n"
MEASURE = "---\ntitle: Falls\ndirection: down\ntarget: 5\nstate: {}\n---\n"
READINGS = "date,value\n" + "".join(
    f"{2023 + n // 12}-{n % 12 + 1:02}-01,{value}\n" for n, value in enumerate([4, 5] * 8 + [9])
)


def _stages(root: Path, *actions: str, finding: str = "actions: [1]", state: str = "") -> list[list[StageView]]:
    files = {
        "content/plans/p/plan.md": PLAN,
        "content/plans/p/measures/falls.md": MEASURE.format(state),
        "content/plans/p/measures/falls.csv": READINGS,
        "content/plans/p/incidents/i.md": f"---\ntitle: I\nfindings: [{{text: Edge, {finding}}}]\n---\n",
    }
    for number, action in enumerate(actions, 1):
        files[f"content/plans/p/actions/a{number}.md"] = f"---\ntitle: A{number}\nref: {number}\n{action}---\n"
    site = load_site(write(root, files))
    dated_site, resolver = SiteOnDate(site, TODAY), LinkResolver.from_site(site)
    chain = build_finding_chain(dated_site, site.plans[0].incidents[0], 1, judge_measure)
    terms = get_terms(IncidentTerms.PLAIN)
    return [list(stages) for stages in build_stage_lists(dated_site, chain, terms, resolver)]


def test_a_chain_that_is_done(tmp_path: Path) -> None:
    """Each stage with its link, its words, who and when; a hint says how strong the fix is recorded to be."""
    (stages,) = _stages(
        tmp_path,
        "status: embedded\ncompleted: 2025-01-09\nowner: Maintenance\nstrength: stronger\n"
        "evidence: [{label: Photo, url: 'https://example.org/p', date: 2025-01-08}]\n"
        "verification: {by: GP, date: 2025-01-10, result: passed, note: All sound.}\n",
    )
    action, evidence, check, measure = stages
    assert (action.links[0].label, action.links[0].href) == ("A1", "plans/p/actions/a1.html")
    assert (action.note, action.day, action.icon) == ("Maintenance, completed", date(2025, 1, 9), "embedded")
    assert action.hint == "Recorded as a stronger fix."
    assert [(link.label, link.href, link.day) for link in evidence.links] == [
        ("Photo", "https://example.org/p", date(2025, 1, 8))
    ]
    assert (check.words, check.note, check.day) == ("All sound.", "GP", date(2025, 1, 10))
    assert (measure.words, measure.icon) == ("Nothing is measured.", "not-started")
    assert not any(stage.gap for stage in stages)


def test_what_is_late_counts_its_days(tmp_path: Path) -> None:
    """A script counts them on from the day that was due."""
    (stages,) = _stages(tmp_path, "due: 2025-01-16\nverification: {by: GP, due: 2025-01-18}\n")
    assert [(stage.gap, stage.since) for stage in stages] == [
        ("late by 4 days", date(2025, 1, 16)),
        ("", None),
        ("check late by 2 days", date(2025, 1, 18)),
        ("", None),
    ]
    assert (stages[0].note, stages[2].note) == ("Nobody yet, due", "GP, due")


def test_a_check_to_come(tmp_path: Path) -> None:
    """Who makes it, and when; without a day that is said."""
    (stages,) = _stages(tmp_path, "due: 2025-02-16\nverification: {by: GP, due: 2025-03-01}\n")
    assert (stages[2].words, stages[2].note, stages[2].day) == ("GP will check.", "Due", date(2025, 3, 1))
    (stages,) = _stages(tmp_path / "b", "verification: {by: GP}\n")
    assert (stages[0].note, stages[2].note, stages[2].day) == ("Nobody yet, no due date", "No date yet", None)


def test_a_measure_gives_its_verdict(tmp_path: Path) -> None:
    """The latest reading, the target, and what the chart shows; a lapse has a name of its own."""
    (stages,) = _stages(tmp_path, "goal: g\n")
    assert stages[3].gap == "the readings are a concern"
    assert stages[3].links[0].href == "plans/p/measures/falls.html"
    assert stages[3].figure == "9, May 2024. Target: 5 or fewer"
    assert stages[3].words.startswith("A concern")
    (stages,) = _stages(tmp_path / "b", "goal: g\n", state="sustaining")
    assert stages[3].gap == "the target has lapsed"


def test_several_actions_share_the_measure_below_them(tmp_path: Path) -> None:
    """A list for each action, then one for the measures."""
    lists = _stages(tmp_path, "goal: g\n", "goal: g\n", finding="actions: [1, 2]")
    assert [[stage.name for stage in stages] for stages in lists] == [
        ["Action", "Evidence", "Verification"],
        ["Action", "Evidence", "Verification"],
        ["Measure"],
    ]


def test_a_cancelled_action(tmp_path: Path) -> None:
    """As a gap with the reason below it; where another action answers the finding, in a line of its own."""
    (stages,) = _stages(tmp_path, "status: cancelled\nreason: not possible\n")
    assert (stages[0].gap, stages[0].words, stages[0].note) == ("cancelled", "", "not possible")
    cancelled, _, _ = _stages(
        tmp_path / "b", "status: cancelled\nreason: not possible\n", "", finding="actions: [1, 2]"
    )
    assert [(stage.gap, stage.words) for stage in cancelled] == [("", "Cancelled: not possible")]


def test_a_control(tmp_path: Path) -> None:
    """Who checks it, how often, and when it is late."""
    files = {
        "content/plans/p/plan.md": PLAN,
        "content/plans/p/incidents/i.md": "---\ntitle: I\nfindings:\n  - text: Edge\n    interim: "
        "{control: Torches, by: Night Senior, every: 1 week, checked: 2025-01-14}\n---\n",
    }
    site = load_site(write(tmp_path, files))
    dated_site = SiteOnDate(site, TODAY)
    (check,) = build_finding_chain(dated_site, site.plans[0].incidents[0], 1, judge_measure).controls
    view = build_control_view(dated_site, check)
    assert (view.control, view.by.text, view.every, view.next_check) == (
        "Torches",
        "Night Senior",
        "every week",
        date(2025, 1, 21),
    )
    assert view.late == Visibility(date(2025, 1, 22))


def test_files_are_found_in_the_folder_of_the_plan_and_beside_the_file() -> None:
    """A web address stays as it is; a file that is nowhere is words."""
    site = Site(
        settings=Settings(title="S"),
        files=frozenset({"content/plans/p/evidence/a.pdf", "content/plans/p/incidents/b.png"}),
    )
    items = tuple(Evidence(label=url, url=url) for url in ("evidence/a.pdf", "b.png", "gone.pdf", "https://x.org/"))
    incident = Incident(plan="p", slug="fall", path="content/plans/p/incidents/fall.md")
    found = build_evidence_links(items, incident.path, LinkResolver.from_site(site))
    assert [item.href for item in found] == [
        "files/plans/p/evidence/a.pdf",
        "files/plans/p/incidents/b.png",
        "",
        "https://x.org/",
    ]
