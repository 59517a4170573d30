"""Commands end with a number that says how it went, and with words that say what to do."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from plansite.cli.exit_codes import ExitCode, print_message, run_with_exit_code
from plansite.model.findings import SiteError


def _raising(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize("code", [0, 1, 2, ExitCode.SUCCESS, ExitCode.FINDINGS])
def test_what_ends_well_keeps_its_code(code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """The number that the work came to is the command's, and nothing is added to what it said."""
    assert run_with_exit_code(lambda: code) == code
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SiteError("plansite.yaml:2: no title"), 1, "plansite.yaml:2: no title\nNothing was done. Correct this first.\n"),
        (PermissionError(13, "Permission denied", "public/index.html"), 4, "plansite: Permission denied: public/index.html\nNothing was done. Give yourself permission to read and change it, then try again.\n"),
        (OSError(28, "No space left on device"), 4, "plansite: No space left on device\n"),
        (OSError("the disk is gone"), 4, "plansite: the disk is gone\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)  # fmt: skip
def test_what_goes_wrong_has_a_code_and_words(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each cause has a number of its own. What is said goes to standard error, with no trace of the program."""
    assert run_with_exit_code(_raising(error)) == code
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize(
    "error", [ValueError("x"), RecursionError(), KeyError("title"), AssertionError(), MemoryError()]
)
def test_a_fault_of_ours_says_so(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is left to look for it in their own files; the lines to report are there, and the last says what to do."""
    assert run_with_exit_code(_raising(error)) == ExitCode.INTERNAL_ERROR
    told = capsys.readouterr()
    assert told.out == ""
    assert type(error).__name__ in told.err
    assert told.err.splitlines()[-1] == (
        "plansite: this is an error in plansite, not in your files. Please report the lines above."
    )


def test_a_reader_who_has_enough_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `plansite list | head` the pipe closes early: that is a good end, and nothing more is written."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    assert run_with_exit_code(_raising(BrokenPipeError())) == ExitCode.SUCCESS
    assert stream.closed


@pytest.mark.parametrize("error", [SystemExit(7), GeneratorExit()])
def test_an_order_to_stop_passes(error: BaseException) -> None:
    """Whoever ends the process by other means is not held up."""
    with pytest.raises(type(error)):
        run_with_exit_code(_raising(error))


def test_words_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Results can be piped: what is said to the person is not among them."""
    print_message("Two pages")
    assert capsys.readouterr() == ("", "Two pages\n")


def test_names_do_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A file may have any name. The lines of a message stay lines."""
    print_message("one\x1b[31m\u202e\ntwo")
    error = PermissionError(13, "Permission denied", "a\n\x9bb")
    assert run_with_exit_code(_raising(error)) == ExitCode.SYSTEM_ERROR
    lines = capsys.readouterr().err.splitlines()
    assert lines[:3] == ["one\ufffd[31m\ufffd", "two", "plansite: Permission denied: a\ufffd\ufffdb"]
