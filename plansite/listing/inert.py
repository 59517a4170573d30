"""Text in Markdown that stays text: nothing in it becomes form, a link, a mention, a reference or HTML."""

from __future__ import annotations

import re

from plansite.listing.wrapping import tidy

#: Nobody sees it, and no program finds a name, a number or an address across it.
_BREAK = "\u200b"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_MARKS = re.compile(r"[\\`*_\[\]{}~|#]")
# A sign that GitHub, GitLab and others read together with the word behind it: people, issues, requests, labels, emoji.
_SIGNS = re.compile(r"([@#!$&~%^](?=[\w\"])|:(?=//|[\w+-]+:))")
# What they make links of without any sign: addresses, numbers of issues, names of commits.
_ADDRESSES = re.compile(r"(\bwww|\bgh|\b(?:https?|ftp|mailto|xmpp))(?=[.:-])", re.IGNORECASE)
_COMMITS = re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[a-f]*[0-9])([0-9a-f]{4})(?=[0-9a-f]{3,36}\b)", re.IGNORECASE)


def inert(text: str) -> str:
    """One line of text for any place within a line of Markdown. Where it is shown, it looks as it did.

    Zero-width spaces stand where a host would make a link after Markdown was read, which no escape prevents.
    """
    broken = tidy(text)
    for pattern in (_SIGNS, _ADDRESSES, _COMMITS):
        broken = pattern.sub(rf"\1{_BREAK}", broken)
    return "".join(_ENTITIES.get(letter, letter) for letter in _MARKS.sub(r"\\\g<0>", broken))
