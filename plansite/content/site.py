"""Everything read, put together: the Site."""

from __future__ import annotations

import fnmatch
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from plansite.content.adopt import action_of, goal_of
from plansite.content.documents import Place, Result, document_of, front_of
from plansite.content.faults import MISSING_SOURCE, NO_PLAN_FILE
from plansite.content.layout import (
    MARKDOWN,
    MISNAMED,
    name_faults,
    place_of,
    plan_slugs,
    stray,
    stray_place,
    twin_plans,
)
from plansite.content.report import Report
from plansite.content.scan import ASSETS, Found, walk
from plansite.content.settings import FILE, settings_of
from plansite.content.text import salvage
from plansite.model.action import Action
from plansite.model.findings import Finding
from plansite.model.names import slug_of, title_of
from plansite.model.people import Agency, Owner
from plansite.model.plan import Goal, Incident, Measure, Plan, Review
from plansite.model.site import Adopted, Document, Front, Site, Unread
from plansite.model.status import Audience
from plansite.workers import spread

T = TypeVar("T", bound=Document)
_READ = (*MARKDOWN, *MISNAMED, ".csv")


@dataclass(slots=True)
class _Gathered:
    """What has been read so far."""

    results: list[Result] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    assets: set[str] = field(default_factory=set)
    adopted_plans: dict[str, Plan] = field(default_factory=dict)
    front: Front = field(default_factory=Front)


def load(root: Path) -> Site:
    """Read the site in a folder that holds `plansite.yaml`. Raises SettingsError; OSError without that file."""
    settings, findings = settings_of((root / FILE).read_bytes())
    gathered = _Gathered(findings=list(findings))
    _read_own(list(walk(root, "content", _READ)), gathered)
    for source in settings.sources:
        _read_adopted(root, source, gathered)
    documents = _addressed(gathered)
    owners = tuple(_of(Owner, documents))
    plans = tuple(_plans(documents, gathered))
    return Site(
        settings=settings,
        front=gathered.front,
        plans=plans,
        owners=owners,
        agencies=tuple(_of(Agency, documents)),
        unread=tuple(document for document in documents if isinstance(document, Unread)),
        findings=tuple(sorted(gathered.findings, key=lambda finding: finding.order)),
        files=frozenset(gathered.assets),
    )


def _read_own(files: list[Found], gathered: _Gathered) -> None:
    """The site's own layout below `content/`."""
    tables = {found.path: found for found in files if found.path.lower().endswith(".csv")}
    texts = [found for found in files if _is_text(found.path)]
    slugs = plan_slugs(found.path for found in texts)
    placed: list[_Placed] = []
    for found in files:
        gathered.findings.extend(found.findings)
        if PurePosixPath(found.path).suffix.lower() in ASSETS and not found.findings and not _is_text(found.path):
            gathered.assets.add(found.path)
    for found in texts:
        if found.path == "content/index.md":
            gathered.front, faults = front_of(found.path, found.data or b"")
            gathered.findings.extend(faults)
        elif found.path.lower().endswith(MISNAMED) or (place := place_of(found.path, slugs)) is None:
            _keep_stray(found, slugs, gathered)
        else:
            table = tables.get(found.path[:-3] + ".csv") if place.kind == "measure" else None
            placed.append(_Placed(place, found, table.data if table else None))
    for result, each in zip(spread(_document, placed), placed, strict=True):
        gathered.results.append(result)
        gathered.findings.extend(finding for finding in result.findings if finding not in each.found.findings)
    gathered.findings.extend(name_faults(found.path for found in texts))
    gathered.findings.extend(twin_plans(slugs))


def _is_text(path: str) -> bool:
    """Whether a file is meant to be read: Markdown by any name, but for templates and notes about a folder."""
    name = path.rsplit("/", 1)[-1].lower()
    meant = name.endswith((*MARKDOWN, *MISNAMED)) and name != "readme.md"
    return meant and not path.startswith("content/templates/")


