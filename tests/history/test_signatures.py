"""Signatures with the result of their verification: good, of an unknown key, bad, or none."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from plansite.history.git import find_head_commit
from plansite.history.signatures import (
    Signature,
    SignatureStatus,
    describe_signature,
    find_signatures,
    fingerprint_signatures,
)
from tests.history.repo import Repo

needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
needs_gpg = pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not installed")


class Signer:
    """A repository whose commits are signed with keys of SSH; one of two keys is known for Ann's."""

    def __init__(self, root: Path) -> None:
        self.keys = root / "keys"
        self.keys.mkdir()
        self.allowed = self.keys / "allowed"
        self.repo = Repo.new(root / "site")
        for name in ("ann", "bob"):
            words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(self.keys / name)]
            subprocess.run(words, check=True, capture_output=True)
        self.allowed.write_text(f"ann@example.org {(self.keys / 'ann.pub').read_text()}")
        self.repo.git("config", "gpg.format", "ssh")
        self.repo.git("config", "gpg.ssh.allowedSignersFile", str(self.allowed))
        self.sign("ann")

    def sign(self, who: str) -> None:
        """From now on with this key."""
        self.repo.git("config", "user.signingKey", str(self.keys / who))

    def commit(self, *words: str) -> str:
        """A new commit."""
        self.repo.git("commit", "-q", "--allow-empty", "-m", "Meeting of 9 January", *words)
        return self.head

    def forge(self, kind: str, name: str) -> str:
        """The same object with other words below the same signature."""
        path = self.keys / "forged"
        raw = self.repo.git("cat-file", kind, name) + "\n"
        path.write_text(raw.replace("9 January", "8 January"))
        return self.repo.git("hash-object", "-t", kind, "-w", str(path))

    @property
    def head(self) -> str:
        """The commit checked out."""
        return find_head_commit(self.repo.root)

    def found(self, commit: str = "") -> tuple[Signature, ...]:
        """What is told of a commit."""
        return find_signatures(self.repo.root, commit or self.head)


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    """Fresh keys."""
    return Signer(tmp_path)


@needs_ssh
def test_nothing_is_said_of_what_is_not_signed(signer: Signer) -> None:
    """Neither of the commit, nor of tags without a signature, nor of where there is no git."""
    commit = signer.commit("--no-gpg-sign")
    signer.repo.git("tag", "light")
    signer.repo.git("-c", "tag.gpgSign=false", "tag", "-a", "-m", "A note", "noted")
    assert signer.found() == ()
    assert fingerprint_signatures(signer.repo.root, commit) == ""
    assert find_signatures(signer.keys, commit) == ()


@needs_ssh
def test_a_good_signature(signer: Signer) -> None:
    """Of a commit and of a tag: who signed, and with which key."""
    signer.commit("-S")
    signer.repo.git("tag", "-s", "-m", "Agreed", "agreed")
    commit, tag = signer.found()
    assert (commit.status, commit.tag, commit.signer) == (SignatureStatus.GOOD, "", "ann@example.org")
    assert (tag.status, tag.tag, tag.signer) == (SignatureStatus.GOOD, "agreed", "ann@example.org")
    assert commit.key == tag.key
    assert commit.key.startswith("SHA256:")


@needs_ssh
def test_a_key_that_nobody_vouches_for(signer: Signer) -> None:
    """The signature is sound, but whose key it is is not known here; it is never called good."""
    signer.sign("bob")
    signer.commit("-S")
    signer.repo.git("tag", "-s", "-m", "Agreed", "agreed")
    assert [(each.status, each.signer) for each in signer.found()] == [(SignatureStatus.UNTRUSTED, "")] * 2


@needs_ssh
def test_where_no_key_is_known(signer: Signer) -> None:
    """A machine without any list of keys says that it cannot check, and not that there is no signature."""
    signer.commit("-S")
    signer.repo.git("tag", "-s", "-m", "Agreed", "agreed")
    signer.repo.git("config", "--unset", "gpg.ssh.allowedSignersFile")
    assert [each.status for each in signer.found()] == [SignatureStatus.UNKNOWN] * 2


@needs_ssh
def test_a_bad_signature(signer: Signer) -> None:
    """Words that were changed below a signature are told as bad, in a commit and in a tag."""
    signer.commit("-S")
    forged = signer.forge("commit", "HEAD")
    signer.repo.git("tag", "-s", "-m", "Minutes of 9 January", "minutes", forged)
    signer.repo.git("update-ref", "refs/tags/minutes", signer.forge("tag", "minutes"))
    assert [each.status for each in signer.found(forged)] == [SignatureStatus.BAD] * 2


