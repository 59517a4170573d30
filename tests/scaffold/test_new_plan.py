"""A plan from a template has all its files, with dates and unknown owners and agencies."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path

import pytest

from plansite.checks.runner import run_all_checks
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.site import Site
from plansite.model.status import Audience, PlanKind
from plansite.pipeline.build import build_in_memory
from plansite.scaffold.atomic_files import AlreadyExistsError, write_new_files
from plansite.scaffold.field_values import FieldValue
from plansite.scaffold.new_document import NewDocument, TemplateError
from plansite.scaffold.new_plan import build_plan_files
from plansite.scaffold.plan_templates import format_template_list, load_plan_template
from tests.new_sites import create_site
from tests.sites import FixedClock, write

TODAY = date(2025, 1, 20)
LEAP = date(2028, 2, 29)
OWN = "content/templates/plans/mine"
PLAN = "---\ntitle: {title}\n---\n"
NAMES = [line.split()[0] for line in format_template_list(Path("/nowhere")).splitlines()]


def _made(root: Path, name: str, today: date = TODAY, title: str = "A new plan", **given: FieldValue) -> dict[str, str]:
    order = NewDocument(kind="plan", title=title, values=given, today=today)
    files = build_plan_files(root, load_site(root), order, load_plan_template(root, name))
    write_new_files(root, files)
    return files


def _plan(site: Site, slug: str = "a-new-plan") -> Plan:
    return site.plans_by_slug[slug]


def _findings(root: Path, day: date) -> list[str]:
    return [str(finding) for finding in run_all_checks(SiteOnDate(load_site(root), day))]


@pytest.mark.slow
@pytest.mark.parametrize("today", [TODAY, LEAP], ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_every_template_makes_a_plan_with_nothing_to_mend(name: str, today: date, tmp_path: Path) -> None:
    """In a new site, with its owners and agencies, it is checked without so much as a hint, and builds."""
    create_site(tmp_path, "Plans", PlanKind.GENERAL, today)
    _made(tmp_path, name, today)
    assert _findings(tmp_path, today) == []
    built = build_in_memory(tmp_path, clock=FixedClock(today))
    assert [str(finding) for finding in built.findings] == []
    assert {f"plans/a-new-plan/actions/{action.slug}.html" for action in _plan(load_site(tmp_path)).actions} <= set(
        built.files
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_template_has_what_a_good_plan_shows(name: str, tmp_path: Path) -> None:
    """SMART goals with a measure, five to nine actions with steps, owners and dates, checks by somebody else."""
    write(tmp_path, {})
    _made(tmp_path, name, LEAP)
    assert _findings(tmp_path, LEAP) == []
    plan = _plan(load_site(tmp_path))
    assert name.startswith(f"{plan.kind}/")
    assert (plan.start, plan.title) == (LEAP, "A new plan")
    assert [goal.title for goal in plan.goals if goal.missing_parts] == []
    assert {goal.measure for goal in plan.goals} - {""} == {measure.slug for measure in plan.measures} != set()
    assert 5 <= len(plan.actions) <= 9
    assert sorted(action.ref for action in plan.actions) == [str(n + 1) for n in range(len(plan.actions))]
    for action in plan.actions:
        assert len(action.body.steps) >= 4, action.slug
        assert action.owner != ""
        assert action.created == LEAP
        assert action.due is not None
        assert plan.end is not None
        assert LEAP < action.due <= plan.end
        if action.verification:
            assert action.verification.due is not None
            assert action.due < action.verification.due <= plan.end, action.slug
    assert any(action.verification for action in plan.actions)
    assert any("Watch for" in "".join(section.html) for action in plan.actions for section in action.body.sections)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("counselling/")])
def test_counselling_templates_have_homework_and_safety(name: str, tmp_path: Path) -> None:
    """Homework says why it may help and leaves its outcome open; safety is asked about within a week."""
    _made(write(tmp_path, {}), name)
    plan = _plan(load_site(tmp_path))
    homework = [action.homework for action in plan.actions if action.homework]
    assert len(homework) >= 3
    assert all(each.rationale and each.outcome is None for each in homework)
    early = [a for a in plan.actions if a.due and (a.due - TODAY).days <= 7]
    assert any("suicide" in step.text or "suicide" in action.title for action in early for step in action.body.steps)
    assert "emergency number" in plan.body.intro[0]


@pytest.mark.parametrize("name", NAMES)
def test_private_kinds_are_internal_and_say_so(name: str, tmp_path: Path) -> None:
    """The others say nothing, so that the site decides. Owners that a private plan brings along are private too."""
    write(
        tmp_path, {"plansite.yaml": "title: T\naudience: public\n", "content/owners/cook.md": "---\ntitle: Cook\n---\n"}
    )
    files = _made(tmp_path, name)
    private = name.startswith(("counselling/", "integrated/"))
    assert _plan(load_site(tmp_path)).audience is (Audience.INTERNAL if private else None)
    owners = [text for path, text in files.items() if path.startswith("content/owners/")]
    assert owners
    assert {"audience: internal\n" in text for text in owners} == {private}


def test_a_private_kind_that_says_nothing_is_made_to_say_it(tmp_path: Path) -> None:
    """Also in a site's own template, unless somebody gave another audience."""
    write(tmp_path, {f"{OWN}/plan.md": "---\ntitle: {title}\nkind: counselling\n---\n"})
    assert "\naudience: internal\n" in _made(tmp_path, "mine")["content/plans/a-new-plan/plan.md"]
    other = _made(tmp_path, "mine", title="Other", audience="partners")
    assert "\naudience: partners\n" in other["content/plans/other/plan.md"]


