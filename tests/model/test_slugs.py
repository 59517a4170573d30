"""Slugs: safe in addresses, and of each name its own."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plansite.model.slugs import (
    MAX_SLUG_BYTES,
    add_digest,
    assign_slugs,
    collision_key,
    distinct_slug,
    normalise_name,
    slugify,
)

#: Letters of several scripts with marks that combine, and all that a slug leaves out.
_NAMES = st.text(st.sampled_from("abRD12 &-_./'’@()रामोकि\u0301é\u200d\u00adİß①,"), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("राम", "राम"),
        ("रोम", "रोम"),
        ("กำ นั้", "กํา-นั้"),  # NFKC takes the vowel apart
        ("Jose\u0301", "josé"),
        ("ŞİŞ", "şi̇ş"),
        ("Deputy  Manager", "deputy-manager"),
    ],
)
def test_marks_that_combine_stay(name: str, slug: str) -> None:
    """A vowel sign is part of its word."""
    assert slugify(name) == distinct_slug(name) == slug


@pytest.mark.parametrize("name", ["R&D", "R-D", "R/D", "R D.", "R_D", "(R) D", "r d dacc7c16", "O'Neil"])
def test_what_is_left_out_is_told_by_a_digest(name: str) -> None:
    """So the plain slug is that of the plain name alone."""
    assert distinct_slug(name) == add_digest(slugify(name), normalise_name(name)) != slugify(name)


def test_separators() -> None:
    """Of names of files and plans, blanks and hyphens are the same, however many; other signs are not."""
    names = ["M3 GUI", "M3 - GUI", "m3-gui", "M3__GUI"]
    assert {distinct_slug(name, " -_") for name in names} == {"m3-gui"}
    assert distinct_slug("M3: GUI", " -_") == add_digest("m3-gui", "m3: gui")


@given(_NAMES, _NAMES)
@example("R&D", "R D")
@example("राम", "रोम")
@example("O'Neil", "O’Neil")
@example("R D dacc7c16", "R&D")
def test_names_have_one_slug_if_they_are_equal(one: str, other: str) -> None:
    """Never otherwise, whatever they are made of."""
    is_equal = normalise_name(one) == normalise_name(other)
    assert (distinct_slug(one) == distinct_slug(other)) is is_equal


@given(st.text(min_size=1))
def test_slugs_are_safe(name: str) -> None:
    """They are no longer than a file's name may be, have no sign but the hyphen, and are in one form."""
    for slug in (slugify(name), distinct_slug(name)):
        assert 0 < len(slug.encode()) <= MAX_SLUG_BYTES
        assert not any(sign in slug for sign in " /\\.%?#'\"<>&@") and slug.strip("-") == slug
        assert collision_key(slug) == slug


@given(st.permutations(["sub/a-b.md", "sub/a/b.md", "A-b.md", "a b.md", "x/c.md"]), st.integers(1, 5))
def test_order_decides_nothing(paths: list[str], count: int) -> None:
    """Of several files with one slug, each has the same slug wherever it stands, and that which is spelled so keeps it."""
    wanted = {path: slugify(path.removesuffix(".md").removeprefix("sub/").removeprefix("x/")) for path in paths}
    assigned = dict(zip(paths, assign_slugs(wanted.items()), strict=True))
    assert assigned["sub/a-b.md"] == "a-b"
    assert assigned["x/c.md"] == "c"
    assert assigned["a b.md"] == add_digest("a-b", "a b.md")
    some = paths[:count]
    others = dict(zip(some, assign_slugs((path, wanted[path]) for path in some), strict=True))
    assert len(set(map(collision_key, others.values()))) == count
    if "sub/a-b.md" in some:
        assert others["sub/a-b.md"] == "a-b"
