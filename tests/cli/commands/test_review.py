"""`plansite review` writes the draft of the next review, once, and shows it on request."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plansite.checks.runner import run_all_checks
from plansite.cli.main import main
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Level
from plansite.model.review_dates import next_review_date
from tests.history.repo import Repo

_PLANS = ("after-loss", "inspection", "medicine-error", "own-flat", "visits-on-time")


@pytest.fixture
def here(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demonstration, outside any repository, which is also the current folder."""
    shutil.copytree(project / "content", tmp_path / "content")
    shutil.copy(project / "plansite.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _grave(root: Path) -> list[str]:
    site = load_site(root)
    assert site.settings.today is not None
    return [
        str(each) for each in run_all_checks(SiteOnDate(site, site.settings.today)) if each.rule.level is not Level.HINT
    ]


@pytest.mark.slow
def test_the_demonstration_stays_sound(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A draft for each plan adds no error and no warning, and the site builds."""
    before = _grave(here)
    for plan in _PLANS:
        assert main(["review", plan]) == 0
    written = capsys.readouterr().out.split()
    assert written == [
        "content/plans/after-loss/reviews/2025-01-23.md",
        "content/plans/inspection/reviews/2025-02-06.md",
        "content/plans/medicine-error/reviews/2025-01-23.md",
        "content/plans/own-flat/reviews/2025-02-27.md",
        "content/plans/visits-on-time/reviews/2025-02-20.md",
    ]
    assert _grave(here) == before
    assert main(["build", "--strict", "-q"]) == 0


@pytest.mark.slow
def test_a_draft_leaves_the_next_review_where_it_was(here: Path) -> None:
    """The meeting is still to come, so it becomes late if nobody holds it."""
    days = [next_review_date(plan) for plan in load_site(here).plans]
    for plan in _PLANS:
        main(["review", plan, "-q"])
    assert [next_review_date(plan) for plan in load_site(here).plans] == days


def test_a_file_that_is_there_stays(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second draft for the same day is refused, and nothing at all is written."""
    main(["review", "inspection"])
    before = _tree(here)
    assert main(["review", "inspection"]) == 2
    assert "content/plans/inspection/reviews/2025-02-06.md exists already" in capsys.readouterr().err
    assert main(["review", "inspection", "--date", "2025-01-09"]) == 2
    assert _tree(here) == before


def test_an_unknown_plan_is_refused_with_a_near_name(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends like every command that was not understood."""
    before = _tree(here)
    assert main(["review", "inspecton"]) == 2
    assert "did you mean “inspection”?" in capsys.readouterr().err
    assert _tree(here) == before


def test_a_draft_can_be_shown_instead(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output has what the file would have, even where there is one, and nothing is written."""
    main(["review", "Putting right what the inspectors found", "-q"])
    before = _tree(here)
    capsys.readouterr()
    assert main(["review", "inspection", "--print", "-q"]) == 0
    said = capsys.readouterr()
    assert said.out == (here / "content/plans/inspection/reviews/2025-02-06.md").read_text("utf-8")
    assert said.err == ""
    assert _tree(here) == before


def test_the_day_may_be_given(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a day that has passed it is said that it has."""
    assert main(["review", "inspection", "--date", "2025-02-10"]) == 0
    assert (here / "content/plans/inspection/reviews/2025-02-10.md").is_file()
    assert "has passed" not in capsys.readouterr().err
    assert main(["review", "inspection", "--date", "2025-01-13", "--print"]) == 0
    assert "13 January 2025 has passed." in capsys.readouterr().err


def test_without_a_planned_review_it_is_today(tmp_path: Path) -> None:
    """A plan that names neither an interval nor a day meets when somebody asks."""
    (tmp_path / "content/plans/falls").mkdir(parents=True)
    (tmp_path / "plansite.yaml").write_text("title: T\n", "utf-8")
    (tmp_path / "content/plans/falls/plan.md").write_text("---\ntitle: Falls\n---\n", "utf-8")
    assert main(["review", "falls", "--site", str(tmp_path), "--today", "2025-03-04"]) == 0
    assert (tmp_path / "content/plans/falls/reviews/2025-03-04.md").is_file()


def test_what_is_private_makes_the_draft_private(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says so, so that whoever sends it can take the line out of both."""
    counts = here / "content/plans/visits-on-time/measures/help-after-missed-visit.md"
    counts.write_text(counts.read_text("utf-8").replace("small_counts: hide\n", ""), "utf-8")
    action = here / "content/plans/visits-on-time/actions/key-safes.md"
    action.write_text(action.read_text("utf-8").replace("ref: 5\n", "ref: 5\naudience: partners\n"), "utf-8")
    assert main(["review", "visits-on-time", "--print"]) == 0
    said = capsys.readouterr()
    assert "\naudience: partners\n" in said.out
    assert "not all readers of the plan may see" in said.err


def test_a_review_that_cannot_be_read_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one before it is then taken for the last, and the person who sends it should know."""
    (here / "content/plans/inspection/reviews/2025-01-09.md").write_text("---\ntitle: [\n---\n", "utf-8")
    assert main(["review", "inspection", "--date", "2025-02-06", "--print"]) == 0
    assert "A review of this plan could not be read" in capsys.readouterr().err


def test_git_tells_of_moves_that_nobody_wrote_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first date, and the reviews since the file appeared."""
    repo = Repo.new(tmp_path)
    plan = "---\ntitle: Winter\nreview_every: 4 weeks\n---\n"
    review = "---\ntitle: R\ndate: 2025-01-03\npresent: [Nurse]\n---\n"
    action = "---\ntitle: Mend the radiator\nstatus: in progress\ndue: DAY\n---\n"
    path = "content/plans/winter/actions/radiator.md"
    files = {"plansite.yaml": "title: T\n", "content/plans/winter/plan.md": plan}
    repo.commit(files={**files, path: action.replace("DAY", "2025-01-31")})
    later: dict[str, str | None] = {
        path: action.replace("DAY", "2025-02-14"),
        "content/plans/winter/reviews/2025-01-03.md": review,
    }
    repo.commit(files=later)
    assert main(["review", "winter", "--site", str(tmp_path), "--today", "2025-01-20", "--print"]) == 0
    said = capsys.readouterr().out
    assert "First due 31 January 2025, moved to 14 February 2025. No reason was given. Carried once." in said
