"""The headers of a published site and of a preview."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from plansite.model.settings import Settings
from plansite.publish.headers import (
    apache,
    meta_policy,
    netlify,
    nginx,
    preview_headers,
    published_headers,
    response_headers,
)

SITE = Settings(title="Test site", base_url="https://plans.example.org/")


def policy(text: str) -> dict[str, str]:
    """A policy taken apart."""
    return dict(part.partition(" ")[::2] for part in text.split("; "))


def test_published_pages_load_their_own_site_alone() -> None:
    """The policy denies everything, then allows the site's own files; no script or style stands in a page."""
    rules = policy(dict(published_headers(SITE))["Content-Security-Policy"])
    assert rules == {
        "default-src": "'none'",
        **dict.fromkeys(("script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src"), "'self'"),
        **dict.fromkeys(("base-uri", "form-action", "frame-ancestors"), "'none'"),
        "upgrade-insecure-requests": "",
    }


def test_published_pages_keep_the_rules_of_the_observatory() -> None:
    """Https for half a year and more, no sniffing, no frames, no referrer, isolation, nothing of the computer's own."""
    headers = dict(published_headers(SITE))
    assert int(headers["Strict-Transport-Security"].removeprefix("max-age=")) >= 15768000
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers
    denied = headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()"} <= set(denied)
    assert all(re.fullmatch(r"[a-z-]+=\(\)", each) for each in denied)


def test_the_preview_has_the_same_but_what_forces_https() -> None:
    """A preview is a published site less the two that would break it over plain http."""
    ours, theirs = dict(preview_headers()), dict(published_headers(SITE))
    assert theirs.keys() - ours.keys() == {"Strict-Transport-Security"}
    assert {name for name in ours if ours[name] != theirs[name]} == {"Content-Security-Policy"}
    whole = policy(theirs["Content-Security-Policy"])
    whole.pop("upgrade-insecure-requests")
    assert policy(ours["Content-Security-Policy"]) == whole


def test_a_site_on_plain_http_is_not_forced_to_https() -> None:
    """A site whose own address is plain http keeps its style sheets; one without an address is taken to be on https."""
    assert published_headers(Settings(base_url="HTTP://plans.intranet/")) == preview_headers()
    assert published_headers(Settings()) == published_headers(SITE)


def test_the_meta_policy_leaves_out_what_a_page_cannot_say() -> None:
    """In a page the policy has all but frames, which browsers take from a header alone, and what forces https."""
    whole = policy(dict(published_headers(SITE))["Content-Security-Policy"])
    assert whole.keys() - policy(meta_policy()).keys() == {"frame-ancestors", "upgrade-insecure-requests"}
    assert policy(meta_policy()).items() <= whole.items()


def test_the_file_for_hosts_has_one_rule_for_all_paths() -> None:
    """Every header stands below one `/*`, as overlapping rules would be joined, in lines that no host cuts off."""
    first, *lines = netlify(SITE).splitlines()
    assert first == "/*"
    pairs = tuple(tuple(line.removeprefix("  ").split(": ", 1)) for line in lines)
    assert pairs == (*published_headers(SITE), ("Cache-Control", "private, no-cache"))
    assert all(line.startswith("  ") and len(line) < 2000 for line in lines)
    assert netlify(SITE).endswith("\n")


def test_web_servers_read_no_value_as_their_own_words() -> None:
    """No value ends its quotation, names a variable of the server or begins a line; no name needs quoting."""
    for name, value in response_headers(SITE):
        assert re.fullmatch(r"[A-Za-z-]+", name)
        assert re.fullmatch(r"[ -~]+", value)
        assert not set(value) & set('"\\$`%')


def test_web_servers_send_the_same_with_faults_as_well() -> None:
    """Each header is one line, sent whatever the answer is."""
    assert nginx(SITE).splitlines() == [
        f'add_header {name} "{value}" always;' for name, value in response_headers(SITE)
    ]
    assert apache(SITE).splitlines() == [
        f'Header always set {name} "{value}"' for name, value in response_headers(SITE)
    ]
    assert response_headers(SITE) == (*published_headers(SITE), ("Cache-Control", "private, no-cache"))


@given(st.builds(Settings, **{name: st.text() for name in ("title", "base_url", "repository", "contact", "theme")}))
def test_nothing_that_is_written_reaches_the_headers(settings: Settings) -> None:
    """Whatever a site says of itself, its headers are one of the two sets above."""
    for written in (netlify, nginx, apache):
        assert written(settings) in {written(SITE), written(Settings(base_url="http://a/"))}
