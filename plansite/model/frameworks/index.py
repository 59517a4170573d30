"""Finds the standard that a text names: by identifier, by label, or by number with the words of its instrument."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.frameworks.framework import Framework, FrameworkStatus, Standard
from plansite.model.slugs import normalise_name

#: "Regulation 12", "reg. 9A", "Regulations 2014, regulation 17 (1)": the number, and what names the instrument.
_REGULATION = compile_lazily(r"\bregs?(?:ulation)?[ .]*(?P<number>\d{1,3}[a-z]?)\b(?:\s?\(\w{1,4}\))*")
_NOT_WORD = compile_lazily(r"[\W_]+")
#: Words that a text about a regulation may have without naming anything.
_FILLING = frozenset({"of", "the", "and", "in", "under", "breach", "act", "to", "a", "for", "regulations"})


def normalise_label(text: str) -> str:
    """The form in which labels are compared: without capitals, punctuation and accents of typography."""
    return _NOT_WORD.sub(" ", normalise_name(text).replace("&", " and ").replace("'", "")).strip()


@dataclass(frozen=True, slots=True)
class FoundStandards:
    """The standards that a text may name: one where it is clear, several where it is not, none where it is unknown."""

    standards: tuple[Standard, ...] = ()

    @property
    def only(self) -> Standard | None:
        """The standard that is named; None where that is unknown or not clear."""
        return self.standards[0] if len(self.standards) == 1 else None


class StandardIndex:
    """The standards of frameworks, by all that a text can call them.

    Where a label is in several frameworks, it means the one in force; `chosen` are the identifiers of the frameworks
    that a site chooses, which come first.
    """

    def __init__(self, frameworks: Iterable[Framework], chosen: Iterable[str] = ()) -> None:
        """Index all standards; the first framework with an identifier counts."""
        self.frameworks: Mapping[str, Framework] = {each.id: each for each in reversed(tuple(frameworks))}
        self.frameworks = dict(reversed(self.frameworks.items()))
        self._chosen = frozenset(map(normalise_name, chosen))
        self._by_key: dict[str, Standard] = {}
        self._by_label: defaultdict[str, list[Standard]] = defaultdict(list)
        self._by_id: defaultdict[str, list[Standard]] = defaultdict(list)
        self._by_number: defaultdict[str, list[Standard]] = defaultdict(list)
        for framework in self.frameworks.values():
            for standard in framework.standards:
                self._add(framework, standard)

    def _add(self, framework: Framework, standard: Standard) -> None:
        self._by_key.setdefault(normalise_name(standard.key), standard)
        labels = {standard.label, framework.name_standard(standard)}
        named = {
            f"{name} {label}" for name in (framework.id, framework.short_label, framework.label) for label in labels
        }
        for label in {normalise_label(each) for each in (*labels, *named, framework.name_fully(standard))}:
            self._by_label[label].append(standard)
        if not standard.number:
            for name in {normalise_label(standard.id), normalise_label(standard.key)}:
                self._by_id[name].append(standard)
        if framework.is_of_regulations and standard.number:
            self._by_number[standard.number.casefold()].append(standard)

    def find_framework(self, name: str) -> Framework | None:
        """The framework with this identifier, label or other name; None where there is none."""
        key = normalise_label(name)
        by_id = self.frameworks.get(normalise_name(name))
        return by_id or next((each for each in self.frameworks.values() if key in _list_names(each)), None)

    def find(self, text: str) -> FoundStandards:
        """The standards that a text may name."""
        return _find(self, normalise_name(text))

    def find_same_number(self, text: str) -> tuple[Standard, ...]:
        """The regulations with the number that a text gives, of whatever instrument."""
        match = _REGULATION.search(normalise_name(text))
        return tuple(self._by_number.get(match["number"], ())) if match else ()

    def get(self, key: str) -> Standard | None:
        """The standard with this identifier, with that of its framework before a slash."""
        return self._by_key.get(normalise_name(key))

    def framework_of(self, standard: Standard) -> Framework:
        """The framework that a standard belongs to."""
        return self.frameworks[standard.framework]

    def name(self, standard: Standard) -> str:
        """What a standard is called where its framework is not said beside it."""
        return self.framework_of(standard).name_fully(standard)

    def list_names(self) -> Iterator[str]:
        """All identifiers and labels, from which the nearest is suggested."""
        for framework in self.frameworks.values():
            for standard in framework.standards:
                yield standard.key
                yield standard.label

    def list_mapped(self, standard: Standard) -> tuple[Standard, ...]:
        """The standards of other frameworks that are about the same, as one of the two files says."""
        return self._mapped.get(standard.key, ())

    @functools.cached_property
    def _mapped(self) -> Mapping[str, tuple[Standard, ...]]:
        mapped: defaultdict[str, dict[str, Standard]] = defaultdict(dict)
        for standard in self._by_key.values():
            for target in filter(None, map(self.get, standard.maps_to)):
                mapped[standard.key][target.key] = target
                mapped[target.key][standard.key] = standard
        return {key: tuple(standards.values()) for key, standards in mapped.items()}

    def _look_up(self, text: str) -> FoundStandards:
        if (standard := self._by_key.get(text)) is not None:
            return FoundStandards((standard,))
        label = normalise_label(text)
        if found := self._by_label.get(label) or self._by_id.get(label):
            return FoundStandards(self._prefer(found))
        match = _REGULATION.search(text)
        return FoundStandards(tuple(self._find_regulation(text, match))) if match else FoundStandards()

    def _prefer(self, found: list[Standard]) -> tuple[Standard, ...]:
        """Of standards with the same label those of chosen frameworks, then those in force; all where none is."""
        chosen = [each for each in found if normalise_name(each.framework) in self._chosen] or found
        in_force = [each for each in chosen if each.status is FrameworkStatus.CURRENT] or chosen
        return tuple(dict.fromkeys(in_force))

    def _find_regulation(self, text: str, match: re.Match[str]) -> Iterator[Standard]:
        """The regulations with the number; of these, those whose instrument or label the other words name."""
        candidates = self._by_number.get(match["number"], [])
        words = normalise_label(f"{text[: match.start()]} {text[match.end() :]}")
        if not set(words.split()) - _FILLING:
            yield from candidates
            return
        yield from (each for each in candidates if self._names_instrument(each, words))

    def _names_instrument(self, standard: Standard, words: str) -> bool:
        padded, framework = f" {words} ", self.framework_of(standard)
        return normalise_label(standard.label) in words or any(f" {name} " in padded for name in _list_names(framework))


@functools.lru_cache(maxsize=4096)
def _find(index: StandardIndex, text: str) -> FoundStandards:
    """Cached, as the same standards are cited in many files."""
    return index._look_up(text)


@functools.lru_cache(maxsize=64)
def _list_names(framework: Framework) -> tuple[str, ...]:
    """All that a framework is called."""
    names = (framework.id, framework.label, framework.short, *framework.also_called)
    return tuple(name for name in map(normalise_label, names) if name)


@functools.lru_cache(maxsize=8)
def index_standards(frameworks: tuple[Framework, ...], chosen: tuple[str, ...] = ()) -> StandardIndex:
    """The index of frameworks, built once for the same ones."""
    return StandardIndex(frameworks, chosen)
