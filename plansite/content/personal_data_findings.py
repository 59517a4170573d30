"""Findings about personal data in files and their names."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from plansite.content.files import CONTENT_FOLDER, SourceFile
from plansite.content.privacy_rules import DESCRIPTION_BY_KIND, RULE_BY_KIND
from plansite.content.yaml.fences import OPENING_LINE
from plansite.model.findings import Finding
from plansite.personal_data.matches import LineIndex, Match, PersonalDataKind
from plansite.personal_data.scan import CERTAIN_KINDS, find_matches, find_matches_in_name

#: The most findings of one kind in one file.
MAX_PER_KIND = 20

#: The fields for telephone numbers of people at work, by start and end of a path.
_CONTACT_FIELDS = {
    ("content/owners/", ""): "telephone",
    ("content/agencies/", ""): "telephone",
    ("content/", "/plan.md"): "contact",
    ("plansite.yaml", ""): "contact",
}


class PersonalDataScanner:
    """Reads files with a function, and collects findings about personal data in them and in their names."""

    def __init__(self, read_file: Callable[[str, str], SourceFile]) -> None:
        """`read_file` reads a file by its path and the folder that it may not leave."""
        self._read_file = read_file
        self._reported_names: set[tuple[str, str]] = set()
        self.findings: list[Finding] = []

    def __call__(self, path: str, folder: str) -> SourceFile:
        """The file. In external folders, only kinds that are certain are reported."""
        file = self._read_file(path, folder)
        kinds = tuple(PersonalDataKind) if folder == CONTENT_FOLDER else CERTAIN_KINDS
        if file.data is not None:
            self.findings.extend(find_personal_data(file.path, file.data, kinds))
        for reported_path, name in () if path.endswith(".csv") else split_path_names(file.path, folder):
            if (reported_path, name) not in self._reported_names:
                self._reported_names.add((reported_path, name))
                self.findings.extend(find_personal_data_in_name(reported_path, name, kinds))
        return file


def split_path_names(path: str, folder: str) -> Iterator[tuple[str, str]]:
    """The names in a path, each after the path it is reported for: the name of a plan's folder for its plan file."""
    match path.split("/"):
        case ["content", "plans", plan, *below] if folder == CONTENT_FOLDER and below:
            yield f"content/plans/{plan}/plan.md", plan
            yield path, "/".join(below)
        case _:
            yield path, path.removeprefix(f"{folder}/")


def find_personal_data(
    path: str, data: bytes, kinds: Collection[PersonalDataKind] = tuple(PersonalDataKind)
) -> tuple[Finding, ...]:
    """Findings about personal data of these kinds in the bytes of a file, which need not be valid text."""
    text = decode_for_scan(data)
    return build_findings(path, text, (match for match in find_matches(text) if match.kind in kinds))


def build_findings(path: str, text: str, matches: Iterable[Match]) -> tuple[Finding, ...]:
    """Findings for the matches in the text of a file, at most MAX_PER_KIND of each kind."""
    lines: LineIndex | None = None
    counts: Counter[PersonalDataKind] = Counter()
    findings = []
    for match in matches:
        if match.kind is PersonalDataKind.TELEPHONE_NUMBER and _is_in_contact_field(path, text, match.start):
            continue
        counts[match.kind] += 1
        if counts[match.kind] <= MAX_PER_KIND:
            lines = lines or LineIndex(text)
            findings.append(_build_finding(path, match.kind, *lines.line_and_column(match.start)))
    return tuple(findings)


def find_personal_data_in_asset(path: str, file: SourceFile | None, paths: Collection[str]) -> tuple[Finding, ...]:
    """Findings about an asset: about its name, and about its data unless it is the CSV file of a measure.

    `paths` are the paths of all files; a CSV file beside a Markdown file is scanned with that.
    """
    valid_path = path.encode("utf-8", "replace").decode()
    findings = find_personal_data_in_name(valid_path, valid_path.rsplit("/", 1)[-1])
    data = file.data if file and f"{path[:-4]}.md" not in paths else None
    return (*findings, *find_personal_data(valid_path, data)) if data is not None else findings


def find_personal_data_in_name(
    path: str, name: str, kinds: Collection[PersonalDataKind] = tuple(PersonalDataKind)
) -> tuple[Finding, ...]:
    """Findings about the name of a file or folder, one for each kind; `path` is what they are reported for."""
    matched = dict.fromkeys(match.kind for match in find_matches_in_name(name) if match.kind in kinds)
    return tuple(build_name_finding(path, kind) for kind in matched)


def build_name_finding(path: str, kind: PersonalDataKind) -> Finding:
    """The finding that the name of a file or its folder holds personal data of a kind."""
    message = f"part of the name of this file or its folder {DESCRIPTION_BY_KIND[kind]}"
    return Finding(
        rule=RULE_BY_KIND[kind], path=path, message=message, remedy="rename it; the address of its page changes"
    )


def _build_finding(path: str, kind: PersonalDataKind, line: int, column: int) -> Finding:
    remedy = "take it out; if it has to stay, set the rule aside with a reason and a last day"
    return Finding(
        rule=RULE_BY_KIND[kind],
        path=path,
        line=line,
        column=column,
        message=f"this {DESCRIPTION_BY_KIND[kind]}",
        remedy=remedy,
    )


def decode_for_scan(data: bytes) -> str:
    """The text of a file, with replacement characters for invalid bytes; lines are counted as in all findings."""
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if is_utf16 else "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_in_contact_field(path: str, text: str, offset: int) -> bool:
    """Whether an offset is in the value of a field for telephone numbers of people at work."""
    field = _find_contact_field(path)
    if not field or (path.endswith(".md") and not 0 <= offset < _find_front_matter_end(text)):
        return False
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    pattern = rf"(?:\A\s*(?:- )?{field}:|[{{,]\s*{field}:\s*(?:\"[^\"]*|'[^']*|[^,{{}}\"']*)\Z)"
    return bool(re.search(pattern, line[-200:]))


def _find_contact_field(path: str) -> str:
    for (start, end), field in _CONTACT_FIELDS.items():
        if path.startswith(start) and path.endswith(end):
            return field
    return ""


def _find_front_matter_end(text: str) -> int:
    return text.find("\n---", 3) if OPENING_LINE.match(text) else -1
