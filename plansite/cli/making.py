"""A build as the command line asks for it: done, told, and kept in mind for the next."""

from __future__ import annotations

import gc
import hashlib
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plansite.cli.ending import Exit
from plansite.cli.manner import Manner
from plansite.cli.progress import progress
from plansite.cli.told import errors_told, left_out_told, refused_told
from plansite.content.patience import late_files
from plansite.content.prints import Prints
from plansite.content.settings import FILE, settings_of
from plansite.content.shelf import folders_of
from plansite.model.findings import Finding
from plansite.model.site import Settings
from plansite.model.words import count
from plansite.pipeline.published import Edition, Order, Refused, published
from plansite.pipeline.reasons import reasons
from plansite.publish.inputs import inputs_of
from plansite.publish.last import FOLDER, LastBuild, forget, save
from plansite.publish.marks import tree_of
from plansite.publish.unfinished import sweep


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The inputs of a build as somebody has just found them: digests of the site's files, and one of everything.

    `today` is the day by the clock for which they were found.
    """

    prints: Prints
    inputs: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steady:
    """A clock that was looked at once: however long a build takes, all of it is about one day."""

    manner: Manner
    day: date

    def today(self, settings: Settings) -> date:
        """The day as given, else as the site fixes it, else the one that the clock told."""
        return self.manner.day or settings.today or self.day

    def pinned(self, settings: Settings) -> bool:
        """Whether the day was given or fixed rather than read from the clock."""
        return self.manner.pinned(settings)


def make(manner: Manner, order: Order, *, explain: bool = False, noted: Noted | None = None) -> int:
    """Build and publish, and say how it went; the exit code. Raises what a build raises."""
    began = time.perf_counter()
    gc.disable()  # a build makes many values, none in circles, and then the process ends
    data = (manner.root / FILE).read_bytes()
    settings, _ = settings_of(data)
    # Taken before anything is read: what changes while a build runs is then built again by the next.
    noted = noted or _noted(manner, order, settings)
    line = progress(quiet=manner.quiet)
    try:
        clock = _Steady(manner=manner, day=noted.today)
        edition = published(order, clock, prints=noted.prints, tell=line, begun=lambda: _begin(manner.root))
    except Refused as refused:
        return refused_told(manner, refused)
    finally:
        if line:
            line.clear()
    errors = errors_told(manner, edition.made.findings)
    if not late_files(edition.made.findings):  # the next build tries again
        save(manner.root, _last(settings, noted.inputs, hashlib.sha256(data).hexdigest(), order.out, errors, edition))
    if explain:
        for path, reason in reasons(edition.made):
            print(f"{path}: {reason}")
    pages = sum(path.endswith(".html") for path in edition.made.files)
    left_out_told(manner, edition.made.binding.way)
    manner.say(f"{count(pages, 'page')} in {order.out} ({time.perf_counter() - began:.1f} s).")
    return Exit.DONE


def _begin(root: Path) -> None:
    """Before anything is written: what is known of the last build, and what a killed one left half-written, goes."""
    forget(root)
    sweep(root / FOLDER)


def _noted(manner: Manner, order: Order, settings: Settings) -> Noted:
    today = manner.today(settings)
    found = inputs_of(
        manner.root,
        settings.theme,
        folders_of(settings)[1:],
        today,
        pinned=manner.pinned(settings),
        audience=order.audience.value if order.audience else "",
    )
    return Noted(prints=found.prints, inputs=found.digest, today=today)


def _last(
    settings: Settings, inputs: str, read: str, out: Path, errors: tuple[Finding, ...], edition: Edition
) -> LastBuild:
    return LastBuild(
        inputs=inputs,
        out=str(out.resolve()),
        tree=tree_of(edition.marks),
        settings=read,
        timezone=settings.timezone,
        today=settings.today.isoformat() if settings.today else "",
        theme=settings.theme,
        sources=folders_of(settings)[1:],
        said=tuple(map(str, errors)),
        pages=sum(path.endswith(".html") for path in edition.made.files),
    )
