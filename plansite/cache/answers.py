"""What read-only commands printed last, with a fingerprint of all that they read: the same inputs give it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from plansite.cache.build_inputs import BuildInputs
from plansite.cache.layout import ANSWERS_FILE, CACHE_FOLDER, has_link, is_committed
from plansite.cache.recorded_settings import RecordedSettings, require_texts
from plansite.deferred_dataclass import dataclass
from plansite.file_access import read_plain_file, replace_kept_file

#: The audience whose files these commands read.
READERS = "internal"
#: How many answers are kept, of commands in their usual forms.
_MAX_ANSWERS = 8
_MAX_SIZE, _MAX_OUTPUT = 16 * 1024 * 1024, 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command printed: its result, a message beside it, and its exit code.

    `question` is the command line and the terminal that it was typed in. `fingerprint` covers its inputs.
    """

    question: tuple[str, ...]
    fingerprint: str
    settings: RecordedSettings
    output: str
    message: str
    code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedInputs:
    """The inputs of a command about the site in `root`, with the settings and the day that they depend on."""

    root: Path
    settings: RecordedSettings
    today: date
    inputs: BuildInputs


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLookup:
    """The stored answer, or None; `collected` are the inputs it was compared with, so that the command has them."""

    answer: Answer | None = None
    collected: CollectedInputs | None = None


def find_answer(root: Path, question: Sequence[str], day: date | None, today_in: Callable[[str], date]) -> AnswerLookup:
    """The stored answer to a question about the site in `root`, if nothing that the command read has changed.

    `today_in` returns the day in a time zone; it is called only where neither `day` nor the site fixes one.
    """
    stored = next((each for each in _load(root) if each.question == tuple(question)), None)
    collected = stored.settings.collect_inputs(root, day, READERS, today_in) if stored else None
    if stored is None or collected is None:
        return AnswerLookup()
    today, inputs = collected
    if inputs.fingerprint != stored.fingerprint or is_committed(root):
        known = CollectedInputs(root=root, settings=stored.settings, today=today, inputs=inputs)
        return AnswerLookup(collected=known)
    return AnswerLookup(answer=stored)


def save_answer(root: Path, answer: Answer) -> None:
    """Store an answer as the newest. Where the cache folder cannot be written to, the next command takes longer."""
    folder = root / CACHE_FOLDER
    if has_link(folder) or len(answer.output) > _MAX_OUTPUT:
        return
    others = [each for each in _load(root) if each.question != answer.question]
    records = [asdict(each) for each in (answer, *others[: _MAX_ANSWERS - 1])]
    with suppress(OSError, UnicodeEncodeError):
        folder.mkdir(exist_ok=True)
        replace_kept_file(folder / ANSWERS_FILE, json.dumps(records, ensure_ascii=False).encode())


def _load(root: Path) -> list[Answer]:
    """The stored answers, newest first; none where there is no readable record. Anybody may have written it."""
    folder = root / CACHE_FOLDER
    if has_link(folder):
        return []
    try:
        return [_parse(record) for record in json.loads(read_plain_file(folder / ANSWERS_FILE, _MAX_SIZE))]
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return []


def _parse(record: dict[str, Any]) -> Answer:
    """The answer of a record. Raises TypeError, KeyError or ValueError for what no command writes."""
    settings = RecordedSettings.parse(record["settings"])
    answer = Answer(**{**record, "settings": settings, "question": tuple(record["question"])})
    if type(answer.code) is not int:
        raise TypeError
    require_texts(answer.fingerprint, answer.output, answer.message, *answer.question, *settings.texts)
    return answer
