"""Vague phrases in titles and steps, and long sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.sentences import count_words, split_sentences
from plansite.checks.subjects import ContentPage, find_field_line, list_native_pages
from plansite.content.report import quote_text
from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.findings import Level

MAX_SENTENCE_WORDS = 25

#: Patterns of phrases that leave a question open, and what to say instead.
_VAGUE_PHRASES = {
    r"(?:provide|deliver|arrange) (?:\w+ )?training": "say who trains which staff, in what and when",
    r"review (?:the |our |all )?(?:procedures?|polic(?:y|ies)|processes|practice)": "say which, and what must change",
    r"the team|all staff|everyone concerned": "name the role that does it",
    r"ongoing|on-going|continuous(?:ly)?": "say how often, and until when",
    r"asap|a\.s\.a\.p\.?|as soon as possible|in due course|as and when": "give a day",
    r"(?:as|where|when|if) (?:appropriate|necessary|needed|required|applicable)": "say when that is",
    r"(?:where|if|when|wherever|whenever) possible": "say what will be done",
    r"regularly|periodically|routinely|frequently|from time to time|on a regular basis": "say how often",
    r"ensure|ensuring|endeavour|strive": "say who does what to make it happen",
    r"(?:raise|increase|promote) awareness": "say what people will do differently then",
    r"(?:improve|better) communication": "say who tells what to which people, and how",
    r"look into|explore|consider": "say what is decided, and by when",
    r"etc\.?|and so on": "name the rest, or leave it out",
}
_VAGUE_PATTERN = compile_lazily(
    r"\b(?:" + "|".join(f"(?P<q{number}>{pattern})" for number, pattern in enumerate(_VAGUE_PHRASES)) + r")(?!\w)",
    re.IGNORECASE,
)
_QUESTIONS = tuple(_VAGUE_PHRASES.values())


@rule("PS501", Level.HINT, list_native_pages)
def vague_wording(_: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """The title or an open step of an action does not say who does what, how often or by when.

    Such words sound like a promise, but it is not clear when they are done. This is a hint: the words may stay.

    Example: "Provide training". Write "Falls Lead shows all 12 night staff how to use the hoist".
    """
    if not isinstance(page, Action) or not page.is_open:
        return
    texts = [(page.title, find_field_line(page, "title"), "title")]
    texts += [(step.text, step.line, "steps") for step in page.body.steps if not step.done]
    for text, line, field in texts:
        for phrase, question in find_vague_phrases(text):
            yield flag(page, f"{quote_text(phrase)} is vague", question, field=field, line=line)


def find_vague_phrases(text: str) -> Iterator[tuple[str, str]]:
    """Each vague phrase of a text as it is written, with what to say instead."""
    for match in _VAGUE_PATTERN.finditer(text):
        yield match.group(), _QUESTIONS[int((match.lastgroup or "q0")[1:])]


@rule("PS502", Level.HINT, list_native_pages)
def long_sentence(_: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A sentence has more than 25 words.

    Short sentences are easier to read: in a hurry, in a second language, or for the person the plan is about.
    Links and code do not count.

    Example: cut it at "and", "which" or "because", and make two of it.
    """
    for text, line in _list_texts(page):
        for sentence in split_sentences(text) if text.count(" ") >= MAX_SENTENCE_WORDS else ():
            length = count_words(sentence) if sentence.count(" ") >= MAX_SENTENCE_WORDS else 0
            if length > MAX_SENTENCE_WORDS:
                yield flag(page, f"{quote_text(sentence)} has {length} words", "make two sentences of it", line=line)


def _list_texts(page: ContentPage) -> Iterator[tuple[str, int]]:
    """All running text of a page, each with its line."""
    yield page.title, find_field_line(page, "title")
    if isinstance(page, Plan):
        yield page.objective, find_field_line(page, "objective")
        for goal in page.goals:
            for text in (goal.title, goal.specific, goal.measurable, goal.achievable, goal.relevant, goal.time_bound):
                yield text, find_field_line(page, "goals")
    yield from ((run.text, run.line) for run in page.body.text_runs)
