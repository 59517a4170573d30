"""The recipe of one nginx with a copy for each audience: each name shows its own copy and no other."""

from __future__ import annotations

import http.client
import itertools
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.conftest import PASSWORDS
from tests.access.recipes import recipe
from tests.access.server import NAMES, Answer, Here, Running, login, running

pytestmark = pytest.mark.slow

#: Roads that might lead from one copy into another.
ROADS = (
    "/{}/index.html",
    "/../{}/index.html",
    "/%2e%2e/{}/index.html",
    "/..%2f{}/index.html",
    "/plans/..%5c..%5c..%5c{}/index.html",
    "/static/../../{}/plans/house/actions/{}.html",
    "//../{}/plans/house/actions/{}.html",
    "/sites/{}/index.html",
    "/static../{}/index.html",
)


@pytest.fixture
def server(project: Path, folder: Path, sites: Path) -> Iterator[Running]:
    """An nginx that follows the recipe."""
    with running(recipe(project, "nginx for each audience"), Here(folder=folder, sites=sites)) as server:
        yield server


def _ask(server: Running, audience: str, path: str, greeted: str | None = None) -> Answer:
    """With the password of that copy, if it has one."""
    fields = {"Authorization": login("anna", PASSWORDS[audience])} if audience in PASSWORDS else {}
    return server.ask(NAMES[audience], path, greeted=greeted, **fields)


@pytest.mark.parametrize("audience", NAMES)
def test_each_name_shows_its_own_copy(server: Running, sites: Path, audience: str) -> None:
    """Every page of it, byte for byte, whichever of the names the handshake was for."""
    for greeted, page in itertools.product(NAMES.values(), (sites / audience).rglob("*.html")):
        answer = _ask(server, audience, "/" + page.relative_to(sites / audience).as_posix(), greeted)
        assert (answer.status, answer.body) == (200, page.read_bytes()), page


@pytest.mark.parametrize(("audience", "other"), [*itertools.permutations(NAMES, 2)])
def test_no_road_leads_into_another_copy(server: Running, sites: Path, audience: str, other: str) -> None:
    """Neither a path that climbs, nor a page that only the other copy has."""
    ours, theirs = ({file.read_bytes() for file in (sites / each).rglob("*.html")} for each in (audience, other))
    for road in ROADS:
        answer = _ask(server, audience, road.format(other, other))
        assert answer.status in {400, 404}, road
        assert answer.body in ours or b"<center>nginx" in answer.body, road
        assert answer.body not in theirs - ours, road


@pytest.mark.parametrize("audience", PASSWORDS)
def test_a_copy_that_is_not_public_asks_for_its_own_password(server: Running, audience: str) -> None:
    """That of another copy is none, whichever of the names the handshake was for."""
    (other,) = {*PASSWORDS} - {audience}
    for greeted in NAMES.values():
        assert server.ask(NAMES[audience], "/", greeted=greeted).status == 401
        wrong = server.ask(NAMES[audience], "/", greeted=greeted, Authorization=login("anna", PASSWORDS[other]))
        assert wrong.status == 401


@pytest.mark.parametrize("name", ["other.example.org", "localhost"])
def test_another_name_is_told_nothing(server: Running, name: str) -> None:
    """A handshake for it fails; a request for it in another's handshake, or at port 80, is cut off."""
    with pytest.raises(ssl.SSLError):
        server.ask(name, "/")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        server.ask(name, "/", greeted=NAMES["public"])
    assert server.ask_plainly(name) == b""


@pytest.mark.parametrize("name", NAMES.values())
def test_plain_http_leads_to_https_under_the_same_name(server: Running, name: str) -> None:
    """Nothing else is said at port 80."""
    assert f"\r\nLocation: https://{name}/a/b.html?c\r\n".encode() in server.ask_plainly(name)
