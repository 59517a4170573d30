"""The rules about how much a file may hold and take: they keep one file from standing in the way of all others."""

from __future__ import annotations

from plansite.model.findings import Level, Rule

ERROR = Level.ERROR

TOO_LARGE = Rule(
    "PS002",
    "file-too-large",
    ERROR,
    """The file is larger than 256 KiB.

An action is a page or two. A larger file is usually an attachment pasted into it.

Example: move the attachment into a file of its own and link to it as evidence.""",
)
TOO_SLOW = Rule(
    "PS006",
    "file-too-slow",
    ERROR,
    """Reading the file takes more than 10 seconds of work, so it is given up.

No file that people write takes so long. One that does was made to, or holds a long run of the same sign.

Example: a line with ten thousand `[`. Take it out, and the file is read at the next build.""",
)
TOO_MANY = Rule(
    "PS029",
    "too-many-entries",
    ERROR,
    """A field lists more than 500 entries.

The first 500 are read. Each name among them can become a page of its own, so a short file could fill a disk.

Example: `supporters` with the whole staff list. Name a team.""",
)

RULES = (TOO_LARGE, TOO_SLOW, TOO_MANY)
