"""Plan templates are found by name, and invalid ones are reported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plansite.scaffold.new_document import TemplateError
from plansite.scaffold.plan_templates import UnknownTemplateError, format_template_list, load_plan_template
from tests.sites import write

NOWHERE = Path("/nowhere")
OWN = "content/templates/plans"
PLAN = "---\ntitle: {title}\n---\n"


def test_every_template_is_listed_with_one_line() -> None:
    """All twelve, in order, each with a sentence that says when to take it."""
    rows = [line.split("  ", 1) for line in format_template_list(NOWHERE).splitlines()]
    assert [name.strip() for name, _ in rows] == [
        "counselling/alcohol",
        "counselling/anxiety",
        "counselling/low-mood",
        "improvement/inspection-findings",
        "incident/fall",
        "incident/medication-error",
        "incident/missed-visit",
        "incident/pressure-injury",
        "integrated/hospital-discharge",
        "integrated/safeguarding-concern",
        "integrated/team-around-the-child",
        "service/staffing",
    ]
    assert all(10 < len(words.strip()) < 120 for _, words in rows)


def test_the_documentation_has_the_same_list(project: Path) -> None:
    """Name by name and line by line."""
    text = (project / "docs/templates.md").read_text("utf-8")
    told = re.findall(r"^\| `([a-z-]+/[a-z-]+)` \| (.+) \|$", text, re.MULTILINE)
    assert [f"{name:<32}  {words}" for name, words in told] == format_template_list(NOWHERE).splitlines()


@pytest.mark.parametrize("name", ["incident/fall", "fall", "Incident/Fall", " /fall/ "])
def test_a_template_is_found_by_its_whole_name_or_its_last_part(name: str) -> None:
    """Whatever the case. Its texts are there without what it says about itself."""
    pack = load_plan_template(NOWHERE, name)
    assert (pack.name, pack.location) == ("incident/fall", "incident/fall")
    assert {"plan.md", "actions/tell-the-family.md", "measures/falls-each-month.csv"} <= set(pack.texts)
    assert "README.md" not in pack.texts
    assert pack.about.startswith("A fall")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("incident/fal", "there is no template called “incident/fal”; did you mean “incident/fall”?\n"),
        ("anxeity", "did you mean “counselling/anxiety”?"),
        ("zzz", "there is no template called “zzz”\n\nThe templates are:\ncounselling/alcohol  "),
        ("incident", "there is no template called “incident”"),
        ("../../new", "there is no template called “../../new”"),
        ("", "there is no template called “”"),
    ],
)
def test_an_unknown_name_gets_the_nearest_and_the_list(name: str, words: str) -> None:
    """A group is no template, and no name leads out of the folder."""
    with pytest.raises(UnknownTemplateError) as caught:
        load_plan_template(NOWHERE, name)
    assert words in str(caught.value)
    assert "\nservice/staffing                  Too few people" in str(caught.value)


def test_a_sites_own_template_stands_before_ours(tmp_path: Path) -> None:
    """Wholly: no file of ours is mixed in. Others are listed beside ours, in any folder."""
    write(tmp_path, {f"{OWN}/incident/fall/plan.md": PLAN, f"{OWN}/incident/fall/README.md": "# Our own way\nMore\n"})
    write(tmp_path, {f"{OWN}/move/plan.md": PLAN, f"{OWN}/move/.DS_Store": b"\xff"})
    pack = load_plan_template(tmp_path, "fall")
    assert (pack.location, dict(pack.texts)) == (f"{OWN}/incident/fall", {"plan.md": PLAN})
    assert dict(load_plan_template(tmp_path, "move").texts) == {"plan.md": PLAN}
    lines = format_template_list(tmp_path).splitlines()
    assert "incident/fall                     Our own way" in lines
    assert "move" in lines


def test_a_last_part_that_two_have_is_not_enough(tmp_path: Path) -> None:
    """Nothing is guessed."""
    write(tmp_path, {f"{OWN}/home/fall/plan.md": PLAN})
    with pytest.raises(UnknownTemplateError):
        load_plan_template(tmp_path, "fall")
    assert load_plan_template(tmp_path, "home/fall").name == "home/fall"


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        (
            "actions/a.md",
            b"---\ntitle: \xff\n---\n",
            "actions/a.md cannot be read; save the file again with encoding UTF-8",
        ),
        ("actions/a.md", b"x" * (256 * 1024 + 1), "actions/a.md is too large; the most is 256 KiB"),
        ("form.docx", b"PK", "form.docx is neither a Markdown file nor a table"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named(tmp_path: Path, path: str, data: bytes, words: str) -> None:
    """The message has its place in the site."""
    write(tmp_path, {f"{OWN}/mine/plan.md": PLAN, f"{OWN}/mine/{path}": data})
    with pytest.raises(TemplateError) as caught:
        load_plan_template(tmp_path, "mine")
    assert str(caught.value).startswith(f"{OWN}/mine/{words}")


def test_a_link_is_refused(tmp_path: Path) -> None:
    """What lies elsewhere on the computer must not come into a plan."""
    write(tmp_path, {"secret.md": PLAN, f"{OWN}/mine/plan.md": PLAN})
    (tmp_path / OWN / "mine/more.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(TemplateError, match=r"mine/more\.md is a link"):
        load_plan_template(tmp_path, "mine")


def test_a_copy_without_its_plan_is_named(tmp_path: Path) -> None:
    """Somebody began to change ours and took its plan.md away: ours is not taken in silence."""
    write(tmp_path, {f"{OWN}/incident/fall/actions/a.md": PLAN})
    with pytest.raises(TemplateError, match=r"incident/fall has no plan\.md; add one"):
        load_plan_template(tmp_path, "fall")
