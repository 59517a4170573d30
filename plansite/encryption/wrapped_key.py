"""The wrapped key: the content key of a build, encrypted with a key derived from the passphrase, and published."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from plansite.deferred_dataclass import dataclass
from plansite.encryption.cipher import NONCE_SIZE
from plansite.encryption.keys import FORMAT_NAME, KEY_SIZE
from plansite.encryption.passphrase import normalise_passphrase

#: The output path of the wrapped key.
WRAPPED_KEY_PATH = "sealed/lock.json"
#: Rounds of PBKDF2-SHA256; OWASP asks for 600,000 or more (Password Storage Cheat Sheet, 2023).
PBKDF2_ITERATIONS = 1_000_000
_SALT_SIZE = 32


class WrongPassphraseError(ValueError):
    """The passphrase is not the one that the key was wrapped with, or the wrapped key was altered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """What the unlock page needs besides the passphrase: `build` in hexadecimal; `salt`, `nonce`, `key` in base64."""

    build: str
    rounds: int
    salt: str
    nonce: str
    key: str

    def to_json(self) -> str:
        """The wrapped key as JSON."""
        return json.dumps({"form": FORMAT_NAME, **asdict(self)}, indent=1) + "\n"

    def associated_data(self) -> bytes:
        """The associated data of the encryption, which binds the other fields to the key."""
        return f"{FORMAT_NAME} key\n{self.build}\n{self.rounds}\n{self.salt}".encode()


def wrap_key(content_key: bytes, build: str, passphrase: str) -> WrappedKey:
    """Encrypt a content key with a passphrase, a random salt and a random nonce."""
    salt, nonce = secrets.token_bytes(_SALT_SIZE), secrets.token_bytes(NONCE_SIZE)
    header = WrappedKey(build=build, rounds=PBKDF2_ITERATIONS, salt=_to_base64(salt), nonce=_to_base64(nonce), key="")
    wrapped = AESGCM(_derive_wrapping_key(passphrase, salt, PBKDF2_ITERATIONS)).encrypt(
        nonce, content_key, header.associated_data()
    )
    return replace(header, key=_to_base64(wrapped))


def unwrap_key(wrapped_key: WrappedKey, passphrase: str) -> bytes:
    """The content key. Raises WrongPassphraseError."""
    salt, nonce, wrapped = (base64.b64decode(text) for text in (wrapped_key.salt, wrapped_key.nonce, wrapped_key.key))
    try:
        return AESGCM(_derive_wrapping_key(passphrase, salt, wrapped_key.rounds)).decrypt(
            nonce, wrapped, wrapped_key.associated_data()
        )
    except InvalidTag as error:
        raise WrongPassphraseError from error


def _derive_wrapping_key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    return PBKDF2HMAC(SHA256(), KEY_SIZE, salt, rounds).derive(normalise_passphrase(passphrase).encode())


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
