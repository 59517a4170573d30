"""The lock: the content key of a build, encrypted with what a passphrase becomes. It is published with the site."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from plansite.sealing.box import NONCE
from plansite.sealing.keys import FORM, LENGTH
from plansite.sealing.passphrase import plain

#: Where the lock lies in the output.
PLACE = "sealed/lock.json"
#: Rounds of PBKDF2-SHA256; OWASP asks for 600,000 or more (Password Storage Cheat Sheet, 2023).
ROUNDS = 1_000_000
_SALT = 32


class WrongPassphraseError(ValueError):
    """The passphrase does not open this lock, or somebody altered the lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What the unlock page needs besides the passphrase. `build` is hexadecimal, the last three are base64."""

    build: str
    rounds: int
    salt: str
    nonce: str
    key: str

    def text(self) -> str:
        """The lock as JSON."""
        return json.dumps({"form": FORM, **asdict(self)}, indent=1) + "\n"

    def bound(self) -> bytes:
        """What the wrapped key is bound to, so that no part of the lock can be exchanged alone."""
        return f"{FORM} key\n{self.build}\n{self.rounds}\n{self.salt}".encode()


def locked(content: bytes, build: str, passphrase: str) -> Lock:
    """Wrap a content key. Salt and nonce are new, so the same passphrase gives another wrapping key each time."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(NONCE)
    bare = Lock(build=build, rounds=ROUNDS, salt=_text(salt), nonce=_text(nonce), key="")
    wrapped = AESGCM(_wrapping(passphrase, salt, ROUNDS)).encrypt(nonce, content, bare.bound())
    return Lock(build=build, rounds=ROUNDS, salt=bare.salt, nonce=bare.nonce, key=_text(wrapped))


def content_key(lock: Lock, passphrase: str) -> bytes:
    """The content key again. Raises WrongPassphraseError."""
    salt, nonce, wrapped = (base64.b64decode(each) for each in (lock.salt, lock.nonce, lock.key))
    try:
        return AESGCM(_wrapping(passphrase, salt, lock.rounds)).decrypt(nonce, wrapped, lock.bound())
    except InvalidTag as error:
        raise WrongPassphraseError from error


def _wrapping(passphrase: str, salt: bytes, rounds: int) -> bytes:
    return PBKDF2HMAC(SHA256(), LENGTH, salt, rounds).derive(plain(passphrase).encode())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
