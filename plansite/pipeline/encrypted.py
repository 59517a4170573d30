"""A build that nobody can read without a passphrase, into a folder: whole or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.content.settings import FILE, settings_of
from plansite.model.findings import Level
from plansite.pipeline.chapter import Tell
from plansite.pipeline.compile import Made, made
from plansite.pipeline.published import Order, Refused
from plansite.pipeline.terms import Clock
from plansite.publish.publish import publishing
from plansite.publish.stage import Content, Stage
from plansite.publish.store import Memory
from plansite.render.theme import theme_of
from plansite.sealing.entrance import entrance
from plansite.sealing.keys import Keys, keys_of, new_secret
from plansite.sealing.list import LIST, listed
from plansite.sealing.lock import Lock, locked
from plansite.sealing.output import Sealed, hidden_files, inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Encrypted:
    """A build that was encrypted and published, and the keys that open it."""

    made: Made
    keys: Keys
    pages: int


def encrypted(
    order: Order, clock: Clock, passphrase: str, *, tell: Tell | None = None, begun: Callable[[], None]
) -> Encrypted:
    """Build, encrypt and publish. `begun` is called once the folder is ours and before anything is written.

    Nothing is taken from earlier builds and nothing is kept for later ones. Raises what `published` raises; the old
    site then still stands.
    """
    content, build = new_secret()
    keys, lock = keys_of(content, build), locked(content, build, passphrase)
    with publishing(order.out, root=order.root) as edition:
        begun()
        output = Sealed(edition.stage, keys)
        result = made(order.root, clock, order.audience, Memory(), output, tell=tell, is_sealed=True)
        errors = tuple(finding for finding in result.findings if finding.rule.level is Level.ERROR)
        if order.strict and errors:
            raise Refused(errors)
        paths = inside(result.files)
        files = {**result.files, LIST: output.put(LIST, listed(paths))}
        hidden = hidden_files(keys, files)
        _level(edition.stage, hidden)
        edition.finish({**hidden, **_open(order, lock, edition.stage)})
    return Encrypted(made=result, keys=keys, pages=sum(path.endswith(".html") for path in paths))


def _open(order: Order, lock: Lock, stage: Stage) -> Mapping[str, Content]:
    """Put what anybody may read."""
    settings, _ = settings_of((order.root / FILE).read_bytes())
    theme = theme_of(order.root, settings.theme).with_lock()
    return {path: stage.put(path, source) for path, source in entrance(settings, theme, lock).items()}


def _level(stage: Stage, hidden: Iterable[str]) -> None:
    """Give all hidden files one time, or their order would tell which belong together."""
    now = time.time_ns()
    for path in hidden:
        os.utime(Path(stage.folder, path), ns=(now, now))
