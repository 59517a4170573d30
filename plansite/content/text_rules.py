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

INVISIBLE_CHARACTER = Rule(
    "PS049",
    "invisible-character",
    Level.HINT,
    """A name or a value holds a character that nobody sees, such as a zero-width space.

It is read without that character. Other programs take the word for another one.

Example: `status: completed` copied from a web page, with a zero-width space in it. Type the word again.""",
)

TEXT_RULES = (CONFLICT_MARKERS, INVISIBLE_CHARACTER)
