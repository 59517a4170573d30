"""Owners and goals of actions: missing, collective, or more than one."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import NameUse, list_actions, list_open_actions, list_owners, list_responsible_names
from plansite.content.report import quote_text
from plansite.content.yaml.quoting import write_value
from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.action import Action
from plansite.model.findings import Fix, Level
from plansite.model.people import Owner, normalise_name

_COLLECTIVE = compile_lazily(
    r"(?!.* of )(?:(?:the|all|our|whole) )*(?:\S+ ){0,6}(?:team|teams|staff|colleagues)"
    r"|all|everyone|everybody|anyone|us|we|various|multiple"
    r"|tbc|tba|tbd|n/?a|none|unknown|unassigned|to be (?:confirmed|agreed|decided|named)|\?+"
)
_INITIALS = compile_lazily(r"[A-Z]{2,3}(?: ?[/&+,;] ?[A-Z]{2,3})+")
_CONJUNCTION = compile_lazily(r" (?:and|&|\+) ")
_SLASH = compile_lazily(r" ?/ ?")
_LIST_SEPARATOR = compile_lazily(r" ?[,;] ?")
_ANY_SEPARATOR = compile_lazily(r" ?[/,;&+] ?(?:and )?| and ")
#: A part of a name that can stand alone beside a slash: "Maintenance", but not the "A" of "A/E".
_CAPITALISED = compile_lazily(r"[^\W\d_]{3}.*")
_ROLE = compile_lazily(
    r".*(?:administrator|advis[eo]r|advocate|assistant|carer|chair|clerk|consultant|cook|coordinator|counsellor"
    r"|director|doctor|engineer|gp|inspector|lead|manager|nurse|officer|person|pharmacist|practitioner|psychologist"
    r"|secretary|senior|supervisor|surveyor|therapist|trainer|worker)",
    re.IGNORECASE,
)


@rule("PS110", Level.WARNING, list_open_actions)
def missing_owner(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An open action has no owner.

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


@rule("PS113", Level.WARNING, list_responsible_names)
def shared_owner(context: CheckContext, use: NameUse) -> Iterator[Violation]:
    """The owner field names two or more people.

    A plan, an action or an incident has one owner, who is responsible for it. The others are supporters.

    Example: `owner: Anna and Ben`. Write `owner: Anna` and `supporters: [Ben]`.
    """
    names = find_several_owners(context, use)
    if names:
        message = f"{quote_text(use.name)} is more than one owner"
        yield flag(use.document, message, *_share_out(use, names), field=use.field)


def find_several_owners(context: CheckContext, use: NameUse) -> tuple[str, ...]:
    """The names in an owner's field that names several; empty if it names one, or another field is used."""
    if use.field != "owner" or context.declared_people.find(use.name):
        return ()
    people = context.site.people
    return split_names(use.name, people.by_name, people.agencies_by_name)


def _share_out(use: NameUse, names: tuple[str, ...]) -> tuple[str, Fix | None]:
    """The remedy for an owner that is several names, and its fix where the document has no supporters yet."""
    action = use.document
    if not isinstance(action, Action):
        return "name the one who is responsible", None
    if action.supporters or write_value(use.name) != use.name:
        return "keep the one who is responsible, and move the others to `supporters`", None
    owner, *others = map(write_value, names)
    first, second = f"owner: {owner}", f"supporters: [{', '.join(others)}]"
    remedy = f"write `{first}` and below it `{second}`, or keep another of them as the owner"
    return remedy, Fix(action.find_field_line("owner"), f"owner: {use.name}", f"{first}\n{second}")


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


def split_names(name: str, known_names: Container[str], agencies: Container[str] = ()) -> tuple[str, ...]:
    """The names in a text that is plainly several; empty if it is one.

    Several are initials, first names, roles, or names of which one is an owner in `known_names` (normalised) and the
    others are owners or roles. "Office of Science and Technology" is one name, and so is "Registered Manager,
    Riverside House", also where Riverside House is one of the `agencies`.
    """
    if not _ANY_SEPARATOR.search(name) or is_collective_name(name):
        return ()
    if _INITIALS.fullmatch(name):
        return tuple(_split_name(_ANY_SEPARATOR, name))
    joined, slashed, listed, mixed = (
        _split_name(separator, name) for separator in (_CONJUNCTION, _SLASH, _LIST_SEPARATOR, _ANY_SEPARATOR)
    )
    if _are_first_names(joined) or _are_roles(joined) or _are_known(joined, known_names):
        return tuple(joined)
    if _are_roles(slashed) or _are_capitalised(slashed) or _are_known(slashed, known_names):
        return tuple(slashed)
    if _is_with_agency(listed, agencies):
        return ()
    if _are_roles(listed) or all(normalise_name(part) in known_names for part in listed):
        return tuple(listed) if len(listed) > 1 else ()
    are_mixed = len(mixed) > 2 and len(joined) > 1 and _are_known(mixed, known_names)
    return tuple(mixed) if are_mixed else ()


def _split_name(separator: re.Pattern[str], name: str) -> list[str]:
    return [part for part in separator.split(" ".join(name.split())) if part]


def _are_first_names(parts: list[str]) -> bool:
    """Whether these are two or more single capitalised words: "Anna" and "Ben"."""
    return len(parts) > 1 and all(part.istitle() and part.isalpha() for part in parts)


def _are_roles(parts: list[str]) -> bool:
    """Whether these are two or more names that each end in a role: "Night Nurse" and "Deputy Manager"."""
    return len(parts) > 1 and all(_ROLE.fullmatch(part) for part in parts)


def _are_capitalised(parts: list[str]) -> bool:
    """Whether these are two or more names with capitals: "Maintenance" and "Deputy Manager"."""
    return len(parts) > 1 and all(_CAPITALISED.fullmatch(part) and part[0].isupper() for part in parts)


def _are_known(parts: list[str], known_names: Container[str]) -> bool:
    """Whether these are two or more names, one of them of an owner, and each other one of an owner or a role."""
    are_owners = [normalise_name(part) in known_names for part in parts]
    return (
        len(parts) > 1
        and any(are_owners)
        and all(is_owner or _ROLE.fullmatch(part) for part, is_owner in zip(parts, are_owners, strict=True))
    )


def _is_with_agency(parts: list[str], agencies: Container[str]) -> bool:
    """Whether these are one name and the agency that it belongs to."""
    return [normalise_name(part) in agencies for part in parts] == [False, True]
