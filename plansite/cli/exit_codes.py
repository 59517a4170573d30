"""The exit codes, and which errors lead to which of them."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from enum import IntEnum

from plansite.content.report import make_printable
from plansite.model.findings import SiteError


class ExitCode(IntEnum):
    """The exit codes, the same for every command."""

    SUCCESS = 0
    FINDINGS = 1
    USAGE = 2
    INTERNAL_ERROR = 3
    SYSTEM_ERROR = 4
    INTERRUPTED = 130


def run_with_exit_code(run: Callable[[], int]) -> int:
    """The exit code of a command. Its exceptions are printed and become exit codes."""
    try:
        return run()
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SiteError as error:
        print_message(f"{error}\nNothing was done. Correct this first.")
        return ExitCode.FINDINGS
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.SUCCESS
    except OSError as error:
        print_message(f"plansite: {error.strerror or error}: {make_printable(str(error.filename or ''))}".rstrip(": "))
        if isinstance(error, PermissionError):
            print_message("Nothing was done. Give yourself permission to read and change it, then try again.")
        return ExitCode.SYSTEM_ERROR
    except Exception:
        traceback.print_exc()
        print_message("plansite: this is an error in plansite, not in your files. Please report the lines above.")
        return ExitCode.INTERNAL_ERROR


def report_error(error: BaseException) -> int:
    """The exit code of an exception outside a command; it is printed as one of a command is."""

    def fail() -> int:
        raise error

    return run_with_exit_code(fail)


def print_message(text: str) -> None:
    """Print to standard error, so that results on standard output can be piped.

    Names of files may hold characters that would steer the terminal; they are replaced.
    """
    print("\n".join(map(make_printable, text.split("\n"))), file=sys.stderr, flush=True)
