"""The rule about marks for some readers that nobody can be sure of."""

from __future__ import annotations

from plansite.model.findings import Level, Rule

UNCLEAR_PASSAGE = Rule(
    "PS039",
    "unclear-passage",
    Level.ERROR,
    """A passage for some readers has no clear beginning or end, stands in a field, or names readers whom nobody knows.

Such a passage is hidden rather than shown. But where only its end is found, nobody can tell what was meant.

Example: a line `::: internal` with no line `:::` below it. Put `:::` on a line of its own where the passage ends.""",
)
