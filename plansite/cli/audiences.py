"""`plansite build --all-audiences`: a copy of the site for each audience."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from plansite.cli.ending import Exit
from plansite.cli.making import make
from plansite.cli.manner import Manner
from plansite.content.settings import FILE, settings_of
from plansite.model.status import Audience
from plansite.pipeline.published import Order

#: Where copies for several audiences lie in a site's folder, each in a folder of its own.
FOLDER = "sites"


def make_all(manner: Manner, order: Order, out: Path | None) -> int:
    """Build a copy for each audience of the site, the most private first; the first that fails ends it.

    Each has a folder of its own, so that no host can be pointed at one and show another. Raises what a build raises.
    """
    settings, _ = settings_of((manner.root / FILE).read_bytes())
    folder = out if out is not None else manner.root / FOLDER
    for audience in (each for each in Audience if each in settings.audiences):
        code = make(manner, replace(order, audience=audience, out=folder / audience.value))
        if code:
            return code
    return Exit.DONE
