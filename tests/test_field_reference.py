"""The field reference says what the declarations say, and is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plansite.field_reference import render_field_reference
from plansite.model.fields import declared_fields
from plansite.model.status import STATUS_SYNONYMS, Status
from plansite.schema import FILE_KINDS, collect_groups

PAGE = Path(__file__).parents[1] / "docs/fields.md"


def test_the_page_is_up_to_date(update_golden: bool) -> None:
    """docs/fields.md is what the declarations make of it; `pytest --update-golden` writes it anew."""
    if update_golden:
        PAGE.write_text(render_field_reference(), "utf-8", newline="\n")
    assert PAGE.read_text("utf-8") == render_field_reference()


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_field_of_every_kind_is_described(kind: str) -> None:
    """Each field, and each field of a group inside it, stands in a row with its help and its example."""
    page = render_field_reference()
    for cls in (FILE_KINDS[kind], *collect_groups(FILE_KINDS[kind])):
        for declared in declared_fields(cls):
            assert f"| `{declared.name}` | {declared.field.help}" in page
            assert f"| `{declared.field.example}` |" in page


def test_every_link_leads_to_a_heading() -> None:
    """Groups of fields are linked from where they are used."""
    page = render_field_reference()
    headings = {
        re.sub(r"[^\w-]", "", line.lstrip("# ").lower().replace(" ", "-")) for line in re.findall(r"^#+ .+", page, re.M)
    }
    targets = set(re.findall(r"\]\(#([^)]+)\)", page))
    assert targets
    assert targets <= headings


def test_every_table_is_whole() -> None:
    """Each row has as many cells as its head, so that no sign in an example breaks a table."""
    rows = [line for line in render_field_reference().splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4, 5}


def test_statuses_stand_with_their_synonyms() -> None:
    """Every word that is understood is in the row of its status."""
    page = render_field_reference().partition("## Statuses")[2]
    for status in Status:
        row = next(line for line in page.splitlines() if line.startswith(f"| `{status}` | "))
        words = row.rsplit("| ", 1)[1].removesuffix(" |").split(", ")
        assert words == [word for word, meant in STATUS_SYNONYMS.items() if meant == status]
