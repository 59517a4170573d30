"""What one build keeps for the next: of each plan and each page, what it was made from and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plansite.build.chapter import Drawn, Looked
from plansite.build.reading import Known
from plansite.content.prints import Prints
from plansite.publish.stage import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page or data file across plans: a digest of what it shows, and what was written."""

    base: str
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is kept for one audience; plans by slug, sheets and copies by output path.

    `terms` and `frame` are marks; `whole` is one of everything that sheets are made from.
    """

    terms: str = ""
    frame: str = ""
    whole: str = ""
    prints: Prints = field(default_factory=dict)
    known: Mapping[str, Known] = field(default_factory=dict)
    looked: Mapping[str, Looked] = field(default_factory=dict)
    drawn: Mapping[str, Drawn] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    copies: Mapping[str, Content] = field(default_factory=dict)