def test_what_is_given_stands_before_the_template(tmp_path: Path) -> None:
    """Fields of the plan, and the day from which all others count."""
    write(tmp_path, {})
    start, end = date(2025, 2, 3), date(2025, 12, 31)
    _made(tmp_path, "fall", owner="Night Senior", start=start, end=end)
    plan = _plan(load_site(tmp_path))
    assert (plan.owner, plan.start, plan.end) == ("Night Senior", start, end)
    due = {action.slug: action.due for action in plan.actions}
    assert due["see-to-the-person"] == date(2025, 2, 4)
    assert {action.created for action in plan.actions} == {TODAY}


def test_a_plan_that_began_earlier_was_agreed_then(tmp_path: Path) -> None:
    """No action is due before it was agreed."""
    _made(write(tmp_path, {}), "fall", start=date(2025, 1, 15))
    assert {action.created for action in _plan(load_site(tmp_path)).actions} == {date(2025, 1, 15)}
    assert _findings(tmp_path, TODAY) == []


def test_owners_and_agencies_are_added_only_where_there_are_files(tmp_path: Path) -> None:
    """Those that the site knows, by title or slug, are left alone."""
    agency, owner = "---\ntitle: GP practice\n---\n", "---\ntitle: GP\n---\n"
    write(tmp_path / "a", {})
    assert all("/plans/" in path for path in _made(tmp_path / "a", "medication-error"))
    write(tmp_path / "b", {"content/owners/gp.md": owner})
    made = [path for path in _made(tmp_path / "b", "medication-error") if "/plans/" not in path]
    assert "content/owners/nurse-in-charge.md" in made
    assert "content/owners/gp.md" not in made
    assert all(path.startswith("content/owners/") for path in made)
    write(tmp_path / "c", {"content/agencies/gp-practice.md": agency})
    made = [path for path in _made(tmp_path / "c", "medication-error") if "/plans/" not in path]
    assert made == ["content/agencies/our-service.md", "content/agencies/pharmacy.md"]
    assert _findings(tmp_path / "c", TODAY) == []


def test_an_owner_whose_file_cannot_be_read_is_not_made_again(tmp_path: Path) -> None:
    """It waits for somebody to mend it."""
    write(tmp_path, {"content/owners/gp.md": "broken", "content/owners/cook.md": "---\ntitle: Cook\n---\n"})
    assert "content/owners/gp.md" not in _made(tmp_path, "medication-error")


@pytest.mark.parametrize("folder", ["a-new-plan", "A new plan", "A-New-Plan", "a_new plan"])
def test_a_folder_that_is_there_is_refused(tmp_path: Path, folder: str) -> None:
    """Even an empty one, and one whose address would be the same."""
    write(tmp_path, {})
    (tmp_path / "content/plans" / folder).mkdir(parents=True)
    with pytest.raises(AlreadyExistsError, match=f"^content/plans/{folder} exists already; nothing was written$"):
        _made(tmp_path, "fall")
    assert list((tmp_path / "content/plans").iterdir()) == [tmp_path / "content/plans" / folder]


