"""The register of a plan: a table of its actions in the eight columns of a paper action plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding, Level
from plansite.model.formatting import format_count
from plansite.model.page_addresses import FRONT_PAGE, plan_address
from plansite.model.site import UnreadableFile
from plansite.site.changes.history import NO_HISTORY, PlanHistory
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.filters import FilterBar, build_filter_bar
from plansite.site.components.finding_notices import FindingNotice, build_finding_notice
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager, numbered_address
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.plan.register_rows import RegisterRow, build_register_row, link_file


@dataclass(frozen=True, slots=True)
class RegisterProblem:
    """A file with errors; `key` is the id to which its row links."""

    key: str
    title: Link
    findings: tuple[FindingNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterView:
    """What a page of the register shows. `pager` is None if there is only one page."""

    head: PlanHeader
    caption: str
    filter: FilterBar | None
    rows: tuple[RegisterRow, ...]
    problems: tuple[RegisterProblem, ...]
    pager: Pager | None


def build_register_pages(
    dated_site: SiteOnDate,
    plan: Plan,
    _resolver: LinkResolver,
    findings_by_path: Mapping[str, tuple[Finding, ...]],
    history: PlanHistory = NO_HISTORY,
) -> Iterator[Page]:
    """A plan's register with at most `ROWS_PER_PAGE` rows a page, in the order of action numbers.

    Unreadable files of other kinds are listed as problems on the first page.
    """
    unreadable = [file for file in dated_site.site.unreadable if _belongs_to_plan(file, plan)]
    files: list[Action | UnreadableFile] = [*plan.actions, *(file for file in unreadable if file.kind == "action")]
    files.sort(key=lambda file: file.sort_key)
    others = tuple(file for file in unreadable if file.kind != "action")
    address = plan_address(plan.slug, "register")
    page_count = max(1, -(-len(files) // ROWS_PER_PAGE))
    addresses = [numbered_address(address, number) for number in range(1, page_count + 1)]
    for number, page_address in enumerate(addresses, 1):
        is_first = number == 1
        register_page = _RegisterPage(
            files=files[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE],
            others=others if is_first else (),
            number=number,
            total=len(files),
            history=history,
        )
        trail = [Link("Register")] if is_first else [Link("Register", address), Link(f"Page {number}")]
        yield Page(
            path=page_address,
            template="plan/register.html",
            title=f"Register: {plan.title}" if is_first else f"Register, page {number}: {plan.title}",
            view=_build_view(dated_site, plan, register_page, findings_by_path, build_pager(addresses, number)),
            section=FRONT_PAGE,
            trail=build_plan_trail(plan, *trail),
            landscape=True,
            running_head=f"Register: {plan.title}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _RegisterPage:
    """The content of one page: action files, unreadable files of other kinds, its number, and the total of files.

    `history` is that of the plan.
    """

    files: Sequence[Action | UnreadableFile]
    others: tuple[UnreadableFile, ...]
    number: int
    total: int
    history: PlanHistory

    @property
    def span(self) -> str:
        """The positions of its files among all: "1,001 to 1,250"."""
        first = (self.number - 1) * ROWS_PER_PAGE + 1
        return f"{first:,} to {first + len(self.files) - 1:,}"


def _belongs_to_plan(unreadable: UnreadableFile, plan: Plan) -> bool:
    return plan.slug == (unreadable.plan or (unreadable.slug if unreadable.kind == "plan" else ""))


def _build_view(
    dated_site: SiteOnDate,
    plan: Plan,
    register_page: _RegisterPage,
    findings_by_path: Mapping[str, tuple[Finding, ...]],
    pager: Pager | None,
) -> RegisterView:
    rows: list[RegisterRow] = []
    problems: list[RegisterProblem] = []
    for file in register_page.files:
        errors = _select_errors(file, findings_by_path)
        fix = f"fix-{len(problems) + 1}" if errors else ""
        changes = register_page.history.changes_to_file(file.path, dated_site.today)
        rows.append(build_register_row(dated_site, file, errors, fix, changes))
        if errors:
            problems.append(_build_problem(dated_site, fix, file, errors))
    problem_rows = len(problems)
    for other in register_page.others:
        problems.append(_build_problem(dated_site, f"fix-{len(problems) + 1}", other, other.findings))
    return RegisterView(
        head=build_plan_header(dated_site, plan, "register"),
        caption=_format_caption(register_page, problem_rows),
        filter=build_filter_bar(
            (row.values for row in rows), place="in the register", shows=True, is_part=pager is not None
        ),
        rows=tuple(rows),
        problems=tuple(problems),
        pager=pager,
    )


def _format_caption(register_page: _RegisterPage, problem_rows: int) -> str:
    is_part = len(register_page.files) < register_page.total
    total = format_count(register_page.total, "action")
    actions = f"Actions {register_page.span} of {register_page.total:,}" if is_part else total
    verb = "needs" if problem_rows == 1 else "need"
    attention = f" {format_count(problem_rows, 'row')} {verb} attention." if problem_rows else ""
    return f"{actions}. Grey rows are closed.{attention}"


def _select_errors(
    file: Action | UnreadableFile, findings_by_path: Mapping[str, tuple[Finding, ...]]
) -> tuple[Finding, ...]:
    """The findings that keep a file, or part of it, from being read; others are shown on the action's page."""
    if isinstance(file, UnreadableFile):
        return file.findings
    return tuple(finding for finding in findings_by_path.get(file.path, ()) if finding.rule.level is Level.ERROR)


def _build_problem(
    dated_site: SiteOnDate, key: str, file: Action | UnreadableFile, errors: tuple[Finding, ...]
) -> RegisterProblem:
    notices = tuple(build_finding_notice(dated_site, error) for error in errors)
    return RegisterProblem(key, link_file(file), notices)
