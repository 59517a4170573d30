"""`plansite serve`: preview the site while its files are edited."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Coroutine
from functools import partial
from pathlib import Path

import click

from plansite.cache.site_cache import open_cache
from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode
from plansite.cli.site_options import site_options
from plansite.cms.packages import MissingPackageError, find_packages
from plansite.cms.site_editor import find_repository_top, list_package_folders
from plansite.cms.widgets import EditorProgram
from plansite.model.findings import SiteError
from plansite.model.formatting import format_count, format_list, replace_unprintable
from plansite.pipeline.plan_checks import check_site
from plansite.pipeline.preview_pages.preview_site import PreviewSite
from plansite.preview.drives import reports_all_changes
from plansite.preview.editor import LocalEditor
from plansite.preview.file_watcher import relative_to_root, watched_folders
from plansite.preview.hosts import AllowedHosts
from plansite.preview.routes import EDITOR_PREFIX
from plansite.preview.server import open_listening_socket
from plansite.preview.session import SessionCallbacks, run_session
from plansite.preview.state import Preview, PreviewBuild

_MAX_LINES = 20


@click.command()
@site_options
@click.option("--host", default="127.0.0.1", show_default=True, help="The host name or address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=4321, show_default=True, help="The port to listen on.")
@click.option("--open", "open_page", is_flag=True, help="Open the site in the browser.")
@click.option("--poll", is_flag=True, help="Look for changes once a second, on drives that do not report them.")
@click.option("--lenient", is_flag=True, help="Show a site for partners or the public even if a mark is unclear.")
@click.option(
    "--cms", "packages", metavar="FOLDER", is_flag=False, flag_value=".", type=click.Path(path_type=Path),
    help="Offer the content editor too, from the packages in FOLDER. Default: the site, or here.",
)  # fmt: skip
def command(
    context: CommandContext, host: str, port: int, open_page: bool, poll: bool, lenient: bool, packages: Path | None
) -> int:
    """Preview the site while you edit.

    When you save a file, open pages reload. Only your own computer can read them, unless you use --host. Press Ctrl-C
    to stop.
    """
    editor = _find_editor(context, packages) if packages else None
    host = host.strip("[]")
    sock = _open_socket(host, port)
    hosts = AllowedHosts(host=host, port=sock.getsockname()[1])
    if port not in {0, hosts.port}:
        context.print_message(f"Port {port} is in use, so port {hosts.port} is used instead.")
    return _run(context, sock, hosts, open_page=open_page, poll=poll, is_lenient=lenient, editor=editor)


def _find_editor(context: CommandContext, packages: Path) -> LocalEditor:
    """The content editor with the packages in a folder; `.` stands for the usual ones."""
    try:
        folders = list_package_folders(context.root, None if packages == Path() else packages)
        installed = find_packages(EditorProgram.SVELTIA, folders)
    except MissingPackageError as error:
        raise click.UsageError(str(error)) from error
    for remark in installed.remarks:
        context.print_message(remark)
    return LocalEditor(root=context.root, packages=installed)


def _open_socket(host: str, port: int) -> socket.socket:
    try:
        return open_listening_socket(host, port)
    except (socket.gaierror, UnicodeError):
        wrong = f"there is no host “{host}” on this computer; without --host, plansite uses 127.0.0.1"
        raise click.UsageError(wrong) from None
    except OSError as error:
        reason = error.strerror or error
        raise OSError(error.errno, f"cannot answer at {host}, port {port}: {reason}") from error


def _run(
    context: CommandContext, sock: socket.socket, hosts: AllowedHosts, *, open_page: bool, poll: bool, is_lenient: bool,
    editor: LocalEditor | None,
) -> int:  # fmt: skip
    _warm_cache(context)
    gc.enable()  # the process lives long
    preview = Preview(context.root, PreviewSite(context.root, context, is_lenient=is_lenient).build)
    ready = partial(_print_ready, context, hosts, open_page=open_page, poll=poll, has_editor=editor is not None)
    callbacks = SessionCallbacks(
        on_build=partial(_print_build, context), on_ready=ready, on_internal_error=context.print_message
    )
    session = run_session(context.root, preview, sock, hosts, callbacks, is_polling=poll, editor=editor)
    try:
        asyncio.run(_run_until_stopped(session))
    except (KeyboardInterrupt, asyncio.CancelledError):
        context.print_message("\nStopped.")
    finally:
        sock.close()
    return ExitCode.INTERRUPTED if preview.is_building else ExitCode.SUCCESS


def _warm_cache(context: CommandContext) -> None:
    """Parse and check the site before threads start, so that forked processes can share the work.

    Errors are ignored, because the first build reports them.
    """
    with contextlib.suppress(SiteError, OSError):
        check_site(context.root, context, open_cache(context.root))


async def _run_until_stopped(session: Coroutine[None, None, None]) -> None:
    """Run the session until SIGINT or SIGTERM.

    Without handlers on the event loop, Python on Unix can miss a signal that comes just before the loop waits.
    """
    task = asyncio.current_task()
    if task is not None and os.name == "posix":
        for stop_signal in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(stop_signal, task.cancel)
    await session


def _print_ready(
    context: CommandContext, hosts: AllowedHosts, *, open_page: bool, poll: bool, has_editor: bool
) -> None:
    click.echo(hosts.url)
    if has_editor:
        _print_editor(context, hosts)
    if not hosts.is_loopback:
        context.print_message("Everybody on your network can read this preview.")
    folders = [path for path in watched_folders(context.root) if path.is_dir()]
    names = [relative_to_root(context.root, path) for path in folders]
    context.print_message(
        f"Watching {replace_unprintable(format_list(['plansite.yaml', *names]))}. Press Ctrl-C to stop."
    )
    if poll or not reports_all_changes(path.resolve() for path in (context.root, *folders)):
        context.print_message("The files are checked once a second for changes.")
    if open_page:  # in a thread, because a browser that runs in the terminal blocks until it is closed
        threading.Thread(target=webbrowser.open, args=(hosts.url,), daemon=True).start()


def _print_editor(context: CommandContext, hosts: AllowedHosts) -> None:
    """Where the content editor is, and which folder it asks for."""
    context.print_message(f"Edit in Chrome or Edge: {hosts.url.rstrip('/')}{EDITOR_PREFIX}")
    top = find_repository_top(context.root)
    if top is None:
        context.print_message("The editor works in a git repository only, and these files are in none.")
    else:
        context.print_message(f"Choose “Work with Local Repository” there, and then the folder {top}.")


def _print_build(context: CommandContext, build: PreviewBuild) -> None:
    context.print_message(replace_unprintable(_format_build(build)))
    diagnostics = build.state.diagnostics
    for diagnostic in diagnostics[:_MAX_LINES]:
        context.print_message(f"  {replace_unprintable(str(diagnostic))}")
    if len(diagnostics) > _MAX_LINES:
        context.print_message(f"  and {format_count(len(diagnostics) - _MAX_LINES, 'more problem', 'more problems')}")


def _format_build(build: PreviewBuild) -> str:
    """One line for a build: which files were saved, how long it took, and what the browser shows."""
    cause = f"{_format_saved(build.paths)}: " if build.paths else ""
    duration = f"in {build.seconds:.2f} s"
    state = build.state
    if not state.diagnostics:
        return f"{cause}ready {duration}"
    shown = "you still see the last good site" if state.built else "there is no site to show yet"
    if state.held_build:
        return f"{cause}ready {duration}, with {format_count(len(state.diagnostics), 'new error')}; {shown}"
    return f"{cause}cannot be built ({duration}); {shown}"


def _format_saved(paths: tuple[str, ...]) -> str:
    return paths[0] if len(paths) == 1 else format_count(len(paths), "file")
