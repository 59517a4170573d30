"""Needs attention: files that could not be read, errors in files, and what is worth a look, summed up by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding, Level, Rule
from plansite.model.formatting import format_count
from plansite.model.page_addresses import ATTENTION_PAGE, edit_url, page_address, unreadable_file_address
from plansite.model.site import Document, Site
from plansite.model.slugs import title_from_slug
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import EmptyState

#: So many places are named under each warning and hint; the command names them all.
MAX_FILES_PER_RULE = 100


#: A text in pieces, each with whether it is something to type: what stands between two back-ticks.
TextPieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One fault: its line in words, what is wrong, what to do, and where to do it."""

    line: str
    message: TextPieces
    remedy: TextPieces
    edit: str


@dataclass(frozen=True, slots=True)
class FileFindings:
    """A file with its faults; without a page its link is words."""

    title: Link
    path: str
    spots: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFindings:
    """All that one rule found: what it says, why it matters, and where. `more` counts the files left out."""

    title: TextPieces
    why: TextPieces
    number: str
    files: tuple[FileFindings, ...]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionView:
    """What the page shows; each of its four parts may be empty."""

    lede: str
    nothing: EmptyState | None
    unreadable: tuple[RuleFindings, ...]
    unreadable_note: str
    errors: tuple[RuleFindings, ...]
    errors_note: str
    warnings: tuple[RuleFindings, ...]
    warnings_note: str
    hints: tuple[RuleFindings, ...]
    hints_note: str


@dataclass(frozen=True, slots=True)
class _AttentionContext:
    """The site, and for each of its files the page on which it stands."""

    site: Site
    pages: Mapping[str, Link]


def build_attention_page(dated_site: SiteOnDate, findings: Iterable[Finding]) -> Page:
    """The page of everything to put right, the worst first; `findings` are all of the site's."""
    site = dated_site.site
    ground = _AttentionContext(
        site, {each.path: Link(each.title, page_address(each)) for each in _list_documents(site)}
    )
    return Page(
        path=ATTENTION_PAGE,
        template="pages/attention.html",
        title="Needs attention",
        view=_build_view(ground, tuple(findings)),
        section=ATTENTION_PAGE,
        trail=(Link("Plans", "index.html"), Link("Needs attention")),
    )


def _build_view(context: _AttentionContext, findings: Sequence[Finding]) -> AttentionView:
    lost = {unread.path for unread in context.site.unreadable}
    kept = [finding for finding in findings if finding.path not in lost]
    of = {level: [finding for finding in kept if finding.rule.level is level] for level in Level}
    wrong = len({finding.path for finding in of[Level.ERROR]})
    return AttentionView(
        lede=_format_lede(context.site, wrong) if lost or kept else "",
        nothing=None if lost or kept else _build_empty_state(context.site),
        unreadable=_group_unreadable_files(context),
        unreadable_note=_count_files(len(lost)),
        errors=_group_by_rule(context, of[Level.ERROR]),
        errors_note=_count_files(wrong),
        warnings=_group_by_rule(context, of[Level.WARNING], MAX_FILES_PER_RULE),
        warnings_note=format_count(len(of[Level.WARNING]), "warning"),
        hints=_group_by_rule(context, of[Level.HINT], MAX_FILES_PER_RULE),
        hints_note=format_count(len(of[Level.HINT]), "hint"),
    )


def _format_lede(site: Site, wrong: int) -> str:
    unread, on_site = len(site.unreadable), sum(1 for _ in _list_documents(site))
    if not unread:
        return f"{_count_files(on_site)}: all on the site, and {wrong or 'none'} {_pluralise_has(wrong or 1)} an error."
    sum_ = f"{_count_files(on_site + unread)}: {on_site:,} on the site, and {unread:,} that could not be read."
    return f"{sum_} {f'{wrong:,}' if wrong else 'None'} of those on the site {_pluralise_has(wrong or 1)} an error."


