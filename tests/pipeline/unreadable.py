"""Run by a test without the rights of an administrator: takes the right to read from each file and folder in turn.

Arguments: the site, and the output folder. Prints one line of JSON for each case: the path, the exit codes of a build
and a check, and whether the published site is as it was.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path

from plansite.cli.fast_build import run_fast_build
from plansite.cli.main import main
from tests.publish.versions import files_in


def _run(*arguments: str) -> tuple[int, str]:
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        code = run_fast_build(arguments)
        return main(list(arguments)) if code is None else code, errors.getvalue()


def run(site: Path, out: Path) -> None:
    """Build once, then once for each path below the content, the theme and the settings."""
    options = ("--site", str(site), "--today", "2025-01-20")
    build = ("build", *options, "--audience", "partners", "--out", str(out))
    code, message = _run(*build)
    assert code == 0, message
    before = files_in(out)
    tops = [site / "plansite.yaml", site / "content", site / "themes"]
    for path in (each for top in tops for each in (top, *sorted(top.rglob("*")))):
        mode = path.stat().st_mode & 0o777
        path.chmod(0)
        code, message = _run(*build)
        check_code, _ = _run("check", *options)
        print(json.dumps([str(path.relative_to(site)), code, check_code, files_in(out) == before, message]))  # noqa: T201
        path.chmod(mode)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
