"""How a command ends: the exit codes, and what an error means for whoever called it."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from enum import IntEnum

from plansite.model.errors import SiteError


class Exit(IntEnum):
    """The exit codes, the same for every command."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    OUR_FAULT = 3
    MACHINE = 4
    INTERRUPTED = 130


def ended(work: Callable[[], int]) -> int:
    """Do it, and turn what goes wrong into words and an exit code."""
    try:
        return work()
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except SiteError as error:
        say(f"{error}\nNothing was done: this has to be mended first.")
        return Exit.FINDINGS
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.DONE
    except OSError as error:
        say(f"plansite: {error.strerror or error}: {error.filename or ''}".rstrip(": "))
        return Exit.MACHINE
    except Exception:
        traceback.print_exc()
        say("plansite: this is a fault of plansite itself, not of your files. Please report the lines above.")
        return Exit.OUR_FAULT


def say(text: str) -> None:
    """Speak to the person, on standard error, so that results can be piped."""
    print(text, file=sys.stderr, flush=True)
