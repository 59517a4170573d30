"""The recipe for a login for each person: nobody gets past nginx whom the authenticator has not let in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from plansite.model.settings import Settings
from plansite.publish.headers import response_headers
from tests.access.authenticator import FORM, Authenticator, authenticating
from tests.access.recipes import recipe
from tests.access.server import NAMES, Here, Running, running

pytestmark = pytest.mark.slow

STAFF = NAMES["internal"]
HEADERS = response_headers(Settings(base_url="https://staff.example.org/"))
ADDRESS = "http://127.0.0.1:4180"


@dataclass(frozen=True, slots=True)
class Both:
    """The two that work together."""

    nginx: Running
    authenticator: Authenticator


@pytest.fixture
def both(project: Path, folder: Path, sites: Path) -> Iterator[Both]:
    """An nginx that follows the recipe, and what it asks."""
    with authenticating() as authenticator:
        here = Here(folder=folder, sites=sites, others={ADDRESS: f"http://127.0.0.1:{authenticator.port}"})
        with running(recipe(project, "nginx with a login"), here) as nginx:
            yield Both(nginx, authenticator)


def test_a_stranger_is_led_to_the_sign_in(both: Both, paths: tuple[str, ...]) -> None:
    """From every address, with nothing of the site; what is kept back even from readers leads nowhere."""
    for path in paths:
        answer = both.nginx.ask(STAFF, path)
        kept = "/." in path or path == "/_headers"
        assert answer.status == (401 if kept else 302), path
        assert b"seen-by" not in answer.body
        assert b"Test site" not in answer.body
        assert all(answer.headers.get_all(name) == [value] for name, value in HEADERS), path
        if answer.status == 302:
            assert answer.headers["Location"].split(STAFF)[1].endswith(f"/oauth2/start?rd={path}")


def test_somebody_who_is_not_on_the_list_is_refused(both: Both, paths: tuple[str, ...]) -> None:
    """Signed in or not: 403, with nothing of the site."""
    for path in paths:
        answer = both.nginx.ask(STAFF, path, Cookie="may=no")
        assert answer.status == 403, path
        assert b"seen-by" not in answer.body
        assert b"Test site" not in answer.body


def test_a_reader_of_the_list_sees_the_site(both: Both, sites: Path, paths: tuple[str, ...]) -> None:
    """Each file comes as it was built, and each is asked for anew, so that a right taken away counts at once."""
    files = {path: sites / "internal" / path.removeprefix("/") for path in {*paths} - {"/_headers", "/.plansite.json"}}
    there = {path: file for path, file in files.items() if file.is_file()}
    asked = len(both.authenticator.asked)
    for path, file in there.items():
        answer = both.nginx.ask(STAFF, path, Cookie="may=yes")
        assert (answer.status, answer.body) == (200, file.read_bytes()), path
        assert all(answer.headers.get_all(name) == [value] for name, value in HEADERS), path
    assert both.authenticator.asked[asked:] == [("GET", "/oauth2/auth", STAFF, None)] * len(there)


def test_a_reader_is_told_what_is_not_there(both: Both, sites: Path) -> None:
    """By the site's own page."""
    answer = both.nginx.ask(STAFF, "/no-such-page", Cookie="may=yes")
    assert (answer.status, answer.body) == (404, (sites / "internal" / "404.html").read_bytes())


def test_its_own_pages_are_open_and_can_have_forms(both: Both) -> None:
    """The way to sign in needs no sign-in, and comes without the policy of the plans."""
    answer = both.nginx.ask(STAFF, "/oauth2/start?rd=/index.html")
    assert (answer.status, answer.body) == (200, FORM)
    assert answer.headers["Content-Security-Policy"] is None
    assert answer.headers["Strict-Transport-Security"] == dict(HEADERS)["Strict-Transport-Security"]


def test_nobody_can_ask_the_authenticator_for_its_judgement(both: Both) -> None:
    """That address is for nginx alone."""
    assert both.nginx.ask(STAFF, "/oauth2/auth", Cookie="may=yes").status == 404


def test_without_the_authenticator_nobody_gets_in(project: Path, folder: Path, sites: Path) -> None:
    """An error, even for a reader of the list, and nothing of the site."""
    with authenticating() as gone:
        here = Here(folder=folder, sites=sites, others={ADDRESS: f"http://127.0.0.1:{gone.port}"})
    with running(recipe(project, "nginx with a login"), here) as nginx:
        answer = nginx.ask(STAFF, "/", Cookie="may=yes")
        assert answer.status == 500
        assert b"Test site" not in answer.body


def test_both_settings_speak_of_the_same_place(project: Path) -> None:
    """oauth2-proxy answers where nginx asks, lets in by the list alone, and is reached over https only."""
    settings = tomllib.loads(recipe(project, "oauth2-proxy.cfg"))
    assert ADDRESS.endswith(settings["http_address"])
    assert settings["redirect_url"] == f"https://{STAFF}/oauth2/callback"
    assert "authenticated_emails_file" in settings
    assert "email_domains" not in settings
    assert settings["cookie_secure"]
    assert settings["reverse_proxy"]
