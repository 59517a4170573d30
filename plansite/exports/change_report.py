"""What changed, plan by plan and document by document, as people read it in a terminal or copy it into minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plansite.exports.change_periods import PlanPeriods
from plansite.exports.terminal_text import COLUMN_GAP, sanitise_line, wrap_text
from plansite.history.change import Change, ChangeKind
from plansite.history.facts import collect_facts
from plansite.model.formatting import format_count
from plansite.model.plan import Plan
from plansite.model.slugs import title_from_slug

#: The most of one fact that is told.
MAX_FACT_LENGTH = 500
_MAX_DIGITS, _NO_NUMBER = 10, 10**10
_KIND_ORDER = ("plan", "action", "review", "incident", "measure")
_KINDS_WITH_TITLE = frozenset(
    {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.BECAME_UNREADABLE, ChangeKind.BECAME_READABLE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReport:
    """A document and what happened to it, a sentence each."""

    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """A plan, the period that is told, and the documents that changed in it."""

    title: str
    since: str
    documents: tuple[DocumentReport, ...]


def filter_changes(changes: Sequence[Change], periods: PlanPeriods, plan_slug: str | None = None) -> tuple[Change, ...]:
    """Those that landed within the period of the plan that the document is in now; of `only` that plan, if given."""
    kept: list[Change] = []
    for (slug, _), group in _group_by_document(changes).items():
        first = periods.for_plan(slug).first_day
        if plan_slug is None or slug == plan_slug:
            kept.extend(change for change in group if first is None or change.when >= first)
    places = {id(change): place for place, change in enumerate(changes)}
    return tuple(sorted(kept, key=lambda change: places[id(change)]))


def build_change_report(
    changes: Iterable[Change], plans: Mapping[str, Plan], periods: PlanPeriods
) -> tuple[PlanReport, ...]:
    """The changes (newest first) in words: plans by their slugs, in each the plan itself, then actions and the rest.

    `plans` are those there are now, by slug; they give the titles. What only keeps the books is left out.
    """
    found: defaultdict[str, list[DocumentReport]] = defaultdict(list)
    names = {path: name for plan in plans.values() for path, name in _list_document_names(plan)}
    places = {path: place for place, path in enumerate(names)}
    documents = sorted(
        _group_by_document(changes).items(), key=lambda each: _document_sort_key(each[0], each[1], places)
    )
    for (slug, path), group in documents:
        told = tuple(_shorten(sanitise_line(fact.text)) for fact in collect_facts(group))
        if told:
            found[slug].append(
                DocumentReport(name=_shorten(sanitise_line(names.get(path) or _find_last_name(group))), facts=told)
            )
    return tuple(
        PlanReport(
            title=_shorten(sanitise_line(_find_plan_title(slug, plans))),
            since=periods.for_plan(slug).text,
            documents=tuple(subjects),
        )
        for slug, subjects in found.items()
    )


def format_report_text(report: Sequence[PlanReport], width: int) -> Iterator[str]:
    """The lines for a terminal, none longer than `width` places (24 or more)."""
    for plan in report:
        yield from _wrap_hanging(f"{plan.title}, {plan.since}", width, 0)
        for subject in plan.documents:
            yield from _wrap_hanging(subject.name, width, 1)
            for fact in subject.facts:
                yield from _wrap_hanging(fact, width, 2)
        yield ""
    yield from wrap_text(summarise_report(report), width)


def summarise_report(report: Sequence[PlanReport]) -> str:
    """How much there is."""
    number = sum(len(subject.facts) for plan in report for subject in plan.documents)
    return f"{format_count(number, 'change')} in {format_count(len(report), 'plan')}."


def explain_no_changes(periods: PlanPeriods, plan: Plan | None) -> str:
    """What to say where nothing changed."""
    where = f"“{_shorten(sanitise_line(_find_plan_title(plan.slug, {plan.slug: plan})))}”" if plan else "the plans"
    return f"Nothing has changed in {where} {periods.overall_text}."


def _group_by_document(changes: Iterable[Change]) -> dict[tuple[str, str], list[Change]]:
    """Changes, newest first, by plan and path of the document as they are now, through every name that it had."""
    found: dict[str, list[Change]] = {}
    now: dict[str, str] = {}
    for change in changes:
        path = now.get(change.path, change.path)
        found.setdefault(path, []).append(change)
        if change.did is ChangeKind.MOVED:
            now[change.old_path] = path
    return {(group[0].plan, path): group for path, group in found.items()}


def _list_document_names(plan: Plan) -> Iterator[tuple[str, str]]:
    """The documents of a plan by path, in order, each with its name."""
    yield plan.path, "The plan itself"
    for action in sorted(plan.actions, key=lambda action: _ref_sort_key(action.ref)):
        yield action.path, f"Action {action.ref}: {action.title}" if action.ref else f"Action: {action.title}"
    for kind, documents in (("Review", plan.reviews), ("Incident", plan.incidents), ("Measure", plan.measures)):
        for document in documents:
            yield document.path, f"{kind}: {document.title}"


def _ref_sort_key(ref: str) -> tuple[bool, int, str]:
    """Numbers as people count them, then other names, then none at all."""
    return not ref, int(ref) if ref.isdecimal() and len(ref) < _MAX_DIGITS else _NO_NUMBER, ref


def _find_last_name(group: Sequence[Change]) -> str:
    """What a document that is gone, or cannot be read, was called last."""
    last = group[0]
    titles = (
        change.after or change.before for change in group if change.did in _KINDS_WITH_TITLE or change.field == "title"
    )
    title = next((title for title in titles if isinstance(title, str) and title), title_from_slug(last.slug))
    return "The plan itself" if last.document == "plan" else f"{last.document.capitalize()}: {title}"


def _document_sort_key(
    key: tuple[str, str], group: Sequence[Change], positions: Mapping[str, int]
) -> tuple[str, int, int, str]:
    slug, path = key
    kind = group[0].document
    return (
        slug,
        _KIND_ORDER.index(kind) if kind in _KIND_ORDER else len(_KIND_ORDER),
        positions.get(path, len(positions)),
        path,
    )


def _find_plan_title(slug: str, plans: Mapping[str, Plan]) -> str:
    return (plans[slug].title if slug in plans else "") or title_from_slug(slug)


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_FACT_LENGTH else f"{text[: MAX_FACT_LENGTH - 1]}…"


def _wrap_hanging(text: str, width: int, level: int) -> Iterator[str]:
    """Lines further in; what goes on below its first line stands further in than that."""
    first, *rest = wrap_text(text, width - len(COLUMN_GAP) * (level + 1))
    yield COLUMN_GAP * level + first
    yield from (COLUMN_GAP * (level + 1) + line for line in rest)
