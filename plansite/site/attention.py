"""Needs attention: files that could not be read, errors in files, and what is worth a look, summed up by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from plansite.model.course import Outlook
from plansite.model.findings import Finding, Level, Rule
from plansite.model.names import title_of
from plansite.model.site import Document, Site
from plansite.model.words import count
from plansite.site.addresses import edit_url, unread_page
from plansite.site.links import page_of
from plansite.site.page import Link, Page
from plansite.site.paging import Nothing

#: So many places are named under each warning and hint; the command names them all.
MOST_PLACES = 100


#: A text in pieces, each with whether it is something to type: what stands between two back-ticks.
Phrase = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """One fault: its line in words, what is wrong, what to do, and where to do it."""

    line: str
    message: Phrase
    remedy: Phrase
    edit: str


@dataclass(frozen=True, slots=True)
class File:
    """A file with its faults; without a page its link is words."""

    title: Link
    path: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """All that one rule found: what it says, why it matters, and where. `more` counts the files left out."""

    title: Phrase
    why: Phrase
    number: str
    files: tuple[File, ...]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionView:
    """What the page shows; each of its four parts may be empty."""

    lede: str
    nothing: Nothing | None
    unread: tuple[Kind, ...]
    unread_note: str
    errors: tuple[Kind, ...]
    errors_note: str
    warnings: tuple[Kind, ...]
    warnings_note: str
    hints: tuple[Kind, ...]
    hints_note: str


@dataclass(frozen=True, slots=True)
class _Ground:
    """The site, and for each of its files the page on which it stands."""

    site: Site
    pages: Mapping[str, Link]


def attention_page(outlook: Outlook, findings: Iterable[Finding]) -> Page:
    """The page of everything to put right, the worst first; `findings` are all of the site's."""
    site = outlook.site
    ground = _Ground(site, {each.path: Link(each.title, page_of(each)) for each in _documents(site)})
    return Page(
        path="attention.html",
        template="attention.html",
        title="Needs attention",
        view=_view(ground, tuple(findings)),
        section="attention.html",
        trail=(Link("Plans", "index.html"), Link("Needs attention")),
    )


def _view(ground: _Ground, findings: Sequence[Finding]) -> AttentionView:
    lost = {unread.path for unread in ground.site.unread}
    kept = [finding for finding in findings if finding.path not in lost]
    of = {level: [finding for finding in kept if finding.rule.level is level] for level in Level}
    wrong = len({finding.path for finding in of[Level.ERROR]})
    return AttentionView(
        lede=_lede(ground.site, wrong) if lost or kept else "",
        nothing=None if lost or kept else _nothing(ground.site),
        unread=_unread(ground),
        unread_note=_files(len(lost)),
        errors=_kinds(ground, of[Level.ERROR]),
        errors_note=_files(wrong),
        warnings=_kinds(ground, of[Level.WARNING], MOST_PLACES),
        warnings_note=count(len(of[Level.WARNING]), "warning"),
        hints=_kinds(ground, of[Level.HINT], MOST_PLACES),
        hints_note=count(len(of[Level.HINT]), "hint"),
    )


def _lede(site: Site, wrong: int) -> str:
    unread, on_site = len(site.unread), sum(1 for _ in _documents(site))
    if not unread:
        return f"{_files(on_site)}: all on the site, and {wrong or 'none'} {_has(wrong or 1)} an error."
    sum_ = f"{_files(on_site + unread)}: {on_site:,} on the site, and {unread:,} that could not be read."
    return f"{sum_} {f'{wrong:,}' if wrong else 'None'} of those on the site {_has(wrong or 1)} an error."


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _nothing(site: Site) -> Nothing:
    """What is said where every file was read and no rule found anything."""
    number = sum(1 for _ in _documents(site))
    if not number:
        return Nothing(words="Nothing needs attention.", sentence="There is no file yet.")
    whole = f"All {_files(number)} are on the site" if number > 1 else "The one file is on the site"
    note = "Good news. Whoever reads a plan may still see what no rule does."
    return Nothing(words="Nothing needs attention.", sentence=f"{whole}, and no rule is broken.", note=note)


def _documents(site: Site) -> Iterator[Document]:
    """Everything on the site that was read from a file of its own; a plan may have none."""
    for plan in site.plans:
        if plan.lines:
            yield plan
        held: tuple[Document, ...] = (*plan.actions, *plan.reviews, *plan.incidents, *plan.measures)
        yield from held
    people: tuple[Document, ...] = (*site.owners, *site.agencies)
    yield from people


def _unread(ground: _Ground) -> tuple[Kind, ...]:
    """The files that could not be read, under the first rule that each breaks."""
    groups: defaultdict[Rule, list[File]] = defaultdict(list)
    for unread in ground.site.unread:
        spots = tuple(_spot(ground.site, finding) for finding in unread.findings)
        title = Link(title_of(unread.slug), unread_page(unread))
        for finding in unread.findings[:1]:
            groups[finding.rule].append(File(title, unread.path, spots))
    return tuple(
        _kind(rule, files, _files(len(files)))
        for rule, files in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0].code))
    )


def _kinds(ground: _Ground, findings: Iterable[Finding], most: int | None = None) -> tuple[Kind, ...]:
    """Findings by their rule, the most frequent first, and under it by their file; at most so many files each."""
    rules: defaultdict[Rule, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        rules[finding.rule][finding.path].append(finding)
    kinds = []
    for rule, files in sorted(rules.items(), key=lambda each: (-len(each[1]), each[0].code)):
        shown = [_file(ground, path, found) for path, found in islice(files.items(), most)]
        number = sum(len(found) for found in files.values())
        kinds.append(_kind(rule, shown, count(number, "time"), len(files) - len(shown)))
    return tuple(kinds)


def _kind(rule: Rule, files: Sequence[File], number: str, left: int = 0) -> Kind:
    what, _, rest = rule.doc.partition("\n\n")
    why = rest.partition("Example:")[0]
    return Kind(
        title=phrase(" ".join(what.split()) or rule.name),
        why=phrase(" ".join(why.split())),
        number=number,
        files=tuple(files),
        more=f"{_files(left)} more: the command plansite check names them all." if left else "",
    )


def _file(ground: _Ground, path: str, found: Iterable[Finding]) -> File:
    spots = tuple(_spot(ground.site, finding) for finding in found)
    return File(ground.pages.get(path, Link(path)), path, spots)


def _spot(site: Site, finding: Finding) -> Spot:
    remedy = f"{finding.remedy[:1].upper()}{finding.remedy[1:]}." if finding.remedy else ""
    line = f"Line {finding.line}" if finding.line else "The file"
    return Spot(line, phrase(f"{finding.message.removesuffix('.')}."), phrase(remedy), edit_url(site, finding.path))


def phrase(text: str) -> Phrase:
    """A text taken apart at its back-ticks; one without a partner is a sign like any other."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["`".join(pieces[-2:])]
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece)


def _files(number: int) -> str:
    return count(number, "file")
