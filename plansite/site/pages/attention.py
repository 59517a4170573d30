"""The page "Needs attention": unreadable files, then errors, warnings and hints, grouped by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from plansite.checks.subjects import list_content_pages, list_documents
from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding, Level, Rule
from plansite.model.formatting import format_count, has_or_have
from plansite.model.links.repository import edit_url
from plansite.model.page_addresses import ATTENTION_PAGE, page_address, unreadable_file_address
from plansite.model.site import Site
from plansite.model.slugs import title_from_slug
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import EmptyState

#: How many files are listed for each rule of warnings and hints; the command lists all.
MAX_FILES_PER_RULE = 100

#: A text in pieces, each with whether it is code: the text between two backticks.
TextPieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding: its line in words, the message, the remedy, and the URL to edit the file."""

    line: str
    message: TextPieces
    remedy: TextPieces
    edit: str


@dataclass(frozen=True, slots=True)
class FileFindings:
    """A file with its findings. The link has no address if the file has no page."""

    title: Link
    path: str
    spots: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFindings:
    """All findings of one rule: what it says, why it matters, and in which files. `more` counts the files left out."""

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
    """The site; by path, the link to the page of each file and its position among the documents of the site."""

    site: Site
    pages: Mapping[str, Link]
    positions: Mapping[str, int]


def build_attention_page(dated_site: SiteOnDate, findings: Iterable[Finding]) -> Page:
    """`attention.html`; `findings` are all findings of the site."""
    site = dated_site.site
    pages = {document.path: Link(document.title, page_address(document)) for document in list_documents(site)}
    positions = {path: position for position, path in enumerate(pages)}
    return Page(
        path=ATTENTION_PAGE,
        template="pages/attention.html",
        title="Needs attention",
        view=_build_view(_AttentionContext(site, pages, positions), tuple(findings)),
        section=ATTENTION_PAGE,
        trail=(Link("Plans", "index.html"), Link("Needs attention")),
    )


def _build_view(context: _AttentionContext, findings: Sequence[Finding]) -> AttentionView:
    unreadable = {file.path for file in context.site.unreadable}
    readable_findings = [finding for finding in findings if finding.path not in unreadable]
    by_level = {level: [finding for finding in readable_findings if finding.rule.level is level] for level in Level}
    error_files = len({finding.path for finding in by_level[Level.ERROR]})
    is_empty = not unreadable and not readable_findings
    return AttentionView(
        lede="" if is_empty else _format_lede(context.site, error_files),
        nothing=_build_empty_state(context.site) if is_empty else None,
        unreadable=_group_unreadable_files(context),
        unreadable_note=_count_files(len(unreadable)),
        errors=_group_by_rule(context, by_level[Level.ERROR]),
        errors_note=_count_files(error_files),
        warnings=_group_by_rule(context, by_level[Level.WARNING], MAX_FILES_PER_RULE),
        warnings_note=format_count(len(by_level[Level.WARNING]), "warning"),
        hints=_group_by_rule(context, by_level[Level.HINT], MAX_FILES_PER_RULE),
        hints_note=format_count(len(by_level[Level.HINT]), "hint"),
    )


def _format_lede(site: Site, error_files: int) -> str:
    unreadable, on_site, has = (
        len(site.unreadable),
        sum(1 for _ in list_content_pages(site)),
        has_or_have(error_files or 1),
    )
    if not unreadable:
        return f"{_count_files(on_site)} on the site. {f'{error_files:,}' if error_files else 'None'} {has} an error."
    total = f"{_count_files(on_site + unreadable)}: {on_site:,} on the site, and {unreadable:,} that could not be read."
    return f"{total} {f'{error_files:,}' if error_files else 'None'} of those on the site {has} an error."


def _build_empty_state(site: Site) -> EmptyState:
    """The text for a site without unreadable files and without findings."""
    number = sum(1 for _ in list_content_pages(site))
    if not any(True for _ in list_documents(site)):
        return EmptyState(words="Nothing needs attention.", sentence="There are no files yet.")
    files = f"All {_count_files(number)} are on the site" if number > 1 else "The one file is on the site"
    note = "Good news. Please still read the plans: the rules cannot find every problem."
    return EmptyState(words="Nothing needs attention.", sentence=f"{files}, and no problems were found.", note=note)


def _group_unreadable_files(context: _AttentionContext) -> tuple[RuleFindings, ...]:
    """The unreadable files by the rule of their first finding, the most frequent rule first."""
    groups: defaultdict[Rule, list[FileFindings]] = defaultdict(list)
    for file in context.site.unreadable:
        rows = tuple(_build_finding_row(context.site, finding) for finding in file.findings)
        title = Link(title_from_slug(file.slug), unreadable_file_address(file))
        for finding in file.findings[:1]:
            groups[finding.rule].append(FileFindings(title, file.path, rows))
    return tuple(
        _build_rule_findings(rule, files, _count_files(len(files)))
        for rule, files in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0].code))
    )


def _group_by_rule(
    context: _AttentionContext, findings: Iterable[Finding], limit: int | None = None
) -> tuple[RuleFindings, ...]:
    """Findings by rule, the rule with the most files first, then by file; at most `limit` files for each rule.

    Files are in the order of documents: of each plan its own first, then its actions, reviews, incidents and measures.
    """
    in_order = sorted(findings, key=lambda finding: context.positions.get(finding.path, len(context.positions)))
    rules: defaultdict[Rule, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in in_order:
        rules[finding.rule][finding.path].append(finding)
    groups = []
    for rule, by_path in sorted(rules.items(), key=lambda group: (-len(group[1]), group[0].code)):
        files = [_build_file_findings(context, path, of_file) for path, of_file in islice(by_path.items(), limit)]
        number = sum(len(of_file) for of_file in by_path.values())
        groups.append(_build_rule_findings(rule, files, format_count(number, "case"), len(by_path) - len(files)))
    return tuple(groups)


def _build_rule_findings(rule: Rule, files: Sequence[FileFindings], number: str, omitted: int = 0) -> RuleFindings:
    what, _, rest = rule.doc.partition("\n\n")
    why = rest.partition("Example:")[0]
    return RuleFindings(
        title=split_at_backticks(" ".join(what.split()) or rule.name),
        why=split_at_backticks(" ".join(why.split())),
        number=number,
        files=tuple(files),
        more=f"{_count_files(omitted)} more: run plansite check to list them all." if omitted else "",
    )


def _build_file_findings(context: _AttentionContext, path: str, findings: Iterable[Finding]) -> FileFindings:
    rows = tuple(_build_finding_row(context.site, finding) for finding in findings)
    return FileFindings(context.pages.get(path, Link(path)), path, rows)


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
    """The pieces of a text between backticks; a backtick without a counterpart is kept as a character."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["`".join(pieces[-2:])]
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece)


def _count_files(number: int) -> str:
    return format_count(number, "file")
