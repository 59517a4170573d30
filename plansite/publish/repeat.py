"""Whether a build would only make again what is already there."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from plansite.history.commit import commit_of
from plansite.publish.inputs import fingerprint, own_folder
from plansite.publish.last import LastBuild, digest_of, recall, tree_of
from plansite.render.theme import default_folder

SETTINGS = "plansite.yaml"


def inputs_of(root: Path, theme: str, sources: Sequence[str], day: date, *, pinned: bool, audience: str) -> str:
    """The fingerprint of everything that a build of this site on this day is made from.

    `audience` is the one asked for; empty for the site's own.
    """
    folders = [root / SETTINGS, root / "content", root / "themes" / theme, default_folder(), own_folder()]
    folders += [Path(os.path.normpath(root / source)) for source in sources]
    words = (str(root.resolve()), theme, day.isoformat(), str(pinned), audience, commit_of(root))
    return fingerprint(folders, words)


def unchanged(
    root: Path, out: Path, day: date | None, audience: str, today_in: Callable[[str], date]
) -> LastBuild | None:
    """The last build, where building now would make the same again; None where there is something to do.

    `today_in` tells the day in a time zone; it is asked only where neither `day` nor the site fixes one.
    """
    last = recall(root)
    if last is None or last.out != str(out.resolve()) or last.settings != digest_of(root / SETTINGS):
        return None
    today = day or (date.fromisoformat(last.today) if last.today else today_in(last.timezone))
    pinned = bool(day or last.today)
    found = inputs_of(root, last.theme, last.sources, today, pinned=pinned, audience=audience)
    return last if found == last.inputs and tree_of(out) == last.tree else None
