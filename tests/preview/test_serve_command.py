"""The command as people run it: a process of its own over a real site."""

from __future__ import annotations

import os
import re
import signal
import socket
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.preview.process import running
from tests.sites import write

ACTION = "---\ntitle: {title}\nstatus: in progress\nowner: Caretaker\ndue: 2025-02-01\n---\nWords.\n"
DOOR = "content/plans/house/actions/door.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one action."""
    files = {
        "plansite.yaml": "title: Test site\ntoday: 2025-01-20\n",
        "content/plans/house/plan.md": "---\ntitle: The house\nobjective: A sound house.\n---\n",
        DOOR: ACTION.format(title="Mend the door"),
    }
    return write(tmp_path / "site", files)


#: The command with a build that never ends.
ENDLESS = """
import sys, threading
from plansite.cli import main
from plansite.cli.commands import serve
def build(*_):
    print("building", flush=True)
    threading.Event().wait()
serve.PreviewSite.build = build
sys.exit(main.main(sys.argv[1:]))
"""


def page(address: str) -> str:
    """A page as it is served."""
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310  (our own address)
        return str(answer.read().decode())


def test_a_session_from_start_to_stop(site: Path) -> None:
    """It says what it built, where it answers and what it watches, each rebuild in a line, and ends with 0."""
    with running(site) as preview:
        preview.until(r"^ready in \d+\.\d\d s$")
        address = preview.until(r"^http://127\.0\.0\.1:\d+/$")[0]
        preview.until(r"^Watching plansite\.yaml and content\. Press Ctrl-C to stop\.$")
        assert "Test site" in page(address)
        (site / DOOR).write_text(ACTION.format(title="Mend the gate"))
        preview.until(rf"^{re.escape(DOOR)}: ready in \d+\.\d\d s$")
        assert "Mend the gate" in page(f"{address}plans/house/actions/door.html")
        assert preview.stop() == 0
        assert preview.lines[-1] == "Stopped.\n"
        assert "Traceback" not in "".join(preview.lines)


#: The command where the system reports no change at all.
DEAF = """
import sys
from watchdog.observers import Observer
Observer.schedule = lambda *_, **__: None
from plansite.cli import main
sys.exit(main.main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_saves_are_found_by_looking(site: Path) -> None:
    """With --poll a save is noticed on a drive that reports none, and the terminal says how."""
    with running(site, "--poll", program=("-c", DEAF)) as preview:
        preview.until(r"^The files are checked once a second for changes\.$")
        (site / DOOR).write_text(ACTION.format(title="Mend the gate"))
        preview.until(rf"^{re.escape(DOOR)}: ready in \d+\.\d\d s$")


@pytest.mark.slow
def test_an_end_in_the_midst_of_a_build_is_told_apart(site: Path) -> None:
    """Ctrl-C during a build does not wait for it, and gives the code for a command that was interrupted."""
    with running(site, program=("-c", ENDLESS)) as preview:
        preview.until("^building$")
        assert preview.stop() == 130
        assert preview.lines[-1] == "Stopped.\n"
        assert "Traceback" not in "".join(preview.lines)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there a process is ended without being asked")
def test_a_system_that_asks_for_an_end_gets_it(site: Path) -> None:
    """A service manager's request to end is met as Ctrl-C is."""
    with running(site) as preview:
        assert preview.address
        assert preview.stop(signal.SIGTERM) == 0
        assert preview.lines[-1] == "Stopped.\n"


@pytest.mark.slow
def test_quiet_says_the_address_alone(site: Path) -> None:
    """With --quiet the only line is the address, so that a program can read it."""
    with running(site, "--quiet") as preview:
        address = preview.until(r"^http://\S+/$")[0]
        assert "Test site" in page(address)
        assert preview.stop() == 0
        assert preview.lines == [f"{address}\n"]


def test_a_broken_file_is_named_and_the_last_good_site_stays(site: Path) -> None:
    """A new error is said with file and line, and the pages stay as they were; settings that break do the same."""
    with running(site) as preview:
        address = preview.address
        (site / DOOR).write_text(ACTION.format(title="Fix: the door"))
        preview.until("with 1 new error; you still see the last good site$")
        preview.until(rf"^  {re.escape(DOOR)}:2:\d+: ")
        assert "Mend the door" in page(f"{address}plans/house/actions/door.html")
        (site / "plansite.yaml").write_text("format: 999\n")
        preview.until(r"cannot be built \(.*\); you still see the last good site$")
        preview.until(r"^  plansite\.yaml:1:9: ")
        assert "Mend the door" in page(f"{address}plans/house/actions/door.html")


@pytest.mark.slow
def test_a_port_in_use_is_said(site: Path) -> None:
    """Where the port is taken the next free one is used, and that is said."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with running(site, "--port", str(port)) as preview:
            taken = preview.until(rf"^Port {port} is in use, so port (\d+) is used instead\.$")[1]
            assert preview.address == f"http://127.0.0.1:{taken}/"


@pytest.mark.slow
def test_an_open_network_is_said(site: Path) -> None:
    """Asked to answer on every network, it says that others can read."""
    with running(site, "--host", "0.0.0.0") as preview:  # noqa: S104  (the warning is what is tested)
        preview.until("^http://127")
        preview.until("^Everybody on your network can read this preview")


@pytest.mark.parametrize(
    ("host", "code", "words"),
    [("no such", 2, "there is no host “no such”"), ("192.0.2.1", 4, "cannot answer at 192.0.2.1")],
)
def test_a_host_that_cannot_be_had_is_an_error(site: Path, host: str, code: int, words: str) -> None:
    """A name of no computer is a fault of usage, and an address of another one of the machine; both say so."""
    with running(site, "--host", host) as preview:
        preview.until(words)
        assert preview.process.wait(20) == code


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="BROWSER names a program in another way there")
def test_the_browser_is_opened(site: Path, tmp_path: Path) -> None:
    """With --open the browser is called with the address."""
    (tmp_path / "browser").write_text(f'#!/bin/sh\necho "opened $1" > {tmp_path}/called\necho called\n')
    (tmp_path / "browser").chmod(0o755)
    with running(site, "--open", BROWSER=f"{tmp_path}/browser %s") as preview:
        address = preview.until(r"^http://\S+/$")[0]
        preview.until("^called$")
        assert (tmp_path / "called").read_text() == f"opened {address}\n"


@pytest.mark.browser
@pytest.mark.slow
def test_an_edit_reaches_the_open_page(site: Path, browser: Browser) -> None:
    """A page of a real site follows its file; a broken file lies over the last good page until it is mended."""
    with running(site) as preview:
        window = browser.new_page()
        window.goto(f"{preview.address}plans/house/actions/door.html")
        expect(window.get_by_role("heading", level=1)).to_contain_text("Mend the door")
        (site / DOOR).write_text(ACTION.format(title="Mend the gate"))
        expect(window.get_by_role("heading", level=1)).to_contain_text("Mend the gate")
        (site / DOOR).write_text(ACTION.format(title="Fix: the gate"))
        expect(window.get_by_role("alertdialog")).to_contain_text(f"{DOOR}:2")
        expect(window.locator("h1")).to_contain_text("Mend the gate")
        (site / DOOR).write_text(ACTION.format(title="Mend the fence"))
        expect(window.get_by_role("heading", level=1)).to_contain_text("Mend the fence")
        expect(window.get_by_role("alertdialog")).to_have_count(0)
        window.close()
