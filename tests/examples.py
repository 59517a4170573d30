"""How many examples Hypothesis makes where a property names a number of its own."""

from __future__ import annotations

from hypothesis import settings


def examples(thorough: int) -> int:
    """`thorough` where the profile `slow` is loaded; otherwise the share of it that the loaded profile makes of 100.

    To be called when a test module is imported, which is after `tests/conftest.py` loads the profile.
    """
    default = settings.default
    assert default is not None
    return max(1, thorough * default.max_examples // 100)
