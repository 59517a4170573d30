"""An unchanged build is answered by the fast path, and any change is built."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.cli.fast_build import BuildArguments, parse_build_arguments, run_fast_build
from plansite.cli.main import main
from tests.examples import examples
from tests.sites import write

pytestmark = pytest.mark.usefixtures("fast_paths")

_FILES = {
    "content/plans/p/plan.md": "---\ntitle: P\n---\n",
    "content/plans/p/actions/a.md": "---\ntitle: A\ndue: 2025-01-20\nevidence: [{label: L, url: evidence/log.csv}]\n---\n",
    "content/plans/p/evidence/log.csv": "a,b\n",
}


def _build(root: Path, out: Path, *more: str) -> str:
    """Build as the command does: "unchanged" where nothing was built, else "built"."""
    arguments = ["build", "--site", str(root), "--out", str(out), "-q", *(more or ("--today", "2025-01-20"))]
    last_build = root / ".plansite" / "last-build.json"
    before = last_build.stat().st_mtime_ns if last_build.exists() else 0
    code = run_fast_build(arguments)
    assert (main(arguments) if code is None else code) == 0
    return "unchanged" if last_build.stat().st_mtime_ns == before else "built"


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_unchanged_build_does_nothing(tmp_path: Path) -> None:
    """The second of two builds leaves every file as it is."""
    root, out = write(tmp_path / "site", _FILES), tmp_path / "out"
    assert _build(root, out) == "built"
    before = _tree(out)
    assert _build(root, out) == "unchanged"
    assert _tree(out) == before


def _change(path: str, text: str | None) -> Callable[[Path, Path], None]:
    def change(root: Path, _out: Path) -> None:
        target = root / path
        if text is None:
            target.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)

    return change


def _touch_output(_root: Path, out: Path) -> None:
    (out / "index.html").write_text("changed by hand")


def _lose_output(_root: Path, out: Path) -> None:
    (out / "index.html").unlink()


@pytest.mark.parametrize(
    "change",
    [
        _change("content/plans/p/actions/a.md", "---\ntitle: B\n---\n"),
        _change("content/plans/p/actions/b.md", "---\ntitle: B\n---\n"),
        _change("content/plans/p/actions/a.md", None),
        _change("content/plans/p/evidence/log.csv", "c,d\n"),
        _change("plansite.yaml", "title: Other\n"),
        _change("themes/default/static/own.css", ":root { --s1: 5px; }"),
        _change("themes/default/templates/pages/unreadable.html", "x"),
        _touch_output,
        _lose_output,
    ],
)
def test_any_change_is_built(tmp_path: Path, change: Callable[[Path, Path], None]) -> None:
    """Whatever a build reads or has written: touched, it is built again, and equals a clean build."""
    root, out = write(tmp_path / "site", _FILES), tmp_path / "out"
    _build(root, out)
    change(root, out)
    assert _build(root, out) == "built"
    _build(root, tmp_path / "clean")
    assert _tree(out) == _tree(tmp_path / "clean")


@pytest.mark.parametrize("more", [["--today", "2025-01-21"], ["--today", "2025-01-20", "--audience", "public"]])
def test_another_question_is_built(tmp_path: Path, more: list[str]) -> None:
    """Another day or another audience is another build."""
    root, out = write(tmp_path / "site", _FILES), tmp_path / "out"
    _build(root, out)
    assert _build(root, out, *more) == "built"


def test_a_commit_is_built(tmp_path: Path) -> None:
    """The copy names its commit, so a new commit is a new copy."""
    root, out = write(tmp_path / "site", _FILES), tmp_path / "out"
    _build(root, out)
    git = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], check=True, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)})
    assert _build(root, out) == "built"
    assert _build(root, out) == "unchanged"


def test_damage_costs_only_time(tmp_path: Path) -> None:
    """What is kept of the last build may be missing, foreign or broken: then everything is built."""
    root, out = write(tmp_path / "site", _FILES), tmp_path / "out"
    for damage in ("", "{", "[]", '{"inputs": 1}', '{"sources": 3, "said": []}'):
        _build(root, out)
        (root / ".plansite" / "last-build.json").write_text(damage)
        assert _build(root, out) == "built"


def test_errors_are_printed_again_and_strict_is_never_unchanged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unchanged build prints the errors of the last one, and fails with --strict."""
    root, out = write(tmp_path / "site", {**_FILES, "content/plans/p/actions/bad.md": "x"}), tmp_path / "out"
    arguments = ["build", "--site", str(root), "--out", str(out), "--today", "2025-01-20"]
    main(arguments)
    said = capsys.readouterr().err.splitlines()[0]
    assert run_fast_build(arguments) == 0
    assert capsys.readouterr().err.splitlines()[0] == said
    assert run_fast_build([*arguments, "--strict"]) == 1


