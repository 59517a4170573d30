"""Help comes at once, and says what the commands say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from plansite.cli.fast_help import read_saved_help
from plansite.cli.main import main

KEPT = Path(__file__).parents[2] / "plansite" / "cli" / "help.txt"


def test_the_kept_text_is_what_the_commands_say(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    """`--help` of the command group, at the width of a usual terminal, is the text that is kept."""
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    if update_golden:
        KEPT.write_text(said, "utf-8")
    assert KEPT.read_text("utf-8") == said == read_saved_help()


def test_a_narrow_terminal_gets_lines_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """There the kept text is not used."""
    monkeypatch.setenv("COLUMNS", "60")
    assert read_saved_help() is None


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_nothing_large_is_imported_for_it(word: str) -> None:
    """Neither the library that reads command lines nor the model is loaded."""
    code = f"import sys; sys.argv = ['plansite', {word!r}]; from plansite.__main__ import main; main(); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *help_, modules = ran.stdout.splitlines()
    assert "\n".join(help_) + "\n" == KEPT.read_text("utf-8")
    assert not {"click", "plansite.model", "pathlib", "dataclasses"} & set(modules.split())
