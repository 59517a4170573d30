"""What a build does to the folder: exactly its files, nothing rewritten without need, nothing left beside."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from plansite.file_access import FileInFolder
from plansite.publish.errors import PublishError
from plansite.publish.publish import PublishCounts, open_publication, publish_files
from plansite.publish.steps import Step
from tests.publish.versions import MANIFEST, PAGES, STYLE, beside, files_in, version, whole


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that is not there yet, with nothing beside it."""
    return tmp_path / "here" / "public"


@pytest.fixture(params=[0o000, 0o027, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """A umask other than the usual one."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_a_first_build_makes_the_folder(out: Path) -> None:
    """The folder and those above it are made, with exactly the files given and the manifest, and nothing beside."""
    assert publish_files(out, version("a")) == PublishCounts(written=PAGES + 3, unchanged=0, removed=0)
    assert whole(out, "a") == "a"
    assert beside(out) == []


def test_an_empty_folder_may_be_filled(out: Path) -> None:
    """A folder that exists and is empty is as good as none."""
    out.mkdir(parents=True)
    publish_files(out, version("a"))
    assert whole(out, "a") == "a"


def test_a_site_without_files_is_still_a_site(out: Path) -> None:
    """Nothing to publish leaves a manifest alone, and the next build knows the folder for ours."""
    publish_files(out, {})
    assert list(files_in(out)) == [MANIFEST]
    publish_files(out, version("a"))
    assert whole(out, "a") == "a"


def test_pages_that_are_gone_vanish(out: Path) -> None:
    """A page of the old site that the new one lacks is removed and counted, with its folder."""
    publish_files(out, {**version("a"), "plans/old/index.html": b"old"})
    assert publish_files(out, version("a")) == PublishCounts(written=0, unchanged=PAGES + 3, removed=1)
    assert whole(out, "a") == "a"
    assert not (out / "plans/old").exists()


def test_what_has_not_changed_is_the_same_file(out: Path) -> None:
    """A file with the same bytes keeps its inode, one with other bytes gets a new one; both are counted."""
    publish_files(out, version("a"))
    style, index = (out / STYLE).stat(), (out / "index.html").stat()
    assert publish_files(out, version("b")) == PublishCounts(written=PAGES + 2, unchanged=1, removed=1)
    assert os.path.samestat(style, (out / STYLE).stat())
    assert not os.path.samestat(index, (out / "index.html").stat())


def test_a_file_changed_by_hand_is_written_anew(out: Path) -> None:
    """A page whose bytes are not those of the manifest is never carried into the next site."""
    publish_files(out, version("a"))
    (out / "index.html").write_bytes(b"x" * len(version("a")["index.html"]))
    assert publish_files(out, version("a"), is_known=True).written == 1
    assert whole(out, "a") == "a"


def test_a_file_that_differs_from_its_manifest_is_never_linked(out: Path) -> None:
    """Not even where somebody changed it by hand into just what the next build holds."""
    publish_files(out, version("a"))
    (out / "index.html").write_bytes(version("b")["index.html"])
    before = (out / "index.html").stat()
    assert publish_files(out, version("b"), is_known=True).unchanged == 1
    assert not os.path.samestat(before, (out / "index.html").stat())
    assert whole(out, "b") == "b"


def test_a_file_with_another_name_elsewhere_is_written_anew(out: Path, tmp_path: Path) -> None:
    """What somebody else holds too could be changed there, so it is not carried on."""
    publish_files(out, version("a"))
    (tmp_path / "backup.html").hardlink_to(out / "index.html")
    publish_files(out, version("a"))
    assert not (tmp_path / "backup.html").samefile(out / "index.html")
    assert whole(out, "a") == "a"


@pytest.mark.parametrize("target", ["same.html", "missing.html", "."])
def test_a_page_that_became_a_link_is_written_anew(out: Path, tmp_path: Path, target: str) -> None:
    """A link put in the place of a page is neither followed nor kept."""
    publish_files(out, version("a"))
    (tmp_path / "same.html").write_bytes(version("a")["index.html"])
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(tmp_path / target)
    publish_files(out, version("a"), is_known=True)
    assert not (out / "index.html").is_symlink()
    assert whole(out, "a") == "a"
    assert (tmp_path / "same.html").read_bytes() == version("a")["index.html"]


def test_a_missing_page_comes_back(out: Path) -> None:
    """A site that somebody took pages and folders from is whole again after a build."""
    publish_files(out, version("a"))
    (out / "index.html").unlink()
    shutil.rmtree(out / "plans/p1")
    publish_files(out, version("a"))
    assert whole(out, "a") == "a"


def test_what_was_put_into_the_site_goes(out: Path) -> None:
    """The folder holds the site alone: a file that somebody added is gone after the next build."""
    publish_files(out, version("a"))
    (out / "plans/notes.txt").write_text("mine")
    publish_files(out, version("a"), is_known=True)
    assert whole(out, "a") == "a"


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    """The same files give the same tree, manifest and all, whatever the order and whatever stood there before."""
    publish_files(tmp_path / "one", version("a"))
    publish_files(tmp_path / "two", version("b"))
    publish_files(tmp_path / "two", dict(reversed(version("a").items())))
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")


@pytest.mark.skipif(os.name != "posix", reason="this system has no modes")
@pytest.mark.usefixtures("umask")
def test_modes_do_not_depend_on_the_umask(out: Path) -> None:
    """Every file is 0644 and every folder 0755, also after a mode was changed by hand."""
    publish_files(out, version("a"))
    (out / STYLE).chmod(0o600)
    (out / "static").chmod(0o700)
    publish_files(out, version("b"))
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (out, *out.rglob("*"))}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_files_are_copied_from_where_they_lie(out: Path, tmp_path: Path) -> None:
    """A path stands for a file to copy; it is told from its old copy by its bytes alone, and its mode is not copied."""
    picture = tmp_path / "picture.png"
    picture.write_bytes(os.urandom(3_000_000))
    picture.chmod(0o600)
    files: dict[str, bytes | FileInFolder] = {"picture.png": FileInFolder(tmp_path, "picture.png"), "index.html": b"a"}
    assert publish_files(out, files) == PublishCounts(written=2, unchanged=0, removed=0)
    os.utime(picture, (0, 0))
    assert publish_files(out, files) == PublishCounts(written=0, unchanged=2, removed=0)
    picture.write_bytes(b"another")
    assert publish_files(out, files) == PublishCounts(written=1, unchanged=1, removed=0)
    assert (out / "picture.png").read_bytes() == b"another"
    assert not (out / "picture.png").samefile(picture)


def test_hard_links_are_not_needed(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses hard links, what has not changed is written like the rest.

    No file system that refuses them can be counted on where tests run, so the call itself is replaced.
    """

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    publish_files(out, version("a"))
    monkeypatch.setattr(os, "link", refuse)
    assert publish_files(out, version("a")) == PublishCounts(written=PAGES + 3, unchanged=0, removed=0)
    assert whole(out, "a") == "a"


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_a_file_that_cannot_be_copied_stops_the_build(out: Path, tmp_path: Path, kind: str) -> None:
    """A source that is not there, or no plain file, is named; the old site stays and nothing lies beside it."""
    source = tmp_path / "report.pdf"
    if kind == "folder":
        source.mkdir()
    elif kind == "pipe":
        os.mkfifo(source)
    publish_files(out, version("a"))
    with pytest.raises(
        PublishError, match=r"report\.pdf is to be published, but (No such file|the file is not a plain file)"
    ):
        publish_files(out, {**version("b"), "evidence/report.pdf": FileInFolder(tmp_path, "report.pdf")})
    assert whole(out, "a") == "a"
    assert beside(out) == []


@pytest.mark.parametrize("harm", ["cut", "gone", "more"])
def test_what_was_staged_is_verified(out: Path, harm: str) -> None:
    """A staged site that lost bytes or a file, or got one more, is not published."""
    publish_files(out, version("a"))
    staged = out.with_name(".public.plansite-next")

    def spoil(step: Step) -> None:
        if step is Step.MANIFEST_WRITTEN and harm == "cut":
            os.truncate(staged / "plans/p1/actions/a1.html", 5)
        elif step is Step.MANIFEST_WRITTEN and harm == "gone":
            (staged / "plans/p1/actions/a1.html").unlink()
        elif step is Step.MANIFEST_WRITTEN:
            (staged / "plans/p1/more.html").touch()

    with pytest.raises(PublishError, match="nothing was published"):
        publish_files(out, version("b"), observe=spoil)
    assert whole(out, "a") == "a"
    assert beside(out) == []


def test_an_interrupted_build_leaves_nothing(out: Path) -> None:
    """Ctrl+C in the middle leaves the old site and nothing beside it."""
    publish_files(out, version("a"))

    def interrupt(step: Step) -> None:
        if step is Step.FILE_STAGED:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish_files(out, version("b"), observe=interrupt)
    assert whole(out, "a") == "a"
    assert beside(out) == []


def test_a_relative_path_is_as_good(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder may be named from where one stands, with dots on the way."""
    out.parent.mkdir()
    monkeypatch.chdir(out.parent)
    publish_files(Path("public"), version("a"))
    publish_files(Path("../here/./public/../public"), version("b"))
    assert whole(out, "b") == "b"


@pytest.mark.parametrize("before", ["none", "same", "other"])
def test_the_work_of_a_forked_process_that_failed_can_be_done_again(out: Path, before: str) -> None:
    """A file that it had staged, whole or in part, is staged anew by the one that does its work."""
    if before != "none":
        publish_files(out, {"a.html": b"new" if before == "same" else b"old"})
    with open_publication(out) as edition:
        (out.with_name(".public.plansite-next") / "a.html").write_bytes(b"ne")
        edition.finish({"a.html": edition.stage.put("a.html", b"new")})
    assert files_in(out)["a.html"] == b"new"


def test_two_files_of_one_path_are_refused(out: Path) -> None:
    """Which of them was meant nobody can tell."""
    publish_files(out, version("a"))
    with (
        pytest.raises(PublishError, match=r"two files are to be published as a\.html"),
        open_publication(out) as edition,
    ):
        edition.stage.put("a.html", b"1")
        edition.stage.put("a.html", b"2")
    assert whole(out, "a") == "a"
