"""Parses the files of one plan, without knowledge of the rest of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TypeVar

from plansite.content.documents import DocumentLocation, ParseResult, build_unreadable_file, parse_document
from plansite.content.external.source_files import ExternalFile
from plansite.content.files import CONTENT_FOLDER, SourceFile
from plansite.content.layout import (
    MARKDOWN_SUFFIXES,
    check_twin_addresses,
    locate_document,
    locate_stray_file,
    report_stray_file,
)
from plansite.content.limits import with_timeout
from plansite.content.parse_rules import NO_PLAN_FILE
from plansite.content.personal_data_findings import PersonalDataScanner
from plansite.content.report import Report
from plansite.content.source_tree import PlanFiles, SourceTree
from plansite.content.sources import parse_external_action
from plansite.content.text import decode_lossy
from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.findings import Finding
from plansite.model.settings import Settings
from plansite.model.site import Document, UnreadableFile, find_kind
from plansite.model.slugs import assign_slugs, slugify, title_from_slug
from plansite.model.status import Audience

T = TypeVar("T", bound=Document)
Dated = TypeVar("Dated", Review, SelfAssessment)
AnyDocument = TypeVar("AnyDocument", bound=Document | UnreadableFile)
#: Reads a file by its path and the folder that it may not leave.
FileReader = Callable[[str, str], SourceFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPlan:
    """A plan with all its documents, its unreadable files and the findings about its files.

    `original_slugs` are path and slug, as it was at first, of documents whose slug was not unique. A plan that
    `is_external` has no plan file of its own. `declared_goal_count` is the number of declared goals, which come before
    those that external actions imply; None where no goal can be implied.
    """

    plan: Plan
    unreadable: tuple[UnreadableFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    original_slugs: tuple[tuple[str, str], ...] = ()
    is_external: bool = False
    declared_goal_count: int | None = None


def parse_plan(tree: SourceTree, plan_files: PlanFiles) -> ParsedPlan:
    """Parse one plan of a source tree."""
    return parse_plan_files(plan_files, tree.read_file, tree.settings)


def parse_plan_files(plan_files: PlanFiles, read_file: FileReader, settings: Settings) -> ParsedPlan:
    """Parse one plan, a function of the bytes of its files and of the sources and time zone that `settings` give."""
    scanner = PersonalDataScanner(read_file)
    results = [
        *_parse_content_files(plan_files, scanner, settings.timezone),
        *(_parse_external_file(file, plan_files.slug, scanner, settings) for file in plan_files.external_files),
    ]
    documents = list(make_slugs_unique(result.document for result in results))
    original_slugs = find_original_slugs(results, documents)
    findings = [*(finding for result in results for finding in result.findings), *scanner.findings]
    findings.extend(check_twin_addresses((path for path, _ in original_slugs), plan_files.files))
    plan = next((document for document in documents if isinstance(document, Plan)), None)
    if plan is None and plan_files.external_plan is None:
        findings.extend(_report_missing_plan_file(plan_files, documents))
    return ParsedPlan(
        plan=_build_plan(plan, plan_files, documents),
        unreadable=tuple(document for document in documents if isinstance(document, UnreadableFile)),
        findings=tuple(findings),
        original_slugs=original_slugs,
        is_external=plan_files.external_plan is not None and plan is None,
        declared_goal_count=len((plan.goals if plan else ()) + plan_files.external_plan.goals)
        if plan_files.external_plan
        else None,
    )


def refilter(plan: Plan, parsed: ParsedPlan) -> Plan | None:
    """A plan some of whose documents were filtered out, as if it had been parsed without their files.

    Slugs are changed only where documents that remain need it, and only actions that remain imply goals. None for a
    plan that consists of external files only, if none of its actions remain.
    """
    if parsed.is_external and not plan.actions:
        return None
    if parsed.declared_goal_count is not None:
        implied_goals = frozenset(parsed.plan.goals[parsed.declared_goal_count :])
        plan = _add_implied_goals(replace(plan, goals=tuple(goal for goal in plan.goals if goal not in implied_goals)))
    return _reassign_slugs(plan, parsed.original_slugs)


def _reassign_slugs(plan: Plan, original_slugs: tuple[tuple[str, str], ...]) -> Plan:
    """The plan with slugs as if no other documents had been parsed, and its actions in the order of what is left."""
    if not original_slugs:
        return replace(plan, actions=_sort_actions(plan.actions))
    actions = sorted(plan.actions, key=lambda action: action.path)
    reviews = make_slugs_unique(sorted(plan.reviews, key=lambda review: review.path), original_slugs)
    assessments = make_slugs_unique(sorted(plan.assessments, key=lambda each: each.path), original_slugs)
    return replace(
        plan,
        actions=_sort_actions(make_slugs_unique(actions, original_slugs)),
        reviews=_sort_by_date(reviews),
        incidents=tuple(make_slugs_unique(plan.incidents, original_slugs)),
        measures=tuple(make_slugs_unique(plan.measures, original_slugs)),
        assessments=_sort_by_date(assessments),
    )


def _sort_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    return tuple(sorted(actions, key=lambda action: action.sort_key))


def _sort_by_date(documents: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(documents, key=lambda each: (str(each.date or ""), each.slug)))


def _parse_content_files(plan_files: PlanFiles, read_file: FileReader, zone: str) -> Iterator[ParseResult]:
    """The documents in the plan's folder, stray files first."""
    slugs = {plan_files.folder: plan_files.slug}
    locations = {
        path: locate_document(path, slugs) if path.lower().endswith(MARKDOWN_SUFFIXES) else None
        for path in plan_files.files
    }
    for path in (path for path, location in locations.items() if location is None):
        yield from _parse_stray_file(read_file(path, CONTENT_FOLDER), locate_stray_file(path, slugs))
    for path, location in locations.items():
        if location:
            yield read_document(location, path, read_file, zone)


