"""What a plan contributes to the registers of the site, and of owners and agencies."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.deferred_dataclass import dataclass
from plansite.exports.actions_json.document import format_action, format_plan_head
from plansite.exports.csv_cells import format_csv_lines
from plansite.exports.register_data import list_selected_cells
from plansite.exports.register_workbook import list_register_cells
from plansite.exports.selection import SelectedPlan, select_actions
from plansite.exports.word.package import require_document_library
from plansite.exports.workbook import WorkbookCell, require_writer
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import profile_address, register_data_address
from plansite.model.site import Site
from plansite.model.status import Download


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadRow:
    """An action in registers: the output path of the page of its owner, and what each kind of file says of it.

    Empty are those kinds for which the settings do not ask, and the page where nobody owns it.
    """

    owner_page: str
    json: str
    csv: str
    cells: tuple[WorkbookCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRegister:
    """The register of a plan: its slug and title, how JSON files begin to speak of it, and its rows."""

    slug: str
    title: str
    json_head: str
    rows: tuple[DownloadRow, ...]


def offers_registers(site: Site) -> bool:
    """Whether the site has CSV and JSON files to download."""
    return Download.REGISTERS in site.settings.downloads


def offers_workbooks(site: Site) -> bool:
    """Whether the site has workbooks to download."""
    return Download.WORKBOOKS in site.settings.downloads


def offers_documents(site: Site) -> bool:
    """Whether the site has Word documents to download."""
    return Download.DOCUMENTS in site.settings.downloads


def require_libraries(site: Site) -> None:
    """Raise MissingExportError if the settings ask for files that cannot be written here."""
    if offers_workbooks(site):
        require_writer()
    if offers_documents(site):
        require_document_library()


def build_plan_register(dated_site: SiteOnDate, plan: Plan, faulty_paths: frozenset[str]) -> PlanRegister | None:
    """The register of a plan; None where the site has none to download. `faulty_paths` are files with errors."""
    site = dated_site.site
    if not (offers_registers(site) or offers_workbooks(site)):
        return None
    return PlanRegister(
        slug=plan.slug,
        title=plan.title,
        json_head=format_plan_head(dated_site, SelectedPlan(plan=plan, actions=())) if offers_registers(site) else "",
        rows=tuple(_build_row(dated_site, plan, action, faulty_paths) for action in plan.actions),
    )


def _build_row(dated_site: SiteOnDate, plan: Plan, action: Action, faulty_paths: frozenset[str]) -> DownloadRow:
    site = dated_site.site
    owner = site.find_owner_or_agency(action.owner)
    is_asked = offers_registers(site)
    return DownloadRow(
        owner_page=profile_address(owner) if owner else "",
        json=format_action(dated_site, action) if is_asked else "",
        csv=format_csv_lines([list_selected_cells(dated_site, action, faulty_paths)]) if is_asked else "",
        cells=list_register_cells(dated_site, plan, action) if offers_workbooks(site) else (),
    )


def render_plan_documents(dated_site: SiteOnDate, plan: Plan) -> Iterator[tuple[str, bytes]]:
    """The Word document of a plan by its output path; nothing where the site has none."""
    if offers_documents(dated_site.site):
        from plansite.exports.word.plan_document import format_word_register  # few sites offer them

        yield register_data_address(plan, "docx"), format_word_register(select_actions(dated_site, plan))
