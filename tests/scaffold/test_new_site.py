"""A new site builds without findings."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.checks.runner import run_all_checks
from plansite.cli.main import main
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Level
from plansite.model.status import PlanKind
from plansite.pipeline.build import build_in_memory
from plansite.scaffold.atomic_files import AlreadyExistsError
from plansite.scaffold.field_values import FieldValueError
from plansite.scaffold.install_source import InstallSource
from plansite.scaffold.new_site import (
    NewSite,
    normalise_owner,
    normalise_site_name,
    write_site,
)
from tests.examples import examples
from tests.new_sites import build_site_files, create_site
from tests.sites import FixedClock

TODAY = date(2025, 1, 31)
DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize("kind", PlanKind)
def test_a_new_site_has_nothing_to_mend(kind: PlanKind, tmp_path: Path) -> None:
    """Neither check nor build finds anything, not even a hint, whatever the kind of plan."""
    create_site(tmp_path / "a/b", 'Oak House: "our" plans', kind, TODAY)
    site = load_site(tmp_path / "a/b")
    assert site.settings.title == 'Oak House: "our" plans'
    assert [str(finding) for finding in run_all_checks(SiteOnDate(site, TODAY))] == []
    built = build_in_memory(tmp_path / "a/b", clock=FixedClock(TODAY))
    assert [str(finding) for finding in built.findings] == []
    assert "index.html" in built.files


def test_the_view_in_the_settings_can_be_switched_on(tmp_path: Path) -> None:
    """Without the signs # before its lines it is read without a finding, and has a page."""
    create_site(tmp_path / "site", "Oak House", PlanKind.SERVICE, TODAY)
    path = tmp_path / "site" / "plansite.yaml"
    lines = path.read_text("utf-8").splitlines()
    first = lines.index("# views:")
    lines[first:] = [line.removeprefix("# ") for line in lines[first:]]
    path.write_text("\n".join(lines), "utf-8")
    built = build_in_memory(tmp_path / "site", clock=FixedClock(TODAY))
    assert [str(finding) for finding in built.findings] == []
    assert "views/due-in-the-next-two-weeks.html" in built.files
    assert "plans/first-plan/actions/louder-bell.html" in built.files


@settings(max_examples=examples(25))
@given(DAYS)
def test_its_dates_fit_any_day(tmp_path_factory: pytest.TempPathFactory, today: date) -> None:
    """Ends of months, leap days and turns of the year included."""
    root = tmp_path_factory.mktemp("site")
    create_site(root, "Plans", PlanKind.GENERAL, today)
    assert [str(finding) for finding in run_all_checks(SiteOnDate(load_site(root), today))] == []


def test_it_has_what_a_site_shows() -> None:
    """One agency, two owners, a plan with a goal, actions with steps, and a review named by the day."""
    files = build_site_files("Plans", PlanKind.SERVICE, TODAY)
    content = sorted(path for path in files if path.startswith("content/"))
    assert content == [
        "content/agencies/our-organisation.md",
        "content/index.md",
        "content/owners/manager.md",
        "content/owners/receptionist.md",
        "content/plans/first-plan/actions/list-of-visitors.md",
        "content/plans/first-plan/actions/louder-bell.md",
        "content/plans/first-plan/plan.md",
        "content/plans/first-plan/reviews/2025-01-31.md",
    ]
    assert "kind: service\n" in files["content/plans/first-plan/plan.md"]
    assert not [path for path, text in files.items() if "{today}" in text or "{title}" in text]


AWKWARD = [
    ("Oak House: “our” plans", "Fewer falls: a plan", "Deputy Manager (Days)"),
    ("O'Neill & Sons, Riverside", "Falls #3", "D. Müller-O'Neill"),
    ("*Oak* [House](x)", "<b>Falls</b>", "Receptionist"),
    ("- Oak", "@falls", "no"),
    ("12", "2025-01-01", "null"),
    ("{title}", "First plan", "{owner}"),
]


@pytest.mark.parametrize(("agency", "plan", "owner"), AWKWARD)
def test_names_are_kept(tmp_path: Path, agency: str, plan: str, owner: str) -> None:
    """Whatever signs they hold, they are the titles of their files; the example has no fault, the plan no error."""
    new_site = NewSite(
        title=f"{agency}: plans", kind=PlanKind.SERVICE, agency=agency, plan=plan, owner=owner, today=TODAY
    )
    write_site(tmp_path, new_site, InstallSource(requirement="plansite==0.1.0", how="from somewhere"))
    site = load_site(tmp_path)
    assert site.settings.title == f"{agency}: plans"
    assert [each.title for each in site.agencies] == [agency]
    assert owner in [each.title for each in site.owners]
    own, example = sorted(site.plans, key=lambda each: each.slug == "first-plan")
    assert (own.title, own.owner, own.agencies, len(own.actions)) == (plan, owner, example.agencies, 1)
    assert {action.owner for action in example.actions} == {owner, *(each.title for each in site.owners)}
    findings = run_all_checks(SiteOnDate(site, TODAY))
    assert [str(each) for each in findings if "first-plan/" in each.path and "our-first-plan" not in each.path] == []
    assert [str(each) for each in findings if each.rule.level is not Level.HINT] == []
    built = build_in_memory(tmp_path, clock=FixedClock(TODAY))
    assert f"plans/{own.slug}/actions/agree-the-first-actions.html" in built.files


