"""Signatures of a commit and of the tags on it, verified with the keys known on this machine."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.history.git import run_git
from plansite.incremental.file_hashes import hash_file


class SignatureStatus(StrEnum):
    """The result of verifying a signature with the keys known on this machine."""

    GOOD = "good"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "withdrawn"
    BAD = "bad"


_STATUS_TEXT = {
    SignatureStatus.GOOD: "is signed: a good signature",
    SignatureStatus.UNTRUSTED: "is signed with a key that is not trusted on this computer: a valid signature",
    SignatureStatus.UNKNOWN: "is signed, but the key cannot be checked on this computer: a signature",
    SignatureStatus.EXPIRED: "is signed, but the signature or its key has since expired: a valid signature",
    SignatureStatus.REVOKED: "is signed, but the key has been revoked: a signature",
    SignatureStatus.BAD: "has a bad signature: the content does not match what was signed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature of a tag, or of the commit itself if `tag` is empty.

    `signer` and `key` are as git gives them; empty if it does not.
    """

    status: SignatureStatus
    tag: str = ""
    signer: str = ""
    key: str = ""


def describe_signature(signature: Signature, *, without_email: bool = False) -> str:
    """A signature in one sentence; `without_email` leaves out e-mail addresses, for pages."""
    subject = f"The tag {signature.tag}" if signature.tag else "The commit"
    signer = _strip_email(signature.signer) if without_email else signature.signer
    by = f" by {_replace_unprintable(signer)}" if signer else ""
    key = f" (key {_replace_unprintable(signature.key)})" if signature.key else ""
    return f"{subject} {_STATUS_TEXT[signature.status]}{by}{key}."


def _strip_email(signer: str) -> str:
    """A name without its e-mail address; of an address without a name the part before the “@”."""
    words = [word for word in signer.split() if not word.startswith("<")]
    return " ".join(word.split("@")[0] for word in words)


def _replace_unprintable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


#: Tags of one commit that are verified at most; each may start a process.
_MAX_TAGS = 5
_TAG_FORMAT = "--format=%(objectname)%00%(refname)%00%(if)%(contents:signature)%(then)signed%(end)"
_COMMIT_FORMAT = "--format=%G?%x00%GS%x00%GF"
_SIGNATURE_HEADER = compile_lazily(rb"^gpgsig(?:-sha256)? ", re.MULTILINE)
_SSH_SIGNATURE = compile_lazily(r'^Good "git" signature (?:for (?P<who>.*) )?with \S+ key (?P<key>\S+)$', re.MULTILINE)
_SSH_TRUST_KEYS = r"^gpg\.ssh\.(allowedsignersfile|revocationfile)$"
#: Files of GnuPG with keys, and with the trust in them.
_KEYRING_NAMES = ("pubring.kbx", "pubring.gpg", "trustdb.gpg", "public-keys.d/pubring.db")


# The letters of `%G?` in the manual of `git log`. Any other letter for a signed commit means it cannot be verified.
_STATUS_BY_LETTER = {
    "G": SignatureStatus.GOOD,
    "U": SignatureStatus.UNTRUSTED,
    "B": SignatureStatus.BAD,
    "R": SignatureStatus.REVOKED,
    "X": SignatureStatus.EXPIRED,
    "Y": SignatureStatus.EXPIRED,
}
# The status lines of GnuPG (its file doc/DETAILS).
_STATUS_BY_GPG_KEYWORD = {
    "GOODSIG": SignatureStatus.GOOD,
    "BADSIG": SignatureStatus.BAD,
    "REVKEYSIG": SignatureStatus.REVOKED,
    "EXPSIG": SignatureStatus.EXPIRED,
    "EXPKEYSIG": SignatureStatus.EXPIRED,
    "ERRSIG": SignatureStatus.UNKNOWN,
}
_UNTRUSTED_KEYWORDS = ("TRUST_UNDEFINED", "TRUST_NEVER", "TRUST_UNKNOWN")


def find_signatures(root: Path, commit: str) -> tuple[Signature, ...]:
    """The signatures of a commit and of the tags on it; none if nothing is signed, or without git.

    Whether anything is signed is found out first, because verifying makes git start gpg or ssh-keygen.
    """
    commit_signatures = (_verify_commit(root, commit),) if _is_signed(root, commit) else ()
    tags = [name for _, name in _list_signed_tags(root, commit)]
    return (*commit_signatures, *(_verify_tag(root, name) for name in tags[:_MAX_TAGS]))


