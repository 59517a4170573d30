"""Output paths: whatever is asked for, nothing is written outside the folder, and no file lies on another."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.publish.errors import PathError, PublishError
from plansite.publish.output_paths import check_paths, parent_folders
from plansite.publish.publish import publish_files
from tests.publish.versions import MANIFEST, beside, files_in, version, whole

_PIECES = [
    ".",
    "..",
    "",
    "/",
    "\\",
    "C:",
    "TOP",
    "a",
    "A",
    "caf\u00e9",
    "cafe\u0301",
    "\u00df",
    "ss",
    "\uff0f",
    "a.html",
    "aux.html",
    "nul",
    " ",
    "a.",
    "\x00",
    "\n",
    "\ud800",
    "\udcff",
    "x" * 256,
    MANIFEST,
    "~",
    "$HOME",
    "-rf",
    "*",
]
_PATHS = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)), max_size=5).map("/".join)


@given(st.lists(_PATHS, max_size=5, unique=True))
def test_nothing_is_written_outside(paths: list[str]) -> None:
    """A build of hostile paths either publishes exactly those, or refuses and leaves nothing at all."""
    with tempfile.TemporaryDirectory() as top:
        out = Path(top) / "here/public"
        files = {path.replace("TOP", top): path.encode("utf-8", "replace") for path in paths}
        try:
            publish_files(out, files)
        except PublishError:
            assert files_in(Path(top)) == {}
        else:
            found = files_in(out)
            del found[MANIFEST]
            assert found == files
            assert beside(out) == []
            assert [path.name for path in Path(top).iterdir()] == ["here"]


_OUTSIDE = ["", "/etc/passwd", "//host/share", "a//b", "a/", "./a", "a/.", "..", "../a", "a/../../b"]
_CHARACTERS = ["a\\b", "\\\\host\\share", "C:/a", "C:a", "a.html:stream", "a\x00", "a\nb", "a\x7f"]
_DEVICES = ["con", "plans/NUL.html", "plans/aux/index.html", "lpt1.tar.gz", "COM¹", "conin$", "prn .txt"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        *((path, "not a plain path inside the site") for path in _OUTSIDE),
        *((path, "a backslash, a colon or a control character") for path in _CHARACTERS),
        *((path, "is reserved by Windows") for path in _DEVICES),
        *((path, "ends with a dot or a space") for path in ("a./b", "a /b", "index.html.", "index.html ")),
        ("é" * 128, "longer than 255 bytes"),
        ("a\ud800", "an incomplete character"),
        *((path, "would be the same file on some computers") for path in (MANIFEST, MANIFEST.upper(), f"{MANIFEST}/a")),
    ],
)
def test_an_unfit_path_is_refused(tmp_path: Path, path: str, why: str) -> None:
    """A path that leaves the folder, or that not every computer can hold, stops the build and is named."""
    publish_files(tmp_path / "public", version("a"))
    with pytest.raises(PathError, match=why) as refused:
        publish_files(tmp_path / "public", {**version("b"), path: b"x"})
    assert str(refused.value).isprintable()
    assert whole(tmp_path / "public", "a") == "a"


@pytest.mark.parametrize(
    "path",
    [
        "a",
        "a b.html",
        "_headers",
        ".well-known/x",
        "...a",
        "con-fused",
        "é/ü.html",
        "é" * 127,
        "what?.pdf",
        "a/b/c/d/e",
    ],
)
def test_a_fit_path_is_published(tmp_path: Path, path: str) -> None:
    """Plain paths, also with spaces, accents and dots in front, are published as they are."""
    publish_files(tmp_path / "public", {path: b"x"})
    assert (tmp_path / "public" / path).read_bytes() == b"x"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.html", "A.html"),
        ("plans/a/x.html", "Plans/b/x.html"),
        ("caf\u00e9.html", "cafe\u0301.html"),
        ("stra\u00dfe.html", "STRASSE.html"),
        ("\ufb01le.html", "file.html"),
        ("a", "a/b"),
        ("A", "a/b/c"),
    ],
)
def test_twins_are_refused_by_both_names(one: str, other: str) -> None:
    """Two paths that some computer takes for one, or a file where a folder must be, are refused with both named."""
    with pytest.raises(PathError, match="would be the same file on some computers") as refused:
        check_paths([one, other])
    first, second = (
        part.strip("“”/") for part in str(refused.value).split(" would be the same file")[0].split(" and ")
    )
    assert {first, second} <= {one, other, *parent_folders([one, other])}
    assert first.rstrip("/") != second or {one, other} == {"a", "a/b"}


def test_folders_come_before_what_lies_in_them() -> None:
    """Every folder is named once, after the one it lies in."""
    assert parent_folders(["c/d/e.html", "a.html", "c/f.html", "b/a.html"]) == ("b", "c", "c/d")
