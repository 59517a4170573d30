"""How strong a fix is, by the action hierarchy of incident reviews (VA National Center for Patient Safety, RCA2).

A stronger fix does not depend on people remembering. A suggestion is made from the words of an action; it is a hint and
never a score: the same words may stand for quite different work (Wood and Wiegmann 2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.action import Action
from plansite.model.status import Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthHint:
    """The strength of an action, and why, as a clause; it `is_recorded` if the file gives it, then without a reason."""

    strength: Strength
    reason: str = ""
    is_recorded: bool = False


@dataclass(frozen=True, slots=True)
class _FixKind:
    """A kind of fix: the words by which it is recognised, and why it is as strong as it is."""

    strength: Strength
    words: re.Pattern[str]
    reason: str


def _kind(strength: Strength, words: str, reason: str) -> _FixKind:
    return _FixKind(strength, compile_lazily(rf"\b(?:{words})", re.IGNORECASE), reason)


#: Where two kinds are recognised at the same place, the first counts.
_FIX_KINDS = (
    _kind(
        Strength.INTERMEDIATE,
        r"read[- ]?back|repeat(?:s|ed|ing)? back|"
        r"(?:look|sound)[- ]?alikes?|"
        r"(?:fewer|reduc\w+|limit\w*|stop\w*) (?:\w+ ){0,2}(?:distraction|interruption)s?|do[- ]not[- ]disturb|"
        r"protected time",
        "a slip becomes less likely, but not impossible",
    ),
    _kind(
        Strength.INTERMEDIATE,
        r"checklists?|check sheets?|prompt (?:cards?|sheets?)|cognitive aids?|aide[- ]?m[eé]moires?|flow ?charts?|"
        r"pocket (?:cards?|guides?)",
        "a checklist helps memory, but somebody has to use it",
    ),
    _kind(
        Strength.INTERMEDIATE,
        r"soft ?ware|electronic|digital|apps?\b|dashboards?|alerts? (?:in|on) the (?:system|record)|"
        r"automat\w+|computer\w*",
        "software helps each time, but people can work around it",
    ),
    _kind(
        Strength.INTERMEDIATE,
        r"(?:more|extra|additional|another|second) (?:\w+ ){0,2}(?:staff|nurses?|carers?|(?:care )?workers?|shifts?)|"
        r"recruit\w*|staffing|rotas?|workloads?|back[- ]?ups?|stand[- ]?by|spare|redundan\w+",
        "more people or a reserve make a slip less likely, but do not take its cause away",
    ),
    _kind(
        Strength.INTERMEDIATE,
        r"(?:new|better|clearer|one|single|shared|improve\w*|redesign\w*) (?:\w+ ){0,2}"
        r"(?:forms?|records?|charts?|templates?|documentation)|handover (?:forms?|sheets?|templates?)",
        "a better record helps, but somebody has to fill it in",
    ),
    _kind(
        Strength.WEAKER,
        r"train(?:s|ed|ing)?\b|re-?train\w*|educat\w+|refresher|e-?learning|work ?shops?|toolbox talks?|induction|"
        r"awareness|coach\w*|teach(?:es|ing)?|brief(?:s|ed|ing|ings)?\b|competenc\w+",
        "training alone depends on people remembering",
    ),
    _kind(
        Strength.WEAKER,
        r"polic(?:y|ies)|procedures?|protocols?|guidelines?|guidance|memos?|SOPs?\b|(?:writ\w+|new|set) rules?",
        "a policy or procedure alone depends on people knowing and following it",
    ),
    _kind(
        Strength.WEAKER,
        r"remind\w*|e-?mails? (?:to )?(?:all|staff|every)|tell (?:all|staff|every)|discuss\w*|supervisions?|"
        r"team meetings?|communicat\w+",
        "a reminder alone depends on people remembering",
    ),
    _kind(
        Strength.WEAKER,
        r"posters?|signs? (?:on|at|in|for|by|to)\b|put up (?:a |the )?signs?|signage|warnings?|warn(?:s|ed)?\b|"
        r"notices?\b|stickers?|labels?",
        "after a while nobody notices a sign or a warning",
    ),
    _kind(
        Strength.WEAKER,
        r"double[- ]?check\w*|second check\w*|check(?:s|ed)? twice|two people (?:to )?(?:check|sign)|counter-?sign\w*|"
        r"spot checks?|audits?\b|re-?check\w*",
        "two people can miss the same thing",
    ),
    _kind(
        Strength.WEAKER,
        r"investigat\w+|further study|look into|explore|review(?:s|ed|ing)?\b|monitor\w*|consider\w*",
        "looking further changes nothing yet",
    ),
    _kind(
        Strength.STRONGER,
        r"install\w*|fit(?:s|ted|ting)?\b|refit\w*|replac\w+|mend\w*|repair\w*|remov\w+|rebuil\w+|redesign\w*|"
        r"relocat\w+|separat\w+|fix(?:es|ed)? (?:the|a)|"
        r"(?:hand ?|grab ?|stair ?)?rails?\b|lamps?\b|lights?\b|lighting|sensors?|barriers?|gates?\b|guards?\b|"
        r"locks?\b|non[- ]?slip|floor(?:s|ing)?\b|carpets?|hoists?|walking (?:aids?|frames?)",
        "it changes the place or the equipment",
    ),
    _kind(
        Strength.STRONGER,
        r"forcing functions?|inter-?locks?|hard stops?|cannot|(?:im|not )possible|refus\w+ (?:a|to)|block\w*|"
        r"bar-?cod\w+",
        "it makes the mistake impossible",
    ),
    _kind(
        Strength.STRONGER,
        r"standardis\w+|standardiz\w+|simplif\w+|one (?:way|place|supplier|type|kind)|same (?:way|place|type|kind)|"
        r"fewer (?:steps|forms|hand-?overs)",
        "there is less to remember",
    ),
    _kind(
        Strength.STRONGER,
        r"(?:directors?|board|executives?|leaders?|managers?) (?:\w+ ){0,2}(?:walk|visit|attend)\w*|"
        r"walk-?(?:round|about)s? by|leadership",
        "leaders take part, which changes what everybody expects",
    ),
)
_WORDS = {
    Strength.STRONGER: "a stronger fix",
    Strength.INTERMEDIATE: "an intermediate fix",
    Strength.WEAKER: "a weaker fix",
}
_ORDER = (Strength.STRONGER, Strength.INTERMEDIATE, Strength.WEAKER)


def find_strength(action: Action) -> StrengthHint | None:
    """The strength of an action: as recorded, else suggested; None if its words say nothing about it.

    The title decides by its first telling words, which say what is done: "Train staff to use the hoist" is training.
    Where it has none, the strongest of the steps decides, since one strong part is enough.
    """
    if action.strength:
        return StrengthHint(strength=action.strength, is_recorded=True)
    kind = _recognise(action.title) or _find_strongest(step.text for step in action.body.steps)
    return StrengthHint(strength=kind.strength, reason=kind.reason) if kind else None


def describe_strength(action: Action) -> str:
    """How strong a fix an action is, with the reason, as a hint in a sentence; empty where nothing is known."""
    hint = find_strength(action)
    if hint is None:
        return ""
    return (
        f"Recorded as {_WORDS[hint.strength]}."
        if hint.is_recorded
        else f"Seems {_WORDS[hint.strength]}: {hint.reason}."
    )


def are_all_weaker(actions: Iterable[Action]) -> bool:
    """Whether there are actions, and each of them is recorded or suggested as a weaker fix."""
    hints = [find_strength(action) for action in actions]
    return bool(hints) and all(hint and hint.strength is Strength.WEAKER for hint in hints)


def _recognise(text: str) -> _FixKind | None:
    """The kind of fix whose words come first in a text."""
    found = [(match.start(), rank, kind) for rank, kind in enumerate(_FIX_KINDS) if (match := kind.words.search(text))]
    return min(found, key=lambda each: each[:2])[2] if found else None


def _find_strongest(texts: Iterable[str]) -> _FixKind | None:
    kinds = [kind for text in texts if (kind := _recognise(text))]
    return min(kinds, key=lambda kind: _ORDER.index(kind.strength)) if kinds else None
