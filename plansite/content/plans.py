"""A plan as its files have it: everything read, nothing yet asked of the rest of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeVar

from plansite.content.documents import DocumentLocation, ParseResult, build_unreadable_file, parse_document
from plansite.content.files import SourceFile
from plansite.content.layout import MISNAMED_SUFFIXES, locate_document, locate_stray_file, report_stray_file
from plansite.content.limits import with_timeout
from plansite.content.parse_rules import NO_PLAN_FILE
from plansite.content.personal_data_findings import PersonalDataScanner
from plansite.content.report import Report
from plansite.content.source_tree import CONTENT_FOLDER, ExternalFile, PlanFiles, SourceTree
from plansite.content.sources import parse_external_action
from plansite.content.text import decode_lossy
from plansite.model.action import Action
from plansite.model.findings import Finding
from plansite.model.plan import Goal, Incident, Measure, Plan, Review
from plansite.model.settings import ExternalSource
from plansite.model.site import Document, UnreadableFile
from plansite.model.slugs import slugify, title_from_slug
from plansite.model.status import Audience

T = TypeVar("T", bound=Document)
AnyDocument = TypeVar("AnyDocument", bound=Document | UnreadableFile)
#: Opens a file by its path and the folder that it may not leave.
FileReader = Callable[[str, str], SourceFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPlan:
    """A plan with all its documents, the files of it that could not be read, and what was found while reading.

    `numbered` are the paths of documents that had to get a number behind their slugs, with their own slugs. A plan
    that `is_adopted` has no file of its own. `declared` is how many goals come before those that only actions name;
    None where no action can imply one.
    """

    plan: Plan
    unreadable: tuple[UnreadableFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    original_slugs: tuple[tuple[str, str], ...] = ()
    is_external: bool = False
    declared_goal_count: int | None = None


def parse_plan(tree: SourceTree, plan_files: PlanFiles) -> ParsedPlan:
    """Read one plan of a shelf."""
    return parse_plan_files(plan_files, tree.read_file, tree.settings.sources)


def parse_plan_files(plan_files: PlanFiles, read_file: FileReader, sources: tuple[ExternalSource, ...]) -> ParsedPlan:
    """Read one plan. The same files give the same volume; `sources` say how files laid out by others are read."""
    read_file = watch = PersonalDataScanner(read_file)
    results = [
        *_parse_content_files(plan_files, read_file),
        *(_parse_external_file(each, plan_files.slug, read_file, sources) for each in plan_files.external_files),
    ]
    documents = list(make_slugs_unique(result.document for result in results))
    findings = [*(finding for result in results for finding in result.findings), *watch.findings]
    plan = next((each for each in documents if isinstance(each, Plan)), None)
    if plan is None and plan_files.external_plan is None:
        findings.extend(_report_missing_plan_file(plan_files, documents))
    return ParsedPlan(
        plan=_build_plan(plan, plan_files, documents),
        unreadable=tuple(each for each in documents if isinstance(each, UnreadableFile)),
        findings=tuple(findings),
        original_slugs=find_original_slugs(results, documents),
        is_external=plan_files.external_plan is not None and plan is None,
        declared_goal_count=len((plan.goals if plan else ()) + plan_files.external_plan.goals)
        if plan_files.external_plan
        else None,
    )


def refilter(plan: Plan, parsed: ParsedPlan) -> Plan | None:
    """A plan of which documents were left out, as if it had been read without them; None where nothing is left.

    Numbers tell apart only documents that are left, and only actions that are left imply goals. A plan that only
    adopted files make is none without them.
    """
    if parsed.is_external and not plan.actions:
        return None
    if parsed.declared_goal_count is not None:
        implied = frozenset(parsed.plan.goals[parsed.declared_goal_count :])
        plan = _add_implied_goals(replace(plan, goals=tuple(each for each in plan.goals if each not in implied)))
    return _reassign_slugs(plan, parsed.original_slugs)


def _reassign_slugs(plan: Plan, original_slugs: tuple[tuple[str, str], ...]) -> Plan:
    if not original_slugs:
        return plan
    reviews = make_slugs_unique(sorted(plan.reviews, key=lambda review: review.path), original_slugs)
    return replace(
        plan,
        actions=tuple(make_slugs_unique(plan.actions, original_slugs)),
        reviews=_sort_reviews(reviews),
        incidents=tuple(make_slugs_unique(plan.incidents, original_slugs)),
        measures=tuple(make_slugs_unique(plan.measures, original_slugs)),
    )


def _sort_reviews(reviews: Iterable[Review]) -> tuple[Review, ...]:
    return tuple(sorted(reviews, key=lambda review: (str(review.date or ""), review.slug)))


def _parse_content_files(plan_files: PlanFiles, read_file: FileReader) -> Iterator[ParseResult]:
    """The documents in the plan's folder; those that lie wrongly first."""
    slugs = {plan_files.folder: plan_files.slug}
    places = {
        path: None if path.lower().endswith(MISNAMED_SUFFIXES) else locate_document(path, slugs)
        for path in plan_files.files
    }
    for path in (path for path, place in places.items() if place is None):
        yield from _parse_stray_file(read_file(path, CONTENT_FOLDER), locate_stray_file(path, slugs))
    for path, place in places.items():
        if place:
            yield read_document(place, path, read_file)


def read_document(location: DocumentLocation, path: str, read_file: FileReader) -> ParseResult:
    """One document of the site's own layout, with the table beside it where it is a measure."""
    found = read_file(path, CONTENT_FOLDER)
    location = replace(location, path=found.path)
    table = read_file(f"{path[:-3]}.csv", CONTENT_FOLDER).data if location.kind == "measure" else None
    return _build_refused_file(location, found) or _parse_with_timeout(
        location, found, lambda data: parse_document(location, data, table)
    )


