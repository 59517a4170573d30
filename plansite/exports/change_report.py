"""A report of changes by plan and document, and its text for a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from plansite.deferred_dataclass import dataclass
from plansite.exports.change_periods import PlanPeriods
from plansite.exports.terminal_text import COLUMN_GAP, sanitise_line, wrap_text
from plansite.history.change import Change, ChangeKind, document_sort_key
from plansite.history.facts import collect_facts
from plansite.history.site_history import group_changes_by_path
from plansite.model.documents.plan import Plan
from plansite.model.formatting import NOUN_BY_KIND, format_count
from plansite.model.slugs import title_from_slug

#: Characters; longer facts and names are shortened.
MAX_FACT_LENGTH = 500
_KINDS_WITH_TITLE = frozenset(
    {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.BECAME_UNREADABLE, ChangeKind.BECAME_READABLE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReport:
    """A document and its facts, one sentence each."""

    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """A plan, the period that is reported, and the documents that changed in it."""

    title: str
    since: str
    documents: tuple[DocumentReport, ...]


def filter_changes(changes: Sequence[Change], periods: PlanPeriods, plan_slug: str | None = None) -> tuple[Change, ...]:
    """The changes that landed within the period of the document's present plan; with `plan_slug` of that plan only."""
    selected: list[Change] = []
    for (slug, _), group in _group_by_document(changes).items():
        first_day = periods.for_plan(slug).first_day
        if plan_slug is None or slug == plan_slug:
            selected.extend(change for change in group if first_day is None or change.when >= first_day)
    positions = {id(change): position for position, change in enumerate(changes)}
    return tuple(sorted(selected, key=lambda change: positions[id(change)]))


def build_change_report(
    changes: Iterable[Change], plans: Mapping[str, Plan], periods: PlanPeriods
) -> tuple[PlanReport, ...]:
    """A report of changes, given newest first, sorted by `document_sort_key`.

    `plans` are the present plans by slug, which give titles and names. Changes without a fact are left out.
    """
    by_plan: defaultdict[str, list[DocumentReport]] = defaultdict(list)
    names = {path: name for plan in plans.values() for path, name in _list_document_names(plan)}
    actions = {action.path: action for plan in plans.values() for action in plan.actions}
    groups = sorted(
        _group_by_document(changes).items(), key=lambda item: document_sort_key(item[0][1], item[1], actions)
    )
    for (slug, path), group in groups:
        facts = tuple(_clean_and_shorten(fact.text) for fact in collect_facts(group))
        if facts:
            name = names.get(path) or _find_last_name(group)
            by_plan[slug].append(DocumentReport(name=_clean_and_shorten(name), facts=facts))
    return tuple(
        PlanReport(
            title=_clean_and_shorten(_find_plan_title(slug, plans)),
            since=periods.for_plan(slug).text,
            documents=tuple(documents),
        )
        for slug, documents in by_plan.items()
    )


def format_report_text(report: Sequence[PlanReport], width: int) -> Iterator[str]:
    """The lines for a terminal, none wider than `width` columns (24 or more)."""
    for plan in report:
        yield from _wrap_hanging(f"{plan.title}, {plan.since}", width, 0)
        for document in plan.documents:
            yield from _wrap_hanging(document.name, width, 1)
            for fact in document.facts:
                yield from _wrap_hanging(fact, width, 2)
        yield ""
    yield from wrap_text(summarise_report(report), width)


def summarise_report(report: Sequence[PlanReport]) -> str:
    """The number of changes and of plans, as a sentence."""
    fact_count = sum(len(document.facts) for plan in report for document in plan.documents)
    return f"{format_count(fact_count, 'change')} in {format_count(len(report), 'plan')}."


def explain_no_changes(periods: PlanPeriods, plan: Plan | None) -> str:
    """The sentence for a report without changes, of one plan or all."""
    where = f"“{_clean_and_shorten(_find_plan_title(plan.slug, {plan.slug: plan}))}”" if plan else "the plans"
    return f"Nothing has changed in {where} {periods.overall_text}."


def _group_by_document(changes: Iterable[Change]) -> dict[tuple[str, str], list[Change]]:
    """Changes, given and returned newest first, by present plan and path, also those under earlier names."""
    newest_first = list(changes)
    commits = [tuple(group) for _, group in groupby(newest_first, key=lambda change: change.commit or id(change))]
    positions = {id(change): position for position, change in enumerate(newest_first)}
    groups: dict[tuple[str, str], list[Change]] = {}
    for path, changes_of_document in group_changes_by_path(reversed(commits)).items():
        group = sorted(changes_of_document, key=lambda change: positions[id(change)])
        groups[group[0].plan, path] = group
    return groups


def _list_document_names(plan: Plan) -> Iterator[tuple[str, str]]:
    """The path and the name of each document of a plan."""
    yield plan.path, "The plan itself"
    for action in plan.actions:
        yield action.path, f"Action {action.ref}: {action.title}" if action.ref else f"Action: {action.title}"
    for kind, documents in (
        ("Review", plan.reviews),
        ("Incident", plan.incidents),
        ("Measure", plan.measures),
        ("Self-assessment", plan.assessments),
    ):
        for document in documents:
            yield document.path, f"{kind}: {document.title}"


def _find_last_name(group: Sequence[Change]) -> str:
    """The last name of a document that was removed or cannot be read."""
    last = group[0]
    titles = (
        change.after or change.before for change in group if change.did in _KINDS_WITH_TITLE or change.field == "title"
    )
    title = next((title for title in titles if isinstance(title, str) and title), title_from_slug(last.slug))
    return "The plan itself" if last.document == "plan" else f"{NOUN_BY_KIND[last.document].capitalize()}: {title}"


def _find_plan_title(slug: str, plans: Mapping[str, Plan]) -> str:
    return (plans[slug].title if slug in plans else "") or title_from_slug(slug)


def _clean_and_shorten(text: str) -> str:
    line = sanitise_line(text)
    return line if len(line) <= MAX_FACT_LENGTH else f"{line[: MAX_FACT_LENGTH - 1]}…"


def _wrap_hanging(text: str, width: int, level: int) -> Iterator[str]:
    """The lines of a text indented by `level` steps, those after the first by one step more."""
    first_line, *other_lines = wrap_text(text, width - len(COLUMN_GAP) * (level + 1))
    yield COLUMN_GAP * level + first_line
    yield from (COLUMN_GAP * (level + 1) + line for line in other_lines)
