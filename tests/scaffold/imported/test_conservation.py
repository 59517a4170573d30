"""Nothing of a tracker is lost: every row belongs to one action or has a reason, and every word is somewhere."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.model.documents.plan import Plan
from plansite.scaffold.imported.plan_import import plan_import
from plansite.scaffold.imported.report import format_report
from plansite.trackers.columns.names import list_names
from plansite.trackers.reading import TrackerReading
from plansite.trackers.sheets import Sheet
from tests.examples import examples
from tests.trackers.sheets import read

#: How people write in cells: `#` is a word that is nowhere else.
_CELLS = ("#", "# and #", "#; #", "#\n#", "12/01/2025 - #", "12/01/2025 (#): #\nthen #", "#\n3 March 2025: #",
          "https://example.org/#", "# <https://example.org/#>", "#: https://example.org/# # https://example.org/#",
          "Complete. #", "Complete # days late", "In progress: #", "Moved from 01/02/2025 to 01/03/2025 - #",
          "01/02/2025 #", "by 31 March 2025 (#)", "~~#~~ #", "1) # - 31/03/2025; 2) #", "[x] #\n☐ #", "Recommendation 3: #",
          "3. # # #", "#, 31 March 2025", "Partially agreed, #", "Select a # supplier", "Red #", "# " * 60, "#" + "x" * 300, "# " * 700,
          "Total #", "# <Evidence/#.pdf>", "NEW DATE #", "(#)", "- #", "#: #", "#\n\n#")  # fmt: skip
#: Cells without such a word: they are fields, or say nothing.
_PLAIN = ("31/01/2025", "Open", "x", "3", "High", "TBC", "Select …", "", "", "", "19 - 23/2/2018")


@st.composite
def _tables(draw: st.DrawFn) -> Sheet:
    words = (f"wq{number}z" for number in itertools.count())
    headings = draw(
        st.lists(st.sampled_from(sorted({*list_names(), "unknown heading", "other"})), min_size=2, max_size=9)
    )
    filled = st.sampled_from(_CELLS)
    rows: list[Sequence[str]] = [("Action", "Owner", *headings)]
    drawn = draw(st.lists(st.lists(filled | st.sampled_from(_PLAIN), min_size=2, max_size=12), max_size=6))
    rows.extend([_fill(kind, words) for kind in kinds] for kinds in drawn)
    repeated = frozenset((row, 0) for row in range(2, len(rows)) if draw(st.booleans()))
    for row, column in sorted(repeated):
        rows[row] = [rows[row - 1][column], *rows[row][1:]]
    attached = {(1, 0): ("wcomment1z",)} if len(rows) > 1 and draw(st.booleans()) else {}
    return Sheet(
        file="t.xlsx",
        rows=tuple(tuple(cell or None for cell in row) for row in rows),
        repeated=repeated,
        attached=attached,
    )


def _fill(kind: str, words: Iterator[str]) -> str:
    return "".join(next(words) if letter == "#" else letter for letter in kind)


def _read_everything(reading: TrackerReading) -> str:
    planned = plan_import(Plan(path="content/plans/p/plan.md", slug="p", title="P"), reading.drafts, (), lambda _: "")
    goals = (goal.title for goal in planned.goals)  # these go into the file of the plan
    return "\n".join((*(each.text for each in planned.actions), *goals, format_report("t.xlsx", reading, planned)))


@settings(max_examples=examples(800))
@given(_tables())
def test_every_row_and_every_word_is_somewhere(sheet: Sheet) -> None:
    reading = read(sheet)
    numbers = Counter(number for draft in reading.drafts for number in draft.rows)
    numbers.update(row.number for row in reading.unread_rows)
    filled = {index + 1 for index, row in enumerate(sheet.rows) if index and any(row)}
    assert set(numbers) <= filled
    assert not numbers or max(numbers.values()) == 1
    if not reading.tables:
        return
    text = _read_everything(reading)
    words = {word for row in sheet.rows[1:] for cell in row if isinstance(cell, str) for word in _find_words(cell)}
    assert sorted(word for word in {*words, *itertools.chain(*sheet.attached.values())} if word not in text) == []


def _find_words(cell: str) -> list[str]:
    return [f"wq{part.split('z', 1)[0]}z" for part in cell.split("wq")[1:]]
