"""Fingerprints: digests of plain values, compared instead of the values."""

from __future__ import annotations

import hashlib


def fingerprint(*values: object) -> str:
    """The SHA-256 digest of the `repr` of these values, in hexadecimal.

    The values must be plain and frozen (text, numbers, dates, enums, tuples and frozen dataclasses of these): their
    `repr` then says all that they hold, and says it in the same way in every process. Sets must be sorted first.
    """
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()
