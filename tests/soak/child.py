"""The real command with something done to it, as the environment says: `python -m tests.soak.child build …`.

SOAK_STEP and SOAK_NTH: when that step is reached for the nth time, all processes of the build end at once.
SOAK_PAUSE: at that step the build stops instead, until it is told to go on.
"""

from __future__ import annotations

import functools
import itertools
import os
import signal
from unittest.mock import patch

from plansite import __main__ as command
from plansite.publish.publish import open_publication
from plansite.publish.steps import Step


def meet(step: str, nth: int, *, pause: bool) -> None:
    """Make builds of this process end or pause at a step."""
    left = itertools.count(nth - 1, -1)

    def watch(reached: Step) -> None:
        if reached.name == step and next(left) == 0:
            os.killpg(0, signal.SIGSTOP if pause else signal.SIGKILL)

    patch(
        "plansite.pipeline.published_build.open_publication", functools.partial(open_publication, observe=watch)
    ).start()


if __name__ == "__main__":
    if os.environ.get("SOAK_STEP"):
        meet(os.environ["SOAK_STEP"], int(os.environ["SOAK_NTH"]), pause="SOAK_PAUSE" in os.environ)
    command.main()
