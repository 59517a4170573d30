"""`plansite init` begins a site, or leaves everything as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.checks.runner import run_all_checks
from plansite.cli.main import main
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from tests.cli.terminal import CTRL_C, CTRL_D, converse

TODAY = ["--today", "2025-01-20"]


def test_it_makes_a_site_and_says_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Parents are made; three lines say what to do next; nothing is amiss."""
    folder = tmp_path / "a/b"
    assert main(["init", str(folder), "--title", "Oak: plans", "--kind", "service", *TODAY]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:3] for line in lines] == ["1. ", "2. ", "3. "]
    assert f"plansite serve --site {folder}" in lines[0]
    site = load_site(folder)
    assert (site.settings.title, site.plans[0].kind) == ("Oak: plans", "service")
    assert run_all_checks(SiteOnDate(site, date(2025, 1, 20))) == ()


def test_the_clock_says_the_day(tmp_path: Path) -> None:
    """Without a day the example's dates are today's, so that nothing in it is late."""
    assert main(["init", str(tmp_path), "--title", "A", "-q"]) == 0
    site = load_site(tmp_path)
    (review,) = site.plans[0].reviews
    assert review.date is not None
    assert run_all_checks(SiteOnDate(site, review.date)) == ()


def test_quiet_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts hear only of faults."""
    assert main(["init", str(tmp_path), "-q", *TODAY]) == 0
    assert capsys.readouterr().out == ""


def test_a_site_is_not_begun_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The files in the way are named, and none is changed."""
    assert main(["init", str(tmp_path), "-q", *TODAY]) == 0
    (tmp_path / "content/index.md").write_text("mine", "utf-8")
    assert main(["init", str(tmp_path), "--title", "Other", *TODAY]) == 2
    assert "content/index.md" in capsys.readouterr().err
    assert (tmp_path / "content/index.md").read_text("utf-8") == "mine"
    assert load_site(tmp_path).settings.title == "Action plans"


@pytest.mark.parametrize(
    "wrong",
    [
        ["--kind", "holiday"],
        ["--title", "\u202eA"],
        ["--today", "soon"],
        ["--agency", "???"],
        ["--plan", "a" * 200],
        ["--owner", "Night Nurse / Deputy Manager"],
        ["--install-from", "somewhere"],
        ["--install-from", "https://me:secret@example.org/plansite.whl"],
    ],
)
def test_wrong_options_write_nothing(tmp_path: Path, wrong: list[str]) -> None:
    """They end with 2 before anything is written."""
    assert main(["init", str(tmp_path / "new"), *wrong]) == 2
    assert not (tmp_path / "new").exists()


SERVICE = "What is your service or organisation called? [Our organisation]"
PLAN = "What is your first plan called?"
OWNER = "Who owns it? One role or person [Manager]"


def test_at_a_terminal_it_asks_three_questions(tmp_path: Path) -> None:
    """The answers become the names of the agency, the plan and the owner; wrong ones are asked for again."""
    asked = [(SERVICE, "..."), (SERVICE, "Elm House"), (PLAN, "Fewer falls"), (OWNER, "All staff")]
    done = converse(tmp_path, [*asked, (OWNER, "Deputy Manager")], "init", *TODAY)
    assert done.returncode == 0, done.stderr
    assert "“...” has no letters; write a name." in done.stderr
    assert "“All staff” is not one role or person; name one" in done.stderr
    assert "2. Fill in your plan: content/plans/fewer-falls/plan.md." in done.stdout
    site = load_site(tmp_path)
    assert site.settings.title == "Elm House: action plans"
    assert [agency.title for agency in site.agencies] == ["Elm House"]
    assert [(plan.slug, plan.owner) for plan in site.plans] == [
        ("fewer-falls", "Deputy Manager"),
        ("first-plan", "Deputy Manager"),
    ]
    assert [
        str(each) for each in run_all_checks(SiteOnDate(site, date(2025, 1, 20))) if "first-plan" in each.path
    ] == []


def test_enter_takes_the_defaults(tmp_path: Path) -> None:
    """The site is the same as without a terminal; only what is not given is asked."""
    done = converse(tmp_path, [(SERVICE, ""), (PLAN, ""), (OWNER, "")], "init", "a", *TODAY)
    assert done.returncode == 0, done.stderr
    done = converse(tmp_path, [(PLAN, "")], "init", "b", "--agency", "Our organisation", "--owner", "Manager", *TODAY)
    assert done.returncode == 0, done.stderr
    assert main(["init", str(tmp_path / "c"), *TODAY]) == 0
    trees = [_tree(tmp_path / name) for name in "abc"]
    assert trees[0] == trees[1] == trees[2]


@pytest.mark.parametrize(
    ("more", "environment"), [(["--yes"], {}), (["-y"], {}), ([], {"CI": "true"}), ([], {"CI": "1"})]
)
def test_it_can_be_told_not_to_ask(tmp_path: Path, more: list[str], environment: dict[str, str]) -> None:
    """With `--yes`, and where CI is set, nothing is asked at a terminal."""
    done = converse(tmp_path, [], "init", "--agency", "Elm House", *more, *TODAY, **environment)
    assert done.returncode == 0, done.stderr
    assert "?" not in done.stderr
    assert load_site(tmp_path).agencies[0].title == "Elm House"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_stopping_leaves_nothing(tmp_path: Path, key: str) -> None:
    """Neither files nor the folder."""
    done = converse(tmp_path, [(SERVICE, "Elm House"), (PLAN, key)], "init", "a/b", *TODAY)
    assert (done.returncode, done.stdout) == (130, "")
    assert "Stopped. Nothing was written." in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_named_before_anything_is_asked(tmp_path: Path) -> None:
    """Nobody answers three questions in vain."""
    (tmp_path / "plansite.yaml").write_text("title: Mine\n", "utf-8")
    done = converse(tmp_path, [], "init", *TODAY)
    assert done.returncode == 2
    assert "plansite.yaml exists already; nothing was written" in done.stderr


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
