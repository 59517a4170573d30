"""Keys of a build: each from the content key, and none from another."""

from __future__ import annotations

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from plansite.encryption.keys import derive_keys, generate_content_key
from plansite.publish.output_paths import check_path

CONTENT, BUILD = bytes(range(32)), "00112233445566778899aabbccddeeff"


def _hkdf(content: bytes, salt: bytes, info: bytes) -> bytes:
    """RFC 5869 for one block, as the RFC writes it."""
    return hmac.digest(hmac.digest(salt, content, "sha256"), info + b"\x01", "sha256")


def test_keys_are_those_of_the_standard() -> None:
    """HKDF-SHA256 worked out by hand gives the same, with the build as salt and the use as info."""
    keys = derive_keys(CONTENT, BUILD)
    assert keys.names == _hkdf(CONTENT, bytes.fromhex(BUILD), b"plansite 1 names")
    assert keys.files == _hkdf(CONTENT, bytes.fromhex(BUILD), b"plansite 1 files")


def test_a_hidden_name_is_a_keyed_digest() -> None:
    """Without the key for names nobody can try whether there is a page about somebody."""
    keys = derive_keys(CONTENT, BUILD)
    digest = hmac.new(keys.names, b"plans/falls/index.html", hashlib.sha256).hexdigest()
    assert keys.encrypted_path("plans/falls/index.html") == f"sealed/{digest[:32]}.bin"
    assert derive_keys(CONTENT, BUILD[::-1]).encrypted_path("index.html") != keys.encrypted_path("index.html")


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_path_gets_a_name_of_its_own(one: str, other: str) -> None:
    """Every name is fit for any computer, and as long as any other."""
    keys = derive_keys(CONTENT, BUILD)
    check_path(keys.encrypted_path(one))
    assert len(keys.encrypted_path(one)) == len(keys.encrypted_path(""))
    assert (keys.encrypted_path(one) == keys.encrypted_path(other)) == (one == other)


def test_every_build_is_another() -> None:
    """Content keys of 256 bits and ids of 128, new each time."""
    made = [generate_content_key() for _ in range(100)]
    assert {(len(content), len(build)) for content, build in made} == {(32, 32)}
    assert len({content for content, _ in made}) == len({build for _, build in made}) == 100


def test_keys_do_not_show_themselves() -> None:
    """A traceback or a debug line does not hold them."""
    keys = derive_keys(CONTENT, BUILD)
    assert repr(keys) == f"BuildKeys(build='{BUILD}')"
