"""Titles and links in the Markdown of new files, escaped so that every text is shown as it is."""

from __future__ import annotations

from urllib.parse import quote

from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan

_MARKDOWN_MARKS = compile_lazily(r"([\\`*_\[\]<>&~])")


def escape_markdown(text: str) -> str:
    """A text on one line, with the characters of Markdown syntax escaped."""
    return escape_markdown_marks(" ".join(text.split()))


def escape_markdown_marks(text: str) -> str:
    """A part of a line, with the characters of Markdown syntax escaped and its spaces as they are."""
    return _MARKDOWN_MARKS.sub(r"\\\1", text)


def format_link(document: Action | Incident | Measure, plan: Plan) -> str:
    """The title of a document, as a link from a review of the plan if its file is in the plan's folder."""
    folder = plan.path.rpartition("/")[0]
    inner_path = document.path.removeprefix(f"{folder}/")
    title = escape_markdown(document.title)
    return f"[{title}](../{quote(inner_path)})" if folder and inner_path != document.path else title
