"""The formula that says how much speaks for a removed and a new document being the same.

Points are added up, and 50 are needed:

| What the two have in common | Points |
| --- | --- |
| The new one names the old address under `aliases`, or has the same address but for capitals | 1000 |
| The same title and the same text; of files that cannot be read, the same bytes | 500 |
| The same number (`ref`) in the same plan | 50 |
| The same title | 50 |
| A title with at least three fifths of the same words | 30 x the share |
| The text | 60 x the share of the pairs of neighbouring words |

A share is twice what both have, divided by the sum of what each has. A text counts if both have at least 5 pairs of
words of their own: pairs that several other documents have as well are left out, as they come from a template. If the
titles have less than three fifths of their words in common, there have to be 40 pairs, and of owner, goal, dates and
source, as far as both give them, at least half must be the same. A title that several removed or several new documents
have is worth 30 points, and a number that several have is worth none.

Some things speak against it, and then only an alias, the same address or the same number counts: different days on
which they were agreed or took place, and different numbers in the same plan under different titles.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from plansite.history.renames.identity import DocumentIdentity

#: The points that a pair needs.
THRESHOLD = 50
CERTAIN, _SAME_WORDS, _SAME_REF, _SAME_TITLE, _TITLE, _TEXT = 1000, 500, 50, 50, 30, 60
#: The fewest pairs of words for which text counts, and the fewest where the titles share less than this of their words.
MIN_PAIRS, MIN_PAIRS_ALONE, _MIN_TITLE_SHARE = 5, 40, 0.6
#: Shorter words of titles, such as "the" and "of", are no words in common; numbers are.
_MIN_TITLE_WORD = 4


def score(old: DocumentIdentity, new: DocumentIdentity, *common_pairs: AbstractSet[int]) -> float:
    """The points of a pair; `common_pairs` are sets of pairs of words that other documents have as well."""
    if old.kind != new.kind:
        return 0
    if old.address in new.aliases or old.address == new.address:
        return CERTAIN
    has_same_ref = bool(old.ref) and (old.plan, old.ref) == (new.plan, new.ref)
    of_ref = _SAME_REF if has_same_ref and not (old.has_common_ref or new.has_common_ref) else 0
    if are_contradictory(old, new):
        return of_ref
    if has_same_words(old, new):
        return _SAME_WORDS
    return of_ref + _score_title(old, new) + _score_text(old, new, common_pairs)


def depends_on_text(old: DocumentIdentity, new: DocumentIdentity) -> bool:
    """Whether a pair reaches the threshold only by its text, so that it matters which of it is a template's."""
    return score(old, new) >= THRESHOLD > score(old, new, old.word_pairs)


def is_continued(old: DocumentIdentity, new: DocumentIdentity) -> bool:
    """Whether two versions under one name are the same document, their name left aside.

    Where one of them cannot be read, the name alone decides.
    """
    if not (old.is_readable and new.is_readable):
        return True
    return score(replace(old, slug=""), replace(new, aliases=frozenset())) >= THRESHOLD


def has_same_words(old: DocumentIdentity, new: DocumentIdentity) -> bool:
    """Whether title and text are the same, and there are any; of files that cannot be read, whether the bytes are."""
    if not (old.is_readable and new.is_readable):
        return bool(old.blob_id) and old.blob_id == new.blob_id
    return bool(old.title) and (old.title, old.text) == (new.title, new.text)


def are_contradictory(old: DocumentIdentity, new: DocumentIdentity) -> bool:
    """Whether days or numbers say that the two are not the same."""
    if old.day and new.day and old.day != new.day:
        return True
    has_other_ref = bool(old.ref and new.ref) and old.plan == new.plan and old.ref != new.ref
    return has_other_ref and old.title != new.title


def _score_title(old: DocumentIdentity, new: DocumentIdentity) -> float:
    if old.title and old.title == new.title:
        return _TITLE if old.has_common_title or new.has_common_title else _SAME_TITLE
    share = _share(_title_words(old), _title_words(new))
    return _TITLE * share if share >= _MIN_TITLE_SHARE else 0


def _score_text(old: DocumentIdentity, new: DocumentIdentity, common_pairs: Iterable[AbstractSet[int]]) -> float:
    old_pairs, new_pairs = old.word_pairs, new.word_pairs
    for pairs in common_pairs:
        old_pairs, new_pairs = old_pairs - pairs, new_pairs - pairs
    is_alone = not _score_title(old, new)
    if min(len(old_pairs), len(new_pairs)) < (MIN_PAIRS_ALONE if is_alone else MIN_PAIRS):
        return 0
    return 0 if is_alone and _have_other_facts(old, new) else _TEXT * _share(old_pairs, new_pairs)


def _have_other_facts(old: DocumentIdentity, new: DocumentIdentity) -> bool:
    """Whether most of the fields that both give are different."""
    names = {name for name, _ in old.facts} & {name for name, _ in new.facts}
    return 2 * len(old.facts & new.facts) < len(names)


def _title_words(identity: DocumentIdentity) -> frozenset[str]:
    return frozenset(
        word for word in identity.title if len(word) >= _MIN_TITLE_WORD or word.isdecimal() or not word.isascii()
    )


def _share(one: AbstractSet[object], other: AbstractSet[object]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0
