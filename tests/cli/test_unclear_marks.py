"""A build for partners or the public stops at an unclear mark, whatever way it is asked for; `--lenient` publishes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.cli.fast_build import run_fast_build
from plansite.cli.main import main
from tests.history.repo import Repo
from tests.sites import write

_ACTION = "content/plans/p/actions/a.md"
_CLEAR = {
    "plansite.yaml": "title: T\naudience: public\ntoday: 2025-01-20\n",
    "content/plans/p/plan.md": "---\ntitle: P\n---\n",
    _ACTION: "---\ntitle: A\nevidence: [{label: Canary, audience: internal}]\n---\n",
}
_UNCLEAR = {**_CLEAR, _ACTION: "---\ntitle: A\nevidence: [{label: Canary, audience:internal}]\n---\n"}


def _command(root: Path, out: Path, *more: str) -> list[str]:
    return ["build", "--site", str(root), "--out", str(out), *more]


def _run(arguments: list[str]) -> int:
    """As the program does: by the fast path, and where that does not answer, by the command line."""
    code = run_fast_build(arguments)
    return main(arguments) if code is None else code


def _text(folder: Path) -> str:
    return "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file())


def test_nothing_is_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with 1, names the place and what to write, and leaves the old site as it is."""
    root, out = write(tmp_path / "site", _CLEAR), tmp_path / "out"
    assert _run(_command(root, out)) == 0
    before = _text(out)
    write(root, _UNCLEAR)
    capsys.readouterr()
    assert _run(_command(root, out)) == 1
    error = capsys.readouterr().err
    assert f"{_ACTION}:3:28: PS040 unclear-mark" in error
    assert "write `audience: internal`" in error
    assert "--lenient" in error
    assert _text(out) == before
    assert {path.name for path in tmp_path.iterdir()} == {"site", "out"}


def test_a_lenient_build_publishes_with_all_of_it_hidden(tmp_path: Path) -> None:
    """No page has what may be meant, nor what is wrong."""
    root, out = write(tmp_path / "site", _UNCLEAR), tmp_path / "out"
    assert _run(_command(root, out, "--lenient")) == 0
    assert "A" in _text(out)
    for word in ("Canary", "PS040", "unclear"):
        assert word not in _text(out)


@pytest.mark.usefixtures("fast_paths")
def test_an_unchanged_build_is_refused_again(tmp_path: Path) -> None:
    """What a lenient build published is not what another build may publish; each is answered as if for the first time."""
    root, out = write(tmp_path / "site", _UNCLEAR), tmp_path / "out"
    expected = (
        ((), 1),
        ((), 1),
        (("--lenient",), 0),
        (("--lenient",), 0),
        ((), 1),
        (("-q",), 1),
        (("--lenient", "-q"), 0),
    )
    for options, code in expected:
        assert _run(_command(root, out, *options)) == code, options
    write(root, _CLEAR)
    assert [_run(_command(root, out)) for _ in range(2)] == [0, 0]


@pytest.mark.usefixtures("fast_paths")
def test_a_lenient_build_can_be_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second one says so, and what is wrong."""
    root, out = write(tmp_path / "site", _UNCLEAR), tmp_path / "out"
    _run(_command(root, out, "--lenient"))
    capsys.readouterr()
    assert run_fast_build(_command(root, out, "--lenient")) == 0
    error = capsys.readouterr().err
    assert "Nothing has changed" in error
    assert "PS040" in error


def test_internal_copies_are_published(tmp_path: Path) -> None:
    """With the finding on their pages; copies for others are not, also if all are made at once."""
    root = write(tmp_path / "site", _UNCLEAR)
    assert _run(_command(root, tmp_path / "out", "--audience", "internal")) == 0
    assert "Canary" in _text(tmp_path / "out")
    assert "looks like the field" in _text(tmp_path / "out")
    for audience in ("partners", "public"):
        assert _run(_command(root, tmp_path / audience, "--audience", audience)) == 1
        assert not (tmp_path / audience).exists()
    assert _run(_command(root, tmp_path / "all", "--all-audiences")) == 1
    assert {path.name for path in (tmp_path / "all").iterdir() if path.is_dir()} == {"internal"}
    assert _run(_command(root, tmp_path / "all", "--all-audiences", "--lenient")) == 0


def test_check_reports_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As an error."""
    root = write(tmp_path / "site", _UNCLEAR)
    assert main(["check", "--site", str(root), "--level", "error"]) == 1
    assert "PS040 unclear-mark" in capsys.readouterr().out


def test_an_earlier_state_is_refused_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mark that was unclear in that commit."""
    root = write(tmp_path / "site", _UNCLEAR)
    Repo.new(root).commit()
    write(root, _CLEAR)
    assert _run(_command(root, tmp_path / "out", "--as-at", "HEAD")) == 1
    assert "PS040" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert _run(_command(root, tmp_path / "out", "--as-at", "HEAD", "--lenient")) == 0
    assert "Canary" not in _text(tmp_path / "out")


def test_an_encrypted_copy_is_refused_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its readers are no fewer."""
    monkeypatch.setenv("PLANSITE_PASSPHRASE", "correct-unlit-harbour-quilt-seven-onward")
    root = write(tmp_path / "site", _UNCLEAR)
    assert _run(_command(root, tmp_path / "out", "--encrypt")) == 1
    assert "PS040" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert _run(_command(root, tmp_path / "out", "--encrypt", "--lenient")) == 0


def test_a_waiver_is_an_answer(tmp_path: Path) -> None:
    """Whoever says why it is no mark can publish; what it looks like stays hidden."""
    allowed = (
        "---\ntitle: A\nevidence: [{label: Canary, audience:internal}]\nallow: [{rule: unclear-mark, reason: R}]\n---\n"
    )
    root = write(tmp_path / "site", {**_UNCLEAR, _ACTION: allowed})
    assert _run(_command(root, tmp_path / "out")) == 0
    assert "Canary" not in _text(tmp_path / "out")


@pytest.mark.parametrize("fault", [lambda text: text.replace("A\n", "B\n"), lambda text: f"{text}\nMore.\n"])
def test_an_edit_elsewhere_does_not_let_it_through(tmp_path: Path, fault: Callable[[str], str]) -> None:
    """Also where all but one file comes from the cache."""
    root, out = (
        write(tmp_path / "site", {**_UNCLEAR, "content/plans/q/plan.md": "---\ntitle: A\n---\n"}),
        tmp_path / "out",
    )
    assert _run(_command(root, out)) == 1
    plan = root / "content/plans/q/plan.md"
    plan.write_text(fault(plan.read_text()))
    assert _run(_command(root, out)) == 1
    assert not out.exists()


def test_the_program_itself_ends_with_one(tmp_path: Path) -> None:
    """Run as a program."""
    root = write(tmp_path / "site", _UNCLEAR)
    done = subprocess.run(
        [sys.executable, "-m", "plansite", *_command(root, tmp_path / "out")], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "PS040" in done.stderr
