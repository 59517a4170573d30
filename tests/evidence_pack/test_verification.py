"""A pack that was changed in any way is told from an intact one, and hostile archives do no harm."""

from __future__ import annotations

import contextlib
import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.evidence_pack.archive import PackOutputError, is_pack, require_writable, write_pack
from plansite.evidence_pack.manifest import MANIFEST as NAME
from plansite.evidence_pack.manifest import NotAPackError, format_pack_manifest
from plansite.evidence_pack.verification import check_pack
from plansite.publish.stage import FileDigest
from tests.evidence_pack.test_manifest import MANIFEST
from tests.examples import examples

FILES = {"index.html": b"<p>cover</p>\n" * 50, "files/a.txt": b"evidence", "empty.txt": b""}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small pack."""
    path = tmp_path / "pack.zip"
    write_pack(path, FILES, MANIFEST)
    return path


def _rewrite(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Unpack, change some files, and pack again."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def _differences(path: Path) -> list[str]:
    return list(map(str, check_pack(path).differences))


def test_an_intact_pack(pack: Path) -> None:
    """It has no difference, and says what was put into it; the digest is the one that was given when it was made."""
    checked = check_pack(pack)
    assert checked.differences == ()
    assert checked.manifest.files["files/a.txt"].size == 8
    assert replace(checked.manifest, files=MANIFEST.files) == MANIFEST
    assert checked.digest == write_pack(pack, FILES, MANIFEST)


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda files: files.update({"files/a.txt": b"evidencf"}), "changed: files/a.txt"),
        (lambda files: files.update({"files/a.txt": b"evidence and more"}), "changed: files/a.txt"),
        (lambda files: files.update({"empty.txt": b"x"}), "changed: empty.txt"),
        (lambda files: files.pop("index.html"), "missing: index.html"),
        (lambda files: files.update({"new.html": b"x"}), "added: new.html"),
        (lambda files: files.update({"folder/": b""}), "added: folder/"),
        (
            lambda files: files.update({"../../x.sh": b"x"}),
            "unsafe: ../../x.sh (its name leads out of the folder, or cannot be shown)",
        ),
        (
            lambda files: files.update({"/etc/x": b"x"}),
            "unsafe: /etc/x (its name leads out of the folder, or cannot be shown)",
        ),
        (lambda files: files.update({"INDEX.html": b"x"}), "unsafe: INDEX.html (it is there twice)"),
    ],
)
def test_each_change_is_named(pack: Path, change: Callable[[dict[str, bytes]], None], difference: str) -> None:
    """A file that is changed, missing, added or unsafe is named with what is wrong."""
    _rewrite(pack, change)
    assert _differences(pack) == [difference]


@settings(max_examples=examples(300))
@given(data=st.data())
def test_no_byte_can_be_changed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whichever byte of the archive is changed: the contents are the same, or a difference is named, or it is no pack."""
    path = tmp_path_factory.mktemp("pack") / "pack.zip"
    digest = write_pack(path, FILES, MANIFEST)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        checked = check_pack(path)
    except NotAPackError:
        return
    if checked.differences or checked.digest != digest:
        return
    with zipfile.ZipFile(path) as archive:
        assert {name: archive.read(name) for name in archive.namelist() if name != NAME} == FILES


