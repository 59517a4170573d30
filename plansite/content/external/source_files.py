"""Finds the files of an external source, and reports patterns and folders of the settings that lead to nothing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from plansite.content.external.rules import REPEATED_FILES, UNMATCHED_EXCLUSION, UNMATCHED_PATTERN, UNREAD_FILES
from plansite.content.external.setting_lines import locate_setting
from plansite.content.folders import normalise_path
from plansite.content.layout import MARKDOWN_SUFFIXES, MISNAMED_SUFFIXES, is_document_path
from plansite.content.parse_rules import MISSING_SOURCE
from plansite.content.report import Report, find_nearest, make_printable, suggest_word
from plansite.deferred_dataclass import dataclass
from plansite.file_access import is_folder, is_present
from plansite.model.external.source_settings import ExternalSource, MappedField, matches_exclusion, matches_pattern
from plansite.model.findings import Rule
from plansite.model.formatting import format_count, has_or_have

#: Endings of files that are front matter without a text below it.
YAML_SUFFIXES = (".yaml", ".yml")
#: Endings of the files of a source that are read. All but those of YAML are Markdown with front matter.
SOURCE_SUFFIXES = (*MARKDOWN_SUFFIXES, *MISNAMED_SUFFIXES, ".mdx", ".qmd", ".rmd", ".txt", *YAML_SUFFIXES)
#: Names that are compared with a pattern for a suggestion.
_MAX_NAMES = 1_000
_MAX_SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class ExternalFile:
    """A file of an external source: its path, the index of its source in the settings, and the folder of the source."""

    path: str
    source_index: int
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFolders:
    """The folders that an entry of `sources` names, and what a finding about them needs.

    `settings` are the bytes of `plansite.yaml`, `index` is the position of the entry, `root` the site's folder.
    """

    root: Path
    settings: bytes
    index: int
    source: ExternalSource
    report: Report

    def select_files(self, paths: Sequence[str], known: set[str]) -> list[str]:
        """Of all paths below its folder, those of the files that are read.

        `known` are the paths of the files of earlier sources from the root of the file system; its own are added.
        """
        folder = normalise_path(self.source.path)
        if not self._check_folder(self.source.path, "path"):
            return []
        inner_paths = [path.removeprefix(f"{folder}/") for path in paths]
        self._check_patterns(inner_paths)
        included = [path for path in inner_paths if self.source.includes(path)]
        unreadable = dict.fromkeys(path for path in included if not path.lower().endswith(SOURCE_SUFFIXES))
        if unreadable:
            count = format_count(len(unreadable), "file")
            message = f"`files` matches {count} that cannot be read, such as `{make_printable(next(iter(unreadable)))}`"
            remedy = (
                'name only Markdown and YAML files, such as `["*.md", "*.yaml"]`, or exclude the others with `exclude`'
            )
            self._add(UNREAD_FILES, message, remedy, "files")
        return self._drop_repeated([f"{folder}/{path}" for path in included if path not in unreadable], known)

    def list_mapped_fields(self) -> Iterator[MappedField]:
        """The fields that are taken from fields of its files."""
        folder = normalise_path(self.source.path)
        for name, mapping in self.source.fields:
            if mapping.field and not mapping.origin:
                line, _ = locate_setting(self.settings, "sources", self.index, "fields", name)
                yield MappedField(folder=folder, name=name, theirs=mapping.field, line=line)

    def select_goal_files(self, paths: Sequence[str]) -> list[str]:
        """Of all paths below its folder of goals, those of the files that are read."""
        if (
            not self.source.goals
            or not self.source.goals.path
            or not self._check_folder(self.source.goals.path, "goals", "path")
        ):
            return []
        files = [path for path in paths if path.lower().endswith(SOURCE_SUFFIXES)]
        if not files:
            message = f"there is no Markdown or YAML file in `{self.source.goals.path}`"
            self._add(MISSING_SOURCE, message, "name the folder that has a file for each goal", "goals", "path")
        return files

    def _drop_repeated(self, paths: Sequence[str], known: set[str]) -> list[str]:
        """The paths without those that the site itself or an earlier source reads, which are reported."""
        root, repeated = str(self.root.absolute()), dict[str, None]()
        for path in paths:
            full_path = os.path.normpath(f"{root}/{path}")
            if full_path in known or is_document_path(full_path.removeprefix(f"{root}/").replace(os.sep, "/")):
                repeated[path] = None
            known.add(full_path)
        if repeated:
            count, first = len(repeated), make_printable(next(iter(repeated)))
            have_been_read = f"{has_or_have(count)} already been read"
            message = f"{format_count(count, 'file')} in this folder {have_been_read}, such as `{first}`"
            self._add(REPEATED_FILES, message, "leave them out with `files` or `exclude` of one of the two", "path")
        return [path for path in paths if path not in repeated]

    def _check_folder(self, path: str, *keys: str) -> bool:
        """Whether there is such a folder; if not, it is reported."""
        folder = self.root / normalise_path(path)
        if is_folder(folder):
            return True
        remedy = "`path` is relative to the folder of this file"
        if is_present(folder):
            message, remedy = f"`{path}` is a file", "name the folder that it is in, and the file under `files`"
        else:
            message = f"there is no folder `{path}`"
            remedy = _suggest_folder(folder) or remedy
        self._add(MISSING_SOURCE, message, remedy, *keys)
        return False

    def _check_patterns(self, paths: Sequence[str]) -> None:
        source = self.source
        matched = [path for path in paths if any(matches_pattern(path, pattern) for pattern in source.files)]
        if not matched and source.files == ExternalSource().files:
            remedy = _suggest_pattern(source.files[0], paths)
            self._add(UNMATCHED_PATTERN, f"there is no Markdown file in `{source.path}`", remedy, "path")
        elif matched and all(map(source.excludes, matched)):
            message = f"`exclude` leaves out {_all_of(len(matched))} that `files` matches"
            self._add(UNMATCHED_PATTERN, message, "correct `files` or `exclude`", "exclude")
        elif source.files != ExternalSource().files:
            for position, pattern in enumerate(source.files):
                if not any(matches_pattern(path, pattern) for path in paths):
                    message = f"no file in `{source.path}` matches `{_shorten(pattern)}`"
                    self._add(UNMATCHED_PATTERN, message, _suggest_pattern(pattern, paths), "files", position)
        for position, pattern in enumerate(source.exclude if matched else ()):
            if not any(matches_exclusion(path, pattern) for path in paths):
                message = f"`{_shorten(pattern)}` matches no file in `{source.path}`"
                self._add(
                    UNMATCHED_EXCLUSION, message, _suggest_name(pattern, paths) or "delete it", "exclude", position
                )

    def _add(self, rule: Rule, message: str, remedy: str, *keys: str | int) -> None:
        line, column = locate_setting(self.settings, "sources", self.index, *keys)
        self.report.add(rule, message, remedy, line=line, column=column)


def is_in_source(path: str, sources: Iterable[ExternalSource]) -> bool:
    """Whether a file of the content is read by a source whose folder lies in the content."""
    if not path.lower().endswith(SOURCE_SUFFIXES):
        return False
    folders = ((source, f"{normalise_path(source.path)}/") for source in sources if source.path)
    return any(path.startswith(folder) and source.includes(path.removeprefix(folder)) for source, folder in folders)


def _shorten(pattern: str) -> str:
    return make_printable(pattern if len(pattern) <= _MAX_SHOWN_LENGTH else f"{pattern[:_MAX_SHOWN_LENGTH]}…")


def _all_of(count: int) -> str:
    return "the only file" if count == 1 else f"all {count:,} files"


def _suggest_folder(folder: Path) -> str:
    """The folder beside a missing one that was probably meant."""
    if not is_folder(folder.parent):
        return ""
    return suggest_word(folder.name, sorted(path.name for path in folder.parent.iterdir() if is_folder(path)))


def _suggest_pattern(pattern: str, paths: Sequence[str]) -> str:
    """The name that a pattern is nearest to, else the ending that most files have."""
    if not paths:
        return "it has no files; hidden files and folders do not count"
    if suggestion := _suggest_name(pattern, paths):
        return suggestion
    suffixes = Counter(_find_suffix(path) for path in paths)
    del suffixes[""]
    if not suffixes:
        return "only Markdown and YAML files are read"
    suffix = suffixes.most_common(1)[0][0]
    return f'there are files that end in {suffix}; write for example `files: "*{suffix}"`'


def _find_suffix(path: str) -> str:
    name = path.rsplit("/", 1)[-1].lower()
    return next((suffix for suffix in SOURCE_SUFFIXES if name.endswith(suffix)), "")


def _suggest_name(pattern: str, paths: Sequence[str]) -> str:
    """A question such as `did you mean “README.md”?`; empty where no file has a name like a pattern."""
    inner = paths if "/" in pattern else [path.rsplit("/", 1)[-1] for path in paths]
    names = {name.casefold(): name for name in inner if name.lower().endswith(SOURCE_SUFFIXES)}
    nearest = find_nearest(pattern, list(names)[:_MAX_NAMES])
    return f"did you mean “{make_printable(names[nearest])}”?" if nearest else ""
