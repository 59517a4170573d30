"""Checks a YAML text for dense brackets before it is parsed, so that the limit of depth is not that of the parser."""

from __future__ import annotations

from plansite.deferred_pattern import compile_lazily

#: A YAML parser reads this many characters ahead, to see whether a bracket begins a name (YAML 1.2.2, section 7.4.3).
LOOK_AHEAD = 1024
#: The most opening brackets within that distance; they are then at most eight characters apart, as in no real file.
MOST_OPEN = 128
#: An opening bracket, except for one that certainly closes before another opens: with no bracket, quotation mark,
#: comment or tag between the two, a parser takes both for brackets, or neither.
_OPENING = compile_lazily(r"[\[{](?![^\[\]{}\"'#!]*[\]}])")


def dense_brackets(text: str, depth: int) -> int | None:
    """The offset of bracket number `depth` in the first dense run of opening brackets; None without such a run.

    A dense run has more than MOST_OPEN brackets within LOOK_AHEAD characters. In a text without one, a parser that is
    stopped at `depth` levels never has more than `depth` + MOST_OPEN of them open, in spite of its reading ahead.
    Quotation marks are not parsed, so a run within them counts as well.
    """
    if text.count("[") + text.count("{") <= MOST_OPEN:
        return None
    places = [match.start() for match in _OPENING.finditer(text)]
    runs = (at for at, last in enumerate(places[MOST_OPEN:]) if last - places[at] < LOOK_AHEAD)
    first = next(runs, None)
    return None if first is None else places[first + depth - 1]
