"""Names of actions and short sentences in the Markdown of a draft."""

from __future__ import annotations

from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.scaffold.markdown_links import escape_markdown, format_link

_SENTENCE_ENDS = (".", "!", "?", "…", ".”", "!”", "?”")


def format_sentence(text: str) -> str:
    """A text as an escaped sentence, with a capital letter and, unless another mark ends it, a full stop."""
    sentence = escape_markdown(text)
    if not sentence:
        return ""
    return f"{sentence[0].upper()}{sentence[1:]}{'' if sentence.endswith(_SENTENCE_ENDS) else '.'}"


def format_action_title(action: Action, plan: Plan) -> str:
    """An action in a list: its ref in bold, and its title with a link."""
    title = format_link(action, plan)
    return f"**{escape_markdown(action.ref)}.** {title}" if action.ref else title


def format_action_mention(action: Action, plan: Plan, other_plan: Plan | None) -> str:
    """An action in a sentence: "action 3"; one of another plan with its title and the plan's."""
    if action.plan == plan.slug:
        return f"action {escape_markdown(action.ref)}" if action.ref else f"“{escape_markdown(action.title)}”"
    plan_title = other_plan.title if other_plan else action.plan
    return f"“{escape_markdown(action.title)}” in the plan “{escape_markdown(plan_title)}”"


def format_times(number: int) -> str:
    """The frequency in words: "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")
