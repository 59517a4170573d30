"""A finding: something about a file that its writer should know, with the rule it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters; only errors can fail a strict build."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with a stable code and a name that reads well after "allow"; `doc` is its documentation page."""

    code: str
    name: str
    level: Level
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault at one place. Lines and columns count from 1; line 0 means the file as a whole."""

    rule: Rule
    path: str
    line: int = 0
    column: int = 0
    message: str
    remedy: str = ""
    field: str = ""
    raw: str = ""

    @property
    def location(self) -> str:
        """`path:line:column`, as editors and terminals link it."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        """`path:line:column: CODE name: message (remedy)`."""
        said = f"{self.location}: {self.rule.code} {self.rule.name}: {self.message}"
        return f"{said} ({self.remedy})" if self.remedy else said

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Findings are listed by file, place and code."""
        return (self.path, self.line, self.column, self.rule.code, self.message)


class SiteError(Exception):
    """The settings or the theme cannot be used; the message says where and why."""
