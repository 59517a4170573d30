"""How a command ends: the exit codes, and what an error means for whoever called it."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from enum import IntEnum

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
    """Do it, and turn what goes wrong into words and an exit code."""
    try:
        return run()
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SiteError as error:
        print_message(f"{error}\nNothing was done: this has to be mended first.")
        return ExitCode.FINDINGS
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.SUCCESS
    except OSError as error:
        print_message(f"plansite: {error.strerror or error}: {error.filename or ''}".rstrip(": "))
        return ExitCode.SYSTEM_ERROR
    except Exception:
        traceback.print_exc()
        print_message("plansite: this is a fault of plansite itself, not of your files. Please report the lines above.")
        return ExitCode.INTERNAL_ERROR


def print_message(text: str) -> None:
    """Speak to the person, on standard error, so that results can be piped."""
    print(text, file=sys.stderr, flush=True)
