"""What changed, plan by plan and document by document, as people read it in a terminal or copy it into minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plansite.history.change import Change, Did
from plansite.history.facts import facts
from plansite.listing.periods import Periods
from plansite.listing.wrapping import GAP, tidy, wrapped
from plansite.model.names import title_of
from plansite.model.plan import Plan
from plansite.model.words import count

#: The most of one fact that is told.
LONGEST = 500
_DIGITS, _NO_NUMBER = 10, 10**10
_ORDER = ("plan", "action", "review", "incident", "measure")
_TITLED = frozenset({Did.ADDED, Did.REMOVED, Did.BROKEN, Did.MENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A document and what happened to it, a sentence each."""

    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNews:
    """A plan, the period that is told, and the documents that changed in it."""

    title: str
    since: str
    subjects: tuple[Subject, ...]


def chosen(changes: Sequence[Change], periods: Periods, only: str | None = None) -> tuple[Change, ...]:
    """Those that landed within the period of the plan that the document is in now; of `only` that plan, if given."""
    kept: list[Change] = []
    for (slug, _), group in _documents(changes).items():
        first = periods.of(slug).first
        if only is None or slug == only:
            kept.extend(change for change in group if first is None or change.when >= first)
    places = {id(change): place for place, change in enumerate(changes)}
    return tuple(sorted(kept, key=lambda change: places[id(change)]))


def news(changes: Iterable[Change], plans: Mapping[str, Plan], periods: Periods) -> tuple[PlanNews, ...]:
    """The changes (newest first) in words: plans by their slugs, in each the plan itself, then actions and the rest.

    `plans` are those there are now, by slug; they give the titles. What only keeps the books is left out.
    """
    found: defaultdict[str, list[Subject]] = defaultdict(list)
    names = {path: name for plan in plans.values() for path, name in _names(plan)}
    places = {path: place for place, path in enumerate(names)}
    documents = sorted(_documents(changes).items(), key=lambda each: _order(each[0], each[1], places))
    for (slug, path), group in documents:
        told = tuple(_short(tidy(fact.words)) for fact in facts(group))
        if told:
            found[slug].append(Subject(name=_short(tidy(names.get(path) or _last_name(group))), facts=told))
    return tuple(
        PlanNews(title=_short(tidy(_title(slug, plans))), since=periods.of(slug).words, subjects=tuple(subjects))
        for slug, subjects in found.items()
    )


def text(told: Sequence[PlanNews], width: int) -> Iterator[str]:
    """The lines for a terminal, none longer than `width` places (24 or more)."""
    for plan in told:
        yield from _inwards(f"{plan.title}, {plan.since}", width, 0)
        for subject in plan.subjects:
            yield from _inwards(subject.name, width, 1)
            for fact in subject.facts:
                yield from _inwards(fact, width, 2)
        yield ""
    yield from wrapped(summary(told), width)


def summary(told: Sequence[PlanNews]) -> str:
    """How much there is."""
    number = sum(len(subject.facts) for plan in told for subject in plan.subjects)
    return f"{count(number, 'change')} in {count(len(told), 'plan')}."


def nothing(periods: Periods, plan: Plan | None) -> str:
    """What to say where nothing changed."""
    where = f"“{_short(tidy(_title(plan.slug, {plan.slug: plan})))}”" if plan else "the plans"
    return f"Nothing has changed in {where} {periods.all_words}."


def _documents(changes: Iterable[Change]) -> dict[tuple[str, str], list[Change]]:
    """Changes, newest first, by plan and path of the document as they are now, through every name that it had."""
    found: dict[str, list[Change]] = {}
    now: dict[str, str] = {}
    for change in changes:
        path = now.get(change.path, change.path)
        found.setdefault(path, []).append(change)
        if change.did is Did.MOVED:
            now[change.old_path] = path
    return {(group[0].plan, path): group for path, group in found.items()}


def _names(plan: Plan) -> Iterator[tuple[str, str]]:
    """The documents of a plan by path, in order, each with its name."""
    yield plan.path, "The plan itself"
    for action in sorted(plan.actions, key=lambda action: _number(action.ref)):
        yield action.path, f"Action {action.ref}: {action.title}" if action.ref else f"Action: {action.title}"
    for kind, documents in (("Review", plan.reviews), ("Incident", plan.incidents), ("Measure", plan.measures)):
        for document in documents:
            yield document.path, f"{kind}: {document.title}"


def _number(ref: str) -> tuple[bool, int, str]:
    """Numbers as people count them, then other names, then none at all."""
    return not ref, int(ref) if ref.isdecimal() and len(ref) < _DIGITS else _NO_NUMBER, ref


def _last_name(group: Sequence[Change]) -> str:
    """What a document that is gone, or cannot be read, was called last."""
    last = group[0]
    titles = (change.after or change.before for change in group if change.did in _TITLED or change.field == "title")
    title = next((title for title in titles if isinstance(title, str) and title), title_of(last.slug))
    return "The plan itself" if last.document == "plan" else f"{last.document.capitalize()}: {title}"


def _order(key: tuple[str, str], group: Sequence[Change], places: Mapping[str, int]) -> tuple[str, int, int, str]:
    slug, path = key
    kind = group[0].document
    return slug, _ORDER.index(kind) if kind in _ORDER else len(_ORDER), places.get(path, len(places)), path


def _title(slug: str, plans: Mapping[str, Plan]) -> str:
    return (plans[slug].title if slug in plans else "") or title_of(slug)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _inwards(words: str, width: int, steps: int) -> Iterator[str]:
    """Lines further in; what goes on below its first line stands further in than that."""
    first, *rest = wrapped(words, width - len(GAP) * (steps + 1))
    yield GAP * steps + first
    yield from (GAP * (steps + 1) + line for line in rest)
