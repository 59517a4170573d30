"""Names, links and short sentences of a draft, written so that Markdown shows every text as it is."""

from __future__ import annotations

import re
from urllib.parse import quote

from plansite.model.action import Action
from plansite.model.plan import Measure, Plan

_MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]<>&~])")


def escape_markdown(text: str) -> str:
    """A text on one line, with nothing in it that Markdown would take for more."""
    return _MARKDOWN_MARKS.sub(r"\\\1", " ".join(text.split()))


def format_sentence(text: str) -> str:
    """A text as a sentence: a capital in front and a full stop behind, unless another mark ends it."""
    words = escape_markdown(text)
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(_SENTENCE_ENDS) else '.'}" if words else ""


_SENTENCE_ENDS = (".", "!", "?", "…", ".”", "!”", "?”")


def format_link(document: Action | Measure, plan: Plan) -> str:
    """The title, with a link to a file of the plan's own folder as it is written in one of its reviews."""
    folder = plan.path.rpartition("/")[0]
    inside = document.path.removeprefix(f"{folder}/")
    title = escape_markdown(document.title)
    return f"[{title}](../{quote(inside)})" if folder and inside != document.path else title


def format_action_title(action: Action, plan: Plan) -> str:
    """What it goes by in a list: its number in front of its title."""
    title = format_link(action, plan)
    return f"**{escape_markdown(action.ref)}.** {title}" if action.ref else title


def format_action_mention(action: Action, plan: Plan, other_plan: Plan | None) -> str:
    """What it goes by in a sentence: "action 3"; that of another plan by its title and its plan's."""
    if action.plan == plan.slug:
        return f"action {escape_markdown(action.ref)}" if action.ref else f"“{escape_markdown(action.title)}”"
    return (
        f"“{escape_markdown(action.title)}” in the plan "
        f"“{escape_markdown(other_plan.title if other_plan else action.plan)}”"
    )


def format_times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")
