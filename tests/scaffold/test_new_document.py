"""A new file is what its template and the site make of it, and can be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.runner import run_all_checks
from plansite.content.documents import DOCUMENT_TYPES, parse_document
from plansite.content.layout import assign_plan_slugs, locate_document
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Level
from plansite.model.plan import Measure, Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.slugs import describe_slug_fault
from plansite.scaffold.atomic_files import write_new_files
from plansite.scaffold.new_document import NewDocument, TemplateError, build_new_files, find_plan_folder, load_template

TODAY = date(2025, 1, 20)
PLAN = Plan(slug="falls", path="content/plans/falls/plan.md")
SITE = Site(settings=Settings(), plans=(PLAN,))
TITLES = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co")), min_size=1).map(
    lambda text: " ".join(text.split())
)


def _order(kind: str, title: str, **given: object) -> NewDocument:
    plan = None if kind in ("plan", "owner", "agency") else PLAN
    return NewDocument(kind=kind, title=title, plan=plan, values=given, today=TODAY)  # type: ignore[arg-type]  # cases vary


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
@given(title=TITLES.filter(bool))
def test_any_title_gives_a_file_that_reads_back(kind: str, title: str) -> None:
    """Whatever is in the title, the file is whole, has that title, and lies at a fit address."""
    root = Path("/nowhere")
    path, text = next(iter(build_new_files(root, SITE, _order(kind, title), load_template(root, kind)).items()))
    place = locate_document(path, assign_plan_slugs([path]))
    assert place is not None
    assert describe_slug_fault(place.slug) == ""
    found = parse_document(place, text.encode())
    assert [str(finding) for finding in found.findings] == []
    assert (type(found.document), found.document.slug) == (DOCUMENT_TYPES[kind], place.slug)
    assert getattr(found.document, "title", "") == title


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_a_new_file_gives_no_error(kind: str, tmp_path: Path) -> None:
    """What is still missing is a warning or a hint, so that a pull request with it can be previewed."""
    write_new_files(tmp_path, {"plansite.yaml": "title: Test\n", PLAN.path: "---\ntitle: Falls\n---\n"})
    write_new_files(
        tmp_path,
        build_new_files(tmp_path, load_site(tmp_path), _order(kind, "Better lights"), load_template(tmp_path, kind)),
    )
    found = run_all_checks(SiteOnDate(load_site(tmp_path), TODAY))
    assert [str(finding) for finding in found if finding.rule.level is Level.ERROR] == []


def test_an_action_has_its_number_and_day(tmp_path: Path) -> None:
    """Given fields stand in their places, others are added, the rest waits to be filled in."""
    order = _order("action", "Mend: the lights", owner="Maintenance", due=date(2025, 2, 1), priority="high")
    ((path, text),) = build_new_files(tmp_path, SITE, order, load_template(tmp_path, "action")).items()
    assert path == "content/plans/falls/actions/mend-the-lights.md"
    assert text.split("---\n")[1].splitlines() == [
        'title: "Mend: the lights"',
        "ref: 1",
        "status: not started",
        "owner: Maintenance",
        "supporters:",
        "goal:",
        "created: 2025-01-20",
        "due: 2025-02-01",
        "resources:",
        "priority: high",
    ]


def test_a_review_is_named_by_its_date(tmp_path: Path) -> None:
    """The day given, else today; the title follows from it where none is given."""
    for order, name, title in (
        (_order("review", ""), "2025-01-20", "January"),
        (_order("review", "", date=date(2025, 3, 6)), "2025-03-06", "March"),
    ):
        ((path, text),) = build_new_files(tmp_path, SITE, order, load_template(tmp_path, "review")).items()
        assert path == f"content/plans/falls/reviews/{name}.md"
        assert f"title: {title} review\ndate: {name}\n" in text


def test_a_measure_has_a_table_for_its_readings(tmp_path: Path) -> None:
    """The head of the table is there, so that a reading is one line more."""
    files = build_new_files(tmp_path, SITE, _order("measure", "Falls"), load_template(tmp_path, "measure"))
    (path, text), (table_path, table) = files.items()
    assert (table_path, table) == (path.replace(".md", ".csv"), "date,value\n")
    place = locate_document(path, assign_plan_slugs([path]))
    assert place is not None
    found = parse_document(place, text.encode(), f"{table}2025-01-01,7\n".encode())
    assert found.findings == ()
    assert isinstance(found.document, Measure)
    assert [reading.value for reading in found.document.readings] == [7]


def test_a_sites_own_template_comes_first(tmp_path: Path) -> None:
    """Its words and fields are used, and the title gets a place if it has none."""
    write_new_files(
        tmp_path, {"content/templates/action.md": "\ufeff---\ntags: [fall]\nowner: {owner}\n---\n## Steps\n"}
    )
    template = load_template(tmp_path, "action")
    assert template.placeholder_names == ("owner",)
    ((_, text),) = build_new_files(tmp_path, SITE, _order("action", "Mend", due=TODAY), template).items()
    assert text == "---\ntags: [fall]\nowner:\ntitle: Mend\ndue: 2025-01-20\n---\n## Steps\n"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("no front matter", "no-front-matter"),
        ("---\ntitle: {title}\nowner: @jane\n---\n", 'write `owner: "@jane"`'),
        ("---\ntitle: The {title}\n---\n", "does not keep the title"),
        ("---\ntitle: {title}\ndue: soon\n---\n", "“soon” is not a date"),
    ],
)
def test_a_template_that_cannot_work_is_named(tmp_path: Path, template: str, words: str) -> None:
    """Nothing is written, and the message says which template and why."""
    write_new_files(tmp_path, {"content/templates/action.md": template})
    with pytest.raises(TemplateError, match=r"content/templates/action\.md") as caught:
        build_new_files(tmp_path, SITE, _order("action", "Mend"), load_template(tmp_path, "action"))
    assert words in str(caught.value)


def test_a_template_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    """It is refused before anything is asked."""
    (tmp_path / "content/templates").mkdir(parents=True)
    (tmp_path / "content/templates/plan.md").write_bytes(b"---\ntitle: \xff\n---\n")
    with pytest.raises(TemplateError, match="not UTF-8"):
        load_template(tmp_path, "plan")


def test_a_plans_folder_is_found_by_its_address(tmp_path: Path) -> None:
    """A folder whose name had to be changed for its address still gets the new file."""
    (tmp_path / "content/plans/Winter plan!").mkdir(parents=True)
    assert find_plan_folder(tmp_path, Plan(slug="winter-plan", path="")) == "Winter plan!"
    assert find_plan_folder(tmp_path, Plan(slug="falls", path="")) == "falls"