@pytest.mark.parametrize(
    ("normalise", "text", "words"),
    [
        (normalise_site_name, "???", "has no letters; write a name"),
        (normalise_site_name, "a" * 121, "use at most 120 characters"),
        (normalise_site_name, "Oak\u202e", "invisible character"),
        (
            normalise_owner,
            "Night Nurse and Deputy Manager",
            "more than one owner; name one of them, such as Night Nurse",
        ),
        (normalise_owner, "Maintenance / Cook", "more than one owner"),
        (normalise_owner, "all staff", "is not one role or person"),
        (normalise_owner, "TBC", "is not one role or person"),
    ],
)
def test_wrong_names_are_refused(normalise: Callable[[str], str], text: str, words: str) -> None:
    """The message says what to write."""
    with pytest.raises(FieldValueError, match=re.escape(words)):
        normalise(text)


def test_a_name_that_the_files_would_not_keep_is_refused(tmp_path: Path) -> None:
    """What looks like the mark of a passage is no name, and nothing is written."""
    new_site = NewSite(kind=PlanKind.GENERAL, plan="::: internal", today=TODAY)
    with pytest.raises(FieldValueError, match="write it in plain words"):
        write_site(tmp_path / "new", new_site, InstallSource(requirement="plansite==0.1.0", how=""))
    assert not (tmp_path / "new").exists()


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    """The error names every file in the way, and nothing is written."""
    (tmp_path / ".gitignore").write_text("mine", "utf-8")
    (tmp_path / "plansite.yaml").write_text("title: Mine\n", "utf-8")
    with pytest.raises(AlreadyExistsError, match=r"^\.gitignore and plansite\.yaml exist already"):
        create_site(tmp_path, "Plans", PlanKind.GENERAL, TODAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "plansite.yaml"]


def test_other_files_in_the_folder_do_no_harm(tmp_path: Path) -> None:
    """A repository that has only a README can become a site."""
    (tmp_path / "README.md").write_text("mine", "utf-8")
    create_site(tmp_path, "Plans", PlanKind.GENERAL, TODAY)
    assert (tmp_path / "plansite.yaml").is_file()


def test_git_passes_over_all_that_builds_write(tmp_path: Path) -> None:
    """Neither the pages nor the copies for each audience can be committed by oversight."""
    create_site(tmp_path, "Plans", PlanKind.GENERAL, TODAY)
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    for copies in ([], ["--all-audiences"]):
        assert main(["build", "--quiet", "--site", str(tmp_path), *copies]) == 0
    assert (tmp_path / "public/index.html").is_file()
    assert (tmp_path / "sites/internal/index.html").is_file()
    new = subprocess.run([*git, "ls-files", "--others", "--exclude-standard"], check=True, capture_output=True)
    assert new.stdout == b""


def test_netlify_is_strict_with_previews_only() -> None:
    """Production publishes what it can; a preview fails on an error. What is installed stands in one file."""
    netlify = tomllib.loads(build_site_files("Plans", PlanKind.GENERAL, TODAY)["netlify.toml"])
    install = "pip install -r requirements.txt && plansite build"
    assert netlify["build"]["command"] == install
    assert netlify["build"]["publish"] == "public"
    assert netlify["build"]["environment"]["PYTHON_VERSION"] == "3.11"
    assert {name: each["command"] for name, each in netlify["context"].items()} == {
        "deploy-preview": f"{install} --strict",
        "branch-deploy": f"{install} --strict",
    }


def test_this_projects_own_netlify_file_does_the_same() -> None:
    """The demonstration installs the project itself."""
    netlify = tomllib.loads((Path(__file__).parents[2] / "netlify.toml").read_text("utf-8"))
    install = "pip install . && plansite build"
    assert (netlify["build"]["command"], netlify["build"]["publish"]) == (install, "public")
    assert netlify["build"]["environment"]["PYTHON_VERSION"] == "3.11"
    assert netlify["context"]["deploy-preview"]["command"] == f"{install} --strict"


def test_the_workflow_may_only_read() -> None:
    """It runs on proposed changes, holds no right to write, and pins what it uses."""
    workflow = yaml.load(
        build_site_files("Plans", PlanKind.GENERAL, TODAY)[".github/workflows/check.yml"],
        yaml.BaseLoader,  # noqa: S506  (all scalars as text)
    )
    assert workflow["on"] == "pull_request"
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["check"]["steps"]
    assert [step["uses"].partition("@v")[2].isdigit() for step in steps if "uses" in step] == [True, True]
    assert [step["run"] for step in steps if "run" in step] == [
        "pip install -r requirements.txt",
        'plansite check --format github --since "origin/$BASE" --commits "origin/$BASE.."',
    ]


def test_reviewers_are_named_plan_by_plan() -> None:
    """The lines wait until somebody puts names in, for GitHub takes no line with a name that it does not know."""
    text = build_site_files("Plans", PlanKind.GENERAL, TODAY)[".github/CODEOWNERS"]
    assert "# /content/plans/first-plan/ @" in text
    assert all(line.startswith("#") for line in text.splitlines())
