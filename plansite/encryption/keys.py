"""The keys of one build: a random content key, and the keys derived from it."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from plansite.deferred_dataclass import dataclass

#: Bytes of a key for AES-256 and HMAC-SHA256.
KEY_SIZE = 32
#: Part of every derivation and of all associated data, so that another format can never be mistaken for this one.
FORMAT_NAME = "plansite 1"
#: Bytes of an encrypted path: 128 bits, so that no two paths of a site collide.
_NAME_SIZE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildKeys:
    """The keys of one build: `names` for paths, `files` for contents. `build` is its random id in hexadecimal."""

    build: str
    names: bytes = field(repr=False)
    files: bytes = field(repr=False)

    def encrypted_path(self, path: str) -> str:
        """The output path of an encrypted file: HMAC-SHA256 of its path, truncated to 128 bits."""
        digest = hmac.digest(self.names, path.encode(), "sha256")
        return f"sealed/{digest[:_NAME_SIZE].hex()}.bin"

    def associated_data(self, path: str) -> bytes:
        """The associated data of a file, which binds it to its path and build."""
        return f"{FORMAT_NAME} file\n{self.build}\n{path}".encode()


def generate_content_key() -> tuple[bytes, str]:
    """A random content key and a random build id, of 256 and of 128 bits."""
    return secrets.token_bytes(KEY_SIZE), secrets.token_hex(16)


def derive_keys(content_key: bytes, build: str) -> BuildKeys:
    """The keys of a build, one for each purpose.

    HKDF-SHA256 (RFC 5869) with the build id as salt and the purpose as info.
    """
    return BuildKeys(
        build=build, names=_derive_key(content_key, build, "names"), files=_derive_key(content_key, build, "files")
    )


def _derive_key(content_key: bytes, build: str, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_SIZE, salt=bytes.fromhex(build), info=f"{FORMAT_NAME} {purpose}".encode()).derive(
        content_key
    )
