"""A build into a folder: with what the last one left, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.content.prints import Prints
from plansite.model.errors import SiteError
from plansite.model.findings import Finding, Level
from plansite.model.status import Audience
from plansite.pipeline.beside import store_of, tidy
from plansite.pipeline.chapter import Tell
from plansite.pipeline.compile import Made, made
from plansite.pipeline.terms import Clock
from plansite.publish.marks import Mark
from plansite.publish.publish import publishing


class Refused(SiteError):  # noqa: N818  (it reads as the sentence it stands for)
    """A strict build has met errors, so nothing is published."""

    def __init__(self, errors: tuple[Finding, ...]) -> None:
        """The errors that stand in the way."""
        self.errors = errors
        super().__init__(f"{len(errors)} errors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be built, for whom, and where it is to stand. `stood` is the commit of an earlier state."""

    root: Path
    out: Path
    audience: Audience | None = None
    strict: bool = False
    stood: str = ""


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
        result = made(
            order.root,
            clock,
            order.audience,
            store,
            edition.stage,
            prints=prints,
            tell=tell,
            history=not order.stood,
            stood=order.stood,
        )
        errors = tuple(finding for finding in result.findings if finding.rule.level is Level.ERROR)
        if order.strict and errors:
            raise Refused(errors)
        marks = edition.finish(result.files)
    store.put(place, dict(marks))
    audience = result.binding.way.terms.sight.audience
    tidy(store, f"pages {audience}", (place, *result.names))
    return Edition(made=result, marks=marks)
