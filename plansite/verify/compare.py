"""A copy of a site compared with a fresh build: nothing is published, and nothing is written to the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from plansite.model.site import Settings
from plansite.verify.claims import ABOUT, Claims
from plansite.verify.holding import Holding, How, holding_of
from plansite.verify.rebuild import Rebuilt, Wish, of_commit, of_files
from plansite.verify.target import Target, is_same, known
from plansite.verify.verdict import Verdict

# What a build says of signatures depends on the keys that were known where it ran. Words alone are passed over.
_SIGNED = re.compile(r"<div data-signed><dt>[^<>]*</dt><dd>([^<>]*)</dd></div>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A copy in `folder`, what it says of itself, and what the site in `root` is to be built for and from.

    `whole` is False for a copy that was fetched page by page, where files are missing that no page links to.
    """

    root: Path
    folder: Path
    settings: Settings
    claims: Claims
    target: Target
    wish: Wish
    whole: bool = True


def compared(question: Question, tell: Callable[[str], None]) -> Verdict:
    """Compare; `tell` hears what is passed over. Raises OSError, TreeError, SettingsError and ThemeError."""
    held = holding_of(question.folder)
    then = question.target.then
    built = of_commit(question.root, then, question.wish) if then else of_files(question.root, question.wish)
    verdict = Verdict(
        folder=question.folder,
        wish=question.wish,
        then=then,
        claims=question.claims,
        named=known(question.root, question.settings, question.claims.commit) if question.claims.commit else None,
        files=len(held.found),
        differences=held.against(_but_for_signatures(question, held, built, tell)),
        is_uncommitted=False,
        has_list=held.listed is not None or not question.whole,
    )
    if not question.whole:
        verdict = _of_a_part(verdict, tell)
    return replace(verdict, is_uncommitted=_is_uncommitted(question, held, verdict))


def _but_for_signatures(
    question: Question, held: Holding, built: Rebuilt, tell: Callable[[str], None]
) -> Mapping[str, str]:
    """The digests of a build; its page about itself counts as the copy's where only the words on signatures differ."""
    found = held.found.get(ABOUT, "")
    if not built.about or found in ("", built.files.get(ABOUT)) or not (question.folder / ABOUT).is_file():
        return built.files
    page = (question.folder / ABOUT).read_bytes().decode("utf-8", "surrogateescape")
    if _SIGNED.sub("", page) != _SIGNED.sub("", built.about):
        return built.files
    said = "; ".join(_SIGNED.findall(page)) or "nothing"
    tell(f"{ABOUT} says of the signature: {said}. With the keys known here it says: {_words(built.about)}.")
    return {**built.files, ABOUT: found}


def _words(page: str) -> str:
    return "; ".join(_SIGNED.findall(page)) or "nothing"


def _of_a_part(verdict: Verdict, tell: Callable[[str], None]) -> Verdict:
    """The same without what the copy does not hold."""
    there = tuple(each for each in verdict.differences if each.how is not How.MISSING)
    lacking = len(verdict.differences) - len(there)
    if lacking:
        tell(f"{lacking:,} files of the build are not in this download, and were not compared.")
    return replace(verdict, differences=there)


def _is_uncommitted(question: Question, held: Holding, verdict: Verdict) -> bool:
    """Whether a copy that names this very commit is what the files here build, with changes that no commit holds."""
    then, claims = verdict.then, question.claims
    if verdict.is_same or then is None or question.target.is_asked or question.wish.stood:
        return False
    if claims.commit and not is_same(then.commit, claims.commit):
        return False
    if any(each.by_hand for each in verdict.differences):  # no build leaves a folder that its own list denies
        return False
    return not held.against(of_files(question.root, question.wish).files)
