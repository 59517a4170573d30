"""What one build keeps for the next: of each plan and each page, what it was made from and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plansite.content.prints import Prints
from plansite.model.findings import Finding
from plansite.pipeline.reading import Known
from plansite.pipeline.surroundings import Answer
from plansite.pipeline.terms import Terms
from plansite.publish.stage import Content
from plansite.site.plan_data import PlanData


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is wrong with a plan. `base` and `answers` say on what terms that was found.

    `assets` are the published files it links to, by output path with their sources.
    """

    base: str
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    assets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The files of a plan by output path.

    `data` is its part of the files for all plans, `past` a mark of its history.
    """

    base: str
    answers: tuple[Answer, ...]
    past: str
    files: tuple[tuple[str, Content], ...]
    data: PlanData


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What is kept of all plans for one audience, by slug."""

    known: Mapping[str, Known] = field(default_factory=dict)
    looked: Mapping[str, Looked] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What is kept of pages for one audience: of plans by slug, of sheets and copies by output path.

    `terms` and `frame` are marks, `whole` is one of everything that sheets show; `prints` are the files as they were.
    """

    terms: str = ""
    frame: str = ""
    whole: str = ""
    prints: Prints = field(default_factory=dict)
    looked: Mapping[str, Looked] = field(default_factory=dict)
    drawn: Mapping[str, Drawn] = field(default_factory=dict)
    sheets: Mapping[str, Content] = field(default_factory=dict)
    copies: Mapping[str, Content] = field(default_factory=dict)


def index_name(terms: Terms) -> str:
    """The name under which is kept what was found in the plans for an audience."""
    return f"index {terms.told_mark}"


def pages_name(terms: Terms) -> str:
    """The name under which is kept what was drawn for an audience."""
    return f"pages {terms.sight_mark}"
