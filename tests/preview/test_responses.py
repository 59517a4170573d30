"""Answers and how they are sent."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest

from plansite.file_access import FileInFolder
from plansite.preview.responses import HttpResponse, guess_content_type, send_response, text_response
from plansite.publish.headers import preview_headers
from tests.preview.served import Reply, heard, parsed


def sent(answer: HttpResponse, *, body: bool = True) -> Reply:
    """What the other side gets."""

    async def run() -> bytes:
        ours, theirs = socket.socketpair()
        _, writer = await asyncio.open_connection(sock=ours)
        theirs.settimeout(20)
        hearing = asyncio.create_task(asyncio.to_thread(heard, theirs))
        try:
            await send_response(writer, answer, with_body=body)
        finally:
            writer.close()
            data = await hearing
            theirs.close()
        return data

    return parsed(asyncio.run(run()))


def test_every_answer_has_the_headers() -> None:
    """The published headers for a preview, and that nothing is to be kept, stand on every answer."""
    reply = sent(text_response(404, "There is no such page."))
    assert reply.status == 404
    assert reply.body == b"There is no such page.\n"
    assert reply.headers["cache-control"] == "no-store"
    for name, value in preview_headers():
        assert reply.headers[name.lower()] == value


def test_a_head_has_the_length_and_no_body(tmp_path: Path) -> None:
    """The answer to HEAD is that to GET without its content, for bytes and for files."""
    file = tmp_path / "a.pdf"
    file.write_bytes(b"12345")
    for content in (b"12345", FileInFolder(tmp_path, "a.pdf")):
        reply = sent(HttpResponse(content=content), body=False)
        assert (reply.headers["content-length"], reply.body) == ("5", b"")


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, 5_000_000])
def test_content_arrives_whole(tmp_path: Path, size: int) -> None:
    """Bytes and files of every size arrive as they are."""
    content = os.urandom(size)
    (tmp_path / "a").write_bytes(content)
    for way in (content, FileInFolder(tmp_path, "a")):
        reply = sent(HttpResponse(content=way))
        assert reply.body == content
        assert int(reply.headers["content-length"]) == size


def test_a_file_that_has_gone_is_not_found(tmp_path: Path) -> None:
    """A file that was removed since the build gives 404."""
    assert sent(HttpResponse(content=FileInFolder(tmp_path, "gone.pdf"))).status == 404


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_hold_the_preview(tmp_path: Path) -> None:
    """A pipe or a folder put in a file's place gives 404 and is not waited for."""
    os.mkfifo(tmp_path / "pipe")
    assert sent(HttpResponse(content=FileInFolder(tmp_path, "pipe"))).status == 404
    assert sent(HttpResponse(content=FileInFolder(tmp_path.parent, tmp_path.name))).status == 404


def test_kinds_are_told_by_the_ending() -> None:
    """Texts say that they are in UTF-8; what is not known is only to be saved."""
    assert guess_content_type("plans/a/index.html") == "text/html; charset=utf-8"
    assert guess_content_type("static/site.CSS") == "text/css; charset=utf-8"
    assert guess_content_type("a.ics") == "text/calendar; charset=utf-8"
    assert guess_content_type("a.png") == "image/png"
    assert guess_content_type("a.exe") == guess_content_type("html") == "application/octet-stream"
