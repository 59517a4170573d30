"""Files opened for reading, with a look at each for personal data. Pure but for the opening."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from plansite.content.personal_rules import RULE_OF, WORDS
from plansite.content.scan import Found
from plansite.model.findings import Finding
from plansite.personal.look import CERTAIN, sightings, sightings_in_name
from plansite.personal.sighting import Kind, Lines, Sighting

OWN = "content"
#: More of one kind in one file say nothing new.
MOST = 20

#: Fields where people at work are reached, by the start or the end of a path.
_CONTACTS = {
    ("content/owners/", ""): "telephone",
    ("content/agencies/", ""): "telephone",
    ("content/", "/plan.md"): "contact",
    ("plansite.yaml", ""): "contact",
}


class Watch:
    """Opens files as before, and keeps what was seen in them and in their names."""

    def __init__(self, open_: Callable[[str, str], Found]) -> None:
        """`open_` opens a file by its path and the folder that it may not leave."""
        self._open = open_
        self._told: set[tuple[str, str]] = set()
        self.findings: list[Finding] = []

    def __call__(self, path: str, folder: str) -> Found:
        """The file. In folders that others laid out only what leaves little doubt is noted."""
        found = self._open(path, folder)
        kinds = tuple(Kind) if folder == OWN else CERTAIN
        if found.data is not None:
            self.findings.extend(seen_in(found.path, found.data, kinds))
        for each in () if path.endswith(".csv") else names_in(found.path, folder):
            if each not in self._told:
                self._told.add(each)
                self.findings.extend(seen_in_name(*each, kinds))
        return found


def names_in(path: str, folder: str) -> Iterator[tuple[str, str]]:
    """The names that a path is made of, each with the path where it is told: that of a plan's folder at its plan."""
    match path.split("/"):
        case ["content", "plans", plan, *below] if folder == OWN and below:
            yield f"content/plans/{plan}/plan.md", plan
            yield path, "/".join(below)
        case _:
            yield path, path.removeprefix(f"{folder}/")


def seen_in(path: str, data: bytes, kinds: Collection[Kind] = tuple(Kind)) -> tuple[Finding, ...]:
    """What a file holds of these kinds, readable or not."""
    text = text_of(data)
    return found_of(path, text, (each for each in sightings(text) if each.kind in kinds))


def found_of(path: str, text: str, seen: Iterable[Sighting]) -> tuple[Finding, ...]:
    """Findings of what was seen in a file's text, at most 20 of a kind."""
    lines: Lines | None = None
    counts: Counter[Kind] = Counter()
    found = []
    for each in seen:
        if each.kind is Kind.TELEPHONE and _is_contact(path, text, each.start):
            continue
        counts[each.kind] += 1
        if counts[each.kind] <= MOST:
            lines = lines or Lines(text)
            found.append(_finding(path, each.kind, *lines.place(each.start)))
    return tuple(found)


def seen_beside(path: str, found: Found | None, prints: Collection[str]) -> tuple[Finding, ...]:
    """What a file beside the content holds: its name, and its text where it is a table of no measure."""
    shown = path.encode("utf-8", "replace").decode()
    seen = seen_in_name(shown, shown.rsplit("/", 1)[-1])
    data = found.data if found and f"{path[:-4]}.md" not in prints else None
    return (*seen, *seen_in(shown, data)) if data is not None else seen


def seen_in_name(path: str, name: str, kinds: Collection[Kind] = tuple(Kind)) -> tuple[Finding, ...]:
    """What the name of a file or folder holds; `path` is where it is told."""
    seen = dict.fromkeys(each.kind for each in sightings_in_name(name) if each.kind in kinds)
    return tuple(named(path, kind) for kind in seen)


def named(path: str, kind: Kind) -> Finding:
    """The finding that a file's name holds something of a kind."""
    message = f"the name of this file or its folder holds {WORDS[kind]}"
    return Finding(rule=RULE_OF[kind], path=path, message=message, remedy="rename it; the address of its page changes")


def _finding(path: str, kind: Kind, line: int, column: int) -> Finding:
    remedy = "take it out; if it has to stand here, set the rule aside with a reason and a last day"
    return Finding(
        rule=RULE_OF[kind], path=path, line=line, column=column, message=f"here stands {WORDS[kind]}", remedy=remedy
    )


def text_of(data: bytes) -> str:
    """The text of a file as far as it is one, with lines and columns as in every other message."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if wide else "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_contact(path: str, text: str, at: int) -> bool:
    """Whether a place lies in a field that says how to reach somebody at work."""
    field = _contact_field(path)
    if not field or (path.endswith(".md") and not 0 <= at < _end_of_fields(text)):
        return False
    line = text[text.rfind("\n", 0, at) + 1 : at]
    value = rf"(?:\A\s*(?:- )?{field}:|[{{,]\s*{field}:\s*(?:\"[^\"]*|'[^']*|[^,{{}}\"']*)\Z)"
    return bool(re.search(value, line[-200:]))


def _contact_field(path: str) -> str:
    for (start, end), field in _CONTACTS.items():
        if path.startswith(start) and path.endswith(end):
            return field
    return ""


def _end_of_fields(text: str) -> int:
    return text.find("\n---", 3) if text.startswith("---\n") else -1
