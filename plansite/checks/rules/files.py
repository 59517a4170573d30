"""Files of the content that are neither read nor published, and fields that the files of a source do not have."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, rule
from plansite.content.files import ASSET_SUFFIXES
from plansite.content.layout import is_import_record, is_place_of_documents
from plansite.content.marks.stray_files import find_original
from plansite.content.settings import SETTINGS_FILE
from plansite.model.external.source_settings import MappedField
from plansite.model.findings import Level
from plansite.model.site import Site

#: Endings of files that people write in other programs; the first is that of a file without any.
_DOCUMENT_SUFFIXES = frozenset(
    {"", ".txt", ".text", ".doc", ".docx", ".odt", ".rtf", ".pages", ".mdx", ".qmd", ".rmd", ".rst", ".adoc", ".org"}
    | {".htm", ".html", ".yaml", ".yml"}
)
_SYSTEM_FILES = frozenset({"desktop.ini", "thumbs.db", "icon\r"})


def _list_possible_documents(site: Site) -> Iterator[str]:
    return (path for path in _list_other_files(site) if _may_be_document(path))


def _list_further_files(site: Site) -> Iterator[str]:
    return (path for path in _list_other_files(site) if not _may_be_document(path))


def _list_other_files(site: Site) -> Iterable[str]:
    return sorted(path for path in (*site.files, *site.other_files) if not _is_for_editors(path))


def _is_for_editors(path: str) -> bool:
    """Whether a file is meant for those who edit the content, or was put there by the system."""
    name = posixpath.basename(path).casefold()
    is_for_editors = is_import_record(path) or path.startswith("content/templates/")
    return is_for_editors or name.startswith("readme") or name in _SYSTEM_FILES


def _may_be_document(path: str) -> bool:
    suffix = posixpath.splitext(path)[1].lower().rstrip()
    is_text = suffix in _DOCUMENT_SUFFIXES or suffix.startswith((".md", ".markdown"))
    return is_text and is_place_of_documents(path) and not find_original(path)


@rule("PS131", Level.ERROR, _list_possible_documents, needs_all_plans=True)
def unread_document(context: CheckContext, path: str) -> Iterator[Violation]:
    """A file is in a folder for actions or other documents, but it is not Markdown and no page links to it.

    It does not appear on the site, so an action in a Word file would be missed.

    Example: `actions/lamp.docx` or `actions/lamp.txt`. Save it as plain text under the name `lamp.md`, with `title:` at
    the top.
    """
    if path not in context.linked_files:
        stem = posixpath.splitext(posixpath.basename(path))[0].rstrip()
        message = "this file is not read or linked, so it does not appear on the site"
        yield Violation(path, 0, message, f"save it as plain text with the name `{stem}.md`, or link to it")


@rule("PS132", Level.WARNING, _list_further_files, needs_all_plans=True)
def unlinked_file(context: CheckContext, path: str) -> Iterator[Violation]:
    """No page links to a file in `content`, so it is not published.

    Files named README, files in `content/templates`, and hidden ones are meant for editors and are not reported.

    Example: `evidence/audit.pdf`, and no action names it under `evidence`.
    """
    if path in context.linked_files:
        return
    suffix = posixpath.splitext(path)[1].lower()
    if original := find_original(path):
        message = "this file is not read or linked; it looks like an editor's backup copy"
        yield Violation(
            path, 0, message, f"delete it, or call it `{posixpath.basename(original)}` if there is no other"
        )
    elif suffix in ASSET_SUFFIXES:
        yield Violation(path, 0, "no page links to this file, so it is not published", "link to it, or delete it")
    else:
        message = f"this file is not read or published, because its name ends in `{suffix or posixpath.basename(path)}`"
        yield Violation(path, 0, message, "save it as PDF or as a picture and link to that, or delete it")


def _list_mapped_fields(site: Site) -> Iterable[MappedField]:
    return site.mapped_fields


@rule("PS133", Level.WARNING, _list_mapped_fields, needs_all_plans=True)
def unmatched_field(context: CheckContext, mapped: MappedField) -> Iterator[Violation]:
    """No file of a source has a field that is named under `fields`, so nothing is read from it.

    Example: `fields: {status: sate}`, and the files have a field `state`. All actions would count as not started.
    """
    names_in_folders = [
        names
        for folder, names in context.fields_by_folder.items()
        if folder == mapped.folder or folder.startswith(f"{mapped.folder}/")
    ]
    if names_in_folders and not any(mapped.name in names for names in names_in_folders):
        message = f"no file in `{mapped.folder}` has a field `{mapped.theirs}`, which is mapped to `{mapped.name}`"
        remedy = "write the name as it is in their files, or delete the line"
        yield Violation(SETTINGS_FILE, mapped.line, message, remedy)
