"""`plansite build --encrypt`: where the passphrase comes from, and where it never goes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from plansite.cache.last_build import load_last_build
from plansite.cli.encrypted_build import PASSPHRASE_VARIABLE
from plansite.cli.fast_build import parse_build_arguments
from plansite.cli.main import main
from plansite.encryption.wrapped_key import WRAPPED_KEY_PATH, WrappedKey, WrongPassphraseError, unwrap_key
from tests.encryption.sample import PHRASE, sample


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample, for somebody at a desk who has set nothing."""
    for name in ("CI", PASSPHRASE_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    return sample(tmp_path / "site")


def _run(root: Path, *more: str) -> int:
    out = str(root.parent / "public")
    return main(["build", "--site", str(root), "--out", out, "--today", "2025-01-20", "--encrypt", *more])


def _opens(root: Path, phrase: str) -> bool:
    facts = json.loads((root.parent / "public" / WRAPPED_KEY_PATH).read_bytes())
    facts.pop("form")
    try:
        unwrap_key(WrappedKey(**facts), phrase)
    except WrongPassphraseError:
        return False
    return True


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_a_passphrase_is_drawn_and_printed_once(
    root: Path, capsys: pytest.CaptureFixture[str], quiet: tuple[str, ...]
) -> None:
    """It is the one line of the result, opens the site, and lies in no file of the output or the site."""
    assert _run(root, *quiet) == 0
    said = capsys.readouterr()
    phrase = said.out.strip()
    assert len(phrase.split()) == 6
    assert phrase not in said.err
    assert bool(quiet) == (said.err == "")
    assert _opens(root, phrase)
    for path in root.parent.rglob("*"):
        assert not path.is_file() or phrase.encode() not in path.read_bytes()


def test_the_environment_may_give_one(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Then nothing is printed, and a workflow may run it."""
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PHRASE)
    assert _run(root) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "violin" not in said.err
    assert "pages in" in said.err
    assert _opens(root, PHRASE)


def test_a_file_outside_the_site_may_give_one(root: Path, tmp_path: Path) -> None:
    """With a byte order mark and an end of line, as editors leave them."""
    (tmp_path / "words.txt").write_text(f"\ufeff{PHRASE}\r\n", "utf-8")
    assert _run(root, "--passphrase-file", str(tmp_path / "words.txt")) == 0
    assert _opens(root, PHRASE)


def _refused(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert _run(root, *more) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert not (root.parent / "public").exists()
    return " ".join(said.err.split())


def test_a_file_in_the_site_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be committed, or published with the next build."""
    (root / "words.txt").write_text(PHRASE)
    assert "keep the passphrase outside the site" in _refused(
        root, capsys, "--passphrase-file", str(root / "words.txt")
    )


def test_a_weak_passphrase_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason does not repeat it; an empty one is a slip, and no wish for a drawn one."""
    for phrase, reason in {"Sample plans 2025": "77 are needed", "": "it is empty"}.items():
        monkeypatch.setenv(PASSPHRASE_VARIABLE, phrase)
        said = _refused(root, capsys)
        assert reason in said
        assert "Sample" not in said


def test_two_passphrases_are_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Nobody has to guess which of them counts."""
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PHRASE)
    assert "there are two passphrases" in _refused(root, capsys, "--passphrase-file", str(tmp_path / "words.txt"))


def test_none_is_drawn_where_a_log_would_keep_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a workflow the passphrase has to be given."""
    monkeypatch.setenv("CI", "true")
    assert PASSPHRASE_VARIABLE in _refused(root, capsys)


@pytest.mark.parametrize("name", ["cryptography", "xkcdpass", "zxcvbn"])
def test_a_missing_library_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """With the command that installs it; it ends as a slip in the command line does."""
    for module in [
        each for each in sys.modules if each.startswith(("plansite.encryption", "plansite.pipeline.encrypted_build"))
    ]:
        monkeypatch.delitem(sys.modules, module)
    for module in [each for each in sys.modules if each.partition(".")[0] == name]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, name, None)
    said = _refused(root, capsys)
    assert f"needs the library {name}, which" in said
    assert "pip install 'plansite[encrypt]'" in said


@pytest.mark.parametrize("more", [("--explain",), ("--as-at", "2025-01-01")])
def test_what_does_not_go_with_it_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    """Rather than left out in silence."""
    main(["build", "--site", str(root), "--out", str(root.parent / "public"), "--encrypt", *more])
    assert "do not use it with --explain or --as-at" in " ".join(capsys.readouterr().err.split())


def test_a_file_without_encryption_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody who names a passphrase and gets an open site would publish it."""
    out = str(root.parent / "public")
    assert main(["build", "--site", str(root), "--out", out, "--passphrase-file", "words.txt"]) == 2
    assert "--passphrase-file is for --encrypt" in " ".join(capsys.readouterr().err.split())
    assert not (root.parent / "public").exists()


@pytest.mark.slow
def test_it_is_never_answered_by_what_stands_there(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing has changed, and still each build is made anew, open over encrypted and the reverse."""
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PHRASE)
    plain = [
        sys.executable,
        "-m",
        "plansite",
        "build",
        "--site",
        str(root),
        "--out",
        str(root.parent / "public"),
        "--today",
        "2025-01-20",
    ]
    lock = root.parent / "public" / WRAPPED_KEY_PATH
    said = [subprocess.run(plain, capture_output=True, text=True, check=True).stderr for _ in range(2)]
    assert "Nothing has changed" in said[1]
    assert _run(root) == 0
    first = lock.read_bytes()
    assert _run(root) == 0
    assert lock.read_bytes() != first
    assert load_last_build(root) is None
    assert "Nothing has changed" not in capsys.readouterr().err
    again = subprocess.run(plain, capture_output=True, text=True, check=True).stderr
    assert "Nothing has changed" not in again
    assert not lock.exists()


@pytest.mark.parametrize(
    "command", [["build", "--encrypt"], ["build", "--quiet", "--passphrase-file", "x", "--encrypt"]]
)
def test_the_quick_answer_does_not_understand_it(command: list[str]) -> None:
    """So it never speaks for such a build."""
    assert parse_build_arguments(command) is None


@pytest.mark.slow
def test_an_open_build_imports_none_of_it(root: Path) -> None:
    """The libraries are there for those who ask for them."""
    code = (
        "import sys; from plansite.__main__ import main; main();"
        "sys.exit(', '.join(each for each in ('cryptography', 'xkcdpass', 'zxcvbn') if each in sys.modules))"
    )
    out = str(root.parent / "public")
    ran = subprocess.run(
        [sys.executable, "-c", code, "build", "--site", str(root), "--out", out],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
