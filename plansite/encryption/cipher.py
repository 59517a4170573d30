"""Encrypts one file: a nonce, then AES-256-GCM over its length, its bytes and padding."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plansite.encryption.keys import BuildKeys
from plansite.publish.errors import PublishError

MIN_PADDED_SIZE = 16 * 1024
#: Up to this size, sizes are rounded up to a power of two. Most pages are smaller.
_MAX_POWER_OF_TWO = 1024 * 1024


def pad_size(size: int) -> int:
    """The size in bytes to which `size` is rounded up: 16 KiB, 32 KiB and so on, and Padmé above 1 MiB.

    Padmé adds at most 12% and leaks O(log log size) bits of the size (Nikitin and others, Reducing Metadata Leakage
    from Encrypted Files and Communication with PURBs, 2019).
    """
    if size <= _MAX_POWER_OF_TWO:
        return max(MIN_PADDED_SIZE, 1 << (size - 1).bit_length()) if size else MIN_PADDED_SIZE
    exponent = size.bit_length() - 1
    unit = 1 << (exponent - exponent.bit_length())
    return -(-size // unit) * unit


#: In bytes: the nonce of AES-GCM, its tag, and the length in front of the data.
NONCE_SIZE, TAG_SIZE, LENGTH_SIZE = 12, 16, 8
#: A browser decrypts a file in memory.
MAX_FILE_SIZE = 1 << 30


class TamperedError(ValueError):
    """The bytes are not those that this build encrypted for this path."""


def encrypt_file(keys: BuildKeys, path: str, data: bytes) -> bytes:
    """The encrypted bytes of the file at `path`. Raises PublishError where it is too large for a browser.

    The nonce is random. The key is new for each build, which encrypts far fewer than the 2^32 files up to which NIST
    SP 800-38D allows random nonces of 96 bits.
    """
    if len(data) > MAX_FILE_SIZE:
        raise PublishError(f"{path} has more than {MAX_FILE_SIZE >> 30} GiB, which is too large to be encrypted")
    padded = (len(data).to_bytes(LENGTH_SIZE, "big") + data).ljust(pad_size(len(data) + LENGTH_SIZE), b"\0")
    nonce = secrets.token_bytes(NONCE_SIZE)
    return nonce + AESGCM(keys.files).encrypt(nonce, padded, keys.associated_data(path))


def decrypt_file(keys: BuildKeys, path: str, encrypted: bytes) -> bytes:
    """The bytes of the file at `path`. Raises TamperedError for bytes altered, moved, or taken from another build."""
    try:
        padded = AESGCM(keys.files).decrypt(encrypted[:NONCE_SIZE], encrypted[NONCE_SIZE:], keys.associated_data(path))
    except (InvalidTag, ValueError) as error:
        raise TamperedError(path) from error
    size = int.from_bytes(padded[:LENGTH_SIZE], "big")
    return padded[LENGTH_SIZE : LENGTH_SIZE + size]
