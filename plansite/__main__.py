"""`python -m plansite`, and the `plansite` command."""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from plansite.cli.fast_answer import run_fast_answer
    from plansite.cli.fast_build import run_fast_build

    arguments = sys.argv[1:]
    code, collected = run_fast_answer(arguments)
    if code is None:
        code = run_fast_build(arguments)
    if code is not None:
        sys.exit(code)
    from plansite.cli.main import main as run_command

    sys.exit(run_command(collected=collected))


if __name__ == "__main__":
    main()
