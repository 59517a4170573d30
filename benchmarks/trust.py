"""Measures what docs/trust.md says, and writes it: `python -m benchmarks.trust [--only NAME,NAME] [--write]`.

Each measure is a command, declared in `trust_measures.py`. Its figures are kept in `docs/trust-figures.json` beside the
version of plansite that gave them, and `trust_page.md` says where they stand on the page. `--only` measures a part
again, and `--write` none: it only writes the page. All of it takes some hours.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.trust_measures import MEASURES, Measure

ROOT = Path(__file__).parents[1]
TEMPLATE, FIGURES, PAGE = (
    ROOT / name for name in ("benchmarks/trust_page.md", "docs/trust-figures.json", "docs/trust.md")
)
UNMEASURED = "not measured yet"
#: `{hostile.pages}` is a figure, and `{hostile.command}` the command that gives it.
PLACEHOLDER = re.compile(r"\{([a-z_]+)\.([a-z_]+)\}")


class MeasureError(Exception):
    """A command failed, or printed no such figure."""


def measure_figures(measure: Measure) -> dict[str, str]:
    """Run the command; its figures by name. Raises MeasureError."""
    words = shlex.split(measure.command)
    settings = [word for word in words if re.fullmatch(r"[A-Z_]+=\S+", word)]
    program, *options = words[len(settings) :]
    start = [sys.executable, "-m", "pytest"] if program == "pytest" else [sys.executable]
    environment = os.environ | dict(setting.split("=", 1) for setting in settings)
    done = subprocess.run(  # noqa: S603  (a command that is declared in this repository)
        [*start, *options], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    output = done.stdout + done.stderr
    if done.returncode:
        raise MeasureError(f"{measure.command} ended with {done.returncode}:\n{output[-2000:]}")
    return {**measure.claims, **_find_figures(measure, output)}


def _find_figures(measure: Measure, output: str) -> dict[str, str]:
    found = {name: re.search(pattern, output) for name, pattern in measure.patterns.items()}
    absent = [name for name, match in found.items() if match is None]
    if absent:
        raise MeasureError(f"{measure.command} does not print {', '.join(absent)}")
    return {name: match[1].strip() for name, match in found.items() if match}


def read_figures() -> dict[str, Any]:
    """What was measured, by the name of the measure: its command, the version of plansite, and its figures."""
    figures: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))
    return figures


def render_page(template: str, measured: Mapping[str, Any]) -> str:
    """The page. A cell of which not all was measured says so. Raises KeyError where no such measure is declared."""

    def fill(match: re.Match[str]) -> str:
        name, figure = match.groups()
        if figure == "command":
            return f"`{MEASURES[name].command}`"
        if name not in MEASURES:
            raise KeyError(name)
        return str(measured.get(name, {}).get("figures", {}).get(figure, UNMEASURED))

    def fill_cell(cell: str) -> str:
        filled = PLACEHOLDER.sub(fill, cell)
        return UNMEASURED if UNMEASURED in filled else filled

    return "\n".join(
        " | ".join(map(fill_cell, line.split(" | "))) if line.startswith("| ") else PLACEHOLDER.sub(fill, line)
        for line in template.split("\n")
    )


def main() -> None:
    """Measure what was asked for, keep it, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(MEASURES), help="which measures, with commas between (all)")
    parser.add_argument("--write", action="store_true", help="measure nothing, and write the page")
    wanted = parser.parse_args()
    measured = read_figures()
    for name in () if wanted.write else wanted.only.split(","):
        figures = measure_figures(MEASURES[name])
        measured[name] = {"command": MEASURES[name].command, "plansite": version("plansite"), "figures": figures}
        text = json.dumps(dict(sorted(measured.items())), indent=1, ensure_ascii=False)
        FIGURES.write_text(f"{text}\n", "utf-8", newline="\n")
        sys.stdout.write(f"{name}: {figures}\n")
    PAGE.write_text(render_page(TEMPLATE.read_text("utf-8"), measured), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
