"""A plan goes to a meeting as a Word document: what was changed there comes back into its files, and nothing else."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

import docx
import pytest

from plansite.cli.main import main
from plansite.content.site_content import load_site
from tests.exports.word.documents import FILES
from tests.sites import write


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site on a day, with a document of its plan beside it that was imported once."""
    root = write(tmp_path / "site", {"plansite.yaml": "title: Riverside\ntoday: 2025-01-20\n", **FILES})
    _export(root, tmp_path / "warm.docx")
    assert _import(root, "warm") == 0
    return root


def _export(site: Path, path: Path) -> None:
    assert main(["export", "--to", "word", "--plan", "warm", "--site", str(site), "-o", str(path)]) == 0


def _import(site: Path, plan: str) -> int:
    return main(["import", str(site.parent / "warm.docx"), "--plan", plan, "--site", str(site)])


def _read_actions(site: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in site.glob("content/plans/warm/actions/*.md")}


def _edit(site: Path, change: Any) -> None:
    path = str(site.parent / "warm.docx")
    document = docx.Document(path)
    change(document.tables[0])
    document.save(path)


def test_a_document_that_nobody_changed_changes_nothing(site: Path) -> None:
    """Neither the first time nor again; and the document of the same day is the same."""
    before, document = _read_actions(site), (site.parent / "warm.docx").read_bytes()
    assert _import(site, "warm") == 0
    assert _read_actions(site) == before
    assert before == {Path(name).name: text for name, text in FILES.items() if "warm/actions" in name}
    _export(site, site.parent / "again.docx")
    assert (site.parent / "again.docx").read_bytes() == document


def test_without_the_library_nothing_is_written(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names it, and the command that installs it."""
    monkeypatch.setitem(sys.modules, "docx", None)
    target = site.parent / "other.docx"
    assert main(["export", "--to", "word", "--site", str(site), "-o", str(target)]) == 2
    assert "needs the library python-docx; install it with: pip install 'plansite[export]'" in capsys.readouterr().err
    assert not target.exists()


def test_what_was_changed_at_the_meeting_comes_back(site: Path) -> None:
    """A new date, a ticked step, a note of the day, and a new row, which is an action of the same goal."""

    def change(table: Any) -> None:
        cells = table.rows[1].cells
        cells[5].paragraphs[0].text = "28 February 2025"
        cells[3].paragraphs[1].text = "☑ Fit it"
        cells[6].paragraphs[0].insert_paragraph_before("20 January 2025 (Cook): It is here.")
        table._tbl.append(copy.deepcopy(table.rows[1]._tr))
        for cell, text in zip(
            table.rows[2].cells, ("", "Buy lamps", "Nurse", "", "", "June", "", "Not started"), strict=True
        ):
            for paragraph in cell.paragraphs[1:]:
                paragraph._p.getparent().remove(paragraph._p)
            cell.paragraphs[0].text = text

    before = _read_actions(site)
    _edit(site, change)
    assert _import(site, "warm") == 0
    after = _read_actions(site)
    changes = set(after["a.md"].splitlines()) ^ set(before["a.md"].splitlines())
    assert changes == {
        "due: 2025-01-14", "due: 2025-02-28", "- [ ] Fit it", "- [x] Fit it", "- 2025-01-20 (Cook): It is here.",
    }  # fmt: skip
    assert {name for name in before if before[name] != after[name]} == {"a.md"}
    assert after["buy-lamps.md"] == (
        "---\ntitle: Buy lamps\nstatus: not started\nowner: Nurse\ngoal: g\n---\n## From the tracker\n**Due:** June\n"
    )


def test_a_document_fills_another_plan(site: Path) -> None:
    """With the same actions, and the goals that they have."""
    assert _import(site, "cold") == 0
    plans = {plan.slug: plan for plan in load_site(site).plans}
    facts = [
        [
            (action.ref, action.title, action.effective_status, action.created, action.due, len(action.supporters),
             [step.done for step in action.body.steps], action.resources)
            for action in plans[slug].actions
        ]
        for slug in ("warm", "cold")
    ]  # fmt: skip
    assert facts[0] == facts[1]
    assert [goal.title for goal in plans["cold"].goals] == ["Everybody is warm"]
