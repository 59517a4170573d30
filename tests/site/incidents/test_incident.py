"""Incidents: the list, and each with its findings, gaps, learning and evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.site import Site
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.incidents.incident import IncidentListView, IncidentView, ServiceRow, build_incident_pages
from tests.sites import write

TODAY = date(2025, 1, 20)
PLAN = "---\ntitle: Fewer falls\n---\n"
DONE = (
    "---\ntitle: Refit the runner\nref: 1\nstatus: embedded\nowner: Maintenance\n"
    "evidence: [{label: Photographs}]\nverification: {by: GP, date: 2025-01-10, result: passed}\n---\n"
)
LATE = "---\ntitle: Mend the light\nref: 2\nstatus: in progress\ndue: 2025-01-16\n---\n"


def _pages(site: Site) -> list[Page]:
    return list(build_incident_pages(SiteOnDate(site, TODAY), site.plans[0], LinkResolver.from_site(site)))


def _view(root: Path, text: str, **actions: str) -> IncidentView:
    files = {f"content/plans/p/actions/{slug}.md": action for slug, action in actions.items()}
    site = load_site(write(root, {"content/plans/p/plan.md": PLAN, "content/plans/p/incidents/fall.md": text, **files}))
    page = _pages(site)[1]
    assert page.path == "plans/p/incidents/fall.html"
    assert isinstance(page.view, IncidentView)
    return page.view


def test_a_plan_without_incidents_has_no_page_of_them(tmp_path: Path) -> None:
    """The tab is not there either, so no link leads to nothing."""
    assert _pages(load_site(write(tmp_path, {"content/plans/p/plan.md": PLAN}))) == []


def test_an_incident_with_a_title_alone(tmp_path: Path) -> None:
    """Nothing is invented: no date, no finding, no learning; and it says that nobody has looked."""
    view = _view(tmp_path, "---\ntitle: A fall\n---\n")
    assert (view.day, view.owner.text, view.findings, view.gaps, view.learning) == (None, "", (), (), "")
    assert (view.tag.words, view.sentence) == ("Not looked into", "No finding is written yet.")


def test_facts_learning_and_evidence(tmp_path: Path) -> None:
    """Each in its place; services are links where the site knows them; other sections follow."""
    view = _view(
        tmp_path,
        "---\ntitle: A fall\ndate: 2024-11-18\nowner: Falls Lead\nseverity: moderate\nsource: Night report\n"
        "factors: [tasks]\nlearning_for: [Lodge]\nevidence: [{label: Time line, url: 'https://example.org/t'}]\n---\n"
        "She fell.\n\n## Learning\nTell the night staff.\n\n## Thanks\nTo all.\n",
    )
    assert (view.day, view.severity, view.source, view.factors) == (
        date(2024, 11, 18),
        "moderate",
        "Night report",
        ("Tasks",),
    )
    assert view.services == (
        ServiceRow(Link("Lodge", "learning/lodge.html"), "Not confirmed yet", "gap", None, Link("")),
    )
    assert view.services_note == "Nobody has confirmed reading it yet"
    assert [item.href for item in view.evidence] == ["https://example.org/t"]
    assert "She fell." in view.happened
    assert "Tell the night staff." in view.learning
    assert [part.title for part in view.sections] == ["Thanks"]


def test_gaps_are_counted_and_the_worst_finding_stands_first(tmp_path: Path) -> None:
    """The sum in the verdict is the sum of the list; a whole finding is not in it."""
    view = _view(
        tmp_path,
        "---\ntitle: A fall\nfindings:\n  - {text: Edge, actions: [1]}\n  - {text: Light, actions: [2]}\n"
        "  - {text: Nobody met}\n---\n",
        runner=DONE,
        light=LATE,
    )
    assert view.sentence == "1 of 3 findings is fully dealt with. An action is late by 4 days. 5 gaps remain."
    assert (view.tag.words, view.since) == ("Overdue", date(2025, 1, 16))
    assert [(gap.number, gap.gaps) for gap in view.gaps] == [(3, 3), (2, 2)]
    assert view.gaps[0].lacks == "no action yet, no evidence and no check"
    assert view.gaps[1].lacks == "late by 4 days and no check is planned"
    assert view.gaps_note.startswith("5 gaps")
    assert [finding.key for finding in view.findings] == ["f1", "f2", "f3"]
    assert view.columns == 4


def test_several_actions_are_told_apart(tmp_path: Path) -> None:
    """Where a finding has two, the gap says whose it is."""
    view = _view(
        tmp_path,
        "---\ntitle: A fall\nfindings: [{text: Both, actions: [1, 2]}]\n---\n",
        runner=DONE,
        light=LATE,
    )
    assert [len(stages) for stages in view.findings[0].stage_lists] == [3, 3, 1]
    assert view.gaps[0].lacks == "action 2 (late by 4 days and no check is planned)"
    assert view.sentence == "The finding is not fully dealt with yet. An action is late by 4 days. 2 gaps remain."


def test_everything_followed(tmp_path: Path) -> None:
    """No gap and nothing to come."""
    view = _view(tmp_path, "---\ntitle: A fall\nfindings: [{text: Edge, actions: [1]}]\n---\n", runner=DONE)
    assert (view.tag.role, view.gaps) == ("proof", ())
    assert view.sentence == "The finding is fully dealt with. Nothing is measured."


def test_no_gaps_and_more_to_come(tmp_path: Path) -> None:
    """An action in time with a check planned: on track."""
    action = "---\ntitle: A\nref: 1\ndue: 2025-02-01\nverification: {by: GP, due: 2025-03-01}\n---\n"
    view = _view(tmp_path, "---\ntitle: A fall\nfindings: [{text: Edge, actions: [1]}]\n---\n", a=action)
    assert (view.tag.words, view.gaps) == ("On track", ())
    assert view.sentence == "The finding is not fully dealt with yet. There are no gaps."


def test_a_long_finding_has_a_short_title(tmp_path: Path) -> None:
    """Its first sentence; the rest stands below; an abbreviation is not the end of a sentence."""
    findings = (
        "  - {text: Two records were in use. Paper said one thing. It was wrong.}\n  - {text: Seen by Dr. Smith}\n"
    )
    view = _view(tmp_path, f"---\ntitle: A fall\nfindings:\n{findings}---\n")
    assert [(finding.title, finding.more) for finding in view.findings] == [
        ("Two records were in use", "Paper said one thing. It was wrong."),
        ("Seen by Dr. Smith", ""),
    ]


def test_the_list_shows_the_newest_first(tmp_path: Path) -> None:
    """By date; without one last; each with the sentence of its own page."""
    files = {
        "content/plans/p/plan.md": PLAN,
        "content/plans/p/incidents/a.md": "---\ntitle: A\n---\n",
        "content/plans/p/incidents/b.md": "---\ntitle: B\ndate: 2024-11-18\n---\n",
        "content/plans/p/incidents/c.md": "---\ntitle: C\ndate: 2024-12-18\n---\n",
    }
    view = _pages(load_site(write(tmp_path, files)))[0].view
    assert isinstance(view, IncidentListView)
    assert [row.title for row in view.rows] == [
        Link("C", "plans/p/incidents/c.html"),
        Link("B", "plans/p/incidents/b.html"),
        Link("A", "plans/p/incidents/a.html"),
    ]
    assert {row.sentence for row in view.rows} == {"No finding is written yet."}


def test_the_response_and_the_controls_of_a_finding(tmp_path: Path) -> None:
    """What was decided and why; what holds meanwhile; and a hint where every fix is a weaker one."""
    view = _view(
        tmp_path,
        "---\ntitle: A fall\nfindings:\n"
        "  - {text: Lift, response: {decision: not accepted, reason: Too old, by: Director, date: 2025-01-09}}\n"
        "  - {text: Light, actions: [2], interim: Torches}\n  - {text: Trained, actions: [3]}\n---\n",
        light=LATE,
        train="---\ntitle: Train all\nref: 3\n---\n",
    )
    lift, light, trained = view.findings
    assert lift.response is not None
    assert (lift.response.words, lift.response.reason, lift.response.day) == (
        "Not accepted",
        "Too old",
        date(2025, 1, 9),
    )
    assert (lift.is_complete, lift.gaps, lift.stage_lists) == (True, 0, ())
    assert [each.control for each in light.controls] == ["Torches"]
    assert light.hint == ""
    assert trained.hint == "Is there a fix that does not depend on people remembering?"


def test_an_incident_that_ends_without_actions(tmp_path: Path) -> None:
    """It is complete, and gives the reason."""
    view = _view(tmp_path, "---\ntitle: A fall\nlearning_response: swarm\nno_actions: All was done well.\n---\n")
    assert (view.tag.words, view.gaps_note, view.no_actions) == ("Completed", "0 gaps", "All was done well.")
    assert view.learning_response == "Swarm huddle"


def test_who_has_read_the_learning(tmp_path: Path) -> None:
    """Each service with the day and the name; others that confirmed come last, without a page of their own."""
    view = _view(
        tmp_path,
        "---\ntitle: A fall\nlearning_for: [Lodge, Court]\n"
        "confirmed: [{service: court, date: 2025-01-14, by: Manager}, {service: Hall}]\n---\n",
    )
    assert [(row.service.text, row.service.href, row.state, row.day, row.by.text) for row in view.services] == [
        ("Lodge", "learning/lodge.html", "Not confirmed yet", None, ""),
        ("Court", "learning/court.html", "Read", date(2025, 1, 14), "Manager"),
        ("Hall", "", "Read", None, ""),
    ]
    assert view.services_note == "Confirmed by 2 of 3 services"


def test_a_copy_for_an_audience_does_not_say_that_nobody_read_it(tmp_path: Path) -> None:
    """A confirmation may be hidden. Nor does it say that nothing was found."""
    site = load_site(
        write(
            tmp_path,
            {
                "content/plans/p/plan.md": PLAN,
                "content/plans/p/incidents/fall.md": "---\ntitle: A fall\nlearning_for: [Lodge]\n---\n",
            },
        )
    )
    view = _pages(replace(site, is_unfiltered=False))[1].view
    assert isinstance(view, IncidentView)
    assert [(row.service.text, row.state) for row in view.services] == [("Lodge", "")]
    assert (view.services_note, view.tag.words, view.gaps_note) == ("", "", "0 gaps")
