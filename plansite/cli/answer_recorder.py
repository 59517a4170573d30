"""Prints the results of `check` and `list`, and stores them for the fast path that prints them again."""

from __future__ import annotations

import os
import sys

import click

from plansite.cache.answers import READERS, Answer, save_answer
from plansite.cache.build_inputs import BuildInputs, collect_inputs
from plansite.cache.recorded_settings import RecordedSettings
from plansite.cli.context import CommandContext
from plansite.cli.fast_answer import GivenLine, parse_question
from plansite.content.folders import list_source_folders
from plansite.content.settings import SettingsError, parse_settings, read_settings_file
from plansite.deferred_dataclass import dataclass
from plansite.fast_paths import fast_paths_enabled
from plansite.incremental.file_hashes import FileHashes


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedInputs:
    """A question, and the inputs of its answer as they were before anything was read."""

    question: tuple[str, ...]
    settings: RecordedSettings
    inputs: BuildInputs

    @property
    def hashes(self) -> FileHashes:
        """The content hashes of the site's files."""
        return self.inputs.hashes


def collect_asked_inputs(context: CommandContext) -> AskedInputs | None:
    """The inputs of the command that runs; None where its answer is not stored."""
    given = click.get_current_context().find_root().obj
    asked = parse_question(given.arguments) if isinstance(given, GivenLine) and fast_paths_enabled() else None
    if asked is None:
        return None
    try:
        data = read_settings_file(context.root)
        settings, _ = parse_settings(data)
    except SettingsError:  # the command reports it
        return None
    recorded = RecordedSettings.create(data, settings, list_source_folders(settings)[1:])
    known, today = given.collected, context.today(settings)
    if known and (known.root, known.settings, known.today) == (context.root, recorded, today):
        return AskedInputs(question=asked.question, settings=recorded, inputs=known.inputs)
    inputs = collect_inputs(
        context.root, recorded.theme, recorded.sources, today, pinned=context.pinned(settings), audience=READERS
    )
    return AskedInputs(question=asked.question, settings=recorded, inputs=inputs)


def print_answer(
    context: CommandContext, asked: AskedInputs | None, output: str | bytes, *, message: str = "", code: int = 0
) -> int:
    """Print the result of a command on standard output, and a message beside it; store both. Returns the exit code.

    Bytes are the same on every system; a text is encoded as the terminal wants it, and loses its colours elsewhere.
    """
    click.echo(output, nl=False, color=False if os.environ.get("NO_COLOR") else None)
    if message:
        context.print_message(message)
    if asked:
        answer = Answer(
            question=asked.question,
            fingerprint=asked.inputs.fingerprint,
            settings=asked.settings,
            output=output.decode() if isinstance(output, bytes) else _strip_colours(output),
            message="" if context.quiet else message,
            code=code,
        )
        save_answer(context.root, answer)
    return code


def _strip_colours(text: str) -> str:
    """The text as it was printed: with colours on a terminal alone, and only where they are wanted."""
    return text if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else click.unstyle(text)
