"""Under a foreign name, or from another site's page, the real preview answers nothing."""

from __future__ import annotations

import pytest

from plansite.model.settings import Settings
from plansite.publish.headers import preview_headers, published_headers
from tests.preview.served import Reply, heard_until, parsed
from tests.preview.strangers import Running

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("next_is_answered")]

_TARGETS = ["/", "/index.html", "/search-index.js", "/_plansite/events", "/_plansite/status", "/_plansite/client.js"]


def _says_nothing(reply: Reply, *statuses: int) -> None:
    assert reply.status in statuses
    assert b"Test site" not in reply.body
    assert b"data:" not in reply.body
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "example.org:PORT",
        "localhost",
        "localhost:80",
        "localhost:1PORT",
        "localhost.:PORT",
        "localhost.example.org:PORT",
        "127.0.0.1.nip.io:PORT",
        "127.0.0.1:PORT.example.org",
        "127.0.0.1:PORT@example.org",
        "example.org@127.0.0.1:PORT",
        "127.0.0.1:PORT, example.org",
        "127.0.0.1:PORT/",
        "127.0.0.1 :PORT",
        "127.1:PORT",
        "0x7f.1:PORT",
        "0177.0.0.1:PORT",
        "2130706433:PORT",
        "127.0.0.2:PORT",
        "0.0.0.0:PORT",
        "192.168.1.5:PORT",
        "[::]:PORT",
        "[::2]:PORT",
        "[::1",
        "::1:PORT",
        "[::1%25lo]:PORT",
        "[::ffff:127.0.0.1]:PORT",
        "[fe80::1]:PORT",
        "desk.local:PORT",
        "xn--lcalhost-fza:PORT",
        "l\u00f6calhost:PORT",
        "\uff4cocalhost:PORT",
        ":PORT",
        ":",
        "-",
        "*",
        "null",
        "",
    ],
)
def test_a_foreign_name_gets_nothing(preview: Running, host: str) -> None:
    """A name that was turned to this computer, or is only like ours, gets 403 for every address, and no stream."""
    for target in _TARGETS:
        line = f"GET {target} HTTP/1.1\r\nHost: {host.replace('PORT', str(preview.port))}\r\n\r\n"
        _says_nothing(parsed(preview.raw(line.encode())), 403)


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "Host:example.org\r\nHost: OWN\r\n",
        "Host: OWN\r\nHost: OWN\r\n",
        "Host: OWN\r\nhost: example.org\r\n",
        "Host : OWN\r\n",
    ],
)
def test_a_request_has_one_name(preview: Running, lines: str) -> None:
    """Without a name, or with two, it is no request."""
    for target in _TARGETS:
        data = f"GET {target} HTTP/1.1\r\n{lines.replace('OWN', preview.authority)}\r\n".encode()
        _says_nothing(parsed(preview.raw(data)), 400)


def test_a_foreign_name_in_the_address_gets_nothing(preview: Running) -> None:
    """Where the first line names a host as well, both have to be ours."""
    for target in _TARGETS:
        _says_nothing(preview.asked(f"http://example.org{target}"), 403)
        _says_nothing(preview.asked(f"http://{preview.authority}{target}", host="example.org"), 403)


@pytest.mark.parametrize(
    "line",
    [
        "Origin: http://example.org",
        "Origin: null",
        "Origin: ",
        "Origin: file://",
        "Origin: https://127.0.0.1:PORT",
        "Origin: http://127.0.0.1",
        "Origin: http://127.0.0.1:PORT.example.org",
        "Origin: http://127.0.0.1:PORT@example.org",
        "Origin: http://localhost.:PORT",
        "Origin: HTTP://127.0.0.1:PORT",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors",
        "Sec-Fetch-Site: Cross-Site",
        "Sec-Fetch-Site: ",
    ],
)
def test_a_foreign_page_gets_nothing(preview: Running, line: str) -> None:
    """What a page of another site asks for, by script or as a part of itself, is refused; no stream opens."""
    for target in _TARGETS:
        _says_nothing(preview.asked(target, line.replace("PORT", str(preview.port))), 403)


def test_a_link_from_elsewhere_can_be_followed(preview: Running) -> None:
    """Somebody who clicks on a link to a page of the preview sees the page, and what it may do is as ever."""
    lines = ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
    assert preview.asked("/index.html", *lines).status == 200
    _says_nothing(preview.asked("/_plansite/events", *lines), 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "[0:0:0:0:0:0:0:1]"])
def test_own_names_get_pages_and_the_stream(preview: Running, host: str) -> None:
    """This computer's own names with the port get both, also with the origin that they make."""
    authority = f"{host}:{preview.port}"
    assert preview.asked("/", f"Origin: http://{authority}", host=authority).status == 200
    with preview.connect() as sock:
        sock.sendall(
            f"GET /_plansite/events HTTP/1.1\r\nHost: {authority}\r\nSec-Fetch-Site: same-origin\r\n\r\n".encode()
        )
        assert b"text/event-stream" in heard_until(sock, b'"held"')


@pytest.mark.parametrize(
    "target", ["/", "/static/site.css", "/nothing", "/_plansite/client.js", "/_plansite/status", "*"]
)
def test_the_headers_are_those_of_the_published_site(preview: Running, target: str) -> None:
    """Each answer has the published headers less what forces https, and may not be kept; a stranger's 403 as well."""
    for reply in (preview.asked(target), preview.asked(target, host="example.org")):
        for name, value in preview_headers():
            assert reply.headers[name.lower()] == value
        assert "strict-transport-security" not in reply.headers
        assert reply.headers["cache-control"] == "no-store"
        assert "server" not in reply.headers
        told, whole = (dict(each) for each in (preview_headers(), published_headers(Settings())))
        assert whole.keys() - told.keys() == {"Strict-Transport-Security"}
        assert f"{told['Content-Security-Policy']}; upgrade-insecure-requests" == whole["Content-Security-Policy"]
