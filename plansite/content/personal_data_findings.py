"""Files opened for reading, with a look at each for personal data. Pure but for the opening."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from plansite.content.files import SourceFile
from plansite.content.privacy_rules import DESCRIPTION_BY_KIND, RULE_BY_KIND
from plansite.model.findings import Finding
from plansite.personal_data.matches import LineIndex, Match, PersonalDataKind
from plansite.personal_data.scan import CERTAIN_KINDS, find_matches, find_matches_in_name

CONTENT_FOLDER = "content"
#: More of one kind in one file say nothing new.
MAX_PER_KIND = 20

#: Fields where people at work are reached, by the start or the end of a path.
_CONTACT_FIELDS = {
    ("content/owners/", ""): "telephone",
    ("content/agencies/", ""): "telephone",
    ("content/", "/plan.md"): "contact",
    ("plansite.yaml", ""): "contact",
}


class PersonalDataScanner:
    """Opens files as before, and keeps what was seen in them and in their names."""

    def __init__(self, read_file: Callable[[str, str], SourceFile]) -> None:
        """`open_` opens a file by its path and the folder that it may not leave."""
        self._read_file = read_file
        self._reported_names: set[tuple[str, str]] = set()
        self.findings: list[Finding] = []

    def __call__(self, path: str, folder: str) -> SourceFile:
        """The file. In folders that others laid out only what leaves little doubt is noted."""
        found = self._read_file(path, folder)
        kinds = tuple(PersonalDataKind) if folder == CONTENT_FOLDER else CERTAIN_KINDS
        if found.data is not None:
            self.findings.extend(find_personal_data(found.path, found.data, kinds))
        for each in () if path.endswith(".csv") else split_path_names(found.path, folder):
            if each not in self._reported_names:
                self._reported_names.add(each)
                self.findings.extend(find_personal_data_in_name(*each, kinds))
        return found


def split_path_names(path: str, folder: str) -> Iterator[tuple[str, str]]:
    """The names that a path is made of, each with the path where it is told: that of a plan's folder at its plan."""
    match path.split("/"):
        case ["content", "plans", plan, *below] if folder == CONTENT_FOLDER and below:
            yield f"content/plans/{plan}/plan.md", plan
            yield path, "/".join(below)
        case _:
            yield path, path.removeprefix(f"{folder}/")


def find_personal_data(
    path: str, data: bytes, kinds: Collection[PersonalDataKind] = tuple(PersonalDataKind)
) -> tuple[Finding, ...]:
    """What a file holds of these kinds, readable or not."""
    text = decode_for_scan(data)
    return build_findings(path, text, (each for each in find_matches(text) if each.kind in kinds))


def build_findings(path: str, text: str, matches: Iterable[Match]) -> tuple[Finding, ...]:
    """Findings of what was seen in a file's text, at most 20 of a kind."""
    lines: LineIndex | None = None
    counts: Counter[PersonalDataKind] = Counter()
    found = []
    for each in matches:
        if each.kind is PersonalDataKind.TELEPHONE_NUMBER and _is_in_contact_field(path, text, each.start):
            continue
        counts[each.kind] += 1
        if counts[each.kind] <= MAX_PER_KIND:
            lines = lines or LineIndex(text)
            found.append(_build_finding(path, each.kind, *lines.line_and_column(each.start)))
    return tuple(found)


def find_personal_data_in_asset(path: str, file: SourceFile | None, paths: Collection[str]) -> tuple[Finding, ...]:
    """What a file beside the content holds: its name, and its text where it is a table of no measure."""
    shown = path.encode("utf-8", "replace").decode()
    seen = find_personal_data_in_name(shown, shown.rsplit("/", 1)[-1])
    data = file.data if file and f"{path[:-4]}.md" not in paths else None
    return (*seen, *find_personal_data(shown, data)) if data is not None else seen


def find_personal_data_in_name(
    path: str, name: str, kinds: Collection[PersonalDataKind] = tuple(PersonalDataKind)
) -> tuple[Finding, ...]:
    """What the name of a file or folder holds; `path` is where it is told."""
    seen = dict.fromkeys(each.kind for each in find_matches_in_name(name) if each.kind in kinds)
    return tuple(build_name_finding(path, kind) for kind in seen)


def build_name_finding(path: str, kind: PersonalDataKind) -> Finding:
    """The finding that a file's name holds something of a kind."""
    message = f"the name of this file or its folder holds {DESCRIPTION_BY_KIND[kind]}"
    return Finding(
        rule=RULE_BY_KIND[kind], path=path, message=message, remedy="rename it; the address of its page changes"
    )


def _build_finding(path: str, kind: PersonalDataKind, line: int, column: int) -> Finding:
    remedy = "take it out; if it has to stand here, set the rule aside with a reason and a last day"
    return Finding(
        rule=RULE_BY_KIND[kind],
        path=path,
        line=line,
        column=column,
        message=f"here stands {DESCRIPTION_BY_KIND[kind]}",
        remedy=remedy,
    )


def decode_for_scan(data: bytes) -> str:
    """The text of a file as far as it is one, with lines and columns as in every other message."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if wide else "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_in_contact_field(path: str, text: str, offset: int) -> bool:
    """Whether a place lies in a field that says how to reach somebody at work."""
    field = _find_contact_field(path)
    if not field or (path.endswith(".md") and not 0 <= offset < _find_front_matter_end(text)):
        return False
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    value = rf"(?:\A\s*(?:- )?{field}:|[{{,]\s*{field}:\s*(?:\"[^\"]*|'[^']*|[^,{{}}\"']*)\Z)"
    return bool(re.search(value, line[-200:]))


def _find_contact_field(path: str) -> str:
    for (start, end), field in _CONTACT_FIELDS.items():
        if path.startswith(start) and path.endswith(end):
            return field
    return ""


def _find_front_matter_end(text: str) -> int:
    return text.find("\n---", 3) if text.startswith("---\n") else -1
