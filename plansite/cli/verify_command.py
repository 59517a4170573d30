"""`plansite verify`: whether a published copy is what a commit builds."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from plansite.cli.manners import Exit, Manner, with_site
from plansite.content.settings import FILE, settings_of
from plansite.history.signature import words_of
from plansite.history.signed import signatures_of
from plansite.history.tree import TreeError
from plansite.model.site import Settings
from plansite.model.status import Audience
from plansite.publish.manifest import MANIFEST
from plansite.verify.claims import ABOUT, Claims, claims_of
from plansite.verify.compare import Question, compared
from plansite.verify.rebuild import Wish
from plansite.verify.target import Target, is_same, target_of
from plansite.verify.verdict import Verdict, listing, sentences

#: Every encrypted site has this script, and no page that tells what it was built from.
_LOCK = "unlock-worker.js"
#: So many files that differ are named unless more is asked for.
_SHOWN = 20


@click.command("verify")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--commit", metavar="REV", default="", help="Compare with this commit, tag or branch.")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="Whom it should be for.")
@click.option("--downloaded", is_flag=True, help="PATH was fetched page by page: do not ask for files that it lacks.")
@with_site
def command(manner: Manner, path: Path | None, commit: str, audience: str | None, downloaded: bool) -> int:
    """Compare a published site with what this commit builds.

    PATH is a folder with the site: a clone of the branch that is published, or files that were downloaded. Left out,
    it is public/ in the site. It is compared for the audience and the day that it names itself, unless you say
    others.

    Ends with 0 where it is the same, with 1 where anything differs, and with 4 where it cannot be read.
    """
    gc.disable()  # a build makes many values, none in circles, and then the process ends
    folder = path if path is not None else manner.root / "public"
    _look(folder)
    settings, _ = settings_of((manner.root / FILE).read_bytes())
    claims = claims_of(folder)
    target = _target(manner, settings, claims, commit)
    if target.why:
        manner.say(f"{target.why} It is compared with the files here.")
    wish = _wish(manner, settings, claims, target, audience)
    question = Question(
        root=manner.root,
        folder=folder,
        settings=settings,
        claims=claims,
        target=target,
        wish=wish,
        whole=not downloaded,
    )
    verdict = _compared(manner, question)
    _show(manner, verdict)
    return Exit.DONE if verdict.is_same else Exit.FINDINGS


def _look(folder: Path) -> None:
    """Raises click.UsageError where there is nothing that could be compared."""
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {folder}")
    if not any((folder / name).exists() for name in (MANIFEST, ABOUT, "index.html")):
        raise click.UsageError(f"{folder} holds no site: there is neither {MANIFEST} nor {ABOUT} in it")
    if (folder / _LOCK).exists() and not (folder / ABOUT).exists():
        raise click.UsageError(f"{folder} is encrypted: no two builds of it are alike, so it cannot be compared")


def _target(manner: Manner, settings: Settings, claims: Claims, commit: str) -> Target:
    try:
        return target_of(manner.root, settings, claims, commit)
    except TreeError as error:
        raise click.UsageError(str(error)) from error


def _compared(manner: Manner, question: Question) -> Verdict:
    try:
        return compared(question, manner.say)
    except TreeError as error:
        raise click.UsageError(str(error)) from error


def _wish(manner: Manner, settings: Settings, claims: Claims, target: Target, audience: str | None) -> Wish:
    """What somebody asked for, else what the copy says, else what a build would take."""
    then, stood = target.then, claims.stood
    return Wish(
        audience=Audience(audience) if audience else claims.audience or settings.audience,
        day=manner.day or claims.day or manner.today(settings),
        is_pinned=claims.pinned if claims.day else manner.pinned(settings),
        stood="" if not (then and stood) else stood if is_same(then.commit, stood) else then.commit,
    )


def _show(manner: Manner, verdict: Verdict) -> None:
    for line in sentences(verdict):
        click.echo(line)
    for line in listing(verdict.differences, None if manner.verbose else _SHOWN):
        click.echo(line)
    if verdict.then:
        for words in map(words_of, signatures_of(manner.root, verdict.then.commit)):
            click.echo(words)
