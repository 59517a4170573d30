"""A manifest is what anybody may have written: only files that it tells the truth about count as made by plansite."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.cache.clean import CleanedOutput, clean_site
from plansite.publish.errors import NotOursError, PublishError
from plansite.publish.manifest import MANIFEST, MAX_MANIFEST_SIZE, read_manifest
from plansite.publish.publish import publish_files
from plansite.verify.claims import read_claims
from tests.publish.versions import files_in

CONTENT = b"somebody's work"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def _write_manifest(out: Path, files: object) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / MANIFEST).write_text(json.dumps({"format": 1, "plansite": "1", "files": files}))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with content that no command may touch."""
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "content/a.md").write_bytes(CONTENT)
    (tmp_path / "outside.txt").write_bytes(CONTENT)
    return root


@pytest.mark.parametrize(
    "path",
    [
        "../content/a.md",
        "plans/../../content/a.md",
        "../../outside.txt",
        "./../content/a.md",
        "..\\content\\a.md",
        "/etc/hostname",
        "//etc/hostname",
        "",
        ".",
        "a\0b",
    ],
)
def test_a_manifest_with_a_path_out_of_the_folder_is_none(root: Path, path: str) -> None:
    """Neither `clean` nor a build takes the folder for ours, and nothing is removed."""
    out = root / "public"
    _write_manifest(out, {path: DIGEST, "b.html": DIGEST})
    assert read_manifest(out) is None
    with pytest.raises(NotOursError):
        clean_site(root, out)
    with pytest.raises(NotOursError):
        publish_files(out, {"index.html": b"a"}, root=root)
    assert (root / "content/a.md").read_bytes() == (root.parent / "outside.txt").read_bytes() == CONTENT


def test_an_absolute_path_is_never_removed(root: Path) -> None:
    """Not even with the right hash."""
    _write_manifest(root / "public", {str(root / "content/a.md"): DIGEST})
    with pytest.raises(NotOursError):
        clean_site(root, root / "public")
    assert (root / "content/a.md").exists()


@pytest.mark.parametrize("digest", ["", "0" * 64, DIGEST.upper(), DIGEST[:-1], f"{DIGEST}\n", None, 1, [DIGEST]])
def test_a_file_with_another_hash_stays(root: Path, digest: object) -> None:
    """And is named, or the manifest is none."""
    out = root / "public"
    _write_manifest(out, {"notes.txt": digest})
    (out / "notes.txt").write_bytes(CONTENT)
    try:
        assert clean_site(root, out).left == ("notes.txt",)
    except NotOursError:
        assert read_manifest(out) is None
    assert (out / "notes.txt").read_bytes() == CONTENT


@pytest.mark.parametrize("target", ["../content", "../../site/content"])
def test_links_on_the_way_are_not_followed(root: Path, target: str) -> None:
    """A folder of the site that is a link to the content, a file that is one, and the folder itself."""
    out = root / "public"
    _write_manifest(out, {"plans/a.md": DIGEST, "b.md": DIGEST})
    (out / "plans").symlink_to(target)
    (out / "b.md").symlink_to(f"{target}/a.md")
    assert clean_site(root, out) == CleanedOutput(1, ("b.md", "plans"))
    assert (root / "content/a.md").read_bytes() == CONTENT
    shutil.rmtree(out)
    out.symlink_to("content")
    (root / "content" / MANIFEST).write_text(json.dumps({"format": 1, "plansite": "1", "files": {"a.md": DIGEST}}))
    with pytest.raises(PublishError):
        clean_site(root, out)
    assert (root / "content/a.md").read_bytes() == CONTENT


