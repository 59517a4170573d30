"""`plansite new assessment` lists every standard; `plansite new action --from` answers a rating."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from plansite.checks.runner import run_all_checks
from plansite.cli.main import main
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.site import Site
from tests.sites import write

FILES = {
    "plansite.yaml": "title: Test\ntoday: 2025-01-20\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\nowner: Maintenance\n---\nText\n",
    "content/plans/falls/actions/lights.md": "---\ntitle: Mend the lights\nref: 4\n---\n",
    "content/plans/falls/assessments/2025-01-16.md": (
        "---\ntitle: Of January\nframework: cqc-saf\nratings:\n"
        "- {standard: Safeguarding, rating: inadequate, note: 'Nights: not trained.'}\n"
        "- {standard: consent, rating: requires improvement}\n- {standard: governance, rating: good}\n---\n"
    ),
}
FROM = ["--from", "falls/assessments/2025-01-16"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site, which is also the current folder; standard input is no terminal."""
    write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path


def _unanswered(root: Path) -> list[str]:
    """What `check` says of low ratings without an action."""
    site = load_site(root)
    assert site.settings.today
    findings = run_all_checks(SiteOnDate(site, site.settings.today))
    return [finding.message for finding in findings if finding.rule.name == "unanswered-rating"]


def _action(site: Site, ref: str) -> tuple[str, tuple[str, ...], str, str]:
    action = site.find_action(ref, "falls")
    assert action and action.source
    return action.title, action.standards, action.source.kind, action.source.ref


def test_an_assessment_lists_every_standard(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named after the day, with the framework of the one before, and its ratings as remarks."""
    assert main(["new", "assessment"]) == 0
    assert capsys.readouterr().out == "content/plans/falls/assessments/2025-01-20.md\n"
    text = (here / "content/plans/falls/assessments/2025-01-20.md").read_text("utf-8")
    assert "  - standard: Safeguarding\n    rating:  # last time: inadequate\n    note:\n" in text
    (plan,) = load_site(here).plans
    new = plan.assessments[-1]
    assert (new.title, new.framework, new.owner) == ("Self-assessment, January 2025", "cqc-saf", "Maintenance")
    assert len(new.ratings) == 34
    assert not [finding for finding in load_site(here).findings if finding.path == new.path]


def test_another_framework_can_be_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By identifier or name; regulations are listed by number, and one without ratings is refused."""
    assert main(["new", "assessment", "--framework", "CIW inspection themes", "--date", "2025-02-01"]) == 0
    (plan,) = load_site(here).plans
    assert [each.standard for each in plan.assessments[-1].ratings][:2] == ["Well-being", "Care and support"]
    assert main(["new", "assessment", "--framework", "hsca-2014"]) == 2
    assert "has no ratings" in capsys.readouterr().err
    assert main(["new", "assessment", "--framework", "cqc"]) == 2
    assert "no framework is called “cqc”" in capsys.readouterr().err


@pytest.mark.parametrize("reference", ["falls/assessments/2025-01-16", "content/plans/falls/assessments/2025-01-16.md"])
def test_an_action_answers_a_rating(here: Path, capsys: pytest.CaptureFixture[str], reference: str) -> None:
    """It has the standard, the source and the note; the file of the self-assessment stays as it is."""
    before = (here / "content/plans/falls/assessments/2025-01-16.md").read_bytes()
    assert len(_unanswered(here)) == 2
    assert main(["new", "action", "--from", reference, "--standard", "safeguarding", "--due", "2025-03-01"]) == 0
    path = here / capsys.readouterr().out.strip()
    assert _action(load_site(here), "5") == (
        "Safeguarding: from inadequate to requires improvement",
        ("cqc-saf/safeguarding",),
        "self-assessment",
        "2025-01-16",
    )
    assert "\n---\nNights: not trained.\n\n" in path.read_text("utf-8")
    assert [message.partition(" is ")[0] for message in _unanswered(here)] == ["“Consent to care and treatment”"]
    assert (here / "content/plans/falls/assessments/2025-01-16.md").read_bytes() == before


def test_a_title_and_further_standards_are_kept(here: Path) -> None:
    """What is given comes with what follows from the rating; `#` names the standard as well."""
    reference = "falls/assessments/2025-01-16#consent"
    assert main(["new", "action", "Ask each person", "--from", reference, "--standards", "hsca-2014/11"]) == 0
    assert _action(load_site(here), "5")[:2] == ("Ask each person", ("cqc-saf/consent", "hsca-2014/11"))


def test_without_a_standard_the_low_ratings_are_listed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lowest first, and nothing is written."""
    assert main(["new", "action", *FROM]) == 2
    said = capsys.readouterr().err
    assert said.index("safeguarding: Safeguarding, inadequate") < said.index("consent: Consent to care and treatment")
    assert "governance" not in said
    assert len(list(load_site(here).actions)) == 1


def test_all_low_ratings_can_be_answered_at_once(here: Path) -> None:
    """Each action has a number of its own; the second time there is nothing left."""
    assert main(["new", "action", *FROM, "--all"]) == 0
    assert _unanswered(here) == []
    assert [action.ref for action in load_site(here).actions] == ["4", "5", "6"]
    assert main(["new", "action", *FROM, "--all"]) == 0
    assert len(list(load_site(here).actions)) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "falls"], "write --from as PLAN/assessments/DATE"),
        (["--from", "meals/assessments/2025-01-16"], "there is no plan called “meals”"),
        (["--from", "falls/assessments/2025-01-17"], "choose from: 2025-01-16"),
        ([*FROM, "--standard", "safegarding"], "did you mean “safeguarding”?"),
        (["--standard", "safeguarding"], "--standard and --all go with --from"),
    ],
)
def test_what_cannot_be_found_is_said(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """Nothing is written."""
    assert main(["new", "action", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert len(list(load_site(here).actions)) == 1
