"""Files that are published, and what they hold besides what they show."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import ContentPage, list_content_pages
from plansite.content.report import quote_text
from plansite.markdown.dialect import is_local_url
from plansite.model.evidence.file_report import FileReport
from plansite.model.findings import Level
from plansite.model.formatting import format_list
from plansite.model.links.file_links import list_file_links

_KEPT_BACK = "; until then only internal readers get the file"


@rule("PS454", Level.WARNING, list_content_pages)
def hidden_content_in_file(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A page links to a file with content that readers do not see at once.

    That may be hidden sheets, rows, columns or slides, tracked changes, comments, notes of the speaker, stored data of
    a pivot table, links to other files, or an embedded file. Whoever gets the file can read all of it. A copy of the
    site for partners or the public does not get the file: the link shows as words.

    Example: `evidence/audit.xlsx` has a hidden sheet with the names behind the figures. Delete the sheet, or save what
    is to be shown as PDF. If the file is meant to be as it is, set this rule aside in the file with the link.
    """
    for link, report, line in _list_reports(context, page):
        if report.hidden:
            message = f"{quote_text(link)} has {format_list(report.hidden)}"
            remedy = f"take that out of the file, or save what is to be shown as PDF{_KEPT_BACK}"
            yield flag(page, message, remedy, line=line)


@rule("PS455", Level.WARNING, list_content_pages)
def names_in_file(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A page links to a file whose properties name people, or say where it comes from.

    Office programs store who wrote a file, who saved it last, and often the organisation or a folder. A copy of the
    site for partners or the public does not get the file: the link shows as words.

    Example: `evidence/audit.docx` has the name of its author. In Word and Excel: File, Info, Inspect Document. In
    LibreOffice: File, Properties, Reset Properties. If the name may be known, set this rule aside in the file with the
    link.
    """
    for link, report, line in _list_reports(context, page):
        if report.names:
            message = f"{quote_text(link)} has {format_list(report.names)}"
            yield flag(page, message, f"remove that from its properties{_KEPT_BACK}", line=line)


@rule("PS456", Level.WARNING, list_content_pages)
def unreadable_content_of_file(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A page links to a file that could not be looked into.

    It may be damaged, protected by a password, larger than 64 MiB, or of another kind than its name says. It is not
    clear what is in it, so a copy of the site for partners or the public does not get it: the link shows as words.

    Example: `evidence/stairs.jpg` was renamed, and is a HEIC picture of a telephone. Save it as JPEG.
    """
    for link, report, line in _list_reports(context, page):
        if report.unreadable:
            message = f"{quote_text(link)} {report.unreadable}"
            yield flag(page, message, f"open it and save it again{_KEPT_BACK}", line=line)


@rule("PS457", Level.HINT, list_content_pages)
def place_in_picture(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A page links to a picture that may say where it was taken.

    Telephones store the place in each photograph. The published copy does not have it, for any readers. But your own
    file does, and so does the repository, which others may read.

    Example: `evidence/stairs.jpg`. Switch off the place in the camera, or remove it before you add the file.
    """
    for link, report, line in _list_reports(context, page):
        if report.has_place:
            message = f"{quote_text(link)} may say where it was taken; the published copy does not"
            yield flag(page, message, "remove the place from your own file as well", line=line)


def list_withholding_rules(report: FileReport) -> frozenset[str]:
    """The codes of the rules that keep a file out of copies for fewer than internal readers."""
    found = (
        (hidden_content_in_file, report.hidden),
        (names_in_file, report.names),
        (unreadable_content_of_file, report.unreadable),
    )
    return frozenset(check.rule.code for check, is_found in found if is_found)


def _list_reports(context: CheckContext, page: ContentPage) -> tuple[tuple[str, FileReport, int], ...]:
    """Each file that a page links to, as the first link writes it, with the report on it and the line of the link."""
    known = context.linked_reports
    if page.path not in known:
        known[page.path] = tuple(_find_reports(context, page))
    return known[page.path]


def _find_reports(context: CheckContext, page: ContentPage) -> Iterator[tuple[str, FileReport, int]]:
    seen: set[str] = set()
    for link in list_file_links(page):
        if link.target.startswith("#") or not is_local_url(link.target):
            continue
        targets = (context.find_link_target(link.target, folder) for folder in link.folders)
        path = next((target.path for target in targets if target), "")
        report = context.find_file_report(path) if path and path not in seen else None
        seen.add(path)
        if report:
            yield link.target, report, link.line
