"""`plansite build`: compile the site into a folder."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import click

from plansite.build import Built, compiled
from plansite.cli.manners import Exit, Manner, with_site
from plansite.content.settings import FILE, settings_of
from plansite.model.findings import Level
from plansite.model.site import Settings
from plansite.model.status import Audience
from plansite.model.words import count
from plansite.publish.last import LastBuild, digest_of, forget, save, tree_of
from plansite.publish.publish import publish
from plansite.publish.repeat import inputs_of


@click.command()
@with_site
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write; left out, public/ in the site.")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="Whom the build is for.")
@click.option("--strict", is_flag=True, help="Publish nothing and exit with 1 where there is an error.")
def command(manner: Manner, out: Path | None, audience: str | None, strict: bool) -> int:
    """Compile the site into a folder.

    Files that cannot be read are shown on the site as needing attention; they never stop a build without --strict.
    """
    began = time.perf_counter()
    gc.disable()  # a build makes many values, none in circles, and then the process ends
    settings, _ = settings_of((manner.root / FILE).read_bytes())
    # Taken before anything is read: what changes while a build runs is then built again by the next.
    inputs, read = _inputs(manner, settings, audience), digest_of(manner.root / FILE)
    built = compiled(manner.root, clock=manner, audience=Audience(audience) if audience else None)
    errors = tuple(str(finding) for finding in built.findings if finding.rule.level is Level.ERROR)
    for error in errors:
        manner.say(error)
    if strict and errors:
        manner.say(f"Nothing is published: {count(len(errors), 'error')}.")
        return Exit.FINDINGS
    target = out if out is not None else manner.root / "public"
    forget(manner.root)
    publish(target, built.files, root=manner.root)
    pages = _pages(built)
    save(manner.root, _last(settings, inputs, read, target, errors, pages))
    manner.say(f"{count(pages, 'page')} in {target} ({time.perf_counter() - began:.1f} s).")
    return Exit.DONE


def _pages(built: Built) -> int:
    return sum(path.endswith(".html") for path in built.files)


def _inputs(manner: Manner, settings: Settings, audience: str | None) -> str:
    return inputs_of(
        manner.root,
        settings.theme,
        _sources(settings),
        manner.today(settings),
        pinned=manner.pinned(settings),
        audience=audience or "",
    )


def _sources(settings: Settings) -> tuple[str, ...]:
    """Every folder that others laid out and a build reads."""
    goals = (source.goals.path for source in settings.sources if source.goals)
    return (*(source.path for source in settings.sources), *goals)


def _last(settings: Settings, inputs: str, read: str, out: Path, errors: tuple[str, ...], pages: int) -> LastBuild:
    return LastBuild(
        inputs=inputs,
        out=str(out.resolve()),
        tree=tree_of(out),
        settings=read,
        timezone=settings.timezone,
        today=settings.today.isoformat() if settings.today else "",
        theme=settings.theme,
        sources=_sources(settings),
        said=errors,
        pages=pages,
    )
