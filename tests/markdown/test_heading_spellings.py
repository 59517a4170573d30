"""Headings are read however they are written, where they can only be meant as headings."""

from __future__ import annotations

import pytest

from plansite.markdown.body import parse_markdown
from plansite.model.body import normalise_heading

_HEADINGS = [
    "## Steps",
    "# Steps",
    "### Steps",
    "#### Steps",
    "## STEPS",
    "## Steps:",
    "## **Steps**",
    "## ✅ Steps",
    "## 1. Steps",
    "## Steps and Resources",
    "## Steps (3 of 5)",
    "## Steps to take",
    "## “Steps”",
    "## Action steps",
    "## Next steps",
    "### Next steps",
    "**Next steps:**",
    "## Tasks",
    "##Steps",
    "#Steps",
    "##\u00a0Steps",
    "\\## Steps",
    "Steps\n=====",
    "Steps\n-----",
    "**Steps**",
    "__Steps:__",
    "***Steps***",
    "✅ **Steps**",
    "*Steps*",
    "Steps:",
    "Steps",
    "<h2>Steps</h2>",
    "<b>Steps</b>",
    "== Steps ==",
]


@pytest.mark.parametrize("heading", _HEADINGS)
def test_a_heading_begins_the_steps(heading: str) -> None:
    """And so it is no text above them."""
    body = parse_markdown(f"Why.\n\n{heading}\n- [ ] Ring\n- [x] Ask\n\n## Costs\n- few\n")
    assert [(step.text, step.done) for step in body.steps] == [("Ring", False), ("Ask", True)]
    assert body.intro == ("<p>Why.</p>",)
    assert [section.key for section in body.sections] == ["steps", "costs"]


@pytest.mark.parametrize(
    "heading", ["## Progress", "## 📈 Progress", "##Progress notes", "**Progress log**", "Progress:", "### Progress"]
)
def test_a_heading_begins_the_progress(heading: str) -> None:
    """In the same spellings."""
    body = parse_markdown(f"Why.\n\n{heading}\n- 2025-01-08: Moved.\n")
    assert [note.text for note in body.progress] == ["Moved."]


@pytest.mark.parametrize(
    "text",
    [
        "Steps are needed.\n- one\n",
        "Progress.\n\n- one\n",
        "See the steps:\n- one\n",
        "Steps:\nRing the engineer.\n",
        "**Steps** are needed\n- one\n",
        "**Note**\n- one\n",
        "## Steps to reproduce\n- one\n",
        "## Steps taken\n- one\n",
        "## Progress bar\n- one\n",
        "- Steps\n- one\n",
        "```\n##Steps\n```\n- one\n",
    ],
)
def test_other_lines_are_no_headings_of_steps(text: str) -> None:
    """Neither a sentence, nor a heading of something else, nor code."""
    body = parse_markdown(text)
    assert (body.steps, body.progress) == ((), ())


def test_headings_of_one_look_end_each_other() -> None:
    """What is below the next bold line belongs to that, and is no step."""
    body = parse_markdown("**Steps**\n- [ ] Ring\n\n**Money**\n- £5\n\n**Progress**\n\n08/01/25 Rang.\n")
    assert [step.text for step in body.steps] == ["Ring"]
    assert [note.text for note in body.progress] == ["Rang."]
    assert [section.title for section in body.sections] == ["Steps", "Money", "Progress"]


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        ("## Steps", "## Progress"),
        ("##Steps", "##Progress"),
        ("## Steps", "#Progress"),
        ("**Steps**", "**Progress**"),
        ("Steps:", "Progress:"),
        ("Steps", "Progress"),
        ("<b>Steps</b>", "<b>Progress notes</b>"),
    ],
)
def test_a_heading_right_below_an_item_is_no_part_of_it(above: str, heading: str) -> None:
    """Without a blank line Markdown adds the line to the item, and the notes to the steps."""
    body = parse_markdown(f"{above}\n- [ ] Ring\n{heading}\n- 2025-01-08: Moved.\n")
    assert [step.text for step in body.steps] == ["Ring"]
    assert [note.text for note in body.progress] == ["Moved."]


@pytest.mark.parametrize(
    "line", ["#12 is the number", "  Progress: slow", "Progress is slow", "  ## Progress", "**Cold**"]
)
def test_other_lines_below_an_item_belong_to_it(line: str) -> None:
    """So they do where they are indented, or are no heading of a part."""
    body = parse_markdown(f"## Steps\n- [ ] Ring\n{line}\n- [ ] Ask\n")
    assert [step.text for step in body.steps][-1] == "Ask"
    assert len(body.steps) == 2


def test_a_section_of_the_third_level_ends_with_its_level() -> None:
    """The list below the next heading holds no steps."""
    body = parse_markdown("## Plan\n### Steps\n- [ ] Ring\n### Risks\n- Rain\n")
    assert [step.text for step in body.steps] == ["Ring"]
    assert body.section_html("risks") == ("<ul>\n<li>Rain</li>\n</ul>",)


def test_a_box_counts_wherever_a_heading_speaks_of_steps() -> None:
    """Other items there are text."""
    body = parse_markdown("## Reproduction steps\n- [x] Ring\n- Ask\n\n## Costs\n- [ ] Pay\n")
    assert [(step.text, step.done) for step in body.steps] == [("Ring", True)]
    assert "Ask" in body.section_html("reproduction steps")[0]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Steps / tasks", "steps"),
        ("Progress update", "progress"),
        ("2) Progress", "progress"),
        ("🚧 Barriers:", "barriers"),
        ("Decisions.", "decisions"),
        ("Steps completed", "steps completed"),
        ("Task 1", "task 1"),
        ("!", "!"),
    ],
)
def test_headings_that_mean_the_same_have_one_key(title: str, key: str) -> None:
    """And others their own words."""
    assert normalise_heading(title) == key
