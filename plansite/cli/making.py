"""A build as the command line asks for it: done, told, and kept in mind for the next."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from pathlib import Path

from plansite.cli.ending import Exit
from plansite.cli.manner import Manner
from plansite.cli.progress import progress
from plansite.content.prints import Prints
from plansite.content.settings import FILE, settings_of
from plansite.content.shelf import folders_of
from plansite.model.findings import Finding, Level
from plansite.model.site import Settings
from plansite.model.words import count
from plansite.pipeline.published import Edition, Order, Refused, published
from plansite.pipeline.reasons import reasons
from plansite.publish.inputs import inputs_of
from plansite.publish.last import LastBuild, digest_of, forget, save
from plansite.publish.marks import tree_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The inputs of a build as somebody has just found them: digests of the site's files, and one of everything."""

    prints: Prints
    inputs: str


def make(manner: Manner, order: Order, *, explain: bool = False, noted: Noted | None = None) -> int:
    """Build and publish, and say how it went; the exit code. Raises what a build raises."""
    began = time.perf_counter()
    gc.disable()  # a build makes many values, none in circles, and then the process ends
    settings, _ = settings_of((manner.root / FILE).read_bytes())
    read = digest_of(manner.root / FILE)
    # Taken before anything is read: what changes while a build runs is then built again by the next.
    noted = noted or _noted(manner, order, settings)
    line = progress(quiet=manner.quiet)
    try:
        edition = published(order, manner, prints=noted.prints, tell=line, begun=lambda: forget(manner.root))
    except Refused as refused:
        _tell(manner, refused.errors)
        manner.say(f"Nothing is published: {count(len(refused.errors), 'error')}.")
        return Exit.FINDINGS
    finally:
        if line:
            line.clear()
    errors = tuple(each for each in edition.made.findings if each.rule.level is Level.ERROR)
    _tell(manner, errors)
    save(manner.root, _last(settings, noted.inputs, read, order.out, errors, edition))
    if explain:
        for path, reason in reasons(edition.made):
            print(f"{path}: {reason}")
    pages = sum(path.endswith(".html") for path in edition.made.files)
    manner.say(f"{count(pages, 'page')} in {order.out} ({time.perf_counter() - began:.1f} s).")
    return Exit.DONE


def _tell(manner: Manner, errors: tuple[Finding, ...]) -> None:
    for error in errors:
        manner.say(str(error))


def _noted(manner: Manner, order: Order, settings: Settings) -> Noted:
    found = inputs_of(
        manner.root,
        settings.theme,
        folders_of(settings)[1:],
        manner.today(settings),
        pinned=manner.pinned(settings),
        audience=order.audience.value if order.audience else "",
    )
    return Noted(prints=found.prints, inputs=found.digest)


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
