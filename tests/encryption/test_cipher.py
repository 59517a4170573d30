"""An encrypted file opens as it was made, where it was made, and in no other way."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from plansite.encryption import cipher
from plansite.encryption.cipher import TamperedError, decrypt_file, encrypt_file
from plansite.encryption.keys import derive_keys, generate_content_key
from plansite.publish.errors import PublishError

KEYS = derive_keys(*generate_content_key())
PATH = "plans/falls/index.html"
DATA = b"<!doctype html>" * 40
BOX = encrypt_file(KEYS, PATH, DATA)


@given(st.binary(max_size=40_000), st.text(max_size=80))
def test_a_file_comes_back_as_it_was(data: bytes, path: str) -> None:
    """Whatever it holds, wherever it lies."""
    assert decrypt_file(KEYS, path, encrypt_file(KEYS, path, data)) == data


@given(st.integers(0, len(BOX) - 1), st.integers(1, 255))
def test_any_altered_byte_is_refused(place: int, change: int) -> None:
    """In the nonce, in the length, in the text, in the padding and in the tag."""
    altered = bytearray(BOX)
    altered[place] ^= change
    with pytest.raises(TamperedError):
        decrypt_file(KEYS, PATH, bytes(altered))


@given(st.integers(0, len(BOX) - 1), st.binary(min_size=1, max_size=20))
def test_what_is_cut_or_longer_is_refused(cut: int, more: bytes) -> None:
    """Half a file, an empty one, or one with something behind it."""
    for altered in (BOX[:cut], BOX[cut:][:-1], BOX + more):
        with pytest.raises(TamperedError):
            decrypt_file(KEYS, PATH, altered)


@given(st.text(max_size=80).filter(lambda path: path != PATH))
def test_any_other_path_is_refused(path: str) -> None:
    """A file that was moved or exchanged does not open."""
    with pytest.raises(TamperedError):
        decrypt_file(KEYS, path, BOX)


def test_another_build_is_refused() -> None:
    """With another key, and with the same key under another id."""
    content, build = generate_content_key()
    keys = derive_keys(content, build)
    other = derive_keys(content, generate_content_key()[1])
    for each in (other, KEYS):
        with pytest.raises(TamperedError):
            decrypt_file(each, PATH, encrypt_file(keys, PATH, DATA))


def test_the_build_is_bound_besides_its_key() -> None:
    """What AES-GCM is given to bind names the form, the build and the path."""
    filled = AESGCM(KEYS.files).decrypt(BOX[:12], BOX[12:], f"plansite 1 file\n{KEYS.build}\n{PATH}".encode())
    assert filled[:8] == len(DATA).to_bytes(8, "big")
    assert filled[8:].rstrip(b"\0") == DATA


def test_the_same_file_is_never_encrypted_the_same() -> None:
    """Each time has a nonce of its own, so equal pages cannot be told to be equal."""
    assert len({encrypt_file(KEYS, PATH, DATA)[:12] for _ in range(200)}) == 200


@given(st.integers(0, 16_376))
def test_lengths_do_not_show(size: int) -> None:
    """Files up to 16 KiB are all of one size."""
    assert len(encrypt_file(KEYS, PATH, bytes(size))) == len(BOX)


def test_what_no_browser_could_open_is_not_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the file."""
    monkeypatch.setattr(cipher, "MAX_FILE_SIZE", 10)
    with pytest.raises(PublishError, match=PATH):
        encrypt_file(KEYS, PATH, bytes(11))
