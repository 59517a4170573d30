"""Whether a commit and the tags on it are signed, by whom, and whether the keys known here bear that out."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from plansite.history.git import ask
from plansite.history.signature import Signature, Standing

#: So many tags of one commit are asked about; each may start a program.
_MOST_TAGS = 5
_TAGS = "--format=%(objectname)%00%(refname)%00%(if)%(contents:signature)%(then)signed%(end)"
_FACTS = "--format=%G?%x00%GS%x00%GF"
_HEADER = re.compile(rb"^gpgsig(?:-sha256)? ", re.MULTILINE)
_SSH = re.compile(r'^Good "git" signature (?:for (?P<who>.*) )?with \S+ key (?P<key>\S+)$', re.MULTILINE)
_TRUST = r"^gpg\.ssh\.(allowedsignersfile|revocationfile)$"
#: Where GnuPG keeps keys, and which of them are trusted.
_RINGS = ("pubring.kbx", "pubring.gpg", "trustdb.gpg", "public-keys.d/pubring.db")


# As git's manual has it under `%G?`; a signature that git finds none of, although it is there, cannot be checked.
_BY_LETTER = {
    "G": Standing.GOOD,
    "U": Standing.UNTRUSTED,
    "B": Standing.BAD,
    "R": Standing.WITHDRAWN,
    "X": Standing.EXPIRED,
    "Y": Standing.EXPIRED,
}
# The status lines of GnuPG (its file doc/DETAILS).
_BY_STATUS = {
    "GOODSIG": Standing.GOOD,
    "BADSIG": Standing.BAD,
    "REVKEYSIG": Standing.WITHDRAWN,
    "EXPSIG": Standing.EXPIRED,
    "EXPKEYSIG": Standing.EXPIRED,
    "ERRSIG": Standing.UNKNOWN,
}
_UNTRUSTED = ("TRUST_UNDEFINED", "TRUST_NEVER", "TRUST_UNKNOWN")


def signatures_of(root: Path, commit: str) -> tuple[Signature, ...]:
    """The signatures of a commit and of the tags on it; none where nothing is signed, or without git.

    Two quick questions tell whether anything is. Only then git runs what checks signatures: that is gpg or ssh-keygen.
    """
    own = (_of_commit(root, commit),) if _is_signed(root, commit) else ()
    signed = [name for _, name in _signed_tags(root, commit)]
    return (*own, *(_of_tag(root, name) for name in signed[:_MOST_TAGS]))


def trust_of(root: Path, commit: str) -> str:
    """A digest of all that `signatures_of` depends on besides the commit: the tags on it, and the keys known here.

    Empty where nothing is signed, so that a new key there changes nothing.
    """
    tags = _signed_tags(root, commit)
    if not tags and not _is_signed(root, commit):
        return ""
    whole = hashlib.sha256(repr(tags).encode())
    for file in (*_signers(root), *_rings()):
        try:
            whole.update(file.read_bytes())
        except OSError:
            whole.update(b"missing")
    return whole.hexdigest()


def _is_signed(root: Path, commit: str) -> bool:
    head, _, _ = ask(root, "cat-file", "commit", commit).output.partition(b"\n\n")
    return bool(_HEADER.search(head))


def _signed_tags(root: Path, commit: str) -> list[tuple[str, str]]:
    """The object and the full name of each signed tag on a commit, in the order of names."""
    rows = ask(root, "for-each-ref", f"--points-at={commit}", _TAGS, "refs/tags").output
    parts = (row.split("\0") for row in rows.decode("utf-8", "replace").splitlines())
    return [(part[0], part[1]) for part in parts if part[2:] == ["signed"]]


def _of_commit(root: Path, commit: str) -> Signature:
    told = ask(root, "log", "-1", "--no-color", _FACTS, commit, "--").output.decode("utf-8", "replace")
    letter, who, key = [*told.rstrip("\n").split("\0"), "", "", ""][:3]
    return Signature(standing=_BY_LETTER.get(letter, Standing.UNKNOWN), who=who, key=key)


def _of_tag(root: Path, name: str) -> Signature:
    told = ask(root, "verify-tag", "--raw", name).fault
    tag = name.removeprefix("refs/tags/")
    found = _SSH.search(told)
    if found:
        standing = Standing.GOOD if found["who"] else Standing.UNTRUSTED
        return Signature(standing=standing, tag=tag, who=found["who"] or "", key=found["key"])
    statuses = dict(_statuses(told))
    standing = next((_BY_STATUS[name] for name in _BY_STATUS if name in statuses), _without_status(told))
    if standing is Standing.GOOD and any(name in statuses for name in _UNTRUSTED):
        standing = Standing.UNTRUSTED
    who = next((statuses[name].partition(" ")[2] for name in _BY_STATUS if name in statuses and name != "ERRSIG"), "")
    return Signature(standing=standing, tag=tag, who=who, key=statuses.get("VALIDSIG", "").split(" ")[0])


def _statuses(told: str) -> Iterator[tuple[str, str]]:
    for line in told.splitlines():
        if line.startswith("[GNUPG:] "):
            name, _, rest = line.removeprefix("[GNUPG:] ").partition(" ")
            yield name, rest


def _without_status(told: str) -> Standing:
    """What ssh-keygen says in words: that it does not hold. Whatever else is said tells nothing of the signature."""
    return Standing.BAD if "Could not verify signature" in told or "incorrect signature" in told else Standing.UNKNOWN


def _signers(root: Path) -> Iterator[Path]:
    named = ask(root, "config", "--null", "--type=path", "--get-regexp", _TRUST).output
    for entry in filter(None, named.split(b"\0")):
        yield root / os.fsdecode(entry.partition(b"\n")[2])


def _rings() -> Iterator[Path]:
    home = Path(os.environ.get("GNUPGHOME") or Path.home() / ".gnupg")
    return (home / name for name in _RINGS)