def _keep_stray(found: Found, slugs: Mapping[str, str], gathered: _Gathered) -> None:
    """A file that lies or is named wrongly stays in sight in its plan, as one that could not be read."""
    finding, place = stray(found.path), stray_place(found.path, slugs)
    gathered.findings.append(finding)
    if place:
        text = salvage(found.data or b"")
        kept = Unread(
            plan=place.plan, kind=place.kind, slug=place.slug, path=place.path, text=text, findings=(finding,)
        )
        gathered.results.append(Result(kept, (finding,)))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A file with its place in the layout, and for a measure the table beside it."""

    place: Place
    found: Found
    table: bytes | None = None


def _document(placed: _Placed) -> Result:
    return _refused(placed.place, placed.found) or document_of(placed.place, placed.found.data or b"", placed.table)


def _refused(place: Place, found: Found) -> Result | None:
    """A file that the walk would not open is kept in sight as unread."""
    if found.data is not None:
        return None
    kept = Unread(plan=place.plan, kind=place.kind, slug=place.slug, path=place.path, text="", findings=found.findings)
    return Result(kept, found.findings)


def _read_adopted(root: Path, source: Adopted, gathered: _Gathered) -> None:
    folder = os.path.normpath(source.path)
    if not (root / folder).is_dir():
        report = Report(FILE)
        report.add(
            MISSING_SOURCE,
            f"there is no folder `{source.path}`",
            "`path` counts from the folder of this file",
        )
        gathered.findings.extend(report.findings)
        return
    base = folder.replace(os.sep, "/")
    own = (source.plan.slug if source.plan else "") or base.rsplit("/", 1)[-1]
    goals = tuple(_adopted_goals(root, source, gathered))
    plan = Plan(slug=slug_of(own), path=FILE, title=source.title or title_of(own), goals=goals)
    placed = [
        _Placed(Place("action", plan.slug, slug_of(_below(found.path, base)), found.path), found)
        for found in walk(root, base, MARKDOWN)
        if fnmatch.fnmatch(found.path.rsplit("/", 1)[-1], source.files)
    ]
    for result, named in spread(partial(_adopted, source), placed):
        if named:
            slug = slug_of(named)
            gathered.adopted_plans.setdefault(slug, Plan(slug=slug, path=FILE, title=named, goals=goals))
        else:
            gathered.adopted_plans.setdefault(plan.slug, plan)
        gathered.results.append(result)
        gathered.findings.extend(result.findings)


def _below(path: str, base: str) -> str:
    return str(PurePosixPath(path.removeprefix(base + "/")).with_suffix(""))


def _adopted(source: Adopted, placed: _Placed) -> tuple[Result, str]:
    """An adopted action, and the title of the plan it names, if any."""
    refused = _refused(placed.place, placed.found)
    return (refused, "") if refused else action_of(source, placed.place, placed.found.data or b"")


def _adopted_goals(root: Path, source: Adopted, gathered: _Gathered) -> Iterator[Goal]:
    if source.goals is None:
        return
    base = os.path.normpath(source.goals.path).replace(os.sep, "/")
    for found in walk(root, base, MARKDOWN):
        if found.data is not None and found.path.endswith(".md"):
            goal, findings = goal_of(source, found.path, PurePosixPath(found.path).stem, found.data)
            gathered.findings.extend(findings)
            if goal:
                yield goal


def _addressed(gathered: _Gathered) -> list[Document | Unread]:
    """Documents whose addresses would fall together get a number behind theirs, in order of their paths."""
    taken: set[tuple[str, str, str]] = set()
    documents = []
    for result in gathered.results:
        document, number = result.document, 2
        kind = document.kind if isinstance(document, Unread) else type(document).__name__.lower()
        plan = getattr(document, "plan", "")
        slug = document.slug
        while (kind, plan, slug.casefold()) in taken:
            slug, number = f"{document.slug}-{number}", number + 1
        taken.add((kind, plan, slug.casefold()))
        documents.append(document if slug == document.slug else replace(document, slug=slug))
    return documents


def _of(kind: type[T], documents: Iterable[Document | Unread]) -> Iterator[T]:
    return (document for document in documents if isinstance(document, kind))


def _by_plan(kind: type[T], documents: list[Document | Unread]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for document in _of(kind, documents):
        groups[getattr(document, "plan", "")].append(document)
    return groups


def _plans(documents: list[Document | Unread], gathered: _Gathered) -> Iterator[Plan]:
    """Each plan with what its folder holds; a folder without a plan file, or with an unreadable one, is a plan too."""
    declared = {plan.slug: plan for plan in _of(Plan, documents)}
    actions, reviews = _by_plan(Action, documents), _by_plan(Review, documents)
    incidents, measures = _by_plan(Incident, documents), _by_plan(Measure, documents)
    unread = {d.plan or d.slug for d in documents if isinstance(d, Unread) and (d.plan or d.kind == "plan")}
    slugs = {*declared, *actions, *reviews, *incidents, *measures, *unread, *gathered.adopted_plans}
    for slug in sorted(slugs):
        plan = declared.get(slug) or gathered.adopted_plans.get(slug) or _implied(slug, documents, gathered)
        adopted = gathered.adopted_plans.get(slug)
        if adopted and slug in declared:
            plan = replace(plan, goals=plan.goals + adopted.goals)
        plan = replace(
            plan,
            actions=tuple(actions.get(slug, ())),
            reviews=tuple(sorted(reviews.get(slug, ()), key=lambda review: (str(review.date or ""), review.slug))),
            incidents=tuple(incidents.get(slug, ())),
            measures=tuple(measures.get(slug, ())),
        )
        yield _with_implied_goals(plan) if adopted else plan


def _implied(slug: str, documents: list[Document | Unread], gathered: _Gathered) -> Plan:
    path = f"content/plans/{slug}/plan.md"
    if not any(isinstance(each, Unread) and each.path == path for each in documents):
        report = Report(path)
        report.add(
            NO_PLAN_FILE,
            f"the plan “{slug}” has no plan file",
            "add one with a title, an objective and goals",
        )
        gathered.findings.extend(report.findings)
    return Plan(slug=slug, path=path, title=title_of(slug), audience=Audience.INTERNAL)


def _with_implied_goals(plan: Plan) -> Plan:
    """The goals that adopted actions name and no file declares."""
    known = {goal.key for goal in plan.goals} | {goal.title for goal in plan.goals}
    named = dict.fromkeys(action.goal for action in plan.actions if action.goal and action.goal not in known)
    return replace(plan, goals=plan.goals + tuple(Goal(key=name, title=name) for name in named))
