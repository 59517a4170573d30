"""The recipe for a password on nginx: without it nothing of the site, with it the site, and headers with both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plansite.model.settings import Settings
from plansite.publish.headers import response_headers
from tests.access.conftest import PASSWORDS
from tests.access.recipes import recipe
from tests.access.server import NAMES, Answer, Here, Running, login, running

pytestmark = pytest.mark.slow

STAFF = NAMES["internal"]
RIGHT = login("anna", PASSWORDS["internal"])
HEADERS = response_headers(Settings(base_url="https://staff.example.org/"))


@pytest.fixture
def server(project: Path, folder: Path, sites: Path) -> Iterator[Running]:
    """An nginx that follows the recipe."""
    with running(recipe(project, "nginx with a password"), Here(folder=folder, sites=sites)) as server:
        yield server


def _has_each_header_once(answer: Answer) -> bool:
    return all(answer.headers.get_all(name) == [value] for name, value in HEADERS)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Authorization": login("anna", "wrong")},
        {"Authorization": login("", "")},
        {"Authorization": login("anna", PASSWORDS["partners"])},
        {"Authorization": "Bearer " + RIGHT.removeprefix("Basic ")},
    ],
    ids=["none", "wrong", "empty", "of another copy", "not as a password"],
)
def test_without_the_password_nothing_is_told(server: Running, paths: tuple[str, ...], fields: dict[str, str]) -> None:
    """Pages, data, feeds, evidence, what is kept back or not there: each answers 401, all with the same few words, and with the headers."""
    answers = {path: server.ask(STAFF, path, **fields) for path in paths}
    assert {path: answer.status for path, answer in answers.items() if answer.status != 401} == {}
    assert len({answer.body for answer in answers.values()}) == 1
    assert b"seen-by" not in answers["/"].body
    assert b"Test site" not in answers["/"].body
    assert all(_has_each_header_once(answer) for answer in answers.values())
    assert {answer.headers["ETag"] or answer.headers["Last-Modified"] for answer in answers.values()} == {None}


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_no_other_method_is_a_way_in(server: Running, method: str) -> None:
    """Whatever is asked for in whatever way, 401 is the answer."""
    assert server.ask(STAFF, "/index.html", method=method).status == 401


def test_with_the_password_the_site_is_there(server: Running, sites: Path, paths: tuple[str, ...]) -> None:
    """Each file that readers are to have comes as it was built, with the headers."""
    files = {path: sites / "internal" / path.removeprefix("/") for path in {*paths} - {"/_headers", "/.plansite.json"}}
    there = {path: file for path, file in files.items() if file.is_file()}
    assert any(path.endswith("internal.pdf") for path in there)
    for path, file in there.items():
        answer = server.ask(STAFF, path, Authorization=RIGHT)
        assert (answer.status, answer.body) == (200, file.read_bytes()), path
        assert _has_each_header_once(answer), path


@pytest.mark.parametrize("path", ["/no-such-page", "/_headers", "/.plansite.json", "/.git/config"])
def test_with_the_password_what_is_not_there_is_said_by_the_site(server: Running, sites: Path, path: str) -> None:
    """The site's own page, with the headers, for what is kept back as well."""
    answer = server.ask(STAFF, path, Authorization=RIGHT)
    assert (answer.status, answer.body) == (404, (sites / "internal" / "404.html").read_bytes())
    assert _has_each_header_once(answer)


def test_plain_http_leads_to_https(server: Running) -> None:
    """Nobody is asked for a password over plain http."""
    answer = server.ask_plainly(STAFF)
    assert answer.startswith(b"HTTP/1.1 301 ")
    assert b"\r\nLocation: https://staff.example.org/a/b.html?c\r\n" in answer
    assert b"WWW-Authenticate" not in answer


def test_the_file_of_readers_holds_no_password(folder: Path) -> None:
    """It has a name and what was worked out from the password."""
    held = (folder / "readers-internal").read_text("utf-8")
    assert held.startswith("anna:$6$")
    assert "violin" not in held
