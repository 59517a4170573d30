"""The switch for modules that only save time: PLANSITE_NO_FAST_PATHS=1 turns them off, with the same bytes."""

import os


def fast_paths_enabled() -> bool:
    """Whether fast paths may be used; False where the environment has PLANSITE_NO_FAST_PATHS=1."""
    return os.environ.get("PLANSITE_NO_FAST_PATHS") != "1"
