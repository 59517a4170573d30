"""What may be replaced by a site: a folder that plansite made, an empty one, or none; nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plansite.publish.errors import NotOursError
from plansite.publish.output_folder import resolve_output
from plansite.publish.publish import publish_files
from tests.publish.versions import MANIFEST, beside, files_in, version, whole

_GOOD = {"format": 1, "plansite": "0.1.0", "files": {"index.html": "00"}}


def test_the_top_of_the_file_system_is_refused() -> None:
    """Nobody's computer becomes a site."""
    with pytest.raises(NotOursError, match="the top of the file system"):
        publish_files(Path("/"), version("a"))


def test_a_file_is_refused(tmp_path: Path) -> None:
    """A file stays what it is."""
    (tmp_path / "public").write_text("mine")
    with pytest.raises(NotOursError, match="it is a file"):
        publish_files(tmp_path / "public", version("a"))
    assert (tmp_path / "public").read_text() == "mine"


@pytest.mark.parametrize("made", [True, False])
def test_a_link_is_refused(tmp_path: Path, made: bool) -> None:
    """A link is not followed, even to a published site; the folder itself is to be named."""
    if made:
        publish_files(tmp_path / "real", version("a"))
    (tmp_path / "public").symlink_to("real")
    with pytest.raises(NotOursError, match="it is a link"):
        publish_files(tmp_path / "public", version("b"))
    assert (tmp_path / "public").is_symlink()
    assert (tmp_path / "real").exists() is made


def test_a_link_on_the_way_is_followed(tmp_path: Path) -> None:
    """A folder above may be a link; all that a build needs then lies beside the real folder."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    publish_files(tmp_path / "link/public", version("a"))
    assert whole(tmp_path / "real/public", "a") == "a"
    assert resolve_output(tmp_path / "link/public").staging.parent == (tmp_path / "real").resolve()


@pytest.mark.parametrize("below", ["", "site", "deep/site"])
def test_the_folder_a_site_is_made_from_is_refused(tmp_path: Path, below: str) -> None:
    """The site's own folder and those above it are refused, even with a manifest that makes them look published."""
    out = tmp_path / "out"
    publish_files(out, version("a"))
    root = out / below
    root.mkdir(parents=True, exist_ok=True)
    (root / "words.md").write_text("mine")
    with pytest.raises(NotOursError, match="the site's own files are in it"):
        publish_files(out, version("b"), root=root)
    assert (root / "words.md").read_text() == "mine"


@pytest.mark.parametrize(
    "inside", ["content", "content/public", "content/plans/new", "themes", "themes/public", ".git/public", "a/.svn/b"]
)
def test_a_folder_among_source_files_is_refused(tmp_path: Path, inside: str) -> None:
    """Nothing is written there, whether the folder exists or not: the next build would read it as content."""
    out = tmp_path / inside
    with pytest.raises(NotOursError, match="it is inside a folder of the site's own files"):
        publish_files(out, version("a"), root=tmp_path)
    assert list(tmp_path.iterdir()) == []
    out.mkdir(parents=True)
    with pytest.raises(NotOursError, match="it is inside a folder of the site's own files"):
        publish_files(out, version("a"), root=tmp_path)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("beside", ["contents", "public/content", "my-themes", "git"])
def test_a_folder_beside_source_files_is_accepted(tmp_path: Path, beside: str) -> None:
    """Only the whole name of a folder counts, and `content` and `themes` only at the root of the site."""
    assert resolve_output(tmp_path / beside, tmp_path).out.name == Path(beside).name


@pytest.mark.parametrize("name", ["plansite.yaml", ".git", ".hg", ".svn"])
def test_a_repository_is_refused(tmp_path: Path, name: str) -> None:
    """A folder with a site's settings or a repository in it is somebody's work, whatever else it holds."""
    publish_files(tmp_path / "public", version("a"))
    (tmp_path / "public" / name).write_text("mine")
    with pytest.raises(NotOursError, match=f"it contains “{name}”"):
        publish_files(tmp_path / "public", version("b"))
    assert (tmp_path / "public" / name).read_text() == "mine"


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        "",
        "{",
        "[" * 100_000,
        "\udcff",
        "[]",
        "1",
        json.dumps({**_GOOD, "format": 2}),
        json.dumps({**_GOOD, "format": "1"}),
        json.dumps({**_GOOD, "files": ["index.html"]}),
        json.dumps({**_GOOD, "files": {"index.html": 1}}),
        json.dumps({"format": 1, "files": {}}),
    ],
)
def test_a_folder_of_others_is_left_alone(tmp_path: Path, manifest: str | None) -> None:
    """Without a manifest that can be read, a folder with anything in it is refused, by name and with what to do."""
    out = tmp_path / "public"
    out.mkdir()
    (out / "index.html").write_text("mine")
    if manifest is not None:
        (out / MANIFEST).write_bytes(manifest.encode("utf-8", "surrogateescape"))
    before = files_in(out)
    with pytest.raises(NotOursError, match="plansite did not make it and changes nothing in it") as refused:
        publish_files(out, version("a"))
    assert str(out) in str(refused.value)
    assert files_in(out) == before
    assert beside(out) == []


def test_a_manifest_that_is_a_link_does_not_count(tmp_path: Path) -> None:
    """A folder cannot borrow the manifest of another."""
    publish_files(tmp_path / "public", version("a"))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / MANIFEST).symlink_to(tmp_path / "public" / MANIFEST)
    with pytest.raises(NotOursError):
        publish_files(tmp_path / "other", version("b"))
    assert whole(tmp_path / "public", "a") == "a"
