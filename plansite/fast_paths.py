"""The switch of the speed layers: with `PLANSITE_NO_FAST_PATHS=1` in the environment each of them is left out.

A speed layer does in less time what plain code or a library does as well, with the same bytes as its result. Without
them a fault can be traced to the layer, or to what it stands in for.
"""

from __future__ import annotations

import os

_VARIABLE = "PLANSITE_NO_FAST_PATHS"


def fast_paths_enabled() -> bool:
    """Whether speed layers are used: they are, unless the environment variable is `1`."""
    return os.environ.get(_VARIABLE) != "1"
