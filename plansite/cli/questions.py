"""Questions at a terminal: values that are missing, and names that were mistyped."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn, TypeVar

import click

from plansite.content.report import make_printable
from plansite.lookup import CorrectableError

T = TypeVar("T")

_YES, _NO = ("", "y", "yes"), ("n", "no")


def can_ask() -> bool:
    """Whether somebody can answer: standard input is a terminal, and the variable `CI` does not say otherwise."""
    return sys.stdin is not None and sys.stdin.isatty() and os.environ.get("CI", "").casefold() in ("", "0", "false")


def _refuse(error: CorrectableError) -> NoReturn:
    raise error


def ask(
    question: str,
    parse: Callable[[str], T],
    default: str | None = None,
    *,
    shows_default: bool = False,
    offer: Callable[[CorrectableError], T] = _refuse,
) -> T:
    """Ask on standard error until `parse` accepts the answer; it raises CorrectableError for one that it refuses.

    Enter gives the default, where there is one. For `offer`, see `correct`. Raises click.Abort where somebody ends the
    input or presses Ctrl-C.
    """
    while True:
        answer = _read_line(question, default, shows_default=shows_default)
        try:
            return parse(answer)
        except CorrectableError as error:
            try:
                return correct(parse, error, offer)
            except CorrectableError as refused:
                if not refused.nearest:  # one with a suggestion has been shown in the question
                    click.echo(f"{_format_error(refused)}.", err=True)


def correct(parse: Callable[[str], T], error: CorrectableError, offer: Callable[[CorrectableError], T] = _refuse) -> T:
    """What `parse` makes of the suggestion of an error, if the user accepts it, or of what they type instead.

    Where they decline, or there is no suggestion, what `offer` returns for the error; it may raise it.
    """
    while error.nearest and (text := _confirm_suggestion(error)) is not None:
        try:
            return parse(text)
        except CorrectableError as next_error:
            error = next_error
    return offer(error)


def look_up(find: Callable[[str], T], name: str) -> T:
    """What `find` finds by a name; at a terminal the user can accept its suggestion for a name that is not known.

    Raises click.UsageError if it stays unknown.
    """
    while True:
        try:
            return find(name)
        except CorrectableError as error:
            name = ask_instead(error)


def ask_instead(error: CorrectableError) -> str:
    """At a terminal, the suggestion of an error, or another text that the user types.

    Raises click.UsageError with the message of the error if there is neither.
    """
    text = _confirm_suggestion(error) if error.nearest and can_ask() else None
    if text is None:
        raise click.UsageError(str(error)) from error
    return text


def _confirm_suggestion(error: CorrectableError) -> str | None:
    """The suggestion, if the user types `y` or Enter; None for `n`; any other answer is the text to use instead."""
    answer = _read_line(f"{_format_error(error)} [Y/n]", "", shows_default=False)
    if answer.casefold() in _NO:
        return None
    return error.nearest if answer.casefold() in _YES else answer


def confirm(question: str) -> bool:
    """Whether the user types `y`; Enter means no."""
    return bool(click.confirm(make_printable(question), default=False, err=True))


def _read_line(question: str, default: str | None, *, shows_default: bool) -> str:
    answer: str = click.prompt(question, default=default, show_default=shows_default, type=str, err=True)
    return answer.strip()


def _format_error(error: CorrectableError) -> str:
    """The first line of its message as a sentence, without anything that would steer the terminal."""
    line = make_printable(str(error).partition("\n")[0])
    return line[:1].upper() + line[1:]
