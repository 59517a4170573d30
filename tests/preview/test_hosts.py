"""Which names the preview answers to."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.preview.hosts import AllowedHosts

HERE = AllowedHosts(host="127.0.0.1", port=4321)
NAMED = AllowedHosts(host="Desk.example.org", port=4321)
EVERYWHERE = AllowedHosts(host="0.0.0.0", port=4321)  # noqa: S104  (nothing is bound here)


@pytest.mark.parametrize(
    "authority", ["localhost:4321", "LocalHost:4321", "127.0.0.1:4321", "[::1]:4321", "[0:0::1]:4321"]
)
def test_own_names_with_the_port_are_ours(authority: str) -> None:
    """This computer's own names are answered, however they are written."""
    assert HERE.allows_host(authority)


@pytest.mark.parametrize(
    "authority",
    [
        "",
        "localhost",
        "localhost:80",
        "localhost:04322",
        "localhost:",
        "localhost.:4321",
        "evil.example:4321",
        "localhost.evil.example:4321",
        "evil@localhost:4321",
        "localhost:4321@evil.example",
        "127.0.0.1.nip.io:4321",
        "127.1:4321",
        "2130706433:4321",
        "192.168.1.5:4321",
        "[::2]:4321",
        "::1:4321",
        "localhost:4321/",
        "localhost:4321, evil.example",
        "localhost:٤٣٢١",
    ],
)
def test_other_names_are_not_ours(authority: str) -> None:
    """Anything else is refused, above all a stranger's name that was turned to this computer."""
    assert not HERE.allows_host(authority)


def test_the_host_asked_for_is_ours() -> None:
    """A name given with --host is answered beside this computer's own, in any case of letters."""
    assert NAMED.allows_host("desk.example.org:4321")
    assert NAMED.allows_host("localhost:4321")
    assert not NAMED.allows_host("desk.example.com:4321")


def test_everywhere_answers_numbers_but_not_names() -> None:
    """Opened to every network, any number will do, as will this computer's own name; a stranger's name will not."""
    assert EVERYWHERE.allows_host("192.168.1.5:4321")
    assert EVERYWHERE.allows_host("[fe80::1]:4321")
    assert EVERYWHERE.allows_host(f"{socket.gethostname()}:4321")
    assert not EVERYWHERE.allows_host("evil.example:4321")
    assert not EVERYWHERE.allows_host("192.168.1.5:80")


def test_the_usual_port_may_be_left_out() -> None:
    """At port 80 browsers leave the port out."""
    assert AllowedHosts(host="127.0.0.1", port=80).allows_host("localhost")


def test_origins_are_ours_over_plain_http_alone() -> None:
    """A page of ours says where it comes from; any other origin, or none that can be told, is foreign."""
    assert HERE.allows_origin("http://localhost:4321")
    for foreign in ("https://localhost:4321", "http://evil.example", "null", "", "localhost:4321", "file://"):
        assert not HERE.allows_origin(foreign)


@given(st.text())
def test_any_text_is_refused_or_names_this_computer(text: str) -> None:
    """No text is answered that does not say one of our names with our port."""
    assert not HERE.allows_host(text) or text.lower().endswith(":4321")


def test_the_address_can_be_typed() -> None:
    """The address is one that a browser on this computer can open."""
    assert HERE.url == "http://127.0.0.1:4321/"
    assert AllowedHosts(host="::1", port=80).url == "http://[::1]:80/"
    assert EVERYWHERE.url == "http://127.0.0.1:4321/"


def test_loopback_is_told_from_the_network() -> None:
    """Only this computer's own numbers and name count as out of others' reach."""
    assert all(AllowedHosts(host=host, port=1).is_loopback for host in ("127.0.0.1", "127.0.0.53", "::1", "localhost"))
    assert not any(
        AllowedHosts(host=host, port=1).is_loopback for host in (EVERYWHERE.host, "::", "192.168.1.5", "desk")
    )
