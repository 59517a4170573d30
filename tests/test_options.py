"""How the tests are run: what a plain run leaves out, and what the machine it runs on cannot change."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_SLOW = "tests/soak/test_soak.py"
#: Each would change what most tests of git and of the terminal see.
_FOREIGN = {"CI": "true", "COLUMNS": "20", "FORCE_COLOR": "1", "GIT_DIR": "/nowhere", "PLANSITE_PASSPHRASE": "x"}


def _pytest(project: Path, *words: str, **environment: str) -> tuple[int, str]:
    """The exit code of pytest in a process of its own, and what it prints."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    ran = subprocess.run(
        command, cwd=project, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_slow_tests_are_left_out_and_counted(project: Path) -> None:
    """A plain run says how many there were, and how to run them."""
    code, said = _pytest(project, "--collect-only", _SLOW)
    assert code == 5
    assert "8 slow tests were left out; `pytest --slow` runs them too" in said


def test_slow_tests_are_run_on_request(project: Path) -> None:
    """With `--slow` none is left out."""
    code, said = _pytest(project, "--collect-only", "--slow", _SLOW)
    assert code == 0
    assert "left out" not in said
    assert said.count(f"{_SLOW}::") == 8


@pytest.mark.parametrize("words", [("-n", "0"), ("-n", "1")])
def test_a_failure_is_named_at_once(project: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    """A run that is stopped before its summary has said which test failed, and why."""
    stop = "import os, signal, time\ntime.sleep(1)\nos.kill(int(os.environ['STOPPED']), signal.SIGKILL)\n"
    (tmp_path / "test_it.py").write_text(f"def test_a(): assert 'left' == 'right'\ndef test_b(): exec({stop!r})\n")
    command = f"STOPPED=$$ exec {sys.executable} -m pytest -q -p no:cacheprovider -p tests.early_failures -c /dev/null"
    shell = ["sh", "-c", f"{command} {' '.join(words)} {tmp_path}"]
    ran = subprocess.run(shell, cwd=project, capture_output=True, text=True, check=False)
    assert ran.returncode == -signal.SIGKILL
    (line,) = (line for line in ran.stdout.splitlines() if line.startswith("FAILED "))
    assert "test_it.py::test_a: " in line
    assert "assert 'left' == 'right'" in line


@pytest.mark.slow
def test_the_callers_variables_change_nothing(project: Path) -> None:
    """Tests that read git and the terminal pass whatever the caller has set."""
    code, said = _pytest(project, "tests/history/test_checkout.py", "tests/cli/commands/test_list.py", **_FOREIGN)
    assert code == 0, said


def test_programs_import_this_checkout(project: Path, tmp_path: Path) -> None:
    """A program that a test starts in another folder runs the code that is tested, and no copy that was installed."""
    command = [sys.executable, "-c", "import plansite; print(plansite.__file__)"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert Path(said.strip()) == project / "plansite/__init__.py"
