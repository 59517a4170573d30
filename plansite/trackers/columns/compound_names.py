"""Reads headings that are more than one known name: “Area / KLOE”, “Impact - how do we know?”, “Agency lead”."""

from __future__ import annotations

import functools
import re

from plansite.deferred_pattern import compile_lazily
from plansite.trackers.columns.names import (
    BARRIERS,
    FINDING,
    GOAL,
    OUTCOME,
    OWNER_AND_DUE,
    PROGRESS,
    find_known,
    fold_heading,
)


def _list_words(text: str) -> frozenset[str]:
    return frozenset(text.split(", "))


#: A longer heading is a sentence, which says more than one word of it does.
_MAX_WORDS = 7
_PARTS = compile_lazily(r"\s*(?:[/&+,;|?()\[\]\n]|\s[-–—]+\s|\band\b|\bor\b)\s*", re.IGNORECASE)
_SO_FAR = compile_lazily(r" (?:so far|to date)$")
#: What the last word before “of”, “for” and the like is, if other words are beside it.
_HEADS = {
    word: field
    for field, words in {
        "owner": "lead, leads, owner, owners, responsible, responsibility, accountable, assignee",
        "due": "deadline, deadlines, timescale, timescales, timeframe, timeframes, due date, target date, "
        "completion date, end date",
        "status": "status",
        PROGRESS: "progress, comment, comments, commentary, update, updates",
        OUTCOME: "outcome, outcomes, impact",
        "evidence": "evidence",
        "title": "action, actions, recommendation, recommendations, task",
        "ref": "ref, reference",
        GOAL: "goal, theme, objective, workstream, domain, kloe, kloes",
        "priority": "priority",
        FINDING: "finding, findings, concern, concerns, weakness, weaknesses, gap, gaps, issue, issues",
        BARRIERS: "barrier, barriers",
        "resources": "resource, resources, cost, costs, budget",
    }.items()
    for word in words.split(", ")
}
#: “Responsible agency”, “Lead officer”: the first word says it, if the last one is for people.
_LEADING = _list_words("lead, leading, responsible, accountable, nominated, named, owning, assigned")
_PARTIES = _list_words(
    "officer, officers, agency, agencies, organisation, organisations, organization, organizations, "
    "person, people, manager, director, professional, partner, partners, practitioner, clinician, nurse, "
    "doctor, team, teams, department, service, body, authority, role, roles, member, members, staff, "
    "group, committee, name, names, partnership, provider"
)
_AFTER_HEAD = compile_lazily(
    r"\b(?:of|for|by|on|against|since|to|that|which|from|in|with|we|you|will|is|are|was|were|has|have)\b"
)
#: Words behind a head that do not change what it is: “Actions proposed”.
_TRAILING = _list_words(
    "this, it, on, required, needed, agreed, proposed, planned, recommended, raised, identified, seen, expected, made"
)
_QUESTIONS = _list_words("how, what, who, when, which, where")
#: With one of these a heading is about something else: “Assignee email”, “Completed by”, “Issue type”.
_OTHER_SUBJECTS = _list_words(
    "email, mail, e, phone, telephone, type, id, url, count, parent, blocked, blocking, is, not, no, "
    "non, previous, last, earlier, total, number, percent, %, actual, time, code, original, initial, "
    "review, risk, risks, link, links, completed, closed"
)
#: A part with one of these changes what another part is: “Blocking (dependencies)”.
_OTHER_PARTS = _list_words("blocking, custom, previous, email, is, not")
#: Names that are too vague to say what a heading of several parts is.
_VAGUE = _list_words(
    "name, date, number, no, item, id, key, what, end, by, start, position, paper, description, details, #, code"
)


@functools.lru_cache(maxsize=10_000)
def find_part(heading: str) -> tuple[str, str]:
    """The field that one of the parts of a heading is, and this part; two empty texts if none of them is known.

    The first counts, but “Progress” beside comments is a part of these, and an owner with a date is both.
    """
    parts = [text for text in _PARTS.split(heading) if text and not text.isspace()]
    found = [(field, part) for part in parts if (field := _find_plain(part))] if len(parts) > 1 else []
    words = {word for part in parts if not _find_plain(part) for word in fold_heading(part).split()}
    if not found or words & _OTHER_PARTS:
        return "", ""
    fields = {field for field, _ in found}
    return (OWNER_AND_DUE, heading) if fields == {"owner", "due"} else found[0]


@functools.lru_cache(maxsize=10_000)
def find_word(heading: str) -> tuple[str, str]:
    """The field that a word of a heading names beside others, and this word; two empty texts if none does."""
    if _OTHER_PARTS.intersection(fold_heading(heading).split()):
        return "", ""
    for part in filter(str.strip, _PARTS.split(heading)):
        words = _SO_FAR.sub("", fold_heading(part))
        if field := _find_plain(words):
            return field, words
        found = _find_head(words)
        if found[0]:
            return found
    return "", ""


def _find_plain(part: str) -> str:
    folded = fold_heading(part)
    if folded in _VAGUE:
        return ""
    return PROGRESS if folded == PROGRESS else find_known(folded)


def _find_head(folded: str) -> tuple[str, str]:
    words = folded.split()
    if not 1 < len(words) <= _MAX_WORDS or words[-1] == "by":
        return "", ""
    before = folded if words[0] in _QUESTIONS else _AFTER_HEAD.split(folded, maxsplit=1)[0]
    head = before.split()
    if _OTHER_SUBJECTS.intersection(head):
        return "", ""
    while head and head[-1] in _TRAILING:
        head.pop()
    for length in (2, 1):
        phrase = " ".join(head[-length:])
        if len(head) >= length and phrase in _HEADS:
            return _HEADS[phrase], phrase
    if len(head) > 1 and head[0] in _LEADING and head[-1] in _PARTIES:
        return "owner", head[0]
    return "", ""
