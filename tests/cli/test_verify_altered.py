"""Whatever is done to a published copy by hand, `plansite verify` tells it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.cli.exit_codes import ExitCode
from plansite.publish.manifest import MANIFEST, format_manifest, read_manifest
from plansite.verify.published_files import sha256_file
from tests.cli.copies import build, edit, two_commits, verify
from tests.history.repo import Repo


def _same_size(public: Path) -> str:
    page = public / "plans/p/actions/a.html"
    page.write_bytes(page.read_bytes().replace(b"March", b"April"))
    return "different, after it was built: plans/p/actions/a.html"


def _add(public: Path) -> str:
    (public / "plans/x").mkdir()
    (public / "plans/x/evil.html").write_text("x")
    return "added, after it was built: plans/x/evil.html"


def _remove(public: Path) -> str:
    (public / "overdue.html").unlink()
    return "missing, after it was built: overdue.html"


def _asset(public: Path) -> str:
    path = next(public.rglob("why.txt"))
    path.write_text("No.")
    return f"different, after it was built: {path.relative_to(public).as_posix()}"


def _link(public: Path) -> str:
    (public / "words.html").rename(public.parent / "words.html")
    (public / "words.html").symlink_to(public.parent / "words.html")
    return "different, after it was built: words.html"


def _list_and_page(public: Path) -> str:
    """The page is altered, and the list with it, so that the two agree."""
    edit(public)
    listed = dict(read_manifest(public) or {}) | {"index.html": sha256_file(str(public / "index.html"))}
    (public / MANIFEST).write_bytes(format_manifest(listed))
    return "different: index.html"


def _list(public: Path) -> str:
    path = public / ".plansite.json"
    path.write_bytes(path.read_bytes().replace(b"index.html", b"other.html", 1))
    return "different: .plansite.json"


def _torn_list(public: Path) -> str:
    (public / ".plansite.json").write_bytes(b"{")
    return "different: .plansite.json"


def _no_list(public: Path) -> str:
    (public / ".plansite.json").unlink()
    return "missing: .plansite.json"


def _in_the_words_on_signatures(public: Path) -> str:
    about = public / "about.html"
    page = about.read_text("utf-8")
    about.write_text(page.replace("</dl>", "<div data-signed><dt>Signed</dt><dd><script></script></dd></div></dl>", 1))
    return "about.html"


DEEDS: tuple[Callable[[Path], str], ...] = (
    edit,
    _same_size,
    _add,
    _remove,
    _asset,
    _link,
    _list_and_page,
    _list,
    _torn_list,
    _no_list,
    _in_the_words_on_signatures,
)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A site of two commits, and the copy that was built of it: each test alters a copy of that."""
    repo = two_commits(tmp_path_factory.mktemp("verify") / "site")
    build(repo)
    return repo


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__.strip("_"))
def test_what_was_done_to_a_copy_is_told(
    repo: Repo, tmp_path: Path, deed: Callable[[Path], str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever was altered, added or removed by hand is named, and it ends with 1."""
    copy = shutil.copytree(repo.root / "public", tmp_path / "public")
    due = deed(copy)
    assert verify(repo, copy) == ExitCode.FINDINGS
    said = capsys.readouterr().out
    assert said.startswith("Not the same: ")
    assert due in said
