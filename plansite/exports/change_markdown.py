"""What changed, as Markdown for minutes and for a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plansite.exports.change_report import PlanReport, summarise_report
from plansite.exports.terminal_text import sanitise_line
from plansite.model.formatting import format_count

#: Nobody sees it, and no program finds a name, a number or an address across it.
_ZERO_WIDTH_SPACE = "\u200b"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_MARKDOWN_MARKS = re.compile(r"[\\`*_\[\]{}~|#]")
# A sign that GitHub, GitLab and others read together with the word behind it: people, issues, requests, labels, emoji.
_REFERENCE_SIGNS = re.compile(r"([@#!$&~%^](?=[\w\"])|:(?=//|[\w+-]+:))")
# What they make links of without any sign: addresses, numbers of issues, names of commits.
_ADDRESSES = re.compile(r"(\bwww|\bgh|\b(?:https?|ftp|mailto|xmpp))(?=[.:-])", re.IGNORECASE)
_COMMIT_IDS = re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[a-f]*[0-9])([0-9a-f]{4})(?=[0-9a-f]{3,36}\b)", re.IGNORECASE)


def neutralise_markdown(text: str) -> str:
    """One line of text for any place within a line of Markdown. Where it is shown, it looks as it did.

    Zero-width spaces stand where a host would make a link after Markdown was read, which no escape prevents.
    """
    broken = sanitise_line(text)
    for pattern in (_REFERENCE_SIGNS, _ADDRESSES, _COMMIT_IDS):
        broken = pattern.sub(rf"\1{_ZERO_WIDTH_SPACE}", broken)
    return "".join(_ENTITIES.get(letter, letter) for letter in _MARKDOWN_MARKS.sub(r"\\\g<0>", broken))


#: GitHub takes 65,536 characters in a comment; others take more.
MAX_COMMENT_LENGTH = 60_000
_ENDING_LENGTH = 300


def format_report_markdown(report: Sequence[PlanReport], max_length: int = MAX_COMMENT_LENGTH) -> str:
    """A heading for each plan, and a bullet for each fact below that of its document.

    At most so many characters; what has no room is counted in the last sentence.
    """
    text, left = "", 0
    room = max_length - _ENDING_LENGTH
    for block, number in _format_blocks(report):
        if left or len(text) + len(block) > room:
            left += number
        else:
            text += block
    end = neutralise_markdown(summarise_report(report)) + "\n"
    if left:
        end = f"There is no room here for {format_count(left, 'more change')}. `plansite changes` shows them.\n\n{end}"
    return f"{text}\n{end}" if text else end


def format_markdown_sentence(text: str) -> str:
    """A sentence of its own."""
    return neutralise_markdown(text) + "\n"


def _format_blocks(report: Sequence[PlanReport]) -> Iterator[tuple[str, int]]:
    """Lines that belong together, and how many facts they tell; a heading comes with the first fact below it."""
    start = ""
    for plan in report:
        head = f"{start}## {neutralise_markdown(plan.title)}, {neutralise_markdown(plan.since)}\n\n"
        for subject in plan.documents:
            head += f"- {neutralise_markdown(subject.name)}\n"
            for fact in subject.facts:
                yield f"{head}  - {neutralise_markdown(fact)}\n", 1
                head = ""
        start = "\n"
