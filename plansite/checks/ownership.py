"""Who answers for an action and what it serves: one owner, one goal."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from plansite.checks.grounds import Grounds
from plansite.checks.registry import Said, about, rule
from plansite.content.report import shown
from plansite.model.action import Action
from plansite.model.findings import Level
from plansite.model.people import Owner, same_name

_EVERYBODY = re.compile(
    r"(?!.* of )(?:(?:the|all|our|whole) )*(?:\S+ ){0,6}(?:team|teams|staff|colleagues)"
    r"|all|everyone|everybody|anyone|us|we|various|multiple"
    r"|tbc|tba|tbd|n/?a|none|unknown|unassigned|to be (?:confirmed|agreed|decided|named)|\?+"
)
_INITIALS = re.compile(r"[A-Z]{2,3}(?: ?[/&+,;] ?[A-Z]{2,3})+")
_JOINT = re.compile(r" (?:and|&|\+) ")
_SLASH = re.compile(r" ?/ ?")
_LISTING = re.compile(r" ?[,;] ?")
_ROLE = re.compile(
    r".*(?:administrator|advis[eo]r|advocate|assistant|carer|chair|clerk|consultant|cook|coordinator|counsellor"
    r"|director|doctor|engineer|gp|inspector|lead|manager|nurse|officer|person|pharmacist|practitioner|psychologist"
    r"|secretary|senior|supervisor|surveyor|therapist|trainer|worker)",
    re.IGNORECASE,
)


@rule("PS110", Level.WARNING, Grounds.open_actions)
def missing_owner(_: Grounds, action: Action) -> Iterator[Said]:
    """An open action names no owner.

    What nobody answers for does not get done.

    Example: add the line `owner: Deputy Manager`.
    """
    if not action.owner:
        yield about(action, "nobody is named as owner", "add `owner:` with one role, person or agency", field="owner")


@rule("PS111", Level.WARNING, Grounds.actions)
def team_as_owner(grounds: Grounds, action: Action) -> Iterator[Said]:
    """The owner is everybody, or nobody yet.

    When a whole team owns an action, each of them waits for the others. One role takes it, and the others support it.
    A team that answers as one can have a file in `owners` or `agencies`.

    Example: `owner: All staff`. Write `owner: Deputy Manager` and `supporters: [Senior Carer]`.
    """
    if is_everybody(action.owner) and same_name(action.owner) not in grounds.declared.by_name:
        remedy = "name one person or role, and the others under `supporters`"
        yield about(action, f"{shown(action.owner)} is no one person or role", remedy, field="owner")


@rule("PS112", Level.HINT, lambda grounds: grounds.site.owners)
def team_as_person(_: Grounds, owner: Owner) -> Iterator[Said]:
    """A file in `owners` describes a team.

    That can be right, where one desk answers for it. Say so, and this hint goes away.

    Example: `title: Duty team`. Name the role that leads it, or set the rule aside with the reason "One desk".
    """
    if is_everybody(owner.title):
        remedy = "name the role that leads it, or set this rule aside with a reason"
        yield about(owner, f"{shown(owner.title)} is no one person or role", remedy, field="title")


@rule("PS113", Level.WARNING, Grounds.actions)
def shared_owner(grounds: Grounds, action: Action) -> Iterator[Said]:
    """The owner's field names two or more.

    An action has one owner, who answers for it. The others support it.

    Example: `owner: Anna and Ben`. Write `owner: Anna` and `supporters: [Ben]`.
    """
    if same_name(action.owner) not in grounds.declared.by_name and is_pair(action.owner, grounds.site.people.by_name):
        remedy = "keep the one who answers for it, and move the others to `supporters`"
        yield about(action, f"{shown(action.owner)} is more than one owner", remedy, field="owner")


@rule("PS114", Level.HINT, Grounds.actions)
def owner_among_supporters(_: Grounds, action: Action) -> Iterator[Said]:
    """The owner of an action is also among its supporters.

    It then shows twice on their page.

    Example: `owner: Falls Lead` and `supporters: [Falls Lead, Administrator]`. Take the owner out of the list.
    """
    if action.owner and same_name(action.owner) in {same_name(name) for name in action.supporters}:
        message = f"{shown(action.owner)} is owner and supporter at once"
        yield about(action, message, "take the owner out of this list", field="supporters")


@rule("PS115", Level.WARNING, Grounds.open_actions)
def missing_goal(grounds: Grounds, action: Action) -> Iterator[Said]:
    """An open action serves no goal, though its plan has goals.

    Either a goal is missing from the plan, or the action belongs elsewhere.

    Example: add the line `goal: care-plans-complete`.
    """
    if not action.goal and grounds.plan(action).goals:
        yield about(action, "it names no goal of its plan", "add `goal:` with the key of a goal", field="goal")


def is_everybody(name: str) -> bool:
    """Whether a name stands for a whole team, for everybody, or for nobody yet."""
    return bool(_EVERYBODY.fullmatch(same_name(name)))


def is_pair(name: str, known: Container[str]) -> bool:
    """Whether a name is plainly more than one: initials, names, roles or owners that are known (by `same_name`).

    "Office of Science and Technology" is one; "Registered Manager, Riverside House" is one with an agency.
    """
    if is_everybody(name):
        return False
    if _INITIALS.fullmatch(name):
        return True
    joint, slashed, listing = (_parts(separator, name) for separator in (_JOINT, _SLASH, _LISTING))
    are_known = any(len(each) > 1 and all(same_name(part) in known for part in each) for each in (joint, listing))
    return are_known or _all_names(joint) or _all_roles(joint) or _all_names(slashed) or _all_roles(slashed)


def _parts(separator: re.Pattern[str], name: str) -> list[str]:
    return [part for part in separator.split(" ".join(name.split())) if part]


def _all_names(parts: list[str]) -> bool:
    """Single words with a capital: "Anna" and "Ben"."""
    return len(parts) > 1 and all(part.istitle() and part.isalpha() for part in parts)


def _all_roles(parts: list[str]) -> bool:
    """Words that each end in a role: "Night Nurse" and "Deputy Manager"."""
    return len(parts) > 1 and all(_ROLE.fullmatch(part) for part in parts)
