"""Sizes are rounded up to few steps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plansite.encryption.cipher import MIN_PADDED_SIZE, pad_size

MEBIBYTE = 1024 * 1024


@given(st.integers(0, 1 << 40))
def test_nothing_is_cut_and_little_is_added(size: int) -> None:
    """A file fits; up to 1 MiB less than half of it is padding, above that at most 12% are added."""
    rounded = pad_size(size)
    assert rounded >= max(size, MIN_PADDED_SIZE)
    if size > MEBIBYTE:
        assert rounded <= size * 1.12
    elif size > MIN_PADDED_SIZE:
        assert rounded < 2 * size


@given(st.integers(0, 1 << 30), st.integers(0, 1 << 20))
def test_a_larger_file_never_looks_smaller(size: int, more: int) -> None:
    """And what was rounded up stays as it is."""
    assert pad_size(size) <= pad_size(size + more)
    assert pad_size(pad_size(size)) == pad_size(size)


def test_pages_have_few_sizes() -> None:
    """Below 1 MiB there are seven, and up to 16 MiB 32 for each doubling."""
    assert {pad_size(size) for size in range(0, MEBIBYTE + 1, 511)} == {MIN_PADDED_SIZE << step for step in range(7)}
    assert len({pad_size(size) for size in range(MEBIBYTE + 1, 16 * MEBIBYTE, 4095)}) == 4 * 32