def _parse_with_timeout(
    location: DocumentLocation, file: SourceFile, parse: Callable[[bytes], ParseResult]
) -> ParseResult:
    """A file that takes too long is kept in sight as unread."""
    data = file.data or b""
    return with_timeout(
        location.path,
        data,
        lambda: parse(data),
        lambda report: build_unreadable_file(location, decode_lossy(data), report),
    )


def _parse_stray_file(file: SourceFile, location: DocumentLocation | None) -> Iterator[ParseResult]:
    """A file that lies or is named wrongly stays in sight in its plan, as one that could not be read."""
    finding = report_stray_file(file.path)
    if location:
        text = decode_lossy(file.data or b"")
        kept = UnreadableFile(
            plan=location.plan, kind=location.kind, slug=location.slug, path=file.path, text=text, findings=(finding,)
        )
        yield ParseResult(kept, (*file.findings, finding))


def _build_refused_file(location: DocumentLocation, file: SourceFile) -> ParseResult | None:
    """A file that nobody may open is kept in sight as unread."""
    if file.data is not None:
        return None
    kept = UnreadableFile(
        plan=location.plan, kind=location.kind, slug=location.slug, path=location.path, text="", findings=file.findings
    )
    return ParseResult(kept, file.findings)


def _parse_external_file(
    external_file: ExternalFile, plan: str, read_file: FileReader, sources: tuple[ExternalSource, ...]
) -> ParseResult:
    """An action that somebody else laid out."""
    found = read_file(external_file.path, external_file.folder)
    below = str(PurePosixPath(external_file.path.removeprefix(f"{external_file.folder}/")).with_suffix(""))
    place = DocumentLocation("action", plan, slugify(below), found.path)
    return _build_refused_file(place, found) or _parse_with_timeout(
        place, found, lambda data: parse_external_action(sources[external_file.source_index], place, data)
    )


def make_slugs_unique(
    documents: Iterable[AnyDocument], original_slugs: Iterable[tuple[str, str]] = ()
) -> Iterator[AnyDocument]:
    """Documents whose addresses would fall together get a number behind theirs, in order of their paths.

    `numbered` are those that have got one already, with their own slugs: they get it anew, as far as they need one.
    """
    taken: set[tuple[str, str]] = set()
    own = dict(original_slugs)
    for document in documents:
        kind = document.kind if isinstance(document, UnreadableFile) else type(document).__name__.lower()
        plain, number = own.get(document.path, document.slug), 2
        slug = plain
        while (kind, slug.casefold()) in taken:
            slug, number = f"{plain}-{number}", number + 1
        taken.add((kind, slug.casefold()))
        yield document if slug == document.slug else replace(document, slug=slug)


def find_original_slugs(
    results: Iterable[ParseResult], documents: Iterable[Document | UnreadableFile]
) -> tuple[tuple[str, str], ...]:
    """The paths of documents that got a number, with the slugs they had before."""
    pairs = zip((result.document for result in results), documents, strict=True)
    return tuple((after.path, before.slug) for before, after in pairs if before.slug != after.slug)


def _build_plan(declared: Plan | None, plan_files: PlanFiles, documents: list[Document | UnreadableFile]) -> Plan:
    """The plan with what its folder holds; one without a file of its own, or with an unreadable one, is a plan too."""
    implied = Plan(
        slug=plan_files.slug,
        path=f"content/plans/{plan_files.slug}/plan.md",
        title=title_from_slug(plan_files.slug),
        audience=Audience.INTERNAL,
    )
    plan = declared or plan_files.external_plan or implied
    if declared is None and any(_is_plan_file(each) for each in documents if isinstance(each, UnreadableFile)):
        plan = replace(plan, audience=Audience.INTERNAL)  # it may have said so
    if declared and plan_files.external_plan:
        plan = replace(plan, goals=plan.goals + plan_files.external_plan.goals)
    plan = replace(
        plan,
        actions=tuple(_select_documents(Action, documents)),
        reviews=_sort_reviews(_select_documents(Review, documents)),
        incidents=tuple(_select_documents(Incident, documents)),
        measures=tuple(_select_documents(Measure, documents)),
    )
    return _add_implied_goals(plan) if plan_files.external_plan else plan


def _is_plan_file(file: UnreadableFile) -> bool:
    return file.kind == "plan" or PurePosixPath(file.path).name.casefold().startswith("plan.")


def _select_documents(document_type: type[T], documents: Iterable[Document | UnreadableFile]) -> Iterator[T]:
    return (document for document in documents if isinstance(document, document_type))


def _report_missing_plan_file(
    plan_files: PlanFiles, documents: Iterable[Document | UnreadableFile]
) -> tuple[Finding, ...]:
    path = f"content/plans/{plan_files.slug}/plan.md"
    if any(isinstance(each, UnreadableFile) and each.path == path for each in documents):
        return ()
    report = Report(path)
    report.add(
        NO_PLAN_FILE, f"the plan “{plan_files.slug}” has no plan file", "add one with a title, an objective and goals"
    )
    return report.findings


def _add_implied_goals(plan: Plan) -> Plan:
    """The goals that adopted actions name and no file declares."""
    known = {goal.key for goal in plan.goals} | {goal.title for goal in plan.goals}
    named = dict.fromkeys(action.goal for action in plan.actions if action.goal and action.goal not in known)
    return replace(plan, goals=plan.goals + tuple(Goal(key=name, title=name) for name in named))
