"""`plansite build`: compile the site into a folder."""

from __future__ import annotations

import time
from pathlib import Path

import click

from plansite.build import compiled
from plansite.cli.manners import Exit, Manner, with_site
from plansite.model.findings import Level
from plansite.model.status import Audience
from plansite.model.words import count
from plansite.publish.publish import publish


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
    built = compiled(manner.root, clock=manner, audience=Audience(audience) if audience else None)
    errors = [finding for finding in built.findings if finding.rule.level is Level.ERROR]
    for finding in errors:
        manner.say(str(finding))
    if strict and errors:
        manner.say(f"Nothing is published: {count(len(errors), 'error')}.")
        return Exit.FINDINGS
    target = out if out is not None else manner.root / "public"
    publish(target, built.files, root=manner.root)
    pages = sum(path.endswith(".html") for path in built.files)
    manner.say(f"{count(pages, 'page')} in {target} ({time.perf_counter() - began:.1f} s).")
    return Exit.DONE
