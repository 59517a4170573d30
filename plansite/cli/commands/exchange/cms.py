"""`plansite cms`: the configuration and the page of a content editor for people who do not use git."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cli.context import CommandContext, print_path
from plansite.cli.exit_codes import ExitCode
from plansite.cli.site_options import site_options
from plansite.cms.backend import UnknownRepositoryError
from plansite.cms.configuration import GENERATED_NOTE, format_configuration
from plansite.cms.editor_page import CONFIGURATION_FILE, PAGE_FILE, build_page_files
from plansite.cms.packages import EditorPackages, MissingPackageError, find_packages
from plansite.cms.site_editor import list_package_folders, load_editor_request
from plansite.file_access import read_plain_file
from plansite.scaffold.atomic_files import replace_file
from plansite.scaffold.new_document import TemplateError

#: The configuration of a large site takes a few hundred KiB.
_MAX_CONFIGURATION = 16 * 1024 * 1024


@click.command("cms")
@click.option(
    "-o", "--output", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path),
    help="Write the page of the editor into this folder, ready for a web host.",
)  # fmt: skip
@click.option(
    "--packages", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with the packages of the editor. Default: the site, or here.",
)  # fmt: skip
@site_options
def command(context: CommandContext, output: Path | None, packages: Path | None) -> int:
    """Print the configuration of a content editor, in which people without git change the files.

    It is for Sveltia CMS where the repository is on GitHub or GitLab, and for Decap CMS on Forgejo. With -o, the whole
    page is written. To try it on this computer, run “plansite serve --cms”.
    """
    try:
        request = load_editor_request(context.root)
        if output is None:
            click.echo(format_configuration(request).encode(), nl=False)
            return ExitCode.SUCCESS
        _ensure_ours(output)
        installed = find_packages(request.program, list_package_folders(context.root, packages))
        _write_page(output, build_page_files(request), installed)
    except (UnknownRepositoryError, MissingPackageError, TemplateError) as error:
        raise click.UsageError(str(error)) from error
    for remark in installed.remarks:
        context.print_message(remark)
    context.print_message("Send this folder to a web host of its own, not into the published site:")
    print_path(output / PAGE_FILE)
    return ExitCode.SUCCESS


def _ensure_ours(folder: Path) -> None:
    """Raise click.UsageError unless the folder is empty, or holds a page that was written before."""
    configuration = folder / CONFIGURATION_FILE
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        is_ours = read_plain_file(configuration, _MAX_CONFIGURATION).startswith(GENERATED_NOTE.encode())
    except OSError:
        is_ours = False
    if not is_ours:
        raise click.UsageError(f"there are other files in {folder}; name a new folder")


def _write_page(folder: Path, own: dict[str, bytes], installed: EditorPackages) -> None:
    """Write the files of the page, the configuration last."""
    read = {name: each if isinstance(each, bytes) else each.read() for name, each in installed.files.items()}
    for name, data in sorted({**read, **own}.items(), key=lambda each: each[0] == CONFIGURATION_FILE):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, data)
