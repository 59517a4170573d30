"""A file for readers outside names no file that is hidden from them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from plansite.exports.actions_json.document import format_actions_json
from plansite.model.status import Audience
from plansite.pipeline.export_site import load_export_build, load_selection
from tests.sites import FixedClock, write

_CLOCK = FixedClock(date(2025, 1, 20))
_SITE = {
    "plansite.yaml": "title: Our plans\n",
    "content/plans/falls/plan.md": "---\ntitle: Falls\naudience: public\n---\n",
    "content/plans/falls/actions/rails.md": """---
title: Rails
status: in progress
depends_on: [lamps, family/about-mrs-wynn, family/open-door]
evidence:
  - {label: Photo, url: evidence/mrs-wynn.jpg}
  - {label: Report, url: "https://example.org/report"}
---
Ask [the family](../../family/actions/about-mrs-wynn.md), see ![the hall](mrs-wynn.png) and [the guide](https://example.org/).

## Steps

- [ ] Read [the note](../../family/actions/about-mrs-wynn.md)

## Progress

- 2025-01-03: Told [them](../../family/actions/about-mrs-wynn.md).
""",
    "content/plans/falls/actions/lamps.md": "---\ntitle: Lamps\nstatus: planned\n---\n",
    "content/plans/family/plan.md": "---\ntitle: Family\naudience: public\n---\n",
    "content/plans/family/actions/about-mrs-wynn.md": "---\ntitle: Talk\naudience: internal\nstatus: planned\n---\n",
    "content/plans/family/actions/open-door.md": "---\ntitle: Open door\nstatus: planned\n---\n",
}


def _export(root: Path, audience: Audience) -> tuple[str, dict[str, object]]:
    build = load_export_build(root, _CLOCK, audience, is_lenient=False)
    text = format_actions_json(load_selection(build, None, None)).decode()
    actions = {each["slug"]: each for plan in json.loads(text)["plans"] for each in plan["actions"]}
    return text, actions["rails"]


def test_hidden_files_are_not_named(tmp_path: Path) -> None:
    """Neither in references to other plans nor in links of the text; what may be seen stays."""
    text, rails = _export(write(tmp_path, _SITE), Audience.PUBLIC)
    assert "wynn" not in text
    assert rails["fields"]["depends_on"] == ["lamps", "family/open-door"]  # type: ignore[index]
    assert rails["fields"]["evidence"] == [  # type: ignore[index]
        {"label": "Photo"},
        {"label": "Report", "url": "https://example.org/report"},
    ]
    assert rails["text"] == (
        "Ask the family, see the hall and [the guide](https://example.org/).\n\n"
        "## Steps\n\n- [ ] Read the note\n\n## Progress\n\n- 2025-01-03: Told them."
    )


def test_the_organisation_has_every_reference(tmp_path: Path) -> None:
    """As it is written, also one that leads nowhere."""
    site = _SITE | {
        "content/plans/falls/actions/rails.md": "---\ntitle: Rails\ndepends_on: [lamps, slip]\n---\n[a](b.md)\n"
    }
    _, rails = _export(write(tmp_path, site), Audience.INTERNAL)
    assert rails["fields"]["depends_on"] == ["lamps", "slip"]  # type: ignore[index]
    assert rails["text"] == "[a](b.md)"
