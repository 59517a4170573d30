"""Pairs removed documents with new ones. This is the only place in which that is decided.

`score` says how much speaks for a pair. Of all pairs that reach the threshold, those with the most points come first;
where these are equal, one with the same file name, then one in the same plan, then the first by path. Each document is
in one pair at most. Where a plan's folder was renamed, its documents that are left are paired by their file names.

Not all pairs are looked at, so that the time is linear: only those with a title, number, alias, address or text in
common, and of these only where few documents have it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from plansite.history.renames.identity import DocumentIdentity
from plansite.history.renames.scores import THRESHOLD, are_contradictory, depends_on_text, score

#: Where more documents than this have a title or number in common, only those with the same file name are looked at.
_MAX_BUCKET = 8
#: Documents that are looked at because of their text, those with the most in common.
_MAX_BY_TEXT = 4

#: The positions of new documents by those of removed ones.
Pairs = dict[int, int]
#: Returns sets of the pairs of words that documents beside these two have as well.
FindCommonPairs = Callable[[DocumentIdentity, DocumentIdentity], Iterable[AbstractSet[int]]]


def pair_documents(
    removed: Sequence[DocumentIdentity], added: Sequence[DocumentIdentity], find_common_pairs: FindCommonPairs
) -> Pairs:
    """The position in `added` of each document of `removed` that is still there, by its position in `removed`.

    A document with the same path on both sides is one that changed so much that it may be another. It is never paired
    with itself.
    """
    if not removed or not added:
        return {}
    removed, added = _mark_common(removed), _mark_common(added)
    common = find_template_pairs(removed) | find_template_pairs(added)
    scored: list[tuple[float, int, int]] = []
    for old, new in _list_candidates(removed, added, common):
        points = score(removed[old], added[new], common)
        if points >= THRESHOLD and depends_on_text(removed[old], added[new]):
            points = score(removed[old], added[new], common, *find_common_pairs(removed[old], added[new]))
        if points >= THRESHOLD:
            scored.append((points, old, new))
    pairs = _choose(scored, removed, added)
    return pairs | _pair_within_renamed_plans(removed, added, pairs)


def _mark_common(documents: Sequence[DocumentIdentity]) -> list[DocumentIdentity]:
    """The documents, those marked that have a title, or a number in the same plan, in common with others of them."""
    titles = Counter((document.kind, document.title) for document in documents)
    refs = Counter((document.plan, document.ref) for document in documents)
    return [
        replace(
            document,
            has_common_title=titles[document.kind, document.title] > 1,
            has_common_ref=refs[document.plan, document.ref] > 1,
        )
        for document in documents
    ]


def _choose(
    scored: Iterable[tuple[float, int, int]], removed: Sequence[DocumentIdentity], added: Sequence[DocumentIdentity]
) -> Pairs:
    """The pairs with the most points, each document once."""

    def sort_key(item: tuple[float, int, int]) -> tuple[float, bool, bool, str, str]:
        points, old, new = item
        one, other = removed[old], added[new]
        return -points, one.slug != other.slug, one.plan != other.plan, one.path, other.path

    pairs: Pairs = {}
    taken: set[int] = set()
    for _, old, new in sorted(scored, key=sort_key):
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)
    return pairs


def find_template_pairs(documents: Iterable[DocumentIdentity]) -> frozenset[int]:
    """The pairs of words that several of these documents have: they come from a template, or say nothing."""
    counts = Counter(pair for document in documents for pair in document.word_pairs)
    return frozenset(pair for pair, count in counts.items() if count > 1)


def _list_candidates(
    removed: Sequence[DocumentIdentity], added: Sequence[DocumentIdentity], common: AbstractSet[int]
) -> Iterator[tuple[int, int]]:
    """The positions of pairs that may be the same document, each once."""
    seen: set[tuple[int, int]] = set()
    by_key = (_match_by_keys(removed, added), _match_by_text(removed, added, common))
    for old, new in (pair for pairs in by_key for pair in pairs):
        if (old, new) not in seen and removed[old].path != added[new].path:
            seen.add((old, new))
            yield old, new


def _match_by_keys(removed: Sequence[DocumentIdentity], added: Sequence[DocumentIdentity]) -> Iterator[tuple[int, int]]:
    by_address = {document.address: old for old, document in enumerate(removed)}
    for new, document in enumerate(added):
        yield from ((by_address[alias], new) for alias in document.aliases if alias in by_address)
    for list_keys in (_list_keys, _list_keys_with_slug):
        by_key: defaultdict[Hashable, list[int]] = defaultdict(list)
        for new, document in enumerate(added):
            for key in list_keys(document):
                by_key[key].append(new)
        olds = Counter(key for document in removed for key in list_keys(document))
        for old, document in enumerate(removed):
            for key in list_keys(document):
                news = by_key.get(key, ())
                if len(news) <= _MAX_BUCKET and olds[key] <= _MAX_BUCKET:
                    yield from ((old, new) for new in news)


def _list_keys(document: DocumentIdentity) -> Iterator[Hashable]:
    """What two documents may have in common."""
    yield "address", *document.address
    if document.blob_id:
        yield "bytes", document.kind, document.blob_id
    if document.title:
        yield "title", document.kind, document.title
        yield "title and text", document.kind, document.title, document.text
    if document.ref:
        yield "ref", document.kind, document.plan, document.ref


def _list_keys_with_slug(document: DocumentIdentity) -> Iterator[Hashable]:
    return ((document.slug, key) for key in _list_keys(document))


def _match_by_text(
    removed: Sequence[DocumentIdentity], added: Sequence[DocumentIdentity], common: AbstractSet[int]
) -> Iterator[tuple[int, int]]:
    """For each removed document those new ones that have the most pairs of words in common with it."""
    owners: defaultdict[int, list[int]] = defaultdict(list)
    for new, document in enumerate(added):
        for pair in document.word_pairs - common:
            owners[pair].append(new)
    for old, document in enumerate(removed):
        counts = Counter(new for pair in document.word_pairs - common for new in owners.get(pair, ()))
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MAX_BY_TEXT]
        yield from ((old, new) for new, _ in best)


def _pair_within_renamed_plans(
    removed: Sequence[DocumentIdentity], added: Sequence[DocumentIdentity], pairs: Mapping[int, int]
) -> Pairs:
    """Pairs by kind and file name of the documents of plans whose folder was renamed.

    A plan's folder was renamed if its `plan.md` is in a pair, or at least half of its documents went to one plan under
    their own file names.
    """
    new_plans = _find_renamed_plans(removed, added, pairs)
    taken = set(pairs.values())
    free = {
        (document.kind, document.plan, _name_in_plan(document)): new
        for new, document in enumerate(added)
        if new not in taken
    }
    matches = (
        (old, free.get((document.kind, new_plans.get(document.plan, ""), _name_in_plan(document))))
        for old, document in enumerate(removed)
        if old not in pairs
    )
    return {
        old: new
        for old, new in matches
        if new is not None and removed[old].path != added[new].path and not are_contradictory(removed[old], added[new])
    }


def _name_in_plan(document: DocumentIdentity) -> str:
    return "" if document.kind == "plan" else document.slug


def _find_renamed_plans(
    removed: Sequence[DocumentIdentity], added: Sequence[DocumentIdentity], pairs: Mapping[int, int]
) -> dict[str, str]:
    """The new plan of each plan whose folder was renamed."""
    new_plans = {
        removed[old].plan: added[new].plan
        for old, new in pairs.items()
        if removed[old].kind == "plan" and removed[old].plan != added[new].plan
    }
    totals = Counter(document.plan for document in removed)
    moves = Counter(
        (removed[old].plan, added[new].plan)
        for old, new in pairs.items()
        if removed[old].slug == added[new].slug and removed[old].plan != added[new].plan
    )
    for (old_plan, new_plan), count in sorted(moves.items()):
        if 2 * count >= totals[old_plan]:
            new_plans.setdefault(old_plan, new_plan)
    return new_plans
