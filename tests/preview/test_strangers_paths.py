"""Whatever address a stranger asks the real preview for, only the build is answered."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.preview.strangers import CANARY, Running

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("next_is_answered")]

_STARTS = [
    "/",
    "/static/",
    "/plans/house/actions/",
    "/static/site.css/",
    "/_plansite/",
    "/files/",
    "/C:/",
    "http://AUTHORITY/",
]
_UP = [
    "..",
    "%2e%2e",
    "%2E.",
    ".%2e",
    "%252e%252e",
    "%25252e%25252e",
    "..%00",
    "%00..",
    "%c0%ae%c0%ae",
    "%e0%80%ae%e0%80%ae",
    "%f0%80%80%ae.",
    "%uff0e%uff0e",
    "%ef%bc%8e%ef%bc%8e",
    "\N{FULLWIDTH FULL STOP}" * 2,
    "\N{TWO DOT LEADER}",
    "%e2%80%a5",
    "..;",
    "..;a=b",
    "%2e%2e%3b",
    "..%20",
    "..%09",
    "...",
    "....//..",
    "..?",
    "..#",
]
_SLASH = [
    "/",
    "\\",
    "%2f",
    "%5c",
    "%252f",
    "%255c",
    "//",
    "/./",
    "/;/",
    "%c0%af",
    "%c1%9c",
    "%e0%80%af",
    "%ef%bc%8f",
    "%e2%88%95",
]
_NAMES = [
    "canary.txt",
    "site/canary.txt",
    ".git/config",
    ".plansite/note",
    "plansite.yaml",
    "content/plans/house/unlinked.txt",
    ".env",
    "etc/passwd",
]


def only_the_build(preview: Running, target: str) -> None:
    """The address is refused or not found, and nothing that stands around the build comes with that."""
    reply = preview.asked(target)
    assert reply.status in {400, 403, 404}, target
    assert CANARY.encode() not in reply.body
    assert b"root:" not in reply.body


@pytest.mark.parametrize("up", _UP)
def test_no_spelling_of_a_step_upwards_leads_out(preview: Running, up: str) -> None:
    """Each spelling with each slash, below each kind of address, one step and many: nothing is found."""
    names = itertools.cycle(_NAMES)
    for slash, start, times in itertools.product(_SLASH, _STARTS, (1, 4)):
        only_the_build(preview, start.replace("AUTHORITY", preview.authority) + (up + slash) * times + next(names))


@pytest.mark.parametrize(
    "target",
    [
        *(f"/{name}" for name in _NAMES),
        *(f"//{name}" for name in _NAMES),
        *(f"/_plansite/{name}" for name in ("server.py", "..%2fserve%2fserver.py", "client.js/", "client.js%00", "")),
        "/TOP/canary.txt",
        "//TOP/canary.txt",
        "/%2fTOP/canary.txt",
        "/.//TOP/canary.txt",
        "http://AUTHORITY//TOP/canary.txt",
        "http://AUTHORITY/TOP/canary.txt",
        "http:///TOP/canary.txt",
        "http://AUTHORITY@example.org/",
        "HTTP://example.org/index.html",
        "https://AUTHORITY/index.html",
        "file:///TOP/canary.txt",
        "file://localhost/TOP/canary.txt",
        "\\TOP\\canary.txt",
        "/\\TOP\\canary.txt",
        "/C:/Windows/win.ini",
        "/C:%5cWindows%5cwin.ini",
        "/C%3a/Windows/win.ini",
        "C:/Windows/win.ini",
        "/%5c%5chost%5cshare%5ca",
        "//host/share/a",
        "/~root/.profile",
        "/%7e/.profile",
        "/proc/self/environ",
        "/dev/stdin",
        "/NUL",
        "/con.html",
        "/public/index.html",
        "/files/plans/house/unlinked.txt",
        "/files/plans/house/outside.txt",
        "/files/plans/house/",
        "/index.html%00",
        "/index.html%00.css",
        "/%00/index.html",
        "/index.html;a=b",
        "/;/index.html",
        "/index.html/",
        "/index.html/.",
        "/index.html%20",
        "/index.html.",
        "/index.html::$DATA",
        "/INDEX.HTML",
        "/./index.html",
        "/.",
        "/..",
        "//index.html",
        "/%2findex.html",
        "/static/%2e%2e/index.html",
        "/static/../plansite.yaml",
        "*",
        "index.html",
        "?",
        "#",
        "/%",
        "/%0",
        "/%zz",
        "/%ff",
        "/%ed%a0%80",
    ],
)
def test_what_is_not_an_address_of_the_build_is_not_found(preview: Running, target: str) -> None:
    """Files beside the build, whole paths of the disk, drives, devices, other schemes, and near misses."""
    top = str(preview.site.parent).lstrip("/")
    only_the_build(preview, target.replace("TOP", top).replace("AUTHORITY", preview.authority))


@pytest.mark.parametrize(
    "folder", ["/static", "/static/", "/plans/house/actions", "/plans/house/actions/", "/files", "/files/", "/data/"]
)
def test_folders_are_not_listed(preview: Running, folder: str) -> None:
    """A folder without a page of its own is not found, and nothing in it is named."""
    reply = preview.asked(folder)
    assert reply.status == 404
    assert reply.body == preview.asked("/no-such-page.html").body


def test_what_is_answered_holds_nothing_from_outside(preview: Running) -> None:
    """No file of the build has words that stand around it, also not where content links to them."""
    paths = [
        path.relative_to(preview.site / "public")
        for path in sorted((preview.site / "public").rglob("*"))
        if path.is_file()
    ]
    asked = {path: preview.asked(f"/{path.as_posix()}") for path in paths if path.name != ".plansite.json"}
    assert {reply.status for reply in asked.values()} == {200}
    assert Path("plans/house/actions/door.html") in asked
    assert [path for path, reply in asked.items() if CANARY.encode() in reply.body] == []


_PIECES = st.sampled_from(
    [*_UP, *_SLASH, *_NAMES, *_STARTS, "/index.html", "static", "%2e", "%", "?", "#", ";", "@", ":", "é"]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=3)), max_size=8).map("".join))
def test_no_mixture_leads_out(preview: Running, target: str) -> None:
    """Whatever is put together from these, nothing from around the build is answered."""
    data = f"GET {target} HTTP/1.1\r\nHost: {preview.authority}\r\n\r\n".encode("utf-8", "surrogatepass")
    assert CANARY.encode() not in preview.raw(data, done=True)
