"""Links and evidence that lead to no published file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import ContentPage, find_field_line, list_native_pages
from plansite.content.files import ASSET_SUFFIXES
from plansite.content.report import quote_text
from plansite.markdown.dialect import is_relative_url
from plansite.model.action import Action
from plansite.model.findings import Level
from plansite.model.plan import Incident

_CONTENT_FOLDER = "content/"


@rule("PS130", Level.ERROR, list_native_pages)
def broken_link(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A link or piece of evidence leads to a file that is not there, or that is not published.

    Links in a text count from the folder of the file they stand in. Evidence counts from the plan's folder. Files
    that a site publishes are Markdown, pictures (PNG, JPEG, WebP, GIF), PDF, tables and office documents. Pictures in
    SVG are refused, since they can carry programs.

    Example: `[the audit](../evidence/adit.pdf)`, where the file is called `audit.pdf`.
    """
    for target, folder, line in _list_targets(page):
        path = _resolve(folder, target)
        if path not in context.link_targets:
            message, remedy = _describe_fault(target, path, folder, context)
            yield flag(page, message, remedy, line=line)


def _list_targets(page: ContentPage) -> Iterator[tuple[str, str, int]]:
    """Each relative address of a page, with the folder it is relative to and its line."""
    for link in page.body.links:
        yield link.target, posixpath.dirname(page.path), link.line
    if isinstance(page, Action | Incident):
        line = find_field_line(page, "evidence")
        plan = "/".join(page.path.split("/")[:3])
        yield from ((evidence.url, plan, line) for evidence in page.evidence if is_relative_url(evidence.url))


def _resolve(folder: str, target: str) -> str:
    """The path, relative to the site, that a relative address leads to."""
    path = unquote(target.partition("#")[0].partition("?")[0])
    return posixpath.normpath(f"{folder}/{path}")


def _describe_fault(target: str, path: str, folder: str, context: CheckContext) -> tuple[str, str]:
    """What is wrong with an address, and the remedy."""
    ending = posixpath.splitext(path)[1].lower()
    if not path.startswith(_CONTENT_FOLDER):
        return (
            f"{quote_text(target)} leads out of the site's content",
            "put the file beside the plan and link to it there",
        )
    if ending == ".svg":
        return f"{quote_text(target)} is an SVG picture, and those are refused", "save it as PNG and link to that"
    if ending and ending not in ASSET_SUFFIXES and ending != ".md":
        return f"{quote_text(target)} is a file that is not published", "save it as PDF, or link to a Markdown file"
    return f"{quote_text(target)} leads to no file", _suggest_path(path, folder, context)


def _suggest_path(path: str, folder: str, context: CheckContext) -> str:
    nearest = context.file_name_suggestions.find_nearest(posixpath.basename(path))
    suggestion = context.path_by_file_name.get(nearest, "")
    if suggestion:
        return f"did you mean “{posixpath.relpath(suggestion, folder)}”?"
    return f"it was looked for at {path}" if len(path) <= 200 else "check the address"
