"""A build says on its page about itself what was found of signatures, and is made anew when that changes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from plansite.cli.exit_codes import ExitCode
from plansite.cli.fast_build import run_fast_build
from plansite.cli.main import main
from tests.history.repo import Repo

pytestmark = [
    pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed"),
    pytest.mark.usefixtures("fast_paths"),
]
FILES: dict[str, str | None] = {
    "plansite.yaml": "title: T\ntoday: 2025-01-20\n",
    ".gitignore": ".plansite/\npublic/\n",
    "content/plans/p/plan.md": "---\ntitle: P\naudience: public\n---\n",
}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A site whose newest commit is signed with a key that is known here."""
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, capture_output=True)
    (tmp_path / "allowed").write_text(f"ann@example.org {(tmp_path / 'key.pub').read_text()}")
    made = Repo.new(tmp_path / "site")
    for name, value in {"gpg.format": "ssh", "user.signingKey": key, "commit.gpgSign": "true"}.items():
        made.git("config", name, str(value))
    made.git("config", "gpg.ssh.allowedSignersFile", str(tmp_path / "allowed"))
    made.commit("One", FILES)
    return made


def _about(repo: Repo, *words: str) -> str:
    assert main(["build", "-q", "--site", str(repo.root), *words]) == ExitCode.SUCCESS
    return (repo.root / "public/about.html").read_text("utf-8")


def test_it_is_shown_to_internal_readers(repo: Repo) -> None:
    """Who signed, by name and key; nobody else hears of it."""
    assert "The commit is signed: a good signature by ann (key SHA256:" in _about(repo)
    assert "data-signed" not in _about(repo, "--audience", "public")


def test_new_trust_is_a_new_input(repo: Repo, tmp_path: Path) -> None:
    """Once the key is known no more, or a tag is signed, the site is built again, and the page says so."""
    arguments = ["build", "-q", "--site", str(repo.root)]
    _about(repo)
    page = repo.root / "public/about.html"
    number = page.stat().st_ino
    assert run_fast_build(arguments) == 0
    assert page.stat().st_ino == number
    repo.git("tag", "-s", "-m", "Agreed", "agreed")
    assert run_fast_build(arguments) == 0
    assert "The tag agreed is signed: a good signature by ann" in page.read_text("utf-8")
    (tmp_path / "allowed").write_text("")
    assert run_fast_build(arguments) == 0
    assert "with a key that is not trusted on this computer" in page.read_text("utf-8")


def test_a_copy_is_the_same_whatever_keys_are_known(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it says of signatures is told beside what is found here, and is no difference."""
    _about(repo)
    (tmp_path / "allowed").write_text("")
    assert main(["verify", "--site", str(repo.root)]) == ExitCode.SUCCESS
    said = capsys.readouterr()
    assert "The signature line on about.html reads: The commit is signed: a good signature by ann" in said.err
    assert "The commit is signed with a key that is not trusted on this computer" in said.out
