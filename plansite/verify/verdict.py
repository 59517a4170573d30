"""The answer in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plansite import __version__
from plansite.history.tree import Stood
from plansite.model.status import Audience
from plansite.model.words import count, long_date
from plansite.publish.manifest import MANIFEST
from plansite.verify.claims import ABOUT, Claims
from plansite.verify.holding import Difference, How
from plansite.verify.rebuild import Wish
from plansite.verify.target import is_same

_FOR = {
    Audience.INTERNAL: "for internal readers",
    Audience.PARTNERS: "for partners",
    Audience.PUBLIC: "for everybody",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a copy in `folder` compares with a build of `then`, or of the files here where that is None.

    `named` is the commit that the copy names, if the repository has it. `is_uncommitted` says that the copy is what
    the files here build, but no commit. `has_list` says whether the list of files is there, if it has to be.
    """

    folder: Path
    wish: Wish
    then: Stood | None
    claims: Claims
    named: Stood | None
    files: int
    differences: tuple[Difference, ...]
    is_uncommitted: bool
    has_list: bool

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    @property
    def is_of_another_commit(self) -> bool:
        """Whether the copy names another commit than it was held against."""
        return bool(self.then and self.claims.commit) and not is_same(
            self.then.commit if self.then else "", self.claims.commit
        )


def sentences(verdict: Verdict) -> Iterator[str]:
    """First whether it is the same, then why it is not, as far as the copy itself tells."""
    source = f"what commit {verdict.then.commit} builds" if verdict.then else "what the files here build"
    wish = f"{_FOR[verdict.wish.audience]}, as at {long_date(verdict.wish.day)}"
    if verdict.is_same:
        yield f"Same: {verdict.folder} is {source} {wish}. {count(verdict.files, 'file')} compared."
        return
    number = len(verdict.differences)
    differ = f"{count(number, 'file')} differ{'s' if number == 1 else ''}"
    yield f"Not the same: {verdict.folder} is not {source} {wish}. {differ}."
    yield from _reasons(verdict)


def _reasons(verdict: Verdict) -> Iterator[str]:
    by_hand = {each.path for each in verdict.differences if each.by_hand}
    if verdict.is_of_another_commit:
        yield _another(verdict)
    if verdict.then and not verdict.claims.commit and len(by_hand) < len(verdict.differences):
        yield "It does not name its commit. It may only be older or newer: compare it with another one by --commit."
    if verdict.is_uncommitted:
        yield "It was built from changes that no commit holds: it is what the files in this folder build now."
    yield from _claimed(verdict.claims, verdict.wish)
    if ABOUT in by_hand:
        yield f"{ABOUT} is among what was changed. If it names a wrong day or audience, use --today and --audience."
    if by_hand:
        yield "Some of it was changed after it was built: it is not what its own list of files says."
    elif not verdict.has_list:
        yield f"{MANIFEST}, its list of files, is not there or cannot be read."


def _claimed(claims: Claims, wish: Wish) -> Iterator[str]:
    """Where what the copy says of itself is another thing than it was compared with."""
    if claims.version and claims.version != __version__:
        yield (
            f"It was built by plansite {claims.version}, and this is {__version__}, which may draw pages otherwise. "
            f"Install that version to compare it: pip install plansite=={claims.version}"
        )
    if claims.audience and claims.audience is not wish.audience:
        yield f"It says that it was built {_FOR[claims.audience]}."
    if claims.day and claims.day != wish.day:
        yield f"It says that it speaks for {long_date(claims.day)}."
    if claims.audience is None:
        yield "It does not say for whom and for which day it was built. If you know, use --audience and --today."


def _another(verdict: Verdict) -> str:
    name = verdict.claims.commit
    if verdict.named is None:
        return f"It says that it was built from commit {name}, which this repository does not have."
    when = long_date(verdict.named.day)
    return f"It says that it was built from commit {name} of {when}. To compare it with that one, add: --commit {name}"


_WORDS = {How.DIFFERENT: "different", How.MISSING: "missing", How.ADDED: "added"}


def listing(differences: Sequence[Difference], most: int | None) -> Iterator[str]:
    """A line for each file that differs, and how many had no room. What was changed by hand comes first."""
    ordered = sorted(differences, key=lambda each: (not each.by_hand, each.path))
    for each in ordered[:most]:
        by_hand = ", after it was built" if each.by_hand else ""
        yield f"  {_WORDS[each.how]}{by_hand}: {_printable(each.path)}"
    if most is not None and len(ordered) > most:
        yield f"  and {len(ordered) - most:,} more; --verbose lists all"


def _printable(path: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in path)