def read_document(location: DocumentLocation, path: str, read_file: FileReader, zone: str) -> ParseResult:
    """Read and parse one document of the site's own layout; a measure with the CSV file beside it."""
    file = read_file(path, CONTENT_FOLDER)
    if location.path != file.path:  # it has characters that cannot be shown
        location = replace(location, path=file.path)
    csv_data = read_file(f"{path[:-3]}.csv", CONTENT_FOLDER).data if location.kind == "measure" else None
    return _build_refused_file(location, file) or _parse_with_timeout(
        location, file, lambda data: parse_document(location, data, csv_data, zone)
    )


def _parse_with_timeout(
    location: DocumentLocation, file: SourceFile, parse: Callable[[bytes], ParseResult]
) -> ParseResult:
    """The result of `parse`; a file that takes too long is an unreadable file."""
    data = file.data or b""
    return with_timeout(
        location.path,
        data,
        lambda: parse(data),
        lambda report: build_unreadable_file(location, decode_lossy(data), report),
    )


def _parse_stray_file(file: SourceFile, location: DocumentLocation | None) -> Iterator[ParseResult]:
    """A misnamed or misplaced file, listed in its plan as an unreadable file."""
    finding = report_stray_file(file.path)
    if location:
        yield _build_unreadable_result(location, file, (*file.findings, finding))


def _build_refused_file(location: DocumentLocation, file: SourceFile) -> ParseResult | None:
    """An unreadable file in place of one that was refused; None where it could be read."""
    if file.data is not None:
        return None
    return _build_unreadable_result(location, file, file.findings)


def _build_unreadable_result(
    location: DocumentLocation, file: SourceFile, findings: tuple[Finding, ...]
) -> ParseResult:
    unreadable = UnreadableFile(
        plan=location.plan,
        kind=location.kind,
        slug=location.slug,
        path=file.path,
        text=_decode_shown_text(file),
        findings=findings,
        full_size=file.size,
    )
    return ParseResult(unreadable, findings)


def _decode_shown_text(file: SourceFile) -> str:
    """The text of a file; of one that is too large its start, without a character that is cut in two."""
    return decode_lossy(file.start).rstrip("\ufffd") if file.size else decode_lossy(file.data or b"")


def _parse_external_file(
    external_file: ExternalFile, plan: str, read_file: FileReader, settings: Settings
) -> ParseResult:
    """Read and parse an external file, which is an action of the plan with the slug `plan`."""
    file = read_file(external_file.path, external_file.folder)
    name = str(PurePosixPath(external_file.path.removeprefix(f"{external_file.folder}/")).with_suffix(""))
    location = DocumentLocation("action", plan, slugify(name), file.path)
    source = settings.sources[external_file.source_index]
    return _build_refused_file(location, file) or _parse_with_timeout(
        location, file, lambda data: parse_external_action(source, location, data, settings.timezone)
    )


