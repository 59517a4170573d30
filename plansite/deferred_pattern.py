"""Regular expressions that are compiled when they are first used.

There are hundreds in the modules of a command, and most commands use a few: compiling them all would take a quarter of
the time of their import.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

from plansite.fast_paths import fast_paths_enabled

_ATTRIBUTES = (
    *("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"),
    *("pattern", "flags", "groups", "groupindex"),
)


def compile_lazily(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What stands for `re.compile(pattern, flags)`: its methods are called as those, but it is no `re.Pattern`.

    A pattern that is no regular expression raises re.error at its first use; a test uses each of them.
    """
    if not fast_paths_enabled():
        return re.compile(pattern, flags)
    return cast("re.Pattern[AnyStr]", _DeferredPattern(pattern, flags))


class _DeferredPattern:
    """Has no attribute of a pattern until one is asked for; then it has them all, so that each call is a direct one."""

    __slots__ = ("_arguments", *_ATTRIBUTES)

    def __init__(self, pattern: Any, flags: int) -> None:
        self._arguments = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in _ATTRIBUTES:
            raise AttributeError(name)
        compiled = re.compile(*self._arguments)
        for attribute in _ATTRIBUTES:
            setattr(self, attribute, getattr(compiled, attribute))
        return getattr(compiled, name)
