"""A plan as its files have it: everything read, nothing yet asked of the rest of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeVar

from plansite.content.adopt import action_of
from plansite.content.documents import Place, Result, document_of, unread
from plansite.content.faults import NO_PLAN_FILE
from plansite.content.layout import MISNAMED, place_of, stray, stray_place
from plansite.content.patience import in_time
from plansite.content.report import Report
from plansite.content.scan import Found
from plansite.content.shelf import OWN, Batch, Lent, Shelf
from plansite.content.text import salvage
from plansite.content.tripwire import Watch
from plansite.model.action import Action
from plansite.model.findings import Finding
from plansite.model.names import slug_of, title_of
from plansite.model.plan import Goal, Incident, Measure, Plan, Review
from plansite.model.site import Adopted, Document, Unread
from plansite.model.status import Audience

T = TypeVar("T", bound=Document)
Held = TypeVar("Held", bound=Document | Unread)
#: Opens a file by its path and the folder that it may not leave.
Open = Callable[[str, str], Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A plan with all its documents, the files of it that could not be read, and what was found while reading.

    `numbered` are the paths of documents that had to get a number behind their slugs, with their own slugs. A plan
    that `is_adopted` has no file of its own. `declared` is how many goals come before those that only actions name;
    None where no action can imply one.
    """

    plan: Plan
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = ()
    numbered: tuple[tuple[str, str], ...] = ()
    is_adopted: bool = False
    declared: int | None = None


def volume_from(shelf: Shelf, batch: Batch) -> Volume:
    """Read one plan of a shelf."""
    return volume_of(batch, shelf.open, shelf.settings.sources)


def volume_of(batch: Batch, open_: Open, sources: tuple[Adopted, ...]) -> Volume:
    """Read one plan. The same files give the same volume; `sources` say how files laid out by others are read."""
    open_ = watch = Watch(open_)
    results = [*_own(batch, open_), *(_lent(each, batch.slug, open_, sources) for each in batch.lent)]
    documents = list(addressed(result.document for result in results))
    findings = [*(finding for result in results for finding in result.findings), *watch.findings]
    plan = next((each for each in documents if isinstance(each, Plan)), None)
    if plan is None and batch.adopted is None:
        findings.extend(_without_plan_file(batch, documents))
    return Volume(
        plan=_filled(plan, batch, documents),
        unread=tuple(each for each in documents if isinstance(each, Unread)),
        findings=tuple(findings),
        numbered=numbered(results, documents),
        is_adopted=batch.adopted is not None and plan is None,
        declared=len((plan.goals if plan else ()) + batch.adopted.goals) if batch.adopted else None,
    )


def seen_anew(plan: Plan, volume: Volume) -> Plan | None:
    """A plan of which documents were left out, as if it had been read without them; None where nothing is left.

    Numbers tell apart only documents that are left, and only actions that are left imply goals. A plan that only
    adopted files make is none without them.
    """
    if volume.is_adopted and not plan.actions:
        return None
    if volume.declared is not None:
        implied = frozenset(volume.plan.goals[volume.declared :])
        plan = _with_implied_goals(replace(plan, goals=tuple(each for each in plan.goals if each not in implied)))
    return _readdressed(plan, volume.numbered)


def _readdressed(plan: Plan, numbered: tuple[tuple[str, str], ...]) -> Plan:
    if not numbered:
        return plan
    reviews = addressed(sorted(plan.reviews, key=lambda review: review.path), numbered)
    return replace(
        plan,
        actions=tuple(addressed(plan.actions, numbered)),
        reviews=_by_day(reviews),
        incidents=tuple(addressed(plan.incidents, numbered)),
        measures=tuple(addressed(plan.measures, numbered)),
    )


def _by_day(reviews: Iterable[Review]) -> tuple[Review, ...]:
    return tuple(sorted(reviews, key=lambda review: (str(review.date or ""), review.slug)))


def _own(batch: Batch, open_: Open) -> Iterator[Result]:
    """The documents in the plan's folder; those that lie wrongly first."""
    slugs = {batch.folder: batch.slug}
    places = {path: None if path.lower().endswith(MISNAMED) else place_of(path, slugs) for path in batch.files}
    for path in (path for path, place in places.items() if place is None):
        yield from _stray(open_(path, OWN), stray_place(path, slugs))
    for path, place in places.items():
        if place:
            yield document_at(place, path, open_)


def document_at(place: Place, path: str, open_: Open) -> Result:
    """One document of the site's own layout, with the table beside it where it is a measure."""
    found = open_(path, OWN)
    place = replace(place, path=found.path)
    table = open_(f"{path[:-3]}.csv", OWN).data if place.kind == "measure" else None
    return _refused(place, found) or _in_time(place, found, lambda data: document_of(place, data, table))