def fingerprint_signatures(root: Path, commit: str) -> str:
    """A hash of all that `find_signatures` depends on beside the commit: the tags on it, and the keys known here.

    Empty if nothing is signed, since keys make no difference then.
    """
    tags = _list_signed_tags(root, commit)
    if not tags and not _is_signed(root, commit):
        return ""
    digest = hashlib.sha256(repr(tags).encode())
    for file in (*_find_signer_files(root), *_find_keyring_files()):
        digest.update(hash_file(os.path.realpath(file)).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _is_signed(root: Path, commit: str) -> bool:
    headers, _, _ = run_git(root, "cat-file", "commit", commit).output.partition(b"\n\n")
    return bool(_SIGNATURE_HEADER.search(headers))


def _list_signed_tags(root: Path, commit: str) -> list[tuple[str, str]]:
    """The object id and the full name of each signed tag on a commit, in the order of names."""
    output = run_git(root, "for-each-ref", f"--points-at={commit}", _TAG_FORMAT, "refs/tags").output
    rows = (line.split("\0") for line in output.decode("utf-8", "replace").splitlines())
    return [(row[0], row[1]) for row in rows if row[2:] == ["signed"]]


def _verify_commit(root: Path, commit: str) -> Signature:
    output = run_git(root, "log", "-1", "--no-color", _COMMIT_FORMAT, commit, "--").output.decode("utf-8", "replace")
    letter, signer, key = [*output.rstrip("\n").split("\0"), "", "", ""][:3]
    return Signature(status=_STATUS_BY_LETTER.get(letter, SignatureStatus.UNKNOWN), signer=signer, key=key)


def _verify_tag(root: Path, name: str) -> Signature:
    output = run_git(root, "verify-tag", "--raw", name).error_text
    tag = name.removeprefix("refs/tags/")
    ssh_signature = _SSH_SIGNATURE.search(output)
    if ssh_signature:
        signer = ssh_signature["who"] or ""
        status = SignatureStatus.GOOD if signer else SignatureStatus.UNTRUSTED
        return Signature(status=status, tag=tag, signer=signer, key=ssh_signature["key"])
    gpg_lines = dict(_parse_gpg_status(output))
    keyword = next((keyword for keyword in _STATUS_BY_GPG_KEYWORD if keyword in gpg_lines), "")
    if not keyword:
        return Signature(status=_parse_ssh_failure(output), tag=tag, key=_first_word(gpg_lines.get("VALIDSIG", "")))
    status = _STATUS_BY_GPG_KEYWORD[keyword]
    if status is SignatureStatus.GOOD and any(untrusted in gpg_lines for untrusted in _UNTRUSTED_KEYWORDS):
        status = SignatureStatus.UNTRUSTED
    signer = "" if keyword == "ERRSIG" else gpg_lines[keyword].partition(" ")[2]
    return Signature(status=status, tag=tag, signer=signer, key=_first_word(gpg_lines.get("VALIDSIG", "")))


def _first_word(text: str) -> str:
    return text.partition(" ")[0]


def _parse_gpg_status(output: str) -> Iterator[tuple[str, str]]:
    """The keyword and the arguments of each status line of GnuPG."""
    for line in output.splitlines():
        if line.startswith("[GNUPG:] "):
            keyword, _, arguments = line.removeprefix("[GNUPG:] ").partition(" ")
            yield keyword, arguments


def _parse_ssh_failure(output: str) -> SignatureStatus:
    """BAD if ssh-keygen says that the signature is wrong; other failures say nothing about the signature."""
    is_bad = "Could not verify signature" in output or "incorrect signature" in output
    return SignatureStatus.BAD if is_bad else SignatureStatus.UNKNOWN


def _find_signer_files(root: Path) -> Iterator[Path]:
    output = run_git(root, "config", "--null", "--type=path", "--get-regexp", _SSH_TRUST_KEYS).output
    for entry in filter(None, output.split(b"\0")):
        yield root / os.fsdecode(entry.partition(b"\n")[2])


def _find_keyring_files() -> Iterator[Path]:
    home = Path(os.environ.get("GNUPGHOME") or Path.home() / ".gnupg")
    return (home / name for name in _KEYRING_NAMES)
