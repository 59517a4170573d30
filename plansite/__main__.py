"""`python -m plansite`, and the `plansite` command."""

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code.

    A command creates many values and few cycles, and then its process ends: collecting garbage would take a tenth of
    its time. `serve` turns it on again.
    """
    gc.disable()
    code = _run()
    gc.freeze()  # at its end, Python collects all that is not frozen
    sys.exit(code)


def _run() -> int:
    from plansite.cli.fast_answer import run_fast_answer
    from plansite.cli.fast_build import run_fast_build

    arguments = sys.argv[1:]
    code, collected = run_fast_answer(arguments)
    if code is None:
        code = run_fast_build(arguments)
    if code is not None:
        return code
    from plansite.cli.main import main as run_command

    return run_command(collected=collected)


if __name__ == "__main__":
    main()
