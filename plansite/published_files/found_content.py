"""Collects what was found in a document, each thing once, in the order in which it is reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from plansite.deferred_dataclass import dataclass


@dataclass(slots=True)
class FoundContent:
    """What is hidden in a document, and whose names are in it."""

    hidden: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)

    def add_hidden(self, words: str, *, when: object = True) -> None:
        """Note hidden content, if there is any."""
        if when:
            self.hidden[words] = None

    def add_name(self, words: str, *, when: object = True) -> None:
        """Note a name or another personal property, if there is one."""
        if when:
            self.names[words] = None


def is_on(attributes: Mapping[str, str], name: str) -> bool:
    """Whether an attribute of that name is there and true. Programs write `1`, `true`, `on` or `t`."""
    return attributes.get(name, "0").casefold() in ("1", "true", "on", "t")


#: What programs write as the author of a document that nobody wrote.
_PROGRAMS = frozenset(
    {"openpyxl", "python-docx", "python-pptx", "apache poi", "libreoffice", "microsoft office user", "xlsxwriter"}
)


def is_name(text: str) -> bool:
    """Whether a property holds the name of anybody, and not that of a program."""
    return bool(text.strip()) and text.strip().casefold() not in _PROGRAMS
