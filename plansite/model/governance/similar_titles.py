"""Titles that say nearly the same: the same action agreed again in another plan, or at another meeting."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from plansite.deferred_pattern import compile_lazily

#: Words that do not tell one action from another.
_COMMON_WORDS = """
    a all an and any are as at be been by complete each ensure every for from get has have in is it its make must need
    needs new of on or our out per put s should sure that the their them they this to up which who will with
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_WORD = compile_lazily(r"[^\W_]+")
_ENDING = compile_lazily(r"(?:ings?|ies|ed|es|s|e|y)$")
#: Titles with fewer words that matter are not compared: "Training" in two plans is no duplicate.
_MIN_WORDS = 2
#: The share of words that two titles have in common, of all words of both.
_MIN_SHARED = 2 / 3
#: A word that connects more different titles than this connects none of them, so that the work stays linear.
_MAX_BLOCK = 24

Words = frozenset[str]


def split_title(title: str) -> Words:
    """The words of a title that matter, without their endings: "Training of all staff" and "Train staff" are equal."""
    return frozenset(_strip_ending(word) for word in _WORD.findall(title.casefold()) if word not in _COMMON)


@functools.lru_cache(maxsize=20_000)
def _strip_ending(word: str) -> str:
    stem = _ENDING.sub("", word) if len(word) > 3 else word
    return stem if len(stem) > 2 else word


def find_similar(titles: Sequence[Words], places: Sequence[object]) -> list[tuple[int, ...]]:
    """Groups of titles that say nearly the same, by their positions; each group is from two places or more.

    `titles` are those of `split_title`; `places` say where each was agreed. Two titles are similar if two thirds of
    their words are the same. Numbers must be the same: "room 12" and "room 13" are different work.
    """
    by_words: dict[Words, list[int]] = defaultdict(list)
    for position, words in enumerate(titles):
        if len(words) >= _MIN_WORDS:
            by_words[words].append(position)
    groups = _join(list(by_words), _list_similar_pairs(by_words))
    found = (sorted(position for words in group for position in by_words[words]) for group in groups)
    return sorted(tuple(group) for group in found if len({places[position] for position in group}) > 1)


def _list_similar_pairs(by_words: Mapping[Words, object]) -> Iterator[tuple[Words, Words]]:
    """Pairs of different titles that are similar.

    If two thirds of the words are shared, the titles share one of the rarest of each: only those with a rare word in
    common are compared (prefix filtering: Chaudhuri, Ganti and Kaushik 2006).
    """
    frequency = Counter(word for words in by_words for word in words)
    blocks: dict[str, list[Words]] = defaultdict(list)
    for words in by_words:
        rarest = sorted(words, key=lambda word: (frequency[word], word))
        for word in rarest[: len(words) // 3 + 1]:
            blocks[word].append(words)
    for block in blocks.values():
        if len(block) <= _MAX_BLOCK:
            yield from (
                (one, other) for number, one in enumerate(block) for other in block[:number] if are_similar(one, other)
            )


def are_similar(one: Words, other: Words) -> bool:
    """Whether two thirds of all their words are in both titles, and their numbers are the same."""
    shared = len(one & other)
    if shared < _MIN_SHARED * (len(one) + len(other) - shared):
        return False
    return not any(character.isdecimal() for word in one ^ other for character in word)


def _join(every: Sequence[Words], pairs: Iterator[tuple[Words, Words]]) -> list[list[Words]]:
    """All titles in groups: those of a pair are in the same one."""
    group_of: dict[Words, list[Words]] = {words: [words] for words in every}
    for one, other in pairs:
        small, large = sorted((group_of[one], group_of[other]), key=len)
        if small is not large:
            large.extend(small)
            for words in small:
                group_of[words] = large
    return list({id(group): group for group in group_of.values()}.values())