def test_a_plan_that_is_read_from_elsewhere_is_refused_too(tmp_path: Path) -> None:
    """Two plans of one name would become one."""
    settings = "title: T\nsources:\n  - {path: theirs, plan: a-new-plan}\n"
    write(tmp_path, {"plansite.yaml": settings, "theirs/a.md": "---\ntitle: A\n---\n"})
    with pytest.raises(AlreadyExistsError, match="a plan called “a-new-plan” exists already"):
        _made(tmp_path, "fall")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"plan.md": "no fields"}, f"makes a file that cannot be read: {OWN}/plan.md:1"),
        ({"plan.md": "---\ntitle: A plan\n---\n"}, ""),
        ({"plan.md": "---\ntitle: The {title}\n---\n"}, "plan.md has no place for the title"),
        ({"plan.md": PLAN, "actions/a.md": "---\ntitle: A\ndue: +14 dayz\n---\n"}, f"{OWN}/actions/a.md:3:6: PS023"),
        ({"plan.md": PLAN, "actions/a.md": "---\ntitle: A\ndue: +999 years\n---\n"}, f"{OWN}/actions/a.md:3:6: PS023"),
        (
            {"plan.md": PLAN, "actions/a.md": "---\ntitle: A\n---\n{+1 dya}\n"},
            f"{OWN}/actions/a.md:4: “{{+1 dya}}” is not a date",
        ),
        ({"plan.md": PLAN, "actions/a.md": "---\ntitle: @a\n---\n"}, f"{OWN}/actions/a.md:2"),
        ({"plan.md": PLAN, "notes/a.md": "---\ntitle: A\n---\n"}, f"{OWN}/notes/a.md does not belong in a plan"),
        (
            {"plan.md": PLAN, "measures/m.md": "---\ntitle: M\n---\n", "measures/m.csv": "day\n"},
            f"{OWN}/measures/m.csv:1",
        ),
    ],
)
def test_a_damaged_template_is_named_and_nothing_written(tmp_path: Path, files: dict[str, str], words: str) -> None:
    """With its file and line in the site's templates. A plan's fixed title gives way to the one given."""
    write(tmp_path, {f"{OWN}/{path}": text for path, text in files.items()})
    make = functools.partial(_made, tmp_path, "mine")
    if not words:
        assert list(make()) == ["content/plans/a-new-plan/plan.md"]
        return
    with pytest.raises(TemplateError) as caught:
        make()
    assert words in str(caught.value)
    assert not (tmp_path / "content/plans").exists()


def test_templates_are_no_part_of_the_site(tmp_path: Path) -> None:
    """A copy of every template in the site changes nothing that is read from it."""
    write(tmp_path, {})
    before = load_site(tmp_path)
    for name in NAMES:
        write_new_files(tmp_path, load_plan_template(tmp_path, name).copied_files)
    after = load_site(tmp_path)
    assert (after.plans, after.owners, after.agencies, after.unreadable) == (before.plans, (), (), ())
    assert _findings(tmp_path, TODAY) == []


@pytest.mark.slow
def test_a_copy_makes_the_same_plan(tmp_path: Path) -> None:
    """Copying a template into the site loses nothing."""
    for name in NAMES:
        ours = _made(write(tmp_path / "ours" / name, {}), name)
        root = write(tmp_path / "theirs" / name, {})
        write_new_files(root, load_plan_template(root, name).copied_files)
        assert load_plan_template(root, name).location != name
        assert _made(root, name) == ours


@pytest.mark.parametrize("title", ["Falls: “{start}” {+1 day}", "# 1 [x] {created}", "'quoted' @ --- {title}"])
def test_any_title_is_kept_as_it_is(tmp_path: Path, title: str) -> None:
    """What looks like a place for a value stays words."""
    files = _made(write(tmp_path, {}), "fall", title=title)
    assert [plan.title for plan in load_site(tmp_path).plans] == [title]
    assert next(iter(files)).endswith("/plan.md")
