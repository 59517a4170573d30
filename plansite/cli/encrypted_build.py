"""`plansite build --encrypt`: finds or draws the passphrase, builds, and prints the result."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from plansite.cache.last_build import forget_last_build
from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode
from plansite.cli.messages import create_progress_line, print_errors, print_left_out, print_refusal
from plansite.content.files import CONTENT_FOLDER
from plansite.content.settings import load_settings
from plansite.file_access import list_files
from plansite.model.formatting import format_count
from plansite.pipeline.published_build import BuildRequest
from plansite.pipeline.refusals import RefusedBuildError

PASSPHRASE_VARIABLE = "PLANSITE_PASSPHRASE"  # noqa: S105  (the name of an environment variable)
_REQUIRED_LIBRARIES = ("cryptography", "xkcdpass", "zxcvbn")


def run_encrypted_build(
    context: CommandContext,
    request: BuildRequest,
    passphrase_file: Path | None,
    environment: Mapping[str, str] = os.environ,
) -> int:
    """Build, encrypt and publish. Returns the exit code. Raises click.UsageError and what a build raises.

    A generated passphrase is printed once, after publishing, and stored nowhere.
    """
    _require_libraries()
    from plansite.encryption.passphrase import generate_passphrase
    from plansite.pipeline.encrypted_build import publish_encrypted_site

    given = _find_passphrase(request, passphrase_file, environment)
    if not given and environment.get("CI"):
        raise click.UsageError(f"a log would keep the passphrase; set one of your own in {PASSPHRASE_VARIABLE}")
    passphrase = given or generate_passphrase()
    progress = create_progress_line(quiet=context.quiet)
    try:
        build = publish_encrypted_site(
            request, context, passphrase, report_progress=progress, on_start=lambda: forget_last_build(context.root)
        )
    except RefusedBuildError as error:
        return print_refusal(error)
    finally:
        if progress:
            progress.clear()
    print_errors(context, build.result.findings)
    print_left_out(context, build.result.build)
    context.print_message(f"{format_count(build.pages, 'page')} in {request.out}, encrypted.")
    if not given:
        context.print_message("The passphrase. It is shown only now and is not stored:")
        print(passphrase)
    return ExitCode.SUCCESS


def _require_libraries() -> None:
    """Raise click.UsageError where a library that encryption needs is not installed."""
    try:
        import plansite.encryption.passphrase
        import plansite.pipeline.encrypted_build  # noqa: F401  (imported for its own imports)
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library in _REQUIRED_LIBRARIES:
            raise click.UsageError(
                f"--encrypt needs the library {library}, which is not installed. "
                "Install it with: pip install 'plansite[encrypt]'"
            ) from error
        raise


def _find_passphrase(request: BuildRequest, passphrase_file: Path | None, environment: Mapping[str, str]) -> str:
    """The passphrase that was given; empty where none was. Raises click.UsageError for one that cannot be used."""
    from plansite.encryption.passphrase import find_weakness

    from_environment = environment.get(PASSPHRASE_VARIABLE)
    if from_environment is not None and passphrase_file is not None:
        raise click.UsageError(
            f"there are two passphrases, one in {PASSPHRASE_VARIABLE} and one in {passphrase_file}; give one of them"
        )
    if from_environment is None and passphrase_file is None:
        return ""
    passphrase = _read_passphrase(request, passphrase_file) if passphrase_file else from_environment or ""
    weakness = find_weakness(passphrase, _list_guessable(request.root))
    if weakness:
        raise click.UsageError(
            f"the passphrase in {passphrase_file or PASSPHRASE_VARIABLE} cannot be used: {weakness}. "
            "If you give none, plansite makes one of six words"
        )
    return passphrase


def _list_guessable(root: Path) -> tuple[str, ...]:
    """Words that are easy to guess for whoever knows the site: its title, and the names of its plans and people."""
    settings = load_settings(root)
    paths = (path.split("/") for path in list_files(root / CONTENT_FOLDER))
    names = sorted({parts[1].removesuffix(".md") for parts in paths if len(parts) > 1})
    return (settings.title, settings.contact, settings.base_url, *names, "plansite", root.resolve().name)


def _read_passphrase(request: BuildRequest, passphrase_file: Path) -> str:
    """The text of the file. Raises click.UsageError for a file that could be published or committed, and OSError."""
    for folder in (request.root, request.out):
        if passphrase_file.resolve().is_relative_to(folder.resolve()):
            raise click.UsageError(
                f"{passphrase_file} is in {folder}; keep the passphrase outside the site and the published folder"
            )
    try:
        return passphrase_file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{passphrase_file} is not a text file") from error
