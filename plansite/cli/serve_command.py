"""`plansite serve`: preview the site while its files are edited."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Coroutine
from functools import partial

import click

from plansite.cli.manners import Exit, Manner, with_site
from plansite.model.errors import SiteError
from plansite.model.words import count, listed
from plansite.pipeline.beside import store_of
from plansite.pipeline.lazily import Workshop
from plansite.pipeline.way import examined
from plansite.serve.hosts import Hosts
from plansite.serve.preview import Attempt, Preview
from plansite.serve.server import listening
from plansite.serve.session import Voice, serve
from plansite.serve.watch import counted_from, folders

_MOST_LINES = 20


@click.command()
@with_site
@click.option("--host", default="127.0.0.1", show_default=True, help="The name or number to answer at.")
@click.option("--port", type=click.IntRange(0, 65535), default=4321, show_default=True, help="The port to answer at.")
@click.option("--open", "open_page", is_flag=True, help="Open the site in the browser.")
def command(manner: Manner, host: str, port: int, open_page: bool) -> int:
    """Preview the site while you edit.

    Each save is built at once and the open pages follow. Only this computer can read them, unless --host says
    otherwise. End with Ctrl-C.
    """
    host = host.strip("[]")
    sock = _socket(host, port)
    hosts = Hosts(host=host, port=sock.getsockname()[1])
    if port not in {0, hosts.port}:
        manner.say(f"Port {port} is in use, so port {hosts.port} is taken instead.")
    return _run(manner, sock, hosts, open_page)


def _socket(host: str, port: int) -> socket.socket:
    try:
        return listening(host, port)
    except (socket.gaierror, UnicodeError):
        wrong = f"there is no host “{host}” on this computer; leave --host out to use 127.0.0.1"
        raise click.UsageError(wrong) from None
    except OSError as error:
        reason = error.strerror or error
        raise OSError(error.errno, f"cannot answer at {host}, port {port}: {reason}") from error


def _run(manner: Manner, sock: socket.socket, hosts: Hosts, open_page: bool) -> int:
    _read_ahead(manner)
    preview = Preview(manner.root, Workshop(manner.root, manner).built)
    ready = partial(_ready, manner, hosts, open_page)
    voice = Voice(built=partial(_built, manner), ready=ready, broken=manner.say)
    try:
        asyncio.run(_until_stopped(serve(manner.root, preview, sock, hosts, voice)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        manner.say("\nStopped.")
    finally:
        sock.close()
    return Exit.INTERRUPTED if preview.building else Exit.DONE


def _read_ahead(manner: Manner) -> None:
    """Read the site while there is one thread, so that all processors can help; faults are told by the first build."""
    with contextlib.suppress(SiteError, OSError):
        examined(manner.root, manner, store_of(manner.root))


async def _until_stopped(session: Coroutine[None, None, None]) -> None:
    """Go on until Ctrl-C, or until the system asks for an end.

    Left to itself, Python on Unix can miss a signal that comes just before the loop falls asleep.
    """
    task = asyncio.current_task()
    if task is not None and os.name == "posix":
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, task.cancel)
    await session


def _ready(manner: Manner, hosts: Hosts, open_page: bool) -> None:
    click.echo(hosts.address)
    if not hosts.loopback:
        manner.say("Everybody on your network can read this preview.")
    watched = [counted_from(manner.root, path) for path in folders(manner.root) if path.is_dir()]
    manner.say(f"Watching {_visible(listed(['plansite.yaml', *watched]))}. Press Ctrl-C to stop.")
    if open_page:  # a browser in the terminal would otherwise hold everything up
        threading.Thread(target=webbrowser.open, args=(hosts.address,), daemon=True).start()


def _built(manner: Manner, attempt: Attempt) -> None:
    manner.say(_visible(_line(attempt)))
    faults = attempt.shown.faults
    for fault in faults[:_MOST_LINES]:
        manner.say(f"  {_visible(str(fault))}")
    if len(faults) > _MOST_LINES:
        manner.say(f"  and {count(len(faults) - _MOST_LINES, 'more fault', 'more faults')}")


def _line(attempt: Attempt) -> str:
    """One line for each build: what was saved, how long it took, and what is shown."""
    cause = f"{_saved(attempt.paths)}: " if attempt.paths else ""
    took = f"in {attempt.seconds:.2f} s"
    shown = attempt.shown
    if not shown.faults:
        return f"{cause}ready {took}"
    stays = "you still see the last good site" if shown.built else "there is nothing to show yet"
    if shown.held:
        return f"{cause}ready {took}, with {count(len(shown.faults), 'new error')}; {stays}"
    return f"{cause}cannot be built ({took}); {stays}"


def _saved(paths: tuple[str, ...]) -> str:
    return paths[0] if len(paths) == 1 else count(len(paths), "file")


def _visible(text: str) -> str:
    """Words from files as they are safe to print: a name must not steer the terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