def make_slugs_unique(
    documents: Iterable[AnyDocument], original_slugs: Iterable[tuple[str, str]] = ()
) -> Iterator[AnyDocument]:
    """The same documents, of which no two of a kind have the same slug; see `assign_slugs`.

    `original_slugs` are path and slug of documents whose slug was changed before: these are assigned again.
    """
    slugs_by_path, all_documents = dict(original_slugs), tuple(documents)
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for index, document in enumerate(all_documents):
        kind = document.kind if isinstance(document, UnreadableFile) else find_kind(document)
        by_kind[kind].append(index)
    slugs: dict[int, str] = {}
    for indexes in by_kind.values():
        members = [all_documents[index] for index in indexes]
        wanted = ((member.path, slugs_by_path.get(member.path, member.slug)) for member in members)
        slugs.update(zip(indexes, assign_slugs(wanted), strict=True))
    for index, document in enumerate(all_documents):
        yield document if slugs[index] == document.slug else replace(document, slug=slugs[index])


def find_original_slugs(
    results: Iterable[ParseResult], documents: Iterable[Document | UnreadableFile]
) -> tuple[tuple[str, str], ...]:
    """Path and original slug of each document whose slug was changed; `documents` are those of `results` afterwards."""
    pairs = zip((result.document for result in results), documents, strict=True)
    return tuple((after.path, before.slug) for before, after in pairs if before.slug != after.slug)


def _build_plan(declared: Plan | None, plan_files: PlanFiles, documents: list[Document | UnreadableFile]) -> Plan:
    """The plan with its documents: as its file declares it, as the settings do, or else implied by its folder."""
    implied_plan = Plan(
        slug=plan_files.slug,
        path=f"content/plans/{plan_files.slug}/plan.md",
        title=title_from_slug(plan_files.slug),
        audience=Audience.INTERNAL,
    )
    plan = declared or plan_files.external_plan or implied_plan
    if declared is None and any(_is_plan_file(file) for file in documents if isinstance(file, UnreadableFile)):
        plan = replace(plan, audience=Audience.INTERNAL)  # the unreadable file may have said so
    if declared and plan_files.external_plan:
        plan = replace(plan, goals=plan.goals + plan_files.external_plan.goals)
    plan = replace(
        plan,
        actions=_sort_actions(_select_documents(Action, documents)),
        reviews=_sort_by_date(_select_documents(Review, documents)),
        incidents=tuple(_select_documents(Incident, documents)),
        measures=tuple(_select_documents(Measure, documents)),
        assessments=_sort_by_date(_select_documents(SelfAssessment, documents)),
    )
    return _add_implied_goals(plan) if plan_files.external_plan else plan


def _is_plan_file(file: UnreadableFile) -> bool:
    """Whether a file may be meant as the plan file: it is one, or lies where only that belongs."""
    return file.kind == "plan" or (file.path.startswith(f"{CONTENT_FOLDER}/plans/") and file.path.count("/") == 3)


def _select_documents(document_type: type[T], documents: Iterable[Document | UnreadableFile]) -> Iterator[T]:
    return (document for document in documents if isinstance(document, document_type))


def _report_missing_plan_file(
    plan_files: PlanFiles, documents: Iterable[Document | UnreadableFile]
) -> tuple[Finding, ...]:
    path = f"content/plans/{plan_files.slug}/plan.md"
    if any(isinstance(document, UnreadableFile) and document.path == path for document in documents):
        return ()
    report = Report(path)
    report.add(
        NO_PLAN_FILE, f"the plan “{plan_files.slug}” has no plan file", "add one with a title, an objective and goals"
    )
    return report.findings


def _add_implied_goals(plan: Plan) -> Plan:
    """The plan with further goals, for those that its actions name and no file declares."""
    declared = {goal.key for goal in plan.goals} | {goal.title for goal in plan.goals}
    implied = dict.fromkeys(action.goal for action in plan.actions if action.goal and action.goal not in declared)
    return replace(plan, goals=plan.goals + tuple(Goal(key=name, title=name) for name in implied))
