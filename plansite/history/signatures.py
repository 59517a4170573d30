"""Whether a commit and the tags on it are signed, by whom, and whether the keys known here bear that out."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from plansite.history.git import run_git


class SignatureStatus(StrEnum):
    """What becomes of a signature when it is checked with the keys that are known here."""

    GOOD = "good"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "withdrawn"
    BAD = "bad"


_STATUS_TEXT = {
    SignatureStatus.GOOD: "is signed: a good signature",
    SignatureStatus.UNTRUSTED: "is signed, but nobody has said here that this key is to be trusted: a sound signature",
    SignatureStatus.UNKNOWN: "is signed, but with a key that cannot be checked here",
    SignatureStatus.EXPIRED: "is signed, but the signature or its key has run out since: a sound signature",
    SignatureStatus.REVOKED: "is signed, but with a key that has been withdrawn",
    SignatureStatus.BAD: "has a bad signature: it does not belong to what it stands on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature on a `tag`, or on the commit itself where that is empty.

    `who` and `key` are as git names them, and empty where it does not.
    """

    status: SignatureStatus
    tag: str = ""
    signer: str = ""
    key: str = ""


def describe_signature(signature: Signature, *, without_email: bool = False) -> str:
    """A signature in one sentence. `plain` leaves out e-mail addresses, for pages."""
    whose = f"the tag {signature.tag}" if signature.tag else "the commit"
    who = _strip_email(signature.signer) if without_email else signature.signer
    by = f" by {_replace_unprintable(who)}" if who else ""
    key = f" (key {_replace_unprintable(signature.key)})" if signature.key else ""
    sentence = f"{whose} {_STATUS_TEXT[signature.status]}{by}{key}."
    return sentence[0].upper() + sentence[1:]


def _strip_email(signer: str) -> str:
    """A name without its e-mail address; of an address alone what stands before the “@”."""
    words = [word for word in signer.split() if not word.startswith("<")]
    return " ".join(word.split("@")[0] for word in words)


def _replace_unprintable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


#: So many tags of one commit are asked about; each may start a program.
_MAX_TAGS = 5
_TAG_FORMAT = "--format=%(objectname)%00%(refname)%00%(if)%(contents:signature)%(then)signed%(end)"
_COMMIT_FORMAT = "--format=%G?%x00%GS%x00%GF"
_SIGNATURE_HEADER = re.compile(rb"^gpgsig(?:-sha256)? ", re.MULTILINE)
_SSH_SIGNATURE = re.compile(r'^Good "git" signature (?:for (?P<who>.*) )?with \S+ key (?P<key>\S+)$', re.MULTILINE)
_SSH_TRUST_KEYS = r"^gpg\.ssh\.(allowedsignersfile|revocationfile)$"
#: Where GnuPG keeps keys, and which of them are trusted.
_KEYRING_NAMES = ("pubring.kbx", "pubring.gpg", "trustdb.gpg", "public-keys.d/pubring.db")


# As git's manual has it under `%G?`; a signature that git finds none of, although it is there, cannot be checked.
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
    """The signatures of a commit and of the tags on it; none where nothing is signed, or without git.

    Two quick questions tell whether anything is. Only then git runs what checks signatures: that is gpg or ssh-keygen.
    """
    own = (_verify_commit(root, commit),) if _is_signed(root, commit) else ()
    signed = [name for _, name in _list_signed_tags(root, commit)]
    return (*own, *(_verify_tag(root, name) for name in signed[:_MAX_TAGS]))


def fingerprint_signatures(root: Path, commit: str) -> str:
    """A digest of all that `signatures_of` depends on besides the commit: the tags on it, and the keys known here.

    Empty where nothing is signed, so that a new key there changes nothing.
    """
    tags = _list_signed_tags(root, commit)
    if not tags and not _is_signed(root, commit):
        return ""
    whole = hashlib.sha256(repr(tags).encode())
    for file in (*_find_signer_files(root), *_find_keyring_files()):
        try:
            whole.update(file.read_bytes())
        except OSError:
            whole.update(b"missing")
    return whole.hexdigest()


def _is_signed(root: Path, commit: str) -> bool:
    head, _, _ = run_git(root, "cat-file", "commit", commit).output.partition(b"\n\n")
    return bool(_SIGNATURE_HEADER.search(head))


def _list_signed_tags(root: Path, commit: str) -> list[tuple[str, str]]:
    """The object and the full name of each signed tag on a commit, in the order of names."""
    rows = run_git(root, "for-each-ref", f"--points-at={commit}", _TAG_FORMAT, "refs/tags").output
    parts = (row.split("\0") for row in rows.decode("utf-8", "replace").splitlines())
    return [(part[0], part[1]) for part in parts if part[2:] == ["signed"]]


def _verify_commit(root: Path, commit: str) -> Signature:
    told = run_git(root, "log", "-1", "--no-color", _COMMIT_FORMAT, commit, "--").output.decode("utf-8", "replace")
    letter, who, key = [*told.rstrip("\n").split("\0"), "", "", ""][:3]
    return Signature(status=_STATUS_BY_LETTER.get(letter, SignatureStatus.UNKNOWN), signer=who, key=key)


def _verify_tag(root: Path, name: str) -> Signature:
    told = run_git(root, "verify-tag", "--raw", name).error_text
    tag = name.removeprefix("refs/tags/")
    found = _SSH_SIGNATURE.search(told)
    if found:
        standing = SignatureStatus.GOOD if found["who"] else SignatureStatus.UNTRUSTED
        return Signature(status=standing, tag=tag, signer=found["who"] or "", key=found["key"])
    statuses = dict(_parse_gpg_status(told))
    standing = next(
        (_STATUS_BY_GPG_KEYWORD[name] for name in _STATUS_BY_GPG_KEYWORD if name in statuses), _parse_ssh_failure(told)
    )
    if standing is SignatureStatus.GOOD and any(name in statuses for name in _UNTRUSTED_KEYWORDS):
        standing = SignatureStatus.UNTRUSTED
    who = next(
        (statuses[name].partition(" ")[2] for name in _STATUS_BY_GPG_KEYWORD if name in statuses and name != "ERRSIG"),
        "",
    )
    return Signature(status=standing, tag=tag, signer=who, key=statuses.get("VALIDSIG", "").split(" ")[0])


def _parse_gpg_status(output: str) -> Iterator[tuple[str, str]]:
    for line in output.splitlines():
        if line.startswith("[GNUPG:] "):
            name, _, rest = line.removeprefix("[GNUPG:] ").partition(" ")
            yield name, rest


def _parse_ssh_failure(output: str) -> SignatureStatus:
    """What ssh-keygen says in words: that it does not hold. Whatever else is said tells nothing of the signature."""
    return (
        SignatureStatus.BAD
        if "Could not verify signature" in output or "incorrect signature" in output
        else SignatureStatus.UNKNOWN
    )


def _find_signer_files(root: Path) -> Iterator[Path]:
    named = run_git(root, "config", "--null", "--type=path", "--get-regexp", _SSH_TRUST_KEYS).output
    for entry in filter(None, named.split(b"\0")):
        yield root / os.fsdecode(entry.partition(b"\n")[2])


def _find_keyring_files() -> Iterator[Path]:
    home = Path(os.environ.get("GNUPGHOME") or Path.home() / ".gnupg")
    return (home / name for name in _KEYRING_NAMES)
