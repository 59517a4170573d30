"""New documents can be parsed, and have the values that follow from the site."""

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
from plansite.content.text import is_visible
from plansite.markdown.body import parse_markdown
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import CalendarInterval
from plansite.model.documents.action import Action
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import ProtocolEntry
from plansite.model.documents.review import Review
from plansite.model.findings import Level
from plansite.model.people import Agency
from plansite.model.settings import Settings
from plansite.model.site import Site, UnreadableFile
from plansite.model.slugs import add_digest, describe_slug_fault
from plansite.model.status import Status
from plansite.scaffold.atomic_files import write_new_files
from plansite.scaffold.new_document import (
    NewDocument,
    TemplateError,
    build_known_values,
    build_new_files,
    find_next_ref,
    find_plan_folder,
    load_template,
)

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
@given(title=TITLES.filter(is_visible))
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
        ("---\ntitle: The {title}\n---\n", "has no place for the title"),
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
    with pytest.raises(TemplateError, match="save the file again with encoding UTF-8"):
        load_template(tmp_path, "plan")


def test_a_plans_folder_is_found_by_its_address(tmp_path: Path) -> None:
    """A folder whose name had to be changed for its address still gets the new file."""
    (tmp_path / "content/plans/Winter plan!").mkdir(parents=True)
    assert find_plan_folder(tmp_path, Plan(slug=add_digest("winter-plan", "winter plan!"), path="")) == "Winter plan!"
    assert find_plan_folder(tmp_path, Plan(slug="falls", path="")) == "falls"
    for folder in ("q r", "q-r"):
        (tmp_path / "content/plans" / folder).mkdir()
    assert find_plan_folder(tmp_path, Plan(slug="q-r", path="")) == "q-r"
    assert find_plan_folder(tmp_path, Plan(slug=add_digest("q-r", "q r"), path="")) == "q r"


MONTH_END = date(2025, 1, 31)
FOLDER = "content/plans/falls"


def _action(slug: str, ref: str = "", **values: object) -> Action:
    path = values.pop("path", f"{FOLDER}/actions/{slug}.md")
    return Action(plan="falls", slug=slug, path=str(path), ref=ref, title=slug, **values)  # type: ignore[arg-type]  # cases vary


def _site(plan: Plan, *texts: str) -> Site:
    unread = tuple(
        UnreadableFile(plan="falls", kind="action", slug="x", path="x.md", text=text, findings=()) for text in texts
    )
    return Site(
        settings=Settings(), plans=(plan,), agencies=(Agency(slug="lodge", title="The Lodge"),), unreadable=unread
    )


def _plan(*actions: Action, **values: object) -> Plan:
    return Plan(slug="falls", path=f"{FOLDER}/plan.md", actions=actions, **values)  # type: ignore[arg-type]  # cases vary


@pytest.mark.parametrize(
    ("refs", "expected"),
    [([], 1), (["1", "2"], 3), (["9", "10"], 11), (["A-7", "2b", "²", ""], 1), (["3", "A-7"], 4), (["007"], 8)],
)
def test_the_next_number_is_one_more_than_the_highest(refs: list[str], expected: int) -> None:
    """Only whole numbers count; words and signs do not."""
    plan = _plan(*(_action(f"a{at}", ref) for at, ref in enumerate(refs)))
    assert find_next_ref(_site(plan), plan) == expected


def test_a_number_in_an_unreadable_file_is_taken() -> None:
    """It will be there again once the file is mended."""
    plan = _plan(_action("a", "2"))
    assert find_next_ref(_site(plan, "---\ntitle: Fix: door\nref: 12\n---\n", 'ref: "5"'), plan) == 13


def test_an_action_is_created_today() -> None:
    """With the next number."""
    plan = _plan(_action("a", "2"))
    assert build_known_values("action", _site(plan), plan, MONTH_END) == {"ref": 3, "created": MONTH_END}


def test_a_review_continues_the_last_one() -> None:
    """Chair, kind and minute-taker of the latest review before it; agencies of the protocol; one interval on."""
    reviews = tuple(
        Review(plan="falls", slug=str(day), path="", date=day, chair=chair, kind="Monthly", minute_taker="Clerk")
        for day, chair in ((date(2024, 12, 1), "Old"), (date(2025, 1, 2), "Nurse"), (date(2025, 2, 2), "Later"))
    )
    protocol = (ProtocolEntry(agency="lodge"), ProtocolEntry(agency="Elsewhere"), ProtocolEntry(agency="The lodge"))
    plan = _plan(owner="Manager", reviews=reviews, protocol=protocol, review_every=CalendarInterval(months=1))
    assert build_known_values("review", _site(plan), plan, MONTH_END) == {
        "title": "January review",
        "date": MONTH_END,
        "kind": "Monthly",
        "chair": "Nurse",
        "minute_taker": "Clerk",
        "present": ("The Lodge", "Elsewhere"),
        "next": date(2025, 2, 28),
        "open_actions": "",
    }


def test_a_first_review_is_led_by_the_plans_owner() -> None:
    """Without an interval nobody knows when the next one is."""
    plan = _plan(owner="Manager")
    values = build_known_values("review", _site(plan), plan, MONTH_END)
    assert (values["chair"], values["next"]) == ("Manager", "")


def test_open_actions_are_carried_forward_with_links() -> None:
    """Links lead from the review to the file; a title cannot break out of its link; finished actions stay behind."""
    plan = _plan(
        _action("a [b](c) *d* <e>", path=f"{FOLDER}/actions/two words.md"),
        _action("done", status=Status.COMPLETED),
        _action("elsewhere", path="../other/elsewhere.md"),
    )
    text = str(build_known_values("review", _site(plan), plan, MONTH_END)["open_actions"])
    body = parse_markdown(f"## Actions carried forward\n{text}\n")
    assert [link.target for link in body.links] == ["../actions/two%20words.md"]
    assert [words.text for words in body.text_runs][1:] == ["a [b](c) *d* <e>", "elsewhere"]


def test_other_kinds_have_little_to_go_on() -> None:
    """A plan begins today; an owner, a measure and an incident are as they are given."""
    plan = _plan()
    assert build_known_values("plan", _site(plan), None, MONTH_END) == {"start": MONTH_END}
    assert build_known_values("owner", _site(plan), None, MONTH_END) == {}
    assert build_known_values("incident", _site(plan), plan, MONTH_END) == {}
