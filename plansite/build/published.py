"""A build into a folder: with what the last one left, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.build.compile import Made, made
from plansite.build.terms import Clock
from plansite.build.way import Tell, index_name
from plansite.checks.check import RULES
from plansite.content.prints import Prints
from plansite.model.errors import SiteError
from plansite.model.findings import Finding, Level
from plansite.model.status import Audience
from plansite.publish.inputs import program
from plansite.publish.marks import Mark
from plansite.publish.publish import publishing
from plansite.publish.store import FOLDER, Folder, Memory, Store


class Refused(SiteError):
    """A strict build has met errors, so nothing is published."""

    def __init__(self, errors: tuple[Finding, ...]) -> None:
        """The errors that stand in the way."""
        self.errors = errors
        super().__init__(f"{len(errors)} errors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be built, for whom, and where it is to stand."""

    root: Path
    out: Path
    audience: Audience | None = None
    strict: bool = False


def store_of(root: Path) -> Store:
    """What builds of this site keep beside it; in memory alone where its folder cannot be written to.

    A folder that came with the repository was made by whoever could write to that, so nothing in it is believed.
    """
    folder = root / FOLDER / "memo"
    if _is_tracked(root):
        return Memory()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (root / FOLDER / ".gitignore").write_text("*\n", "utf-8")
    except OSError:
        return Memory()
    return Folder(folder, {rule.code: rule for rule in RULES}, program())


def _is_tracked(root: Path) -> bool:
    """Whether git holds files of that folder; read from its index, which lists every path in plain bytes."""
    for folder in (root, *root.resolve().parents):
        index = folder / ".git" / "index"
        if index.is_file():
            return f"{FOLDER}/".encode() in index.read_bytes()
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A build that was published, and how its files lie in their folder."""

    made: Made
    marks: Mapping[str, Mark]


def published(
    order: Order, clock: Clock, *, prints: Prints | None = None, tell: Tell | None = None, begun: Callable[[], None]
) -> Edition:
    """Build and publish. `begun` is called once the folder is ours and before anything is written.

    `prints` are the digests of all files of the site, where somebody has just taken them.

    Raises Refused in a strict build with errors, SettingsError, ThemeError, PublishError and OSError; the old site
    then still stands.
    """
    store = store_of(order.root)
    place = f"marks {order.out.resolve()}"
    kept = store.get(place)
    with publishing(order.out, root=order.root, marks=kept if isinstance(kept, dict) else {}) as edition:
        begun()
        result = made(order.root, clock, order.audience, store, edition.stage, prints=prints, tell=tell)
        errors = tuple(finding for finding in result.findings if finding.rule.level is Level.ERROR)
        if order.strict and errors:
            raise Refused(errors)
        marks = edition.finish(result.files)
    store.put(place, dict(marks))
    _tidy(store, result, place)
    return Edition(made=result, marks=marks)


def _tidy(store: Store, result: Made, place: str) -> None:
    """Keep what the last build for each audience can use, and nothing else."""
    way = result.way
    found = store.get("audiences")
    names: dict[str, tuple[str, ...]] = dict(found) if isinstance(found, dict) else {}
    own = ("audiences", place, index_name(way.terms), *way.reading.names(), *result.names)
    if names.get(way.terms.sight.audience.value) == own:
        return
    names[way.terms.sight.audience.value] = own
    store.put("audiences", names)
    store.keep_only(name for each in names.values() for name in each)
