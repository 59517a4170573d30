"""docs/trust.md says what was measured, and nothing else."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import pytest

from benchmarks.trust import (
    PAGE,
    PLACEHOLDER,
    ROOT,
    TEMPLATE,
    UNMEASURED,
    MeasureError,
    measure_figures,
    read_figures,
    render_page,
)
from benchmarks.trust_measures import MEASURES, Measure

TEXT = TEMPLATE.read_text("utf-8")


def test_the_page_is_up_to_date() -> None:
    """It is what the figures and the template make of it; `python -m benchmarks.trust --write` writes it anew."""
    assert PAGE.read_text("utf-8") == render_page(TEXT, read_figures())


def test_every_figure_comes_from_a_command() -> None:
    """Of each measure the page shows a figure and the command, and every row of figures names its command."""
    used = PLACEHOLDER.findall(TEXT)
    assert {name for name, _ in used} == MEASURES.keys()
    assert {name for name, figure in used if figure == "command"} == MEASURES.keys()
    for name, figure in used:
        assert figure == "command" or figure in {**MEASURES[name].patterns, **MEASURES[name].claims}


@pytest.mark.parametrize("row", [row for row in TEXT.splitlines() if row.startswith("| ") and "{" in row])
def test_no_figure_is_written_by_hand(row: str) -> None:
    """The cells after the first one have no digits of their own."""
    cells = row.strip("| ").split(" | ")[1:]
    assert [cell for cell in cells if re.search(r"\d", PLACEHOLDER.sub("", cell))] == []


def test_what_was_measured_is_declared_so() -> None:
    """A figure is kept with the command that would give it today."""
    for name, kept in read_figures().items():
        assert kept["command"] == MEASURES[name].command
        assert set(kept["figures"]) <= {*MEASURES[name].patterns, *MEASURES[name].claims}


@pytest.mark.parametrize("name", sorted(read_figures()))
def test_every_command_can_be_run(name: str) -> None:
    """The files and modules that it names exist."""
    named = list(_named_paths(MEASURES[name].command))
    assert named
    assert [path for path in named if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()] == []


def _named_paths(command: str) -> Iterator[str]:
    for word in shlex.split(command):
        if "/" in word:
            yield word
        elif re.fullmatch(r"tests(\.\w+)+", word):
            yield word.replace(".", "/")


def test_a_command_that_fails_or_prints_no_figure_is_no_measure() -> None:
    """It is said which one, and nothing is kept."""
    with pytest.raises(MeasureError, match="does not print pages"):
        measure_figures(Measure(command="python -c print(1)", patterns={"pages": r"(\d+) pages"}))
    with pytest.raises(MeasureError, match="ended with 3"):
        measure_figures(Measure(command="python -c exit(3)"))
    found = measure_figures(
        Measure(command="A_B=7 python -c 'import os; print(os.environ[\"A_B\"])'", patterns={"n": "(7)"})
    )
    assert found == {"n": "7"}


def test_what_was_not_measured_is_said() -> None:
    """No empty cell passes for a result, and no part of one."""
    assert (
        render_page("| Slips | {slips.slips} slips, {slips.shown} shown | x |", {}) == f"| Slips | {UNMEASURED} | x |"
    )
    with pytest.raises(KeyError):
        render_page("{nothing.shown}", {})
