"""The manifest of a pack: what it says comes back, and what nobody could have written for a pack is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plansite.evidence_pack.manifest import (
    MAX_FILE,
    NotAPackError,
    PackManifest,
    compute_digest,
    find_twins,
    format_pack_manifest,
    is_safe_path,
    parse_pack_manifest,
)
from plansite.publish.stage import FileDigest

MANIFEST = PackManifest(
    plansite="1.0",
    day="2025-01-20",
    audience="partners",
    subject="incident",
    names=("falls/stairs",),
    first="2025-01-01",
    last="",
    commit="0123456789abcdef0123456789abcdef01234567",
    is_clean=True,
    is_earlier=False,
    files={"b.html": FileDigest("b" * 64, 5), "a/ä.txt": FileDigest("a" * 64, 0)},
)


def test_it_comes_back() -> None:
    """What is written is read again, with and without a commit; the order of files makes no difference."""
    assert parse_pack_manifest(format_pack_manifest(MANIFEST)) == MANIFEST
    assert list(json.loads(format_pack_manifest(MANIFEST))["files"]) == ["a/ä.txt", "b.html"]


def test_without_a_commit() -> None:
    """Nothing is said of the working tree then."""
    values = json.loads(format_pack_manifest(MANIFEST)) | {"commit": "", "working_tree_clean": None}
    assert parse_pack_manifest(json.dumps(values).encode()).is_clean is None


def test_the_digest_is_that_of_the_bytes() -> None:
    """Anybody can compute it with the tools of their system."""
    assert compute_digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "x"},
        {"version": 2},
        {"version": "1"},
        {"files": []},
        {"files": {"../x": {"sha256": "a" * 64, "bytes": 1}}},
        {"files": {"x": {"sha256": "A" * 64, "bytes": 1}}},
        {"files": {"x": {"sha256": "a" * 63, "bytes": 1}}},
        {"files": {"x": {"sha256": "a" * 64, "bytes": -1}}},
        {"files": {"x": {"sha256": "a" * 64, "bytes": True}}},
        {"files": {"x": {"sha256": "a" * 64, "bytes": MAX_FILE + 1}}},
        {"files": {"x": "a"}},
        {"as_at": "yesterday"},
        {"audience": "everybody"},
        {"subject": "x"},
        {"names": "x"},
        {"names": [1]},
        {"from": "2025"},
        {"to": None},
        {"commit": "--output=x"},
        {"working_tree_clean": "yes"},
        {"from_earlier_commit": 1},
        {"plansite": None},
    ],
)
def test_what_is_no_manifest(changes: dict[str, Any]) -> None:
    """Each value that no pack has is refused."""
    values = json.loads(format_pack_manifest(MANIFEST)) | changes
    with pytest.raises(NotAPackError):
        parse_pack_manifest(json.dumps(values).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_json(data: bytes) -> None:
    """Neither is anything that is no object."""
    with pytest.raises(NotAPackError):
        parse_pack_manifest(data)


@pytest.mark.parametrize(
    ("path", "is_safe"),
    [
        ("a/b.html", True),
        ("files/plans/ä/x y.pdf", True),
        ("", False),
        ("/a", False),
        ("../a", False),
        ("a/../../b", False),
        ("a/./b", False),
        ("a//b", False),
        ("a/", False),
        ("a\\b", False),
        ("C:/a", False),
        ("c:a", False),
        ("a\x00b", False),
        ("a\nb", False),
        ("a\u202eb", False),
        ("a./b", False),
        ("a ", False),
    ],
)
def test_paths(path: str, is_safe: bool) -> None:
    """A path is safe if it stays in its folder on every system and hides nothing from who reads it."""
    assert is_safe_path(path) is is_safe


def test_twins() -> None:
    """Names that some file systems take for the same are found, each once."""
    assert find_twins(["a", "b", "A", "a", "é", "e\u0301"]) == ("A", "a", "e\u0301")
