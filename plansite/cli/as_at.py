"""`plansite build --as-at`: the site as it stood on a day or at a revision."""

from __future__ import annotations

import tempfile
import zoneinfo
from dataclasses import replace
from pathlib import Path

from plansite.cli.ending import Exit
from plansite.cli.manner import Manner
from plansite.content.settings import FILE, settings_of
from plansite.history.tree import TreeError, stood, unpacked
from plansite.model.dates import iso_date
from plansite.model.words import count, long_date
from plansite.pipeline.published import Order, published


def make_as_at(manner: Manner, when: str, out: Path | None, order: Order) -> int:
    """Build from the files of an earlier commit; the working tree and the published site are not touched.

    Without `out` the folder is named after the day and lies in the site's. Raises TreeError and what a build raises.
    """
    settings, _ = settings_of((manner.root / FILE).read_bytes())
    day = iso_date(when)
    then = stood(manner.root, day or when, zoneinfo.ZoneInfo(settings.timezone))
    shown = day or then.day
    target = out if out is not None else manner.root / f"as-at-{shown.isoformat()}"
    with tempfile.TemporaryDirectory(prefix="plansite-") as folder:
        unpacked(manner.root, then.commit, Path(folder))
        root = Path(folder) / then.prefix
        if not (root / FILE).is_file():
            raise TreeError(f"there was no {FILE} in this folder at {then.commit}, so there is no site to show")
        earlier = replace(manner, root=root, day=shown)
        edition = published(replace(order, root=root, out=target, stood=then.commit), earlier, begun=lambda: None)
    pages = sum(path.endswith(".html") for path in edition.made.files)
    manner.say(f"{count(pages, 'page')} in {target}, as at {long_date(shown)} (commit {then.commit}).")
    return Exit.DONE