def test_the_manifest_goes_last(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A removal that is cut short leaves a folder that is still known for ours, and the next one ends it."""
    out = root / "public"
    publish_files(out, {"index.html": b"a", "plans/p.html": b"b", "-.html": b"c"}, root=root)
    unlink = Path.unlink

    def fail_at_second(self: Path, missing_ok: bool = False) -> None:
        if self.name == "index.html":
            raise PermissionError(13, "Permission denied", str(self))
        unlink(self, missing_ok)

    with monkeypatch.context() as patch, pytest.raises(PermissionError):
        patch.setattr(Path, "unlink", fail_at_second)
        clean_site(root, out)
    assert clean_site(root, out).left == ()
    assert not out.exists()


@pytest.mark.parametrize("files", [{}, {"notes.txt": "0" * 64}, {"other.txt": DIGEST}])
def test_a_build_replaces_only_what_the_manifest_tells_the_truth_about(root: Path, files: object) -> None:
    """A forged manifest beside somebody's work does not make it ours; the files at stake are named."""
    out = root / "docs"
    _write_manifest(out, files)
    (out / "notes.txt").write_bytes(CONTENT)
    before = files_in(out)
    with pytest.raises(NotOursError, match=r"notes\.txt"):
        publish_files(out, {"index.html": b"a"}, root=root)
    assert files_in(out) == before


def test_a_site_published_elsewhere_may_be_replaced(root: Path) -> None:
    """Where each file is as its manifest says, nothing can be lost."""
    out = root / "public"
    publish_files(out, {"index.html": b"a"}, root=root)
    publish_files(out, {"index.html": b"b"}, root=root)
    assert (out / "index.html").read_bytes() == b"b"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"format": 1}', "\0", '{"format": 1, "plansite": "1", "files": []}'])
def test_a_manifest_that_is_none_is_no_licence(root: Path, text: str) -> None:
    """The folder is left alone."""
    out = root / "public"
    out.mkdir()
    (out / MANIFEST).write_text(text)
    with pytest.raises(NotOursError):
        clean_site(root, out)
    assert (out / MANIFEST).read_text() == text


_NAMES = st.sampled_from(
    ["..", ".", "", "content", "a.md", "public", "plans", "/", "\\", "C:", "b.html", "~", "%2e%2e", "…"]
)
_PATHS = st.one_of(st.lists(_NAMES, min_size=1, max_size=5).map("/".join), st.text(max_size=12))
_DIGESTS = st.one_of(st.just(DIGEST), st.text(max_size=64), st.none())


@given(files=st.dictionaries(_PATHS, _DIGESTS, max_size=6), links=st.booleans())
def test_no_manifest_costs_anything_outside_its_folder(files: dict[str, str | None], links: bool) -> None:
    """Whatever it says: the content stays as it was under `clean` and under a build, and files with other hashes stay."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        (root / "content").mkdir(parents=True)
        (root / "content/a.md").write_bytes(CONTENT)
        out = root / "public"
        _write_manifest(out, files)
        (out / "theirs.txt").write_bytes(b"theirs")
        if links:
            (out / "plans").symlink_to("../content")
        for work in (lambda: clean_site(root, out), lambda: publish_files(out, {"index.html": b"a"}, root=root)):
            try:
                work()
            except PublishError:
                continue
        assert files_in(root / "content") == {"a.md": CONTENT}
        assert (out / "theirs.txt").read_bytes() == b"theirs"


def test_a_name_with_characters_that_steer_a_terminal(root: Path) -> None:
    """They are replaced in the message."""
    out = root / "public"
    _write_manifest(out, {})
    (out / "a\x1b[31m\nb").touch()
    with pytest.raises(NotOursError, match=re.escape("changed since: a\ufffd[31m\ufffdb. They")):
        publish_files(out, {"index.html": b""}, root=root)


def test_a_manifest_that_would_fill_the_memory(root: Path) -> None:
    """It is not read: lists take 25 times the size of their text."""
    out = root / "public"
    out.mkdir()
    (out / MANIFEST).write_text('{"format": 1, "plansite": "1", "files": {}}')
    os.truncate(out / MANIFEST, MAX_MANIFEST_SIZE + 1)
    tracemalloc.start()
    assert read_manifest(out) is None
    assert read_claims(out).version == ""
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