@needs_ssh
def test_a_key_that_was_withdrawn(signer: Signer) -> None:
    """Once the key is on the list of those withdrawn, its signatures are good no more."""
    signer.commit("-S")
    signer.repo.git("config", "gpg.ssh.revocationFile", str(signer.keys / "ann.pub"))
    assert [each.status for each in signer.found()] != [SignatureStatus.GOOD]


@needs_ssh
def test_what_trust_depends_on(signer: Signer) -> None:
    """Its digest changes with the list of keys and with tags, and stays as long as these do."""
    commit = signer.commit("-S")
    seen = [fingerprint_signatures(signer.repo.root, commit), fingerprint_signatures(signer.repo.root, commit)]
    signer.repo.git("tag", "light")
    seen.append(fingerprint_signatures(signer.repo.root, commit))
    assert len(set(seen)) == 1
    signer.repo.git("tag", "-s", "-m", "Agreed", "agreed")
    seen.append(fingerprint_signatures(signer.repo.root, commit))
    signer.allowed.write_text("")
    seen.append(fingerprint_signatures(signer.repo.root, commit))
    assert len(set(seen)) == 3


@needs_ssh
def test_a_repository_names_no_program(signer: Signer) -> None:
    """A program that the repository's own settings name for checking is not run."""
    signer.commit("-S")
    trap = signer.keys / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {signer.keys}/ran\n")
    trap.chmod(0o755)
    for name in ("gpg.program", "gpg.ssh.program", "gpg.ssh.defaultKeyCommand"):
        signer.repo.git("config", name, str(trap))
    assert [each.status for each in signer.found()] == [SignatureStatus.GOOD]
    assert not (signer.keys / "ran").exists()


@pytest.fixture
def gnupg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A key of GnuPG in a folder of its own; its fingerprint."""
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    quietly = {"check": True, "capture_output": True}
    make = ["gpg", "--batch", "--passphrase", "", "--quick-generate-key", "Ann Smith <ann@example.org>", "ed25519"]
    subprocess.run(make, **quietly)  # type: ignore[call-overload]  # the two words above
    listed = subprocess.run(["gpg", "--with-colons", "-K"], check=True, capture_output=True, text=True).stdout
    yield next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr"))
    subprocess.run(["gpgconf", "--kill", "all"], check=False, env=os.environ | {"GNUPGHOME": str(home)})


@needs_gpg
def test_keys_of_gnupg(tmp_path: Path, gnupg: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Good where the key is known and trusted; where it is not known, it cannot be checked."""
    repo = Repo.new(tmp_path / "site")
    repo.git("config", "user.signingKey", gnupg)
    repo.git("commit", "-q", "--allow-empty", "-S", "-m", "One")
    repo.git("tag", "-s", "-m", "Agreed", "agreed")
    found = find_signatures(repo.root, find_head_commit(repo.root))
    assert [(each.status, each.signer, each.key) for each in found] == [
        (SignatureStatus.GOOD, "Ann Smith <ann@example.org>", gnupg)
    ] * 2
    (tmp_path / "none").mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(tmp_path / "none"))
    assert [each.status for each in find_signatures(repo.root, find_head_commit(repo.root))] == [
        SignatureStatus.UNKNOWN
    ] * 2


@pytest.mark.parametrize("standing", SignatureStatus)
def test_only_a_good_one_is_called_good(standing: SignatureStatus) -> None:
    """Every other one says in its sentence what is wanting."""
    words = describe_signature(Signature(status=standing, tag="agreed", signer="Ann", key="SHA256:abc"))
    assert words.startswith("The tag agreed ")
    assert ("a good signature" in words) == (standing is SignatureStatus.GOOD)
    assert "by Ann (key SHA256:abc)" in words


def test_pages_name_no_address() -> None:
    """On a page stands the name alone; the terminal gets all that git says, on one line."""
    one = Signature(status=SignatureStatus.GOOD, signer="Ann Smith <ann@example.org>", key="ABC")
    other = Signature(status=SignatureStatus.GOOD, signer="ann@example.org")
    assert (
        describe_signature(one, without_email=True) == "The commit is signed: a good signature by Ann Smith (key ABC)."
    )
    assert describe_signature(other, without_email=True) == "The commit is signed: a good signature by ann."
    assert "<ann@example.org>" in describe_signature(one)
    assert "\n" not in describe_signature(Signature(status=SignatureStatus.BAD, signer="Ann\nGood"))
