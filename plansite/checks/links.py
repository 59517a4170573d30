"""Links and evidence that lead nowhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from plansite.checks.grounds import Grounds, Page, line_of
from plansite.checks.registry import Said, about, rule
from plansite.content.report import shown
from plansite.content.scan import ASSETS
from plansite.markdown.dialect import is_relative
from plansite.model.action import Action
from plansite.model.findings import Level
from plansite.model.plan import Incident

_OWN = "content/"


@rule("PS130", Level.ERROR, Grounds.own_pages)
def broken_link(grounds: Grounds, page: Page) -> Iterator[Said]:
    """A link or piece of evidence leads to a file that is not there, or that is not published.

    Links in a text count from the folder of the file they stand in. Evidence counts from the plan's folder. Files
    that a site publishes are Markdown, pictures (PNG, JPEG, WebP, GIF), PDF, tables and office documents. Pictures in
    SVG are refused, since they can carry programs.

    Example: `[the audit](../evidence/adit.pdf)`, where the file is called `audit.pdf`.
    """
    for target, folder, line in _targets(page):
        path = _resolved(folder, target)
        if path not in grounds.paths:
            message, remedy = _fault(target, path, folder, grounds)
            yield about(page, message, remedy, line=line)


def _targets(page: Page) -> Iterator[tuple[str, str, int]]:
    """Each relative address with the folder it counts from and its line."""
    for link in page.body.links:
        yield link.target, posixpath.dirname(page.path), link.line
    if isinstance(page, Action | Incident):
        line = line_of(page, "evidence")
        plan = "/".join(page.path.split("/")[:3])
        yield from ((e.url, plan, line) for e in page.evidence if is_relative(e.url))


def _resolved(folder: str, target: str) -> str:
    """The path, from the site's folder, that an address leads to."""
    path = unquote(target.partition("#")[0].partition("?")[0])
    return posixpath.normpath(f"{folder}/{path}")


def _fault(target: str, path: str, folder: str, grounds: Grounds) -> tuple[str, str]:
    """What is wrong with an address, and what to do."""
    ending = posixpath.splitext(path)[1].lower()
    if not path.startswith(_OWN):
        return f"{shown(target)} leads out of the site's content", "put the file beside the plan and link to it there"
    if ending == ".svg":
        return f"{shown(target)} is an SVG picture, and those are refused", "save it as PNG and link to that"
    if ending and ending not in ASSETS and ending != ".md":
        return f"{shown(target)} is a file that is not published", "save it as PDF, or link to a Markdown file"
    return f"{shown(target)} leads to no file", _meant(path, folder, grounds)


def _meant(path: str, folder: str, grounds: Grounds) -> str:
    near = grounds.near_paths.near(posixpath.basename(path))
    there = grounds.path_of_name.get(near, "")
    if there:
        return f"did you mean “{posixpath.relpath(there, folder)}”?"
    return f"it was looked for at {path}" if len(path) <= 200 else "check the address"
