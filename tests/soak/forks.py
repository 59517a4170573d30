"""Builds in processes forked from this one, which has everything imported: many of them in the time of few."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import plansite.cli.build
import plansite.cli.main
from plansite import __main__ as command
from tests.soak.site import Ended, Site

#: Imported here, so that no process forked from this one has to.
_READY = (plansite.cli.main, plansite.cli.build)


def forked(
    site: Site, audience: str = "", *, out: Path | None = None, first: Callable[[], object] | None = None
) -> Ended:
    """A whole build by the very code that the command runs; `first` is called in its process before it starts."""
    with tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if not child:
            code = 3
            try:
                os.dup2(said.fileno(), 2)
                code = _run([*site.words, *(("--out", str(out)) if out else ()), *_for(audience)], first)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        status = os.waitpid(child, 0)[1]
        said.seek(0)
        return Ended(code=os.waitstatus_to_exitcode(status), said=said.read())


def _for(audience: str) -> tuple[str, ...]:
    return ("--audience", audience) if audience else ()


def _run(words: list[str], first: Callable[[], object] | None) -> int:
    sys.argv = ["plansite", *words]
    if first:
        first()
    try:
        command.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 3
