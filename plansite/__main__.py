"""`python -m plansite`, and the `plansite` command."""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    arguments = sys.argv[1:]
    if arguments in (["--help"], ["-h"]):
        from plansite.cli.fast_help import read_saved_help

        text = read_saved_help()
        if text is not None:
            sys.stdout.write(text)
            return
    from plansite.cli.fast_build import run_fast_build

    code = run_fast_build(arguments)
    if code is not None:
        sys.exit(code)
    from plansite.cli.main import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