def _in_time(place: Place, found: Found, read: Callable[[bytes], Result]) -> Result:
    """A file that takes too long is kept in sight as unread."""
    data = found.data or b""
    return in_time(place.path, data, lambda: read(data), lambda report: unread(place, salvage(data), report))


def _stray(found: Found, place: Place | None) -> Iterator[Result]:
    """A file that lies or is named wrongly stays in sight in its plan, as one that could not be read."""
    finding = stray(found.path)
    if place:
        text = salvage(found.data or b"")
        kept = Unread(
            plan=place.plan, kind=place.kind, slug=place.slug, path=found.path, text=text, findings=(finding,)
        )
        yield Result(kept, (*found.findings, finding))


def _refused(place: Place, found: Found) -> Result | None:
    """A file that nobody may open is kept in sight as unread."""
    if found.data is not None:
        return None
    kept = Unread(plan=place.plan, kind=place.kind, slug=place.slug, path=place.path, text="", findings=found.findings)
    return Result(kept, found.findings)


def _lent(lent: Lent, plan: str, open_: Open, sources: tuple[Adopted, ...]) -> Result:
    """An action that somebody else laid out."""
    found = open_(lent.path, lent.folder)
    below = str(PurePosixPath(lent.path.removeprefix(f"{lent.folder}/")).with_suffix(""))
    place = Place("action", plan, slug_of(below), found.path)
    return _refused(place, found) or _in_time(place, found, lambda data: action_of(sources[lent.source], place, data))


def addressed(documents: Iterable[Held], numbered: Iterable[tuple[str, str]] = ()) -> Iterator[Held]:
    """Documents whose addresses would fall together get a number behind theirs, in order of their paths.

    `numbered` are those that have got one already, with their own slugs: they get it anew, as far as they need one.
    """
    taken: set[tuple[str, str]] = set()
    own = dict(numbered)
    for document in documents:
        kind = document.kind if isinstance(document, Unread) else type(document).__name__.lower()
        plain, number = own.get(document.path, document.slug), 2
        slug = plain
        while (kind, slug.casefold()) in taken:
            slug, number = f"{plain}-{number}", number + 1
        taken.add((kind, slug.casefold()))
        yield document if slug == document.slug else replace(document, slug=slug)


def numbered(results: Iterable[Result], documents: Iterable[Document | Unread]) -> tuple[tuple[str, str], ...]:
    """The paths of documents that got a number, with the slugs they had before."""
    pairs = zip((result.document for result in results), documents, strict=True)
    return tuple((after.path, before.slug) for before, after in pairs if before.slug != after.slug)


def _filled(declared: Plan | None, batch: Batch, documents: list[Document | Unread]) -> Plan:
    """The plan with what its folder holds; one without a file of its own, or with an unreadable one, is a plan too."""
    implied = Plan(
        slug=batch.slug,
        path=f"content/plans/{batch.slug}/plan.md",
        title=title_of(batch.slug),
        audience=Audience.INTERNAL,
    )
    plan = declared or batch.adopted or implied
    if declared is None and any(_is_of_plan_file(each) for each in documents if isinstance(each, Unread)):
        plan = replace(plan, audience=Audience.INTERNAL)  # it may have said so
    if declared and batch.adopted:
        plan = replace(plan, goals=plan.goals + batch.adopted.goals)
    plan = replace(
        plan,
        actions=tuple(_of(Action, documents)),
        reviews=_by_day(_of(Review, documents)),
        incidents=tuple(_of(Incident, documents)),
        measures=tuple(_of(Measure, documents)),
    )
    return _with_implied_goals(plan) if batch.adopted else plan


def _is_of_plan_file(unread: Unread) -> bool:
    return unread.kind == "plan" or PurePosixPath(unread.path).name.casefold().startswith("plan.")


def _of(kind: type[T], documents: Iterable[Document | Unread]) -> Iterator[T]:
    return (document for document in documents if isinstance(document, kind))


def _without_plan_file(batch: Batch, documents: Iterable[Document | Unread]) -> tuple[Finding, ...]:
    path = f"content/plans/{batch.slug}/plan.md"
    if any(isinstance(each, Unread) and each.path == path for each in documents):
        return ()
    report = Report(path)
    report.add(
        NO_PLAN_FILE, f"the plan “{batch.slug}” has no plan file", "add one with a title, an objective and goals"
    )
    return report.findings


def _with_implied_goals(plan: Plan) -> Plan:
    """The goals that adopted actions name and no file declares."""
    known = {goal.key for goal in plan.goals} | {goal.title for goal in plan.goals}
    named = dict.fromkeys(action.goal for action in plan.actions if action.goal and action.goal not in known)
    return replace(plan, goals=plan.goals + tuple(Goal(key=name, title=name) for name in named))
