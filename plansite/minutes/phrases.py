"""Names, links and short sentences of a draft, written so that Markdown shows every text as it is."""

from __future__ import annotations

import re
from urllib.parse import quote

from plansite.model.action import Action
from plansite.model.plan import Measure, Plan

_SPECIAL = re.compile(r"([\\`*_\[\]<>&~])")


def plain(text: str) -> str:
    """A text on one line, with nothing in it that Markdown would take for more."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def sentence(text: str) -> str:
    """A text as a sentence: a capital in front and a full stop behind, unless another mark ends it."""
    words = plain(text)
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(_ENDS) else '.'}" if words else ""


_ENDS = (".", "!", "?", "…", ".”", "!”", "?”")


def linked(document: Action | Measure, plan: Plan) -> str:
    """The title, with a link to a file of the plan's own folder as it is written in one of its reviews."""
    folder = plan.path.rpartition("/")[0]
    inside = document.path.removeprefix(f"{folder}/")
    title = plain(document.title)
    return f"[{title}](../{quote(inside)})" if folder and inside != document.path else title


def called(action: Action, plan: Plan) -> str:
    """What it goes by in a list: its number in front of its title."""
    title = linked(action, plan)
    return f"**{plain(action.ref)}.** {title}" if action.ref else title


def in_short(action: Action, plan: Plan, elsewhere: Plan | None) -> str:
    """What it goes by in a sentence: "action 3"; that of another plan by its title and its plan's."""
    if action.plan == plan.slug:
        return f"action {plain(action.ref)}" if action.ref else f"“{plain(action.title)}”"
    return f"“{plain(action.title)}” in the plan “{plain(elsewhere.title if elsewhere else action.plan)}”"


def times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")
