"""Why a file cannot be looked into."""

from __future__ import annotations


class UnreadableContentError(Exception):
    """The file is damaged, protected, or larger than is looked into. The message completes “it …”."""
