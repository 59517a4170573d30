"""The rules for texts that cannot be meant as they stand."""

from __future__ import annotations

from plansite.model.findings import Level, Rule

CONFLICT_MARKERS = Rule(
    "PS017",
    "conflict-markers",
    Level.ERROR,
    """A line shows that a merge of two versions was never finished.

Git puts such lines round the two versions of what two people changed. Both stand in the file until somebody decides.

Example: `<<<<<<< HEAD`. Keep the version that is true. Delete the other one, and the lines that begin with `<<<<<<<`,
`|||||||`, `=======` and `>>>>>>>`.""",
)

TEXT_RULES = (CONFLICT_MARKERS,)
