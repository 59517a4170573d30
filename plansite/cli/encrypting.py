"""`plansite build --encrypt`: which passphrase it is, and how the build is told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from plansite.cli.ending import Exit
from plansite.cli.manner import Manner
from plansite.cli.progress import progress
from plansite.cli.told import errors_told, left_out_told, refused_told
from plansite.content.settings import FILE, settings_of
from plansite.model.words import count
from plansite.pipeline.published import Order, Refused
from plansite.publish.last import forget

VARIABLE = "PLANSITE_PASSPHRASE"
_LIBRARIES = ("cryptography", "xkcdpass", "zxcvbn")


def make_encrypted(manner: Manner, order: Order, file: Path | None, environment: Mapping[str, str] = os.environ) -> int:
    """Build, encrypt and publish; the exit code. Raises click.UsageError, and what a build raises.

    A passphrase that was drawn is printed once, when all is done, and kept nowhere.
    """
    try:
        from plansite.pipeline.encrypted import encrypted
        from plansite.sealing.passphrase import drawn
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library in _LIBRARIES:
            raise click.UsageError(
                f"--encrypt needs the library {library}, which is not installed. "
                "Install it with: pip install 'plansite[encrypt]'"
            ) from error
        raise
    given = _given(order, file, environment)
    if not given and environment.get("CI"):
        raise click.UsageError(f"a log would keep the passphrase; set one of your own in {VARIABLE}")
    passphrase = given or drawn()
    line = progress(quiet=manner.quiet)
    try:
        result = encrypted(order, manner, passphrase, tell=line, begun=lambda: forget(manner.root))
    except Refused as refused:
        return refused_told(manner, refused)
    finally:
        if line:
            line.clear()
    errors_told(manner, result.made.findings)
    left_out_told(manner, result.made.binding.way)
    manner.say(f"{count(result.pages, 'page')} in {order.out}, encrypted.")
    if not given:
        manner.say("The passphrase. It is shown only now, and kept nowhere:")
        print(passphrase)
    return Exit.DONE


def _given(order: Order, file: Path | None, environment: Mapping[str, str]) -> str:
    """The passphrase that was given; empty where one is to be drawn. Raises click.UsageError for one that is unfit."""
    from plansite.sealing.passphrase import fault_of

    own = environment.get(VARIABLE)
    if own is not None and file is not None:
        raise click.UsageError(f"there are two passphrases, one in {VARIABLE} and one in {file}; give one of them")
    if own is None and file is None:
        return ""
    phrase = _read(order, file) if file else own or ""
    settings, _ = settings_of((order.root / FILE).read_bytes())
    fault = fault_of(phrase, (settings.title, *settings.title.split(), "plansite", order.root.resolve().name))
    if fault:
        raise click.UsageError(f"the passphrase in {file or VARIABLE} cannot be used: {fault}")
    return phrase


def _read(order: Order, file: Path) -> str:
    """Raises click.UsageError for a file that could be published or committed, and OSError."""
    for folder in (order.root, order.out):
        if file.resolve().is_relative_to(folder.resolve()):
            raise click.UsageError(f"{file} lies in {folder}; keep the passphrase where no site is made or published")
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file} is not a text file") from error
