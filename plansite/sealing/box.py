"""One encrypted file: nonce, then what AES-256-GCM makes of its length, its bytes and padding."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plansite.publish.refusals import PublishError
from plansite.sealing.keys import Keys
from plansite.sealing.padding import padded

#: Bytes: the nonce of AES-GCM, its tag, and the length that stands before the data.
NONCE, TAG, LENGTH = 12, 16, 8
#: A browser holds a file in memory to open it.
MOST = 1 << 30


class TamperedError(ValueError):
    """The bytes are not what this build put at this path."""


def sealed(keys: Keys, path: str, data: bytes) -> bytes:
    """Encrypt the file at `path`. Raises PublishError where it is too large to be opened in a browser.

    The nonce is random. The key is new for each build, which encrypts far fewer than the 2^32 files up to which NIST
    SP 800-38D allows random nonces of 96 bits.
    """
    if len(data) > MOST:
        raise PublishError(f"{path} has more than {MOST >> 30} GiB, which is too large to be encrypted")
    filled = (len(data).to_bytes(LENGTH, "big") + data).ljust(padded(len(data) + LENGTH), b"\0")
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(keys.files).encrypt(nonce, filled, keys.bound(path))


def opened(keys: Keys, path: str, box: bytes) -> bytes:
    """The file at `path`. Raises TamperedError for one that was altered, moved, or taken from another build."""
    try:
        filled = AESGCM(keys.files).decrypt(box[:NONCE], box[NONCE:], keys.bound(path))
    except (InvalidTag, ValueError) as error:
        raise TamperedError(path) from error
    size = int.from_bytes(filled[:LENGTH], "big")
    return filled[LENGTH : LENGTH + size]
