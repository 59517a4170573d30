"""Whether a build would only make again what is already there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plansite.content.prints import Prints
from plansite.publish.inputs import SETTINGS, inputs_of
from plansite.publish.last import LastBuild, digest_of, recall
from plansite.publish.marks import marks_in, tree_of
from plansite.publish.place import Place


@dataclass(frozen=True, slots=True)
class Answer:
    """The last build, where building now would make the same again; else what was found out on the way.

    `today` is the day for which that was found out.
    """

    same: LastBuild | None = None
    prints: Prints | None = None
    inputs: str = ""
    today: date | None = None


def again(root: Path, out: Path, day: date | None, audience: str, today_in: Callable[[str], date]) -> Answer:
    """Compare everything a build depends on with what the last one was made from.

    `today_in` tells the day in a time zone; it is asked only where neither `day` nor the site fixes one.
    """
    last = recall(root)
    if last is None or last.settings != digest_of(root / SETTINGS):
        return Answer()
    today = day or (date.fromisoformat(last.today) if last.today else today_in(last.timezone))
    found = inputs_of(root, last.theme, last.sources, today, pinned=bool(day or last.today), audience=audience)
    same = found.digest == last.inputs and last.out == str(out.resolve()) and _stands(Path(last.out), last.tree)
    return Answer(last if same else None, found.prints, found.digest, today)


def _stands(out: Path, tree: str) -> bool:
    """Whether a folder is as it was published, with nothing beside it that a killed build left."""
    try:
        return Place(out).is_clear and tree_of(marks_in(str(out))) == tree
    except OSError:
        return False
