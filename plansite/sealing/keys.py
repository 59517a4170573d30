"""The keys of one build: a random content key, and what is derived from it."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

#: Bytes of a key for AES-256 and HMAC-SHA256.
LENGTH = 32
#: Stands in everything that is derived or bound, so that a later form can never be taken for this one.
FORM = "plansite 1"
#: Bytes of a hidden name: 128 bits, so that no two of a site are ever the same.
_NAME = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys of one build, whose random id in hexadecimal is `build`. One hides names, one encrypts files."""

    build: str
    names: bytes = field(repr=False)
    files: bytes = field(repr=False)

    def hidden(self, path: str) -> str:
        """Where the encrypted file of a path lies: HMAC-SHA256 of the path, cut to 128 bits."""
        digest = hmac.digest(self.names, path.encode(), "sha256")
        return f"sealed/{digest[:_NAME].hex()}.bin"

    def bound(self, path: str) -> bytes:
        """What a file is bound to, so that it opens under this path of this build and nowhere else."""
        return f"{FORM} file\n{self.build}\n{path}".encode()


def new_secret() -> tuple[bytes, str]:
    """A random content key and a random build id, of 256 and of 128 bits."""
    return secrets.token_bytes(LENGTH), secrets.token_hex(16)


def keys_of(content: bytes, build: str) -> Keys:
    """The keys of a build. Each has one use only, so that nothing done with one helps against the other.

    HKDF-SHA256 (RFC 5869) with the build id as salt and the use as info.
    """
    return Keys(build=build, names=_derived(content, build, "names"), files=_derived(content, build, "files"))


def _derived(content: bytes, build: str, use: str) -> bytes:
    return HKDF(SHA256(), LENGTH, salt=bytes.fromhex(build), info=f"{FORM} {use}".encode()).derive(content)
