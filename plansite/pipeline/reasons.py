"""Why a page was drawn: which input had changed since the last build."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.content.settings import FILE
from plansite.content.shelf import Batch
from plansite.model.words import count
from plansite.pipeline.compile import Made
from plansite.pipeline.kept import Pages

#: So many files are named where more have changed.
_MOST = 3
_ASKED = {
    "people": "who “{}” is",
    "people agencies": "which agency “{}” is",
    "declared": "who “{}” is",
    "declared agencies": "which agency “{}” is",
    "agency slugs": "which agency “{}” is",
    "pages": "whether there is a file {}",
    "plans": "the plan {}",
    "unread": "whether {} can be read",
    "plans unread": "whether all of {} can be read",
    "circles": "which actions of {} wait for each other",
    "names": "the names of {} on the site",
}


def reasons(made: Made) -> Iterator[tuple[str, str]]:
    """Each page and data file that was drawn, by output path, with what had changed."""
    kept = made.binding.kept
    general = _general(kept, made)
    for slug in made.chapters.fresh:
        reason = general or _of_plan(kept, made, slug)
        for path, _ in made.chapters.drawn[slug].files:
            yield path, reason
    changed = [reason for slug in made.chapters.fresh if (reason := _of_plan(kept, made, slug))]
    for path in made.sheets.changed:
        yield path, general or _listed(changed) or "what it shows changed"


def _general(kept: Pages, made: Made) -> str:
    """What changed for all pages at once; empty where nothing did."""
    if not kept.drawn:
        return "nothing is kept of an earlier build"
    if kept.prints.get(FILE) != made.binding.way.shelf.prints[FILE]:
        return f"{FILE} changed"
    if kept.terms != made.binding.way.terms.mark:
        return "it is another day"
    return "" if kept.frame == made.binding.frame else "the theme changed"


def _of_plan(kept: Pages, made: Made, slug: str) -> str:
    batch = next(batch for batch in made.binding.way.shelf.batches if batch.slug == slug)
    files = [*_changed(kept, made, batch), *_asked(kept, made, slug), *_past(kept, made, slug)]
    if not files and slug not in kept.drawn:
        return "the plan is new"
    return _listed(files) or "a published file had been touched"


def _changed(kept: Pages, made: Made, batch: Batch) -> Iterator[str]:
    """Files of a plan that are not what they were."""
    now, before = made.binding.way.shelf.prints, kept.prints
    paths = (*batch.files, *(each.path for each in batch.lent))
    for path in dict.fromkeys((*paths, *(f"{each[:-3]}.csv" for each in paths))):
        if now.get(path) != before.get(path):
            yield f"{path} is new" if path not in before else f"{path} changed"
    folder = f"content/plans/{batch.folder}/"
    yield from (f"{path} is gone" for path in before if path not in now and batch.folder and path.startswith(folder))


def _asked(kept: Pages, made: Made, slug: str) -> Iterator[str]:
    """What a plan had asked about the rest of the site, where the answer is another now."""
    around, prints = made.binding.way.reading.surroundings, made.binding.way.shelf.prints
    told = (kept.looked.get(slug), kept.drawn.get(slug))
    answers = {answer: None for each in told if each for answer in each.answers}
    for answer in answers:
        if not around.hold((answer,), prints):
            table, key, _ = answer
            name = "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
            yield _ASKED.get(table, "the action {}").format(name) + " changed"


def _past(kept: Pages, made: Made, slug: str) -> Iterator[str]:
    before = kept.drawn.get(slug)
    if before and before.past != made.binding.pasts.mark(slug):
        yield "its history changed"


def _listed(reasons: list[str]) -> str:
    distinct = list(dict.fromkeys(reasons))
    more = f", and {count(len(distinct) - _MOST, 'more reason')}" if len(distinct) > _MOST else ""
    return ", ".join(distinct[:_MOST]) + more
