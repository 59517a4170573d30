"""The lock opens with its passphrase, as it was made, and in no other way."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plansite.encryption.keys import generate_content_key
from plansite.encryption.wrapped_key import PBKDF2_ITERATIONS, WrappedKey, WrongPassphraseError, unwrap_key, wrap_key
from tests.encryption.sample import PHRASE

CONTENT, BUILD = generate_content_key()
LOCK = wrap_key(CONTENT, BUILD, PHRASE)


def test_the_passphrase_gives_the_content_key() -> None:
    """In capitals and with other blanks as well."""
    assert unwrap_key(LOCK, f" {PHRASE.upper()}\n") == CONTENT


def test_the_lock_is_what_the_standards_say() -> None:
    """Python's own PBKDF2 gives the key that unwraps it, after no fewer than 600,000 rounds."""
    facts = json.loads(LOCK.to_json())
    assert facts["rounds"] >= 600_000
    salt, nonce, wrapped = (base64.b64decode(facts[name]) for name in ("salt", "nonce", "key"))
    assert (len(salt), len(nonce), len(wrapped)) == (32, 12, 32 + 16)
    wrapping = hashlib.pbkdf2_hmac("sha256", PHRASE.encode(), salt, facts["rounds"], 32)
    bound = f"plansite 1 key\n{BUILD}\n{facts['rounds']}\n{facts['salt']}".encode()
    assert AESGCM(wrapping).decrypt(nonce, wrapped, bound) == CONTENT


@pytest.mark.parametrize("phrase", ["", PHRASE[:-1], PHRASE + "s", PHRASE.replace(" ", "", 1)])
def test_another_passphrase_is_refused(phrase: str) -> None:
    """One letter less, one more, two words in one."""
    with pytest.raises(WrongPassphraseError):
        unwrap_key(LOCK, phrase)


@pytest.mark.parametrize("part", ["build", "rounds", "salt", "nonce", "key"])
def test_no_part_can_be_exchanged(part: str) -> None:
    """A part of another lock of the same passphrase does not fit."""
    other = replace(wrap_key(CONTENT, generate_content_key()[1], PHRASE), rounds=PBKDF2_ITERATIONS + 1)
    altered: WrappedKey = replace(LOCK, **{part: asdict(other)[part]})
    with pytest.raises(WrongPassphraseError):
        unwrap_key(altered, PHRASE)


def test_nothing_of_the_key_is_in_the_lock() -> None:
    """The words and the content key are not in what is published, and two locks share nothing but their form."""
    other = wrap_key(CONTENT, BUILD, PHRASE)
    assert not {LOCK.salt, LOCK.nonce, LOCK.key} & {other.salt, other.nonce, other.key}
    for hidden in (CONTENT.hex(), base64.b64encode(CONTENT).decode(), *PHRASE.split()):
        assert hidden not in LOCK.to_json()
