"""Findings: faults in the content, each with its rule and place. And the error of a site that cannot be used."""

from __future__ import annotations

from enum import StrEnum

from plansite.deferred_dataclass import dataclass


class Level(StrEnum):
    """The severity of a finding; only errors can fail a strict build."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with a stable code and a name that reads well after "allow"; `doc` is its documentation page.

    A finding of a rule that `stops_narrower_build` may mean that something is shown to readers it was not meant for.
    """

    code: str
    name: str
    level: Level
    doc: str
    stops_narrower_build: bool = False

    @property
    def summary(self) -> str:
        """The first paragraph of its documentation, on one line."""
        return " ".join(self.doc.partition("\n\n")[0].split())


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of a file that ends a finding: the first `old` from a line and column on becomes `new`.

    Without `old`, `new` is put in front of the line. Lines and columns count from 1.
    """

    line: int
    old: str
    new: str
    column: int = 1

    def apply(self, text: str) -> str:
        """The text of the file after the change; as it is where there is no `old`. Lines end in `\\n`."""
        lines = text.split("\n")
        start = len("\n".join(lines[: self.line - 1])) + (self.line > 1)
        if not self.old:
            text = f"{text}\n" if start > len(text) else text
            return f"{text[:start]}{self.new}\n{text[start:]}"
        start = text.find(self.old, start + self.column - 1)
        return text if start < 0 else text[:start] + self.new + text[start + len(self.old) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem at a place in a file. Lines and columns count from 1; line 0 means the file as a whole.

    `fix` is the change that the remedy describes, where it shows what to write.
    """

    rule: Rule
    path: str
    line: int = 0
    column: int = 0
    message: str
    remedy: str = ""
    field: str = ""
    raw: str = ""
    fix: Fix | None = None

    @property
    def location(self) -> str:
        """`path:line:column`, the form that editors and terminals turn into a link."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        """`path:line:column: CODE name: message (remedy)`."""
        return f"{self.location}: {self.rule.code} {self.rule.name}: {self.message_and_remedy}"

    @property
    def message_and_remedy(self) -> str:
        """`message (remedy)`, or the message alone if there is no remedy."""
        return f"{self.message} ({self.remedy})" if self.remedy else self.message

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Sorts findings by file, place and code."""
        return (self.path, self.line, self.column, self.rule.code, self.message)


class SiteError(Exception):
    """The settings or the theme cannot be used; the message says where and why."""
