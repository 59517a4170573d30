"""The folder `.plansite` may come with an archive: nothing in it makes plansite write elsewhere, or fail."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from plansite.cli.fast_build import run_fast_build
from plansite.cli.main import main
from tests.publish.versions import files_in
from tests.sites import write

pytestmark = pytest.mark.usefixtures("fast_paths")
_ACTION = "content/plans/a/actions/b.md"
_FILES = {
    "plansite.yaml": "title: A site\n",
    "content/plans/a/plan.md": "---\ntitle: A\n---\n",
    _ACTION: "---\ntitle: B\n---\n",
}
_PRECIOUS = "precious"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built."""
    site = write(tmp_path / "site", _FILES)
    assert main(["build", "--site", str(site), "--today", "2025-01-20"]) == 0
    return site


def _build_again(site: Path, title: str = "C") -> None:
    write(site, {_ACTION: f"---\ntitle: {title}\n---\n"})
    assert main(["build", "--site", str(site), "--today", "2025-01-20"]) == 0
    assert f"<title>{title} " in (site / "public/plans/a/actions/b.html").read_text("utf-8")


def test_a_link_at_a_temporary_name_is_not_written_through(site: Path, tmp_path: Path) -> None:
    """The names can be guessed: they are those of the files with the number of a process, or were the same always."""
    victim = tmp_path / "victim.txt"
    victim.write_text(_PRECIOUS)
    folder = site / ".plansite"
    kept = [path for path in folder.rglob("*") if path.is_file()]
    (folder / "outputs.json").unlink()  # so that it is written again
    names = [folder / "outputs.new"]
    names += [path.with_name(f"{path.name}.{os.getpid()}") for path in kept]
    names += [path.with_suffix(f".{os.getpid()}") for path in kept]
    for name in dict.fromkeys(names):
        name.symlink_to(victim)
    _build_again(site)
    assert victim.read_text() == _PRECIOUS
    assert json.loads((folder / "outputs.json").read_text()) == {str(site / "public"): "internal"}
    assert not (folder / "outputs.json").is_symlink()


def test_a_folder_at_a_temporary_name_stops_nobody(site: Path) -> None:
    """Then nothing is kept."""
    folder = site / ".plansite"
    kept = [path for path in folder.rglob("*") if path.is_file()]
    (folder / "outputs.json").unlink()
    for path in (folder / "outputs.new", *(path.with_name(f"{path.name}.{os.getpid()}") for path in kept)):
        path.mkdir()
    _build_again(site)


def test_a_cache_folder_that_is_a_link_is_left_alone(site: Path, tmp_path: Path) -> None:
    """Neither read, nor written to, nor emptied."""
    theirs = tmp_path / "theirs"
    (site / ".plansite").rename(theirs)
    (site / ".plansite").symlink_to(theirs)
    before = files_in(theirs)
    _build_again(site)
    assert main(["check", "--site", str(site)]) in (0, 1)
    assert main(["clean", "--site", str(site)]) == 0
    assert files_in(theirs) == before


_WRONG_VALUES: dict[str, list[object]] = {
    "timezone": ["No/Where", "../../etc/passwd", "Europe", "", 7, "a\0b"],
    "today": ["2025-02-30", "soon", 7, None],
    "theme": [7, None, "a\0b", "\ud800", []],
    "sources": [7, "text", ["a\0b"], [7], ["\ud800"], {}],
    "messages": [7, None, "text", [7]],
    "out": [7, "a\0b", None],
    "pages": ["text", None, 1.5, []],
    "needs_lenient": ["text", None, 1, []],
    "unknown": ["text"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in _WRONG_VALUES for value in _WRONG_VALUES[name]])
def test_a_record_that_was_changed_counts_as_none(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, value: object
) -> None:
    """The next build is a whole one, with the day of the clock, which only a record with a time zone leaves open."""
    file = site / ".plansite/last-build.json"
    record = json.loads(file.read_text())
    for options in (["--today", "2025-01-20"], []):
        file.write_text(json.dumps({**record, name: value}))
        arguments = ["build", "--site", str(site), *options]
        code = run_fast_build(arguments)
        assert (main(arguments) if code is None else code) == 0
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "[]", "7", "null", "{}", '"text"', "[" * 100_000])
def test_a_record_that_is_none(site: Path, text: str) -> None:
    """Whatever stands in its file."""
    (site / ".plansite/last-build.json").write_text(text)
    assert main(["build", "--site", str(site), "--today", "2025-01-20"]) == 0
