"""Files that have no place in the layout of a site, read loosely, so that they can only hide.

A file of an owner or an agency in the wrong folder, or with the wrong ending, may mark them as hidden. So if
it holds a mark, that is reported, and the names in it are hidden from others than internal readers.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from plansite.content.layout import KIND_BY_FOLDER, MARKDOWN_SUFFIXES
from plansite.content.personal_data_findings import decode_for_scan
from plansite.content.privacy_rules import UNCLEAR_MARK
from plansite.content.report import Report
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.mark_grammar import fold, holds_any_mark, is_within_slip, replace_colons
from plansite.model.documents.plan import Plan
from plansite.model.fields import declared_fields
from plansite.model.findings import Finding
from plansite.model.people import Agency, Owner
from plansite.model.slugs import slugify, title_from_slug
from plansite.model.status import Audience

#: The first characters of a file that are searched.
_MAX_CHARACTERS = 20_000
_MAX_NAMES = 50
#: Shorter names of plans are like too many others.
_SHORTEST_SLUG = 4
_DEPTH_OF_PLAN_FILE = 3
_FRONT_MATTER = compile_lazily(r"\s*[-–—]{1,5}[ \t]*\n")
_FIELD = compile_lazily(
    r"(?:^|[{,])[ \t\"'-]*+(\w{3,7})[\"']?[ \t]*[:=][ \t]*[>|\"'+-]*\s*([^\"'#{},\n]+)", re.MULTILINE
)
_LINE = compile_lazily(
    r"^[ \t\"'-]*+(\w[\w .-]{0,40}?)[\"']?[ \t]*[:=][ \t]*[>|\"'+-]*\s*([^\"'#{}\n]{2,80})", re.MULTILINE
)
_HEADING = compile_lazily(r"^#{1,2}[ \t]+(.+)$", re.MULTILINE)
#: The endings of copies that editors leave beside a file.
_BACKUP_ENDING = compile_lazily(r"(?:~|\.(?:bak|orig|old|save|swp|tmp))+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrayFile:
    """What a stray file may say: the people whom it may be about, and the findings about its marks."""

    people: tuple[Owner, ...]
    findings: tuple[Finding, ...]


def is_stray_in_plan(path: str) -> bool:
    """Whether a content file in the folder of a plan has no place there, or the wrong ending."""
    folder_or_file = path.split("/", 4)[3:]
    is_document = (
        folder_or_file[0].casefold() == "plan.md"
        if len(folder_or_file) == 1
        else folder_or_file[0].casefold() in KIND_BY_FOLDER
    )
    return not is_document or not path.lower().endswith(MARKDOWN_SUFFIXES)


def find_original(path: str) -> str:
    """The path of the file of which one is a copy, as its name says that editors give; empty for other files."""
    original = _BACKUP_ENDING.sub("", path)
    return original if original != path else ""


def is_backup(path: str, paths: Container[str]) -> bool:
    """Whether a file is a copy that an editor left beside one of `paths`."""
    return find_original(path) in paths


def is_marked_document(data: bytes) -> bool:
    """Whether the bytes of a file with any ending begin like a document and hold a mark."""
    text = decode_for_scan(data)[:_MAX_CHARACTERS]
    return bool(_FRONT_MATTER.match(text)) and holds_any_mark(text)


def read_stray_file(path: str, data: bytes) -> StrayFile:
    """What a stray file may say; `data` is empty for one that could not be read. Without a mark it hides nobody."""
    text = decode_for_scan(data)[:_MAX_CHARACTERS]
    report = Report(path)
    if not holds_any_mark(text):
        return StrayFile(people=(), findings=())
    report.add(
        UNCLEAR_MARK,
        "this file has a mark for some readers, but it is not clear what kind of file it is",
        "move it to the right folder, with a name that ends in .md, or delete it",
    )
    stem = PurePosixPath(path).name.partition(".")[0]
    names = list(dict.fromkeys(_list_names(text))) or [title_from_slug(stem)]
    people = tuple(Owner(slug=slugify(stem), title=name) for name in names[:_MAX_NAMES])
    return StrayFile(people=people, findings=report.findings)


def find_untitled_person(path: str, data: bytes) -> tuple[Owner, ...]:
    """Those whom a marked file of an owner or an agency without a title may be about.

    Any field that such files do not have may be meant for the title: `name: Ann Brown`.
    """
    text = decode_for_scan(data)[:_MAX_CHARACTERS]
    if not holds_any_mark(text):
        return ()
    known = {declared.name for cls in (Owner, Agency) for declared in declared_fields(cls)}
    lines = _LINE.findall(replace_colons(text))
    names = dict.fromkeys((*(value.strip() for key, value in lines if key.strip() not in known), *_list_names(text)))
    slug = slugify(PurePosixPath(path).stem)
    return tuple(Owner(slug=slug, title=name) for name in list(filter(None, names))[:_MAX_NAMES])


def hide_beside_misnamed_folder(
    plan: Plan, files_by_folder: Mapping[str, Iterable[str]]
) -> tuple[Plan, tuple[Finding, ...]]:
    """A plan of external files, internal if a folder with nothing but a plan file is named nearly like it.

    That plan file may be meant for it, with a mark. The finding is returned as well.
    """
    for folder, paths in files_by_folder.items():
        if len(plan.slug) >= _SHORTEST_SLUG and is_within_slip(slugify(folder), plan.slug):
            paths = tuple(paths)
            if paths and all(path.count("/") == _DEPTH_OF_PLAN_FILE for path in paths):
                report = Report(paths[0])
                message = f"the plan “{plan.slug}” has no plan file, and this folder has nearly the same name"
                report.add(
                    UNCLEAR_MARK, message, f"rename the folder to `{plan.slug}`; until then that plan is internal"
                )
                return replace(plan, audience=Audience.INTERNAL), report.findings
    return plan, ()


def _list_names(text: str) -> Iterator[str]:
    """The names that a file may be about: its title, and its headings."""
    for match in _FIELD.finditer(replace_colons(text)):
        key = fold(match[1])
        if is_within_slip(key, "title") or is_within_slip(key, "name"):
            yield match[2].strip()
    yield from (match[1].strip() for match in _HEADING.finditer(text))