def test_only_plain_forms_are_parsed() -> None:
    """Other commands and other forms of options are left to click."""
    assert parse_build_arguments(["build", "-q", "--out", "x"]) == BuildArguments(out="x", quiet=True)
    for other in ([], ["check"], ["build", "--help"], ["build", "--out=x"], ["build", "--out"], ["build", "extra"]):
        assert parse_build_arguments(other) is None


def test_a_first_build_does_without_click(tmp_path: Path) -> None:
    """It publishes what the command that click parses publishes."""
    write(tmp_path / "a", {"plansite.yaml": "title: A\n", "content/plans/falls/plan.md": "---\ntitle: Falls\n---\n"})
    arguments = ["build", "--site", str(tmp_path / "a"), "--today", "2025-01-20", "-q"]
    code = f"import sys; from plansite.cli.fast_build import run_fast_build as r; print(r({arguments}), *sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert printed[0] == "0"
    assert "click" not in printed
    built = _tree(tmp_path / "a" / "public")
    assert main([*arguments, "--out", str(tmp_path / "b")]) == 0
    assert _tree(tmp_path / "b") == built


def test_a_folder_without_settings_is_left_to_click(tmp_path: Path) -> None:
    """Which says how a site is started."""
    assert run_fast_build(["build", "--site", str(tmp_path)]) is None
    assert not list(tmp_path.iterdir())


def test_nothing_large_is_imported(tmp_path: Path) -> None:
    """A build with nothing to do starts without the template engine, the parsers or the command line's library."""
    root, out = write(tmp_path / "site", _FILES), tmp_path / "out"
    _build(root, out)
    arguments = ["build", "--site", str(root), "--out", str(out), "-q", "--today", "2025-01-20"]
    code = (
        "import sys; from plansite.cli.fast_build import run_fast_build\n"
        f"assert run_fast_build({arguments!r}) == 0\n"
        "print([name for name in ('jinja2', 'markdown_it', 'yaml', 'click', 'watchdog') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


_EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(["a", "b", "c"]), st.sampled_from(["One", "Two", "Fix: it"])),
        st.tuples(st.just("remove"), st.sampled_from(["a", "b", "c"]), st.just("")),
        st.tuples(st.just("title"), st.just(""), st.sampled_from(["T", "U"])),
        st.tuples(st.just("theme"), st.just(""), st.sampled_from(["", ":root { --s1: 5px; }"])),
        st.tuples(st.just("day"), st.just(""), st.sampled_from(["2025-01-20", "2025-01-21"])),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
@settings(max_examples=examples(8))
@given(_EDITS)
def test_any_edits_equal_a_clean_build(edits: list[tuple[str, str, str]]) -> None:
    """After any sequence of edits the folder holds the bytes of a clean build."""
    with tempfile.TemporaryDirectory() as folder:
        root, out = write(Path(folder) / "site", _FILES), Path(folder) / "out"
        day = "2025-01-20"
        for kind, name, text in edits:
            action = root / f"content/plans/p/actions/{name}.md"
            if kind == "write":
                action.write_text(f"---\ntitle: {text}\n---\n")
            elif kind == "remove":
                action.unlink(missing_ok=True)
            elif kind == "title":
                write(root, {"plansite.yaml": f"title: {text}\n"})
            elif kind == "theme":
                write(root, {"themes/default/static/own.css": text})
            else:
                day = text
            _build(root, out, "--today", day)
        clean = Path(folder) / "clean"
        assert main(["build", "--site", str(root), "--out", str(clean), "-q", "--today", day]) == 0
        assert _tree(out) == _tree(clean)
