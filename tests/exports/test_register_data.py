"""A plan's register goes out whole: every action, every step, every note."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.exports.action_records import build_action_records
from plansite.exports.csv_cells import unescape_cell
from plansite.exports.register_data import (
    REGISTER_COLUMNS,
    RegisterRecord,
    build_records,
    render_register_csv,
    render_register_json,
)
from plansite.model.assessment import SiteOnDate
from tests.sites import write

LIGHTS = """---
title: "=Mend the lights"
ref: 7
status: Ongoing
owner: Maintenance
supporters: [Porter, Cook]
goal: light
standards: [Safeguarding, Unheard of]
priority: high
resources: Two lamps
created: 2025-01-01
due: 2025-01-10
due_history: [{due: 2025-01-05}]
requirement: {level: must, regulation: hsca-2014/15, breach: yes}
response: {decision: partly accepted, reason: Not the cellar}
interim: {control: Torches, by: Night Senior, every: 1 week, checked: 2025-01-18}
extension: [{until: 2025-02-28, asked: 2025-01-16, asked_by: Porter, reason: No lamps}]
escalated: [{to: Director, date: 2025-01-17, reason: No reply, decision: We pay, decided: 2025-01-18}]
asked: [{date: 2025-01-05, by: Cook, question: "Any lamps?"}, {date: 2025-01-08, by: Cook}]
---
## Steps
- [x] Buy lamps
- [ ] Fit them
## Progress
- 2025-01-04 (Porter): Bought.
- 2025-01-06: Waiting.
- No day: Said so.
"""


def _records(root: Path, **actions: str) -> list[RegisterRecord]:
    files = {f"content/plans/falls/actions/{name}.md": text for name, text in actions.items()}
    site = load_site(write(root, {"content/plans/falls/plan.md": "---\ntitle: Falls\n---\n", **files}))
    return build_records(build_action_records(SiteOnDate(site, date(2025, 1, 20))), site.actions, site)


def test_every_column_is_filled(tmp_path: Path) -> None:
    """What the file says, and what is worked out from it, under the names that the data page explains."""
    (record,) = _records(tmp_path, lights=LIGHTS)
    assert record == {
        "ref": "7",
        "title": "=Mend the lights",
        "owner": "Maintenance",
        "supporters": ["Porter", "Cook"],
        "goal": "light",
        "standards": ["cqc-saf/safeguarding", "Unheard of", "hsca-2014/15"],
        "priority": "high",
        "steps": [{"text": "Buy lamps", "done": True}, {"text": "Fit them", "done": False}],
        "resources": "Two lamps",
        "created": "2025-01-01",
        "due": "2025-01-10",
        "original_due": "2025-01-05",
        "completed": None,
        "progress": [
            {"date": "2025-01-04", "by": "Porter", "text": "Bought."},
            {"date": "2025-01-06", "by": "", "text": "Waiting."},
            {"date": None, "by": "", "text": "No day: Said so."},
        ],
        "status": "in progress",
        "status_word": "Ongoing",
        "reason": "",
        "course": "overdue",
        "days_late": 10,
        "requirement": "must",
        "regulation": "hsca-2014/15",
        "breach": "yes",
        "response": "partly accepted",
        "response_reason": "Not the cellar",
        "interim": "Torches",
        "interim_by": "Night Senior",
        "interim_check": "2025-01-25",
        "extensions": [
            {
                "until": "2025-02-28",
                "asked": "2025-01-16",
                "asked_by": "Porter",
                "reason": "No lamps",
                "decision": "",
                "decided": None,
                "decided_by": "",
            }
        ],
        "escalations": [
            {
                "to": "Director",
                "date": "2025-01-17",
                "reason": "No reply",
                "decision": "We pay",
                "decided": "2025-01-18",
            }
        ],
        "asked": [
            {"asked": "2025-01-05", "by": "Cook", "question": "Any lamps?", "answered": "2025-01-06"},
            {"asked": "2025-01-08", "by": "Cook", "question": "", "answered": None},
        ],
        "needs_attention": False,
        "path": "content/plans/falls/actions/lights.md",
        "page": "plans/falls/actions/lights.html",
    }
    assert tuple(record) == tuple(REGISTER_COLUMNS)


def test_a_bare_action_has_every_key(tmp_path: Path) -> None:
    """What is not given is empty, and the keys are the same."""
    (record,) = _records(tmp_path, bare="---\ntitle: Bare\n---\n")
    assert tuple(record) == tuple(REGISTER_COLUMNS)
    assert (record["steps"], record["progress"], record["due"], record["priority"]) == ([], [], None, "")


def test_an_unreadable_file_has_its_line(tmp_path: Path) -> None:
    """It goes by its name, needs attention and says where it lies."""
    (record,) = _records(tmp_path, torn="---\ntitle: [\n")
    assert tuple(record) == tuple(REGISTER_COLUMNS)
    assert (record["title"], record["needs_attention"], record["course"]) == ("Torn", True, None)
    assert record["path"] == "content/plans/falls/actions/torn.md"


def test_cells_hold_one_step_or_note_a_line(tmp_path: Path) -> None:
    """The table says the same as the records, and a title that begins like a formula is defused."""
    found = _records(tmp_path, lights=LIGHTS)
    head, row = csv.reader(io.StringIO(render_register_csv(found), newline=""))
    cells = dict(zip(head, row, strict=True))
    assert tuple(head) == tuple(REGISTER_COLUMNS)
    assert cells["steps"] == "[x] Buy lamps\n[ ] Fit them"
    assert cells["progress"] == "2025-01-04 (Porter): Bought.\n2025-01-06: Waiting.\nNo day: Said so."
    assert (cells["supporters"], cells["completed"], cells["days_late"]) == ("Porter; Cook", "", "10")
    assert cells["needs_attention"] == "no"
    assert cells["extensions"] == "until: 2025-02-28; asked: 2025-01-16; asked by: Porter; reason: No lamps"
    assert cells["escalations"] == (
        "to: Director; date: 2025-01-17; reason: No reply; decision: We pay; decided: 2025-01-18"
    )
    assert cells["asked"] == (
        "asked: 2025-01-05; by: Cook; question: Any lamps?; answered: 2025-01-06\nasked: 2025-01-08; by: Cook"
    )
    assert (cells["interim_check"], cells["breach"]) == ("2025-01-25", "yes")
    assert cells["title"] == "'=Mend the lights"
    assert unescape_cell(cells["title"]) == "=Mend the lights"


def test_json_keeps_texts_as_they_are(tmp_path: Path) -> None:
    """Reading the file back gives the records, one on each line, so that two copies can be compared."""
    found = _records(tmp_path, lights=LIGHTS, torn="---\ntitle: [\n")
    text = render_register_json(found)
    assert json.loads(text) == found
    assert [json.loads(line.rstrip(",")) for line in text.splitlines()[1:-1]] == found
    assert json.loads(render_register_json([])) == []
