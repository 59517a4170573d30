"""`python -m plansite`, and the `plansite` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from plansite.cli.quick import answered

    code = answered(sys.argv[1:])
    if code is not None:
        sys.exit(code)
    from plansite.cli.main import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
