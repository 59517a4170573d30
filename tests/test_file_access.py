"""Files are opened only where they are plain, and only inside their folder."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from plansite.file_access import (
    FileInFolder,
    FileTooLargeError,
    NotPlainFileError,
    OutsideFolderError,
    RefusedFileError,
    is_folder,
    is_present,
    list_files,
    open_inside,
    open_plain_file,
    read_inside,
    read_plain_file,
    replace_kept_file,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files and links, and a secret beside it."""
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner/a.txt").write_text("a")
    (folder / "b.txt").write_text("b")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "folder-2").mkdir()
    (tmp_path / "folder-2/secret.txt").write_text("secret")
    return folder


def test_a_plain_file_is_read(folder: Path) -> None:
    """Whole, by its folder and path."""
    assert read_inside(folder, "inner/a.txt", 10) == b"a"
    assert FileInFolder(folder, "b.txt").read() == b"b"
    assert read_plain_file(folder / "b.txt", 1) == b"b"


@pytest.mark.parametrize(
    ("link", "target"), [("c.txt", "inner/a.txt"), ("inner/c.txt", "a.txt"), ("inner/c.txt", "../inner/a.txt")]
)
def test_a_link_inside_the_folder_is_followed(folder: Path, link: str, target: str) -> None:
    """To a file of the same folder; where no link is wanted, it is refused."""
    (folder / link).symlink_to(target)
    assert read_inside(folder, link, 10) == b"a"
    for refused in (lambda: open_plain_file(folder / link), FileInFolder(folder, link, follows_links=False).open):
        with pytest.raises(NotPlainFileError):
            refused()


def test_a_folder_that_is_a_link_inside_is_followed(folder: Path) -> None:
    """On the way to the file as well."""
    (folder / "linked").symlink_to("inner")
    assert read_inside(folder, "linked/a.txt", 10) == b"a"


@pytest.mark.parametrize("target", ["../secret.txt", "/proc/self/environ", "../folder-2/secret.txt", "/dev/zero"])
def test_a_link_out_of_the_folder_is_refused(folder: Path, target: str) -> None:
    """Relative or not, also to a folder whose name begins like this one's, also on the way to a file."""
    (folder / "c.txt").symlink_to(target)
    with pytest.raises(OutsideFolderError):
        open_inside(folder, "c.txt")
    (folder / "way").symlink_to(Path(target).parent)
    with pytest.raises(OutsideFolderError):
        open_inside(folder, f"way/{Path(target).name}")


@pytest.mark.parametrize("path", ["../secret.txt", "inner/../../secret.txt", "/etc/hostname"])
def test_a_path_out_of_the_folder_is_refused(folder: Path, path: str) -> None:
    """Even if whoever gave the path did not look."""
    with pytest.raises(OutsideFolderError):
        open_inside(folder, path)


def test_what_is_no_file_is_refused_and_not_waited_for(folder: Path) -> None:
    """A pipe, a socket, a folder, a link to itself."""
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to("loop")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(os.path.relpath(folder / "socket"))
        for name in ("pipe", "loop", "socket", "inner"):
            with pytest.raises(RefusedFileError):
                open_inside(folder, name)
            with pytest.raises(NotPlainFileError):
                open_plain_file(folder / name)


def test_what_is_missing_is_told_from_what_is_refused(folder: Path) -> None:
    """Only the former may count as absent."""
    (folder / "dangling").symlink_to("nowhere")
    for path in ("nowhere.txt", "nowhere/a.txt", "dangling"):
        with pytest.raises(FileNotFoundError):
            open_inside(folder, path)


def test_a_large_file_is_refused_before_it_is_read(folder: Path) -> None:
    """With its size; a file of just the limit is read."""
    with (folder / "large").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(FileTooLargeError, match=r"has 1,099,511,627,776 bytes; the most is 1,024"):
        read_plain_file(folder / "large", 1024)


def test_a_file_exchanged_for_a_link_is_not_followed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at its kind and opening it, which is when an attacker would do it."""
    look = os.stat

    def exchange(path: str, **options: object) -> os.stat_result:
        status = look(path, **options)  # type: ignore[arg-type]
        if path == "b.txt":
            (folder / "b.txt").unlink()
            (folder / "b.txt").symlink_to("../secret.txt")
        return status

    monkeypatch.setattr(os, "stat", exchange)
    with pytest.raises(RefusedFileError):
        open_inside(folder, "b.txt")


def _open_descriptors() -> int:
    own = Path("/proc/self/fd")
    return len(list(own.iterdir())) if own.exists() else 0


def test_descriptors_are_closed(folder: Path) -> None:
    """Those of folders on the way, and those of what was refused."""
    os.mkfifo(folder / "inner/pipe")
    (folder / "out").symlink_to("../secret.txt")
    before = _open_descriptors()
    for path in ("inner/a.txt", "inner/pipe", "out", "nowhere/a"):
        try:
            os.close(open_inside(folder, path))
        except OSError:
            continue
    assert _open_descriptors() == before


def test_files_are_listed_with_links_and_without_hidden_ones(folder: Path) -> None:
    """Sorted, and none where there is no folder; a folder that is a link is one entry."""
    (folder / ".hidden").mkdir()
    (folder / ".hidden/a").write_text("")
    (folder / "linked").symlink_to("inner")
    assert list(list_files(folder)) == ["b.txt", "inner/a.txt", "linked"]
    assert list(list_files(folder / "nowhere")) == []
    with pytest.raises(NotADirectoryError):
        list(list_files(folder / "b.txt"))


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_what_cannot_be_told_is_no_absence(folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Neither of a file nor of a folder."""
    (folder / "dangling").symlink_to("nowhere")
    (folder / "file").touch()
    assert [is_present(folder / name) for name in ("", "dangling", "missing", "file/below")] == [
        True,
        True,
        False,
        False,
    ]
    assert [is_folder(folder / name) for name in ("", "dangling", "missing", "file/below")] == [
        True,
        False,
        False,
        False,
    ]

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(os, "stat", fail)
    monkeypatch.setattr(os, "lstat", fail)
    for ask in (is_present, is_folder):
        with pytest.raises(OSError, match=error.strerror):
            ask(folder / "file")


def test_a_file_of_a_cache_is_replaced_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never through a link, and nothing half written stays."""
    victim, target = folder / "victim", folder / "kept.json"
    victim.write_text("precious")
    target.symlink_to(victim)
    (folder / f"kept.json.{os.getpid()}").symlink_to(victim)
    replace_kept_file(target, b"new")
    assert (victim.read_text(), target.read_text(), target.is_symlink()) == ("precious", "new", False)
    before = sorted(path.name for path in folder.iterdir())

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        replace_kept_file(target, b"newer")
    assert sorted(path.name for path in folder.iterdir()) == before
