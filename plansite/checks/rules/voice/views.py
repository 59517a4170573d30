"""Views without an answer, and sentences that are not easy to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.sentences import count_words, split_sentences
from plansite.checks.subjects import list_plans_with_file
from plansite.content.report import quote_text
from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.plan import Plan
from plansite.model.findings import Level
from plansite.model.formatting import format_count, format_long_date, has_or_have
from plansite.model.review_dates import find_answer_due

#: Easy read in the United Kingdom keeps sentences to about fifteen words, and to one idea each.
_MAX_EASY_WORDS = 15
#: What joins two ideas. A list such as “sleep, eat and see people” has none of them.
_JOINT = compile_lazily(
    r";|\s[–—-]\s|,\s(?:and|but|so|or|nor|yet|which|who)\b|\b(?:but|because|although|though|unless|whereas|so that)\b",
    re.IGNORECASE,
)


@rule("PS471", Level.HINT, list_plans_with_file)
def unanswered_view(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A view of the plan is older than the review interval, and the plan does not say what was done about it.

    People who are asked want to hear what came of it. If nothing will be done, say that, and why. This applies to plans
    with open actions that are reviewed at intervals.

    Example: `views: [{who: carer, when: 2024-11-04, said: Sundays are worst.}]`. Add `did: Two work on Sundays now.`
    """
    dues = ((voice.when, find_answer_due(voice, plan)) for voice in plan.views)
    days = [day for day, due in dues if day and due and due < context.today]
    if days and plan.open_actions:
        count = f"{format_count(len(days), 'view')} {has_or_have(len(days))} no answer"
        message = f"{count}{', the oldest' if len(days) > 1 else ''} since {format_long_date(min(days))}"
        yield flag(plan, message, "add `did:` with what was done about it", field="views")


@rule("PS472", Level.HINT, list_plans_with_file)
def long_easy_sentence(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A sentence of the plan in easy words has more than 15 words.

    Short sentences are easier for people with a learning disability, and for everybody who is tired or upset.

    Example: `easy_read: [We will help you to find a flat that is near the shops and the bus to your work.]`
    """
    for text in plan.easy_read:
        for sentence in split_sentences(text):
            if count_words(sentence) > _MAX_EASY_WORDS:
                message = f"{quote_text(sentence)} has {count_words(sentence)} words"
                yield flag(plan, message, "make two sentences of it, each on a line of its own", field="easy_read")


@rule("PS473", Level.HINT, list_plans_with_file)
def two_ideas(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A line of the plan in easy words seems to have more than one idea: two sentences, or two that are joined.

    A reader takes one line at a time, and may ask about it before the next.

    Example: `easy_read: ["You move in March, but you can visit before."]`. Write two lines.
    """
    for text in plan.easy_read:
        if len([*split_sentences(text)]) > 1 or _JOINT.search(text):
            message = f"{quote_text(text)} seems to have more than one idea"
            yield flag(plan, message, "write a line for each", field="easy_read")
