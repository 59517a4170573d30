"""The program in docs/scale.md, which reads the actions of several published sites."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, write

ROOT = Path(__file__).parents[1]
_PROGRAM = re.compile(r"<!-- run with published sites -->\n```python\n(.*?)```", re.DOTALL)
_ACTION = "---\ntitle: {}\nowner: Anna\ndue: {}\nstatus: {}\n---\n"


def _publish(folder: Path, files: dict[str, str]) -> str:
    """Build a site as it was long ago, and return its address."""
    write(folder, {"plansite.yaml": "title: Plans\n", "content/plans/a/plan.md": "---\ntitle: Plan A\n---\n", **files})
    built = build_in_memory(folder, clock=FixedClock(date(2020, 1, 20)))
    (folder / "out/data").mkdir(parents=True)
    data = built.files["data/actions.json"]
    assert isinstance(data, bytes)
    (folder / "out/data/actions.json").write_bytes(data)
    return f"{(folder / 'out').as_uri()}/"


def test_the_program_lists_what_is_late(tmp_path: Path) -> None:
    """Also what has become late since a site was built; nothing that is finished, cancelled or due later."""
    (program,) = _PROGRAM.findall((ROOT / "docs/scale.md").read_text("utf-8"))
    of_a = {
        "content/plans/a/actions/lamp.md": _ACTION.format("Mend the lamp", "2020-01-10", "in progress"),
        "content/plans/a/actions/rail.md": _ACTION.format("Fix the rail", "2020-02-10", "not started"),
        "content/plans/a/actions/door.md": _ACTION.format("Hang the door", "2020-01-10", "completed"),
        "content/plans/a/actions/shed.md": _ACTION.format("Clear the shed", "2020-01-10", "cancelled"),
        "content/plans/a/actions/gate.md": _ACTION.format("Oil the gate", "9999-01-10", "not started"),
    }
    addresses = [
        _publish(tmp_path / "a", of_a),
        _publish(
            tmp_path / "b",
            {"content/plans/a/actions/bell.md": _ACTION.format("Test the bell", "2020-01-12", "blocked")},
        ),
    ]
    program, count = re.subn(r"^SITES = .*$", f"SITES = {addresses!r}", program, flags=re.MULTILINE)
    assert count == 1
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert sorted(result.stdout.splitlines()) == [
        f"2020-01-10 Anna Mend the lamp {addresses[0]}plans/a/actions/lamp.html",
        f"2020-01-12 Anna Test the bell {addresses[1]}plans/a/actions/bell.html",
        f"2020-02-10 Anna Fix the rail {addresses[0]}plans/a/actions/rail.html",
    ]
