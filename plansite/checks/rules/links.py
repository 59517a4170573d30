"""Links and evidence that do not lead to a published file or heading."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import ContentPage, find_field_line, list_external_pages, list_native_pages
from plansite.content.files import ASSET_SUFFIXES
from plansite.content.report import find_nearest, quote_text
from plansite.markdown.dialect import is_local_url
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.findings import Level
from plansite.model.links.anchors import is_top
from plansite.model.links.targets import LinkTarget, list_candidates, split_link

_CONTENT_FOLDER = "content/"


@rule("PS130", Level.ERROR, list_native_pages)
def broken_link(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A link or piece of evidence leads to a file that does not exist or is not published.

    The page shows the words without a link, followed by “(not on this site)”. Links in a text are relative to the
    folder of their file, and those that begin with `/` to the top of the repository. Evidence is relative to the
    plan's folder. Files that a site publishes are Markdown, pictures (PNG, JPEG, WebP, GIF), PDF, tables and office
    documents. SVG pictures are not published, because they can contain programs. A name with different capitals is
    found, but should be spelled like the file, because other programs may not find it.

    Example: `[the audit](../evidence/adit.pdf)`, where the file is called `audit.pdf`.
    """
    for link, folder, line in _list_links(page):
        fault = _describe_fault(link, folder, context)
        if fault:
            yield flag(page, *fault, line=line)


@rule("PS135", Level.WARNING, list_native_pages)
def unknown_heading(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A link leads to a heading that does not exist.

    After `#` come the words of the heading in lower case, without punctuation and with hyphens for spaces. Until it is
    corrected, a link to a heading of another file leads to the top of its page.

    Example: `[what we learned](#learning)`, where the heading is “What we learned”: write `#what-we-learned`.
    """
    for link, folder, line in _list_links(page):
        fault = _describe_unknown_heading(link, folder, page, context)
        if fault:
            yield flag(page, *fault, line=line)


@rule("PS136", Level.WARNING, list_native_pages)
def undefined_reference(_: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A link by reference has no line with its address, so it shows with its brackets.

    Example: `[the audit][audit]` needs a line `[audit]: ../evidence/audit.pdf` anywhere in the same file.
    """
    for reference in page.body.loose_references:
        words, label = reference.text[1:-1].split("][")
        message = f"{quote_text(reference.text)} is shown as typed, because its address is missing"
        yield flag(
            page,
            message,
            f"add a line that begins with `[{label or words}]:` and gives the address",
            line=reference.line,
        )


@rule("PS137", Level.HINT, list_external_pages)
def broken_link_elsewhere(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A link in another team's file does not lead to anything on this site.

    The page shows the words without a link, followed by “(not on this site)”. Often the file was not copied, or the
    source does not include it.

    Example: `[the audit](audit.pdf)` in a task of the housing team, whose folder has only its tasks.
    """
    for link, folder, line in _list_links(page):
        fault = _describe_fault(link, folder, context) or _describe_unknown_heading(link, folder, page, context)
        if fault:
            yield flag(
                page,
                f"{quote_text(link)} does not lead to anything on this site" if link else fault[0],
                "tell the team that keeps the file, or leave it",
                line=line,
            )


def _list_links(page: ContentPage) -> Iterator[tuple[str, str, int]]:
    """Each link of a page that leads to a file or a heading, with the folder it is relative to and its line."""
    for link in page.body.links:
        yield link.target, posixpath.dirname(page.path), link.line
    if isinstance(page, Action | Incident):
        line = find_field_line(page, "evidence")
        plan = "/".join(page.path.split("/")[:3])
        urls = (evidence.url for evidence in page.evidence)
        yield from ((url, plan, line) for url in urls if url and is_local_url(url))


def _describe_fault(link: str, folder: str, context: CheckContext) -> tuple[str, str] | None:
    """What is wrong with a link to a file, and the remedy; None where it leads to one."""
    if not link:
        return "a link has no address", "write the address between the round brackets"
    if link.startswith("#"):
        return None
    target = context.find_link_target(link, folder)
    if target is None:
        return _describe_absence(link, folder, context)
    if not target.is_exact:
        path = posixpath.relpath(target.path, folder)
        return f"{quote_text(link)} is spelled differently from its file", f"write “{path}”"
    return None


def _describe_absence(link: str, folder: str, context: CheckContext) -> tuple[str, str]:
    if link.lower().startswith("www."):
        return f"{quote_text(link)} does not lead to a file", "begin it with `https://` if it is a website"
    path = next(list_candidates(split_link(link)[0], folder))
    ending = posixpath.splitext(path)[1].lower()
    if not path.startswith(_CONTENT_FOLDER):
        return (
            f"{quote_text(link)} leads outside the site's content",
            "put the file beside the plan and link to it there",
        )
    if ending == ".svg":
        return f"{quote_text(link)} is an SVG picture, which cannot be published", "save it as PNG and link to that"
    if ending and ending not in ASSET_SUFFIXES and ending != ".md":
        return f"{quote_text(link)} is a file that is not published", "save it as PDF, or link to a Markdown file"
    return f"{quote_text(link)} does not lead to a file", _suggest_path(path, folder, context)


def _suggest_path(path: str, folder: str, context: CheckContext) -> str:
    nearest = context.file_name_suggestions.find_nearest(posixpath.basename(path))
    suggestion = context.path_by_file_name.get(nearest, "")
    if suggestion:
        return f"did you mean “{posixpath.relpath(suggestion, folder)}”?"
    return f"it was looked for at {path}" if len(path) <= 200 else "check the address"


def _describe_unknown_heading(
    link: str, folder: str, page: ContentPage, context: CheckContext
) -> tuple[str, str] | None:
    """What is wrong with a link to a heading, and the remedy; None where there is such a heading, or no file at all."""
    fragment = split_link(link)[1]
    if is_top(fragment):
        return None
    target = LinkTarget(page.path) if link.startswith("#") else context.find_link_target(link, folder)
    if target is None or target.page or target.view or not target.path.endswith(".md"):
        return None
    if context.index_headings(page, target.path).find_id(fragment):
        return None
    where = "this file" if target.path == page.path else posixpath.basename(target.path)
    message = f"{where} has no heading {quote_text(f'#{unquote(fragment)}')}"
    nearest = find_nearest(unquote(fragment), context.index_headings(page, target.path).names)
    if nearest:
        return message, f"did you mean “#{nearest}”?"
    return message, "write the heading in lower case, with hyphens for spaces and without punctuation"
