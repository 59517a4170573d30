"""A change report as Markdown, for minutes and for a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plansite.deferred_pattern import compile_lazily
from plansite.exports.change_report import PlanReport, summarise_report
from plansite.exports.terminal_text import sanitise_line
from plansite.model.formatting import format_count

#: Invisible, and keeps programs from recognising a name, number or address.
_ZERO_WIDTH_SPACE = "\u200b"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_MARKDOWN_MARKS = compile_lazily(r"[\\`*_\[\]{}~|#]")
# Signs before a word that GitHub, GitLab and others turn into links: people, issues, requests, labels, emoji.
_REFERENCE_SIGNS = compile_lazily(r"([@#!$&~%^](?=[\w\"])|:(?=//|[\w+-]+:))")
# Texts that they turn into links without such a sign: addresses, numbers of issues, ids of commits.
_ADDRESSES = compile_lazily(r"(\bwww|\bgh|\b(?:https?|ftp|mailto|xmpp))(?=[.:-])", re.IGNORECASE)
_COMMIT_IDS = compile_lazily(r"\b(?=[0-9a-f]*[a-f])(?=[a-f]*[0-9])([0-9a-f]{4})(?=[0-9a-f]{3,36}\b)", re.IGNORECASE)


def neutralise_markdown(text: str) -> str:
    """One line of text as Markdown that displays the same text, without mentions, references or automatic links.

    Code hosts create these after Markdown was parsed, so escapes do not prevent them; zero-width spaces do.
    """
    line = sanitise_line(text)
    for pattern in (_REFERENCE_SIGNS, _ADDRESSES, _COMMIT_IDS):
        line = pattern.sub(rf"\1{_ZERO_WIDTH_SPACE}", line)
    return "".join(_ENTITIES.get(character, character) for character in _MARKDOWN_MARKS.sub(r"\\\g<0>", line))


#: GitHub allows 65,536 characters in a comment; others allow more.
MAX_COMMENT_LENGTH = 60_000
_ENDING_LENGTH = 300


def format_report_markdown(report: Sequence[PlanReport], max_length: int = MAX_COMMENT_LENGTH) -> str:
    """A heading for each plan, a list item for each document, and below it one for each fact.

    The text has at most `max_length` characters; the last sentence gives the number of facts that were left out.
    """
    text, omitted = "", 0
    for block in _format_blocks(report):
        if omitted or len(text) + len(block) > max_length - _ENDING_LENGTH:
            omitted += 1
        else:
            text += block
    ending = format_markdown_sentence(summarise_report(report))
    if omitted:
        more = format_count(omitted, "more change")
        ending = f"Not shown here: {more}. Run `plansite changes` to see them all.\n\n{ending}"
    return f"{text}\n{ending}" if text else ending


def format_markdown_sentence(text: str) -> str:
    """A sentence as a line of Markdown."""
    return neutralise_markdown(text) + "\n"


def _format_blocks(report: Sequence[PlanReport]) -> Iterator[str]:
    """A block of lines for each fact; that of the first fact begins with the plan's heading and the document's name."""
    separator = ""
    for plan in report:
        opening = f"{separator}## {neutralise_markdown(plan.title)}, {neutralise_markdown(plan.since)}\n\n"
        for document in plan.documents:
            opening += f"- {neutralise_markdown(document.name)}\n"
            for fact in document.facts:
                yield f"{opening}  - {neutralise_markdown(fact)}\n"
                opening = ""
        separator = "\n"