@pytest.mark.parametrize(("mark", "offset"), [(b"PK\x01\x02", 10), (b"PK\x05\x06", 16)], ids=["method", "place"])
def test_a_damaged_directory_makes_no_other_error(tmp_path: Path, mark: bytes, offset: int) -> None:
    """Another method of packing, and a directory that is said to begin elsewhere, in every bit."""
    path = tmp_path / "pack.zip"
    write_pack(path, FILES, MANIFEST)
    whole = path.read_bytes()
    for bit in range(16):
        content = bytearray(whole)
        content[whole.index(mark) + offset + bit // 8] ^= 1 << bit % 8
        path.write_bytes(content)
        with contextlib.suppress(NotAPackError):
            check_pack(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice(pack: Path) -> None:
    """Two readers could be shown two contents, so it is unsafe; with two manifests it is no pack."""
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr("index.html", "other")
    assert _differences(pack) == ["unsafe: index.html (it is there twice)"]
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr(NAME, "{}")
    with pytest.raises(NotAPackError, match="more than one manifest"):
        check_pack(pack)


def test_what_surrounds_the_archive(pack: Path) -> None:
    """A program in front of an archive, or a comment behind it, is named."""
    content = pack.read_bytes()
    with zipfile.ZipFile(pack, "a") as archive:
        archive.comment = b"call this number"
    assert _differences(pack) == ["added: the archive (it has a comment)"]
    pack.write_bytes(b"MZ program" + content)
    assert _differences(pack) == ["unsafe: the archive (something stands before its first file)"]


def test_a_link(pack: Path) -> None:
    """A member that some programs unpack as a link is unsafe."""
    with zipfile.ZipFile(pack, "a") as archive:
        member = zipfile.ZipInfo("link")
        member.create_system, member.external_attr = 3, 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    assert _differences(pack) == ["unsafe: link (it is a link)"]


def test_an_encrypted_member(pack: Path) -> None:
    """It cannot be compared, so it counts as changed."""
    content = bytearray(pack.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        content[place + offset] |= 1
    pack.write_bytes(content)
    assert [line.partition(" (")[0] for line in _differences(pack)] == ["changed: empty.txt"]


def test_a_member_that_unpacks_to_far_more(pack: Path) -> None:
    """No more of a member is unpacked than its manifest says, and nothing of one that is not in it."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("files/a.txt", bytes(300_000_000))
    with zipfile.ZipFile(pack) as archive:
        others = {name: archive.read(name) for name in archive.namelist() if name != "files/a.txt"}
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in others.items():
            archive.writestr(name, data)
    pack.write_bytes(bomb.getvalue())
    assert _differences(pack) == ["changed: files/a.txt"]


def test_a_size_that_is_a_lie(pack: Path) -> None:
    """The size that the archive gives for a member is not believed."""
    content = bytearray(pack.read_bytes())
    place = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 1)
    struct.pack_into("<I", content, place + 24, 0xFFFFFF00)
    pack.write_bytes(content)
    assert all(line.startswith("changed:") for line in _differences(pack))


def test_a_manifest_that_claims_too_much(pack: Path) -> None:
    """More than any pack holds is refused before anything is read."""
    files = {f"f{number}": FileDigest("a" * 64, 1024**3) for number in range(5)}
    manifest = format_pack_manifest(replace(MANIFEST, files=files))
    _rewrite(pack, lambda members: members.update({NAME: manifest}))
    with pytest.raises(NotAPackError, match="larger than those of any pack"):
        check_pack(pack)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(200)])
def test_what_is_no_pack(tmp_path: Path, content: bytes) -> None:
    """Any other file is no pack."""
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(NotAPackError):
        check_pack(path)
    assert not is_pack(path)


def test_a_manifest_of_something_else(pack: Path) -> None:
    """A zip archive with another manifest is no pack."""
    _rewrite(pack, lambda files: files.update({NAME: json.dumps({"name": "app"}).encode()}))
    with pytest.raises(NotAPackError, match="not that of an evidence pack"):
        check_pack(pack)


def test_where_a_pack_may_be_written(tmp_path: Path, pack: Path) -> None:
    """Over nothing and over a pack; not over a folder or another file, nor where there is no folder or a site's content."""
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (tmp_path / "notes.zip").write_bytes(b"mine")
    for target in (tmp_path / "new.zip", pack):
        require_writable(target, root)
    for target, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "notes.zip", "not an evidence pack"),
        (tmp_path / "no" / "x.zip", "there is no folder"),
        (root / "content" / "x.zip", "among the content"),
    ):
        with pytest.raises(PackOutputError, match=words):
            require_writable(target, root)


def test_a_pack_is_written_whole_or_not_at_all(pack: Path) -> None:
    """If a file of it cannot be read, the old pack is still there, and nothing else."""
    before = pack.read_bytes()

    class Unreadable(bytes):
        """Raises where its bytes are asked for."""

        def __len__(self) -> int:
            raise OSError("broken disk")

    with pytest.raises(OSError, match="broken disk"):
        write_pack(pack, {"a": b"1", "b": Unreadable()}, MANIFEST)
    assert pack.read_bytes() == before
    assert [path.name for path in pack.parent.iterdir()] == ["pack.zip"]
