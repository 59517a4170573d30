"""One encrypted file: nonce, then what AES-256-GCM makes of its length, its bytes and padding."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plansite.encryption.keys import BuildKeys
from plansite.publish.errors import PublishError

MIN_PADDED_SIZE = 16 * 1024
#: Up to here a size is rounded to a power of two; most pages are smaller.
_MAX_POWER_OF_TWO = 1024 * 1024


def pad_size(size: int) -> int:
    """The size in bytes to which `size` is rounded up: 16 KiB, 32 KiB and so on, and Padmé above 1 MiB.

    Padmé adds at most 12% and leaves an onlooker O(log log size) bits (Nikitin and others, Reducing Metadata Leakage
    from Encrypted Files and Communication with PURBs, 2019).
    """
    if size <= _MAX_POWER_OF_TWO:
        return max(MIN_PADDED_SIZE, 1 << (size - 1).bit_length()) if size else MIN_PADDED_SIZE
    exponent = size.bit_length() - 1
    unit = 1 << (exponent - exponent.bit_length())
    return -(-size // unit) * unit


#: Bytes: the nonce of AES-GCM, its tag, and the length that stands before the data.
NONCE_SIZE, TAG_SIZE, LENGTH_SIZE = 12, 16, 8
#: A browser holds a file in memory to open it.
MAX_FILE_SIZE = 1 << 30


class TamperedError(ValueError):
    """The bytes are not what this build put at this path."""


def encrypt_file(keys: BuildKeys, path: str, data: bytes) -> bytes:
    """Encrypt the file at `path`. Raises PublishError where it is too large to be opened in a browser.

    The nonce is random. The key is new for each build, which encrypts far fewer than the 2^32 files up to which NIST
    SP 800-38D allows random nonces of 96 bits.
    """
    if len(data) > MAX_FILE_SIZE:
        raise PublishError(f"{path} has more than {MAX_FILE_SIZE >> 30} GiB, which is too large to be encrypted")
    filled = (len(data).to_bytes(LENGTH_SIZE, "big") + data).ljust(pad_size(len(data) + LENGTH_SIZE), b"\0")
    nonce = secrets.token_bytes(NONCE_SIZE)
    return nonce + AESGCM(keys.files).encrypt(nonce, filled, keys.associated_data(path))


def decrypt_file(keys: BuildKeys, path: str, encrypted: bytes) -> bytes:
    """The file at `path`. Raises TamperedError for one that was altered, moved, or taken from another build."""
    try:
        filled = AESGCM(keys.files).decrypt(encrypted[:NONCE_SIZE], encrypted[NONCE_SIZE:], keys.associated_data(path))
    except (InvalidTag, ValueError) as error:
        raise TamperedError(path) from error
    size = int.from_bytes(filled[:LENGTH_SIZE], "big")
    return filled[LENGTH_SIZE : LENGTH_SIZE + size]
