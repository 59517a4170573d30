"""A look at the brackets of a YAML text before a parser sees it, so that no parser's own limit decides the answer."""

from __future__ import annotations

import re

#: A YAML parser reads this many characters ahead, to see whether a bracket begins a name (YAML 1.2.2, section 7.4.3).
LOOK_AHEAD = 1024
#: So many brackets that stay open within that distance are written by nobody; each has eight characters at most.
MOST_OPEN = 128
#: A bracket that opens. Left out is one that surely closes again on the spot: what stands between holds no bracket,
#: quotation mark, comment or tag, so parsers take both for brackets, or neither.
_OPENING = re.compile(r"[\[{](?![^\[\]{}\"'#!]*[\]}])")


def dense_brackets(text: str, depth: int) -> int | None:
    """Where the bracket number `depth` of a dense run of opening brackets stands in a text; None without such a run.

    In a text without one, a parser that is stopped at `depth` levels never holds more than `depth` + `MOST_OPEN` of
    them, for all that it reads ahead. Quotation marks are not read, so a run within them counts as well.
    """
    if text.count("[") + text.count("{") <= MOST_OPEN:
        return None
    places = [match.start() for match in _OPENING.finditer(text)]
    runs = (at for at, last in enumerate(places[MOST_OPEN:]) if last - places[at] < LOOK_AHEAD)
    first = next(runs, None)
    return None if first is None else places[first + depth - 1]
