"""The keys of one build: a random content key, and what is derived from it."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

#: Bytes of a key for AES-256 and HMAC-SHA256.
KEY_SIZE = 32
#: Stands in everything that is derived or bound, so that a later form can never be taken for this one.
FORMAT_NAME = "plansite 1"
#: Bytes of a hidden name: 128 bits, so that no two of a site are ever the same.
_NAME_SIZE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildKeys:
    """The keys of one build, whose random id in hexadecimal is `build`. One hides names, one encrypts files."""

    build: str
    names: bytes = field(repr=False)
    files: bytes = field(repr=False)

    def encrypted_path(self, path: str) -> str:
        """Where the encrypted file of a path lies: HMAC-SHA256 of the path, cut to 128 bits."""
        digest = hmac.digest(self.names, path.encode(), "sha256")
        return f"sealed/{digest[:_NAME_SIZE].hex()}.bin"

    def associated_data(self, path: str) -> bytes:
        """What a file is bound to, so that it opens under this path of this build and nowhere else."""
        return f"{FORMAT_NAME} file\n{self.build}\n{path}".encode()


def generate_content_key() -> tuple[bytes, str]:
    """A random content key and a random build id, of 256 and of 128 bits."""
    return secrets.token_bytes(KEY_SIZE), secrets.token_hex(16)


def derive_keys(content_key: bytes, build: str) -> BuildKeys:
    """The keys of a build. Each has one use only, so that nothing done with one helps against the other.

    HKDF-SHA256 (RFC 5869) with the build id as salt and the use as info.
    """
    return BuildKeys(
        build=build, names=_derive_key(content_key, build, "names"), files=_derive_key(content_key, build, "files")
    )


def _derive_key(content_key: bytes, build: str, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_SIZE, salt=bytes.fromhex(build), info=f"{FORMAT_NAME} {purpose}".encode()).derive(
        content_key
    )
