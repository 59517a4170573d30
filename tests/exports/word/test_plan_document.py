"""The Word document of plans, as another program reads it: what is on it, and in which order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from plansite.exports.word import style_names as names
from plansite.exports.word.plan_document import build_plan_document, format_word_register
from plansite.exports.word.register_table import choose_columns
from plansite.model.status import Audience
from tests.exports.word.documents import FILES, list_rows, list_texts, load, parse_parts, read, select

_HEADING = ["No.", "Action", "Owner", "Steps and resources", "Created", "Due", "Progress", "Status"]
_LEGEND = "Heading 2: What the words mean"


def test_a_plan_has_its_facts_its_goals_and_its_register(tmp_path: Path) -> None:
    """Title, purpose and course come first, then a table for each goal and one for the other actions."""
    document = read(format_word_register(select(load(tmp_path), "warm")))
    texts = list_texts(document)
    assert texts[: texts.index(_LEGEND)] == [
        "Subtitle: Improvement plan, as at 20 January 2025",
        "Title: Warm rooms",
        "Objective: Nobody is cold.",
        "Facts: Overdue. 1 of 1 open action is late, by 6 days.",
        "Facts: Owner:\N{NO-BREAK SPACE}Manager   Runs:\N{NO-BREAK SPACE}from 1 January 2025",
        "Normal: Why we do this.",
        "Goal heading: Everybody is warm",
        "Goal facts: How we will know:\N{NO-BREAK SPACE}20 of 20   By when:\N{NO-BREAK SPACE}By March",
        "Goal heading: Nobody trips",
        "Normal: No action has been agreed yet.",
        "Heading 2: Other actions",
        "Heading 2: Background",
        "Normal: It was cold.",
    ]
    assert [list_rows(table)[0] for table in document.tables] == [_HEADING] * 2
    assert [[row[0] for row in list_rows(table)[1:]] for table in document.tables] == [["1"], ["2", "3"]]
    assert document.core_properties.title == "Warm rooms"
    assert document.core_properties.language == "en-GB"


def test_the_cells_of_an_action(tmp_path: Path) -> None:
    """Dates are as people write them, the newest notes come first, and what plansite works out is below."""
    document = read(format_word_register(select(load(tmp_path), "warm")))
    (first,), closed = (list_rows(table)[1:] for table in document.tables)
    assert first == [
        "1",
        "Mend the boiler\nThe boiler is old.\n• Loud\nMeanwhile: Heaters in all rooms",
        "The Cook\nHelped by: Nurse; Manager",
        "☑\tOrder the part\n☐\tFit it\nResources: Two days",
        "2 January 2025",
        "14 January 2025\nFirst due 10 January 2025",
        "12 January 2025 (Cook): Ordered\n9 January 2025 (Nurse): Rang again\n5 January 2025: Rang\n"
        "1 more note on the site",
        "In progress\nOverdue by 6 days.\nEvidence: 0 of 1",
    ]
    assert [row[7] for row in closed] == ["Completed\n9 January 2025", "Cancelled\nNo longer needed."]
    assert closed[1][2:7] == ["Nobody yet", "Not given", "Not given", "No date", "No news yet"]


def test_columns_without_anything_are_narrow(tmp_path: Path) -> None:
    """The others share their room, and all tables of a document are as wide as the page."""
    site = load(tmp_path)
    actions = list(site.site.actions)
    whole, bare = choose_columns(actions), choose_columns(actions[1:])
    assert [column.title for column in whole] == [column.title for column in bare] == _HEADING
    assert {sum(column.width for column in columns) for columns in (whole, bare)} == {names.TEXT_WIDTH}
    wider = [column.title for column, before in zip(bare, whole, strict=True) if column.width > before.width]
    assert wider == ["Action", "Owner"]


def test_several_plans_and_an_owner(tmp_path: Path) -> None:
    """Each plan has a heading. Of an owner, only their actions are there, and goals that have some."""
    site = load(tmp_path)
    everything = list_texts(read(format_word_register(select(site))))
    assert [text for text in everything if text.startswith(("Title", "Heading 1", "Next plan"))] == [
        "Title: Test site",
        "Heading 1: Cold drinks",
        "Next plan heading: Warm rooms",
    ]
    owned = read(format_word_register(select(site, owner="cook")))
    assert [text for text in list_texts(owned) if text.startswith(("Title", "Heading 1", "Goal heading"))] == [
        "Title: Test site, actions of The Cook",
        "Heading 1: Warm rooms",
        "Goal heading: Everybody is warm",
    ]
    assert [row[0] for table in owned.tables for row in list_rows(table)[1:]] == ["1"]
    assert "Normal: There is no action to show." in list_texts(
        read(format_word_register(select(site, owner="Manager")))
    )


def test_one_plan_is_named_once(tmp_path: Path) -> None:
    """In the title if it was asked for, also with an owner; else below the title of the site."""
    site = load(tmp_path, {name: text for name, text in FILES.items() if "cold" not in name})
    headings = [
        [text for text in list_texts(read(format_word_register(each))) if text.startswith(("Title", "Heading 1"))]
        for each in (select(site, "warm"), select(site, "warm", "cook"), select(site))
    ]
    assert headings == [
        ["Title: Warm rooms"],
        ["Title: Warm rooms, actions of The Cook"],
        ["Title: Test site", "Heading 1: Warm rooms"],
    ]


def test_a_plan_without_goals_or_actions(tmp_path: Path) -> None:
    texts = list_texts(read(format_word_register(select(load(tmp_path), "cold"))))
    assert texts[-13:-11] == ["Heading 2: Actions", "Normal: No action has been agreed yet."]


def test_every_status_is_in_the_legend(tmp_path: Path) -> None:
    texts = list_texts(read(format_word_register(select(load(tmp_path), "warm"))))
    words = [text.removeprefix("Legend: ").split("\t")[0] for text in texts[texts.index(_LEGEND) + 1 :]]
    assert words == [
        "Not started", "In progress", "Blocked", "Completed", "Embedded", "Cancelled", "Overdue", "At risk", "☑ and ☐",
        "Grey rows",
    ]  # fmt: skip


def test_files_that_could_not_be_read_are_named(tmp_path: Path) -> None:
    files = {**FILES, "content/plans/warm/actions/odd-one.md": "no fields"}
    texts = list_texts(read(format_word_register(select(load(tmp_path, files), "warm"))))
    assert "Facts: These files could not be read: Odd one." in texts


def test_the_foot_says_who_the_copy_is_for(tmp_path: Path) -> None:
    """With the day, beside the numbers of pages."""
    site = load(tmp_path)
    feet = []
    for audience in Audience:
        seen = replace(site, site=replace(site.site, audience=audience))
        footer = parse_parts(format_word_register(select(seen, "warm")))["word/footer1.xml"]
        feet.append("".join(footer.itertext()))
    assert feet == [
        "Test site · as at 20 January 2025 · For internal usePage 1 of 1",
        "Test site · as at 20 January 2025 · For partnersPage 1 of 1",
        "Test site · as at 20 January 2025Page 1 of 1",
    ]


def test_closed_rows_are_shaded(tmp_path: Path) -> None:
    document = build_plan_document(select(load(tmp_path), "warm"))
    rows = [row.is_shaded for block in document.blocks for row in getattr(block, "rows", ())]
    assert rows == [False, True, True]


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    """Also from a site in another folder, read again."""
    first, second = (format_word_register(select(load(tmp_path / name), "warm")) for name in "ab")
    assert first == second
