"""Owners and goals of actions: missing, collective, or more than one."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_actions, list_open_actions, list_owners
from plansite.content.report import quote_text
from plansite.model.action import Action
from plansite.model.findings import Level
from plansite.model.people import Owner, normalise_name

_COLLECTIVE = re.compile(
    r"(?!.* of )(?:(?:the|all|our|whole) )*(?:\S+ ){0,6}(?:team|teams|staff|colleagues)"
    r"|all|everyone|everybody|anyone|us|we|various|multiple"
    r"|tbc|tba|tbd|n/?a|none|unknown|unassigned|to be (?:confirmed|agreed|decided|named)|\?+"
)
_INITIALS = re.compile(r"[A-Z]{2,3}(?: ?[/&+,;] ?[A-Z]{2,3})+")
_CONJUNCTION = re.compile(r" (?:and|&|\+) ")
_SLASH = re.compile(r" ?/ ?")
_LIST_SEPARATOR = re.compile(r" ?[,;] ?")
_ROLE = re.compile(
    r".*(?:administrator|advis[eo]r|advocate|assistant|carer|chair|clerk|consultant|cook|coordinator|counsellor"
    r"|director|doctor|engineer|gp|inspector|lead|manager|nurse|officer|person|pharmacist|practitioner|psychologist"
    r"|secretary|senior|supervisor|surveyor|therapist|trainer|worker)",
    re.IGNORECASE,
)


@rule("PS110", Level.WARNING, list_open_actions)
def missing_owner(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An open action names no owner.

    An action without an owner tends not to get done.

    Example: add the line `owner: Deputy Manager`.
    """
    if not action.owner:
        yield flag(action, "it has no owner", "add `owner:` with one role, person or agency", field="owner")


@rule("PS111", Level.WARNING, list_actions)
def team_as_owner(context: CheckContext, action: Action) -> Iterator[Violation]:
    """The owner is a whole team, or still to be named.

    When a whole team owns an action, each person waits for the others. Name one role, and the others as supporters.
    A team that shares one desk can have its own file in `owners` or `agencies`.

    Example: `owner: All staff`. Write `owner: Deputy Manager` and `supporters: [Senior Carer]`.
    """
    if is_collective_name(action.owner) and context.declared_people.find(action.owner) is None:
        remedy = "name one person or role, and the others under `supporters`"
        yield flag(action, f"{quote_text(action.owner)} is not one person or role", remedy, field="owner")


@rule("PS112", Level.HINT, list_owners)
def team_as_person(_: CheckContext, owner: Owner) -> Iterator[Violation]:
    """A file in `owners` describes a team.

    That can be right, where the team shares one desk. Then set this hint aside with that reason.

    Example: `title: Duty team`. Name the role that leads it, or set the rule aside with the reason "One desk".
    """
    if is_collective_name(owner.title):
        remedy = "name the role that leads it, or set this rule aside with a reason"
        yield flag(owner, f"{quote_text(owner.title)} is not one person or role", remedy, field="title")


@rule("PS113", Level.WARNING, list_actions)
def shared_owner(context: CheckContext, action: Action) -> Iterator[Violation]:
    """The owner field names two or more people.

    An action has one owner, who is responsible for it. The others are supporters.

    Example: `owner: Anna and Ben`. Write `owner: Anna` and `supporters: [Ben]`.
    """
    if context.declared_people.find(action.owner) is None and is_several_names(
        action.owner, context.site.people.by_name
    ):
        remedy = "keep the one who is responsible, and move the others to `supporters`"
        yield flag(action, f"{quote_text(action.owner)} is more than one owner", remedy, field="owner")


@rule("PS114", Level.HINT, list_actions)
def owner_among_supporters(_: CheckContext, action: Action) -> Iterator[Violation]:
    """The owner of an action is also among its supporters.

    It then appears twice on their page.

    Example: `owner: Falls Lead` and `supporters: [Falls Lead, Administrator]`. Take the owner out of the list.
    """
    if action.owner and normalise_name(action.owner) in {normalise_name(name) for name in action.supporters}:
        message = f"{quote_text(action.owner)} is both owner and supporter"
        yield flag(action, message, "take the owner out of this list", field="supporters")


@rule("PS115", Level.WARNING, list_open_actions)
def missing_goal(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An open action has no goal, though its plan has goals.

    Either a goal is missing from the plan, or the action belongs elsewhere.

    Example: add the line `goal: care-plans-complete`.
    """
    if not action.goal and context.find_plan(action).goals:
        yield flag(action, "it has no goal", "add `goal:` with the key of a goal", field="goal")


def is_collective_name(name: str) -> bool:
    """Whether a name means a whole team, everybody, or nobody yet ("TBC")."""
    return bool(_COLLECTIVE.fullmatch(normalise_name(name)))


def is_several_names(name: str, known_names: Container[str]) -> bool:
    """Whether a name is plainly several: initials, first names, roles, or owners in `known_names` (normalised).

    "Office of Science and Technology" is one name; "Registered Manager, Riverside House" is one with an agency.
    """
    if is_collective_name(name):
        return False
    if _INITIALS.fullmatch(name):
        return True
    joined, slashed, listed = (_split_name(separator, name) for separator in (_CONJUNCTION, _SLASH, _LIST_SEPARATOR))
    are_known = any(
        len(parts) > 1 and all(normalise_name(part) in known_names for part in parts) for parts in (joined, listed)
    )
    return (
        are_known or _are_first_names(joined) or _are_roles(joined) or _are_first_names(slashed) or _are_roles(slashed)
    )


def _split_name(separator: re.Pattern[str], name: str) -> list[str]:
    return [part for part in separator.split(" ".join(name.split())) if part]


def _are_first_names(parts: list[str]) -> bool:
    """Whether these are two or more single capitalised words: "Anna" and "Ben"."""
    return len(parts) > 1 and all(part.istitle() and part.isalpha() for part in parts)


def _are_roles(parts: list[str]) -> bool:
    """Whether these are two or more names that each end in a role: "Night Nurse" and "Deputy Manager"."""
    return len(parts) > 1 and all(_ROLE.fullmatch(part) for part in parts)