def _pluralise_has(number: int) -> str:
    return "has" if number == 1 else "have"


def _build_empty_state(site: Site) -> EmptyState:
    """What is said where every file was read and no rule found anything."""
    number = sum(1 for _ in _list_documents(site))
    if not number:
        return EmptyState(words="Nothing needs attention.", sentence="There is no file yet.")
    whole = f"All {_count_files(number)} are on the site" if number > 1 else "The one file is on the site"
    note = "Good news. Whoever reads a plan may still see what no rule does."
    return EmptyState(words="Nothing needs attention.", sentence=f"{whole}, and no rule is broken.", note=note)


def _list_documents(site: Site) -> Iterator[Document]:
    """Everything on the site that was read from a file of its own; a plan may have none."""
    for plan in site.plans:
        if plan.lines:
            yield plan
        held: tuple[Document, ...] = (*plan.actions, *plan.reviews, *plan.incidents, *plan.measures)
        yield from held
    people: tuple[Document, ...] = (*site.owners, *site.agencies)
    yield from people


def _group_unreadable_files(context: _AttentionContext) -> tuple[RuleFindings, ...]:
    """The files that could not be read, under the first rule that each breaks."""
    groups: defaultdict[Rule, list[FileFindings]] = defaultdict(list)
    for unread in context.site.unreadable:
        spots = tuple(_build_finding_row(context.site, finding) for finding in unread.findings)
        title = Link(title_from_slug(unread.slug), unreadable_file_address(unread))
        for finding in unread.findings[:1]:
            groups[finding.rule].append(FileFindings(title, unread.path, spots))
    return tuple(
        _build_rule_findings(rule, files, _count_files(len(files)))
        for rule, files in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0].code))
    )


def _group_by_rule(
    context: _AttentionContext, findings: Iterable[Finding], limit: int | None = None
) -> tuple[RuleFindings, ...]:
    """Findings by their rule, the most frequent first, and under it by their file; at most so many files each."""
    rules: defaultdict[Rule, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        rules[finding.rule][finding.path].append(finding)
    kinds = []
    for rule, files in sorted(rules.items(), key=lambda each: (-len(each[1]), each[0].code)):
        shown = [_build_file_findings(context, path, found) for path, found in islice(files.items(), limit)]
        number = sum(len(found) for found in files.values())
        kinds.append(_build_rule_findings(rule, shown, format_count(number, "time"), len(files) - len(shown)))
    return tuple(kinds)


def _build_rule_findings(rule: Rule, files: Sequence[FileFindings], number: str, omitted: int = 0) -> RuleFindings:
    what, _, rest = rule.doc.partition("\n\n")
    why = rest.partition("Example:")[0]
    return RuleFindings(
        title=split_at_backticks(" ".join(what.split()) or rule.name),
        why=split_at_backticks(" ".join(why.split())),
        number=number,
        files=tuple(files),
        more=f"{_count_files(omitted)} more: the command plansite check names them all." if omitted else "",
    )


def _build_file_findings(context: _AttentionContext, path: str, findings: Iterable[Finding]) -> FileFindings:
    spots = tuple(_build_finding_row(context.site, finding) for finding in findings)
    return FileFindings(context.pages.get(path, Link(path)), path, spots)


def _build_finding_row(site: Site, finding: Finding) -> FindingRow:
    remedy = f"{finding.remedy[:1].upper()}{finding.remedy[1:]}." if finding.remedy else ""
    line = f"Line {finding.line}" if finding.line else "The file"
    return FindingRow(
        line,
        split_at_backticks(f"{finding.message.removesuffix('.')}."),
        split_at_backticks(remedy),
        edit_url(site, finding.path),
    )


def split_at_backticks(text: str) -> TextPieces:
    """A text taken apart at its back-ticks; one without a partner is a sign like any other."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["`".join(pieces[-2:])]
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece)


def _count_files(number: int) -> str:
    return format_count(number, "file")
