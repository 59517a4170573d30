"""A real nginx with the settings that our page about hosting shows: same headers everywhere, and the best mark."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.publish.headers import response_headers
from tests.observatory import nginx
from tests.observatory.host import Papers
from tests.observatory.observatory import scanned
from tests.observatory.test_observatory import BEST, SITE
from tests.sites import write

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An nginx that runs, and how to ask it."""

    port: int
    papers: Papers
    folder: Path

    def get(self, path: str, **fields: str) -> http.client.HTTPResponse:
        """The answer to one request over https."""
        tls = ssl.create_default_context(cafile=self.papers.authority)
        connection = http.client.HTTPSConnection("localhost", self.port, context=tls, timeout=20)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in fields.items()})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer


@pytest.fixture(scope="module", params=["as shown", "with the file that is printed"])
def running(
    request: pytest.FixtureRequest, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """The settings as shown, or with the printed file of headers in place of theirs."""
    root = write(tmp_path_factory.mktemp("site"), {"plansite.yaml": f"title: Test site\nbase_url: {SITE.base_url}\n"})
    assert main(["build", "--site", str(root)]) == 0
    folder, papers, settings = tmp_path_factory.mktemp("nginx"), Papers(root), nginx.shown(project)
    if request.param != "as shown":
        with pytest.MonkeyPatch.context() as patch:
            printed: list[str] = []
            patch.setattr("click.echo", lambda text, **_: printed.append(text.decode()))
            assert main(["headers", "nginx", "--site", str(root)]) == 0
        (folder / "headers.conf").write_text("".join(printed))
        settings = nginx.with_included(settings, folder / "headers.conf")
        assert "add_header" not in settings
    with nginx.running(settings, root / "public", papers, folder) as port:
        yield Running(port=port, papers=papers, folder=folder)


def test_it_gets_the_best_mark(running: Running) -> None:
    """The scanner gives A+."""
    assert scanned(running.port, running.papers.authority) == BEST


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/index.html", 200),
        ("/static/site.css", 200),
        ("/robots.txt", 200),
        ("/nothing.html", 404),
        ("/static/", 403),
        ("/_headers", 404),
        ("/.plansite.json", 404),
        ("/static/.hidden", 404),
    ],
)
def test_every_answer_has_each_header_once(running: Running, path: str, status: int) -> None:
    """Files, faults and what is kept back: each header stands there once, with its value."""
    answer = running.get(path)
    assert answer.status == status
    for name, value in response_headers(SITE):
        assert answer.headers.get_all(name) == [value]


def test_what_has_not_changed_has_them_too(running: Running) -> None:
    """A browser that asks whether its copy still holds is told so with the headers."""
    mark = running.get("/").headers["ETag"]
    answer = running.get("/", If_None_Match=mark)
    assert answer.status == 304
    for name, value in response_headers(SITE):
        assert answer.headers.get_all(name) == [value]


def test_plain_http_leads_to_https(running: Running) -> None:
    """Port 80 answers with nothing but the way to the same page over https."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(20)
        sock.connect(str(running.folder / "plain"))
        sock.sendall(b"GET /a/b.html?c HTTP/1.0\r\nHost: plans.example.org\r\n\r\n")
        answer = sock.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 301 ")
    assert b"\r\nLocation: https://plans.example.org/a/b.html?c\r\n" in answer
