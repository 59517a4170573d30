"""Which answer a request gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.file_access import FileInFolder
from plansite.preview.diagnostics import Diagnostic
from plansite.preview.hosts import AllowedHosts
from plansite.preview.requests import HttpRequest
from plansite.preview.responses import HttpResponse
from plansite.preview.routes import format_status, is_accept_request, refuse_request, respond
from plansite.preview.state import PreviewState
from tests.preview.served import FILES, PAGE, built

HOSTS = AllowedHosts(host="127.0.0.1", port=4321)
SHOWN = PreviewState(shown_turn=3, turn=4, built=built())
BELOW = PreviewState(built=built(base_url="https://example.org/our%20plans/"))


def asked(path: str, method: str = "GET", host: str = "localhost:4321", query: str = "", **fields: str) -> HttpRequest:
    """A request; underscores in names of header lines stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return HttpRequest(method=method, hosts=(host,), path=path, query=query, headers=named)


def answer(path: str, shown: PreviewState = SHOWN) -> HttpResponse:
    """The answer to a plain request."""
    return respond(asked(path), shown, "run")


def location(path: str, shown: PreviewState = SHOWN) -> str:
    """Where an answer sends the browser."""
    found = answer(path, shown)
    assert found.status == 307
    return dict(found.headers)["Location"]


@pytest.mark.parametrize("path", ["/", "/index.html"])
def test_a_page_is_its_file_with_the_client(path: str) -> None:
    """A folder's address gives its index page; the script stands in it before the end of the body, once."""
    found = answer(path)
    assert isinstance(found.content, bytes)
    assert found.content_type == "text/html; charset=utf-8"
    assert found.content.startswith(PAGE.removesuffix(b"</body>"))
    assert found.content.endswith(b'data-run="run" data-edition="3" data-turn="4"></script></body>')
    assert found.content.count(b"client.js") == 1


def test_a_page_without_an_end_gets_the_client_too() -> None:
    """A page that leaves its body open is followed as well."""
    found = answer("/", PreviewState(built=built({"index.html": b"<!doctype html><title>A</title>Words"})))
    assert isinstance(found.content, bytes)
    assert found.content.endswith(b"</script>")


def test_a_page_from_the_theme_gets_the_client_too(tmp_path: Path) -> None:
    """A page that is a file of the theme is served with the script as well."""
    (tmp_path / "a.html").write_bytes(PAGE)
    found = answer("/a.html", PreviewState(built=built({"a.html": FileInFolder(tmp_path, "a.html")})))
    assert isinstance(found.content, bytes)
    assert b"client.js" in found.content


def test_other_files_are_sent_as_they_are(tmp_path: Path) -> None:
    """Style sheets, pictures and documents are not touched."""
    assert answer("/static/site.css").content == FILES["static/site.css"]
    shown = PreviewState(built=built({"a.pdf": FileInFolder(tmp_path, "a.pdf")}))
    assert answer("/a.pdf", shown) == HttpResponse(
        content_type="application/pdf", content=FileInFolder(tmp_path, "a.pdf")
    )


def test_a_folder_without_its_slash_leads_on() -> None:
    """A folder's address without a slash leads to the one with it, or its relative links would be wrong."""
    assert location("/plans/door") == "/plans/door/"
    assert answer("/plans/door/").status == 200


def test_there_are_no_listings() -> None:
    """A folder without an index page is not found."""
    assert answer("/plans/").status == 404
    assert answer("/plans").status == 404
    assert answer("/static/").status == 404


def test_an_unknown_address_gets_the_sites_own_page() -> None:
    """What is not there gives the built 404 page with its code, and follows saves as well."""
    found = answer("/nothing.html")
    assert found.status == 404
    assert isinstance(found.content, bytes)
    assert b"Not found" in found.content
    assert b"client.js" in found.content
    plain = answer("/nothing.html", PreviewState(built=built({})))
    assert (plain.status, plain.content) == (404, b"There is no such page.\n")


@given(st.text())
def test_only_files_of_the_build_are_found(text: str) -> None:
    """Whatever a path says, it is found only if it is an output path letter for letter."""
    found = answer(f"/{text}")
    assert found.status == 404 or text in {*FILES, "", "plans/door", "plans/door/"}


def test_a_site_below_a_path_is_served_there() -> None:
    """Where the site will stand below a path, the preview stands there as well, and the top leads to it."""
    assert location("/", BELOW) == "/our%20plans/"
    assert location("/our plans", BELOW) == "/our%20plans/"
    assert answer("/our plans/", BELOW).status == 200
    assert answer("/our plans/static/site.css", BELOW).status == 200
    assert location("/our plans/plans/door", BELOW) == "/our%20plans/plans/door/"
    assert answer("/index.html", BELOW).status == 404
    assert answer("/our plansindex.html", BELOW).status == 404


