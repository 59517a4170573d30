"""Sizes rounded up, so that the length of a file tells little of what is in it."""

from __future__ import annotations

SMALLEST = 16 * 1024
#: Up to here a size is rounded to a power of two; most pages are smaller.
_DOUBLING = 1024 * 1024


def padded(size: int) -> int:
    """The size in bytes to which `size` is rounded up: 16 KiB, 32 KiB and so on, and Padmé above 1 MiB.

    Padmé adds at most 12% and leaves an onlooker O(log log size) bits (Nikitin and others, Reducing Metadata Leakage
    from Encrypted Files and Communication with PURBs, 2019).
    """
    if size <= _DOUBLING:
        return max(SMALLEST, 1 << (size - 1).bit_length()) if size else SMALLEST
    exponent = size.bit_length() - 1
    unit = 1 << (exponent - exponent.bit_length())
    return -(-size // unit) * unit