@pytest.mark.parametrize("base_url", ["https://example.org//evil.example/", "https://example.org/\\evil.example/a b/"])
def test_leading_on_stays_on_this_host(base_url: str) -> None:
    """No base address makes the browser leave for another host, and none can add a header line."""
    shown = PreviewState(built=built(base_url=base_url))
    target = location("/", shown)
    assert target.startswith("/")
    assert not target.startswith(("//", "/\\"))
    assert not set(target) & set(" \r\n\\")


def test_before_a_good_build_there_is_a_page_that_says_why() -> None:
    """Without any good build every address says what is wrong, as text, and follows the next save."""
    shown = PreviewState(
        shown_turn=1, turn=1, diagnostics=(Diagnostic(location="plansite.yaml:2", message="<b>wrong</b>"),)
    )
    found = answer("/anything", shown)
    assert found.status == 503
    assert isinstance(found.content, bytes)
    assert b"plansite.yaml:2: &lt;b&gt;wrong&lt;/b&gt;" in found.content
    assert b"data-plain" in found.content


def test_the_client_is_served_at_its_own_address() -> None:
    """The script and its style come as files of their own, below the site's path or not, before a build or after."""
    for shown in (SHOWN, BELOW, PreviewState()):
        assert answer("/_plansite/client.js", shown).content_type == "text/javascript; charset=utf-8"
        assert answer("/_plansite/client.css", shown).content_type == "text/css; charset=utf-8"
        assert answer("/_plansite/server.py", shown).status == 404


def test_news_is_one_line() -> None:
    """What the stream tells is one line whatever the faults say; long lists are cut, and their number told."""
    faults = tuple(Diagnostic(location="a.md", message=f"line\n\ndata: {number}") for number in range(50))
    told = format_status(PreviewState(diagnostics=faults, turn=7), "run")
    assert "\n" not in told
    read = json.loads(told)
    assert (read["turn"], read["count"], len(read["faults"]), read["held"]) == (7, 50, 20, False)


def test_strangers_are_refused() -> None:
    """A foreign host or origin gets nothing, whatever it asks for."""
    for path in ("/", "/static/site.css", "/_plansite/events"):
        assert refuse_request(asked(path), HOSTS) is None
        assert refuse_request(asked(path, origin="http://127.0.0.1:4321"), HOSTS) is None
        for refused in (
            asked(path, host="evil.example:4321"),
            asked(path, origin="http://evil.example"),
            asked(path, origin="null"),
            asked(path, origin=""),
        ):
            found = refuse_request(refused, HOSTS)
            assert found is not None
            assert found.status == 403


def test_every_name_of_a_request_must_be_ours() -> None:
    """A request under two names is refused when either is foreign."""
    request = HttpRequest(method="GET", hosts=("localhost:4321", "evil.example"), path="/", query="", headers={})
    found = refuse_request(request, HOSTS)
    assert found is not None
    assert found.status == 403


def test_pages_of_others_get_nothing_even_without_an_origin() -> None:
    """Other sites may link to pages; what a page asks for by itself, and what the preview keeps for its own, is refused."""
    for site in ("cross-site", "same-site"):
        assert refuse_request(asked("/", sec_fetch_site=site), HOSTS) is not None
        assert refuse_request(asked("/", sec_fetch_site=site, sec_fetch_mode="no-cors"), HOSTS) is not None
        assert refuse_request(asked("/", sec_fetch_site=site, sec_fetch_mode="navigate"), HOSTS) is None
        assert (
            refuse_request(asked("/_plansite/events", sec_fetch_site=site, sec_fetch_mode="navigate"), HOSTS)
            is not None
        )
    for site in ("same-origin", "none"):
        assert refuse_request(asked("/_plansite/events", sec_fetch_site=site), HOSTS) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "BREW"])
def test_pages_can_only_be_read(method: str) -> None:
    """Any other method is refused, with the two that are not."""
    found = refuse_request(asked("/", method), HOSTS)
    assert found is not None
    assert (found.status, dict(found.headers)["Allow"]) == (405, "GET, HEAD")


def test_accepting_takes_the_button() -> None:
    """A held build is accepted only with the header that other sites cannot send, for the build that was meant."""
    good = asked("/_plansite/accept", query="turn=4", x_plansite="accept")
    assert is_accept_request(good, SHOWN)
    assert not is_accept_request(asked("/_plansite/accept", query="turn=4"), SHOWN)
    assert not is_accept_request(asked("/_plansite/accept", query="turn=3", x_plansite="accept"), SHOWN)
    assert not is_accept_request(asked("/_plansite/accept", "HEAD", query="turn=4", x_plansite="accept"), SHOWN)
    assert not is_accept_request(asked("/", query="turn=4", x_plansite="accept"), SHOWN)
