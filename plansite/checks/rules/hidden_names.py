"""Names in texts that some audience may not see: what stays in its copy, and what is left out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import ContentPage, find_field_line, list_content_pages
from plansite.model.audience.filter import resolve_audience
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.audience.measure_filter import resolve_document_audience
from plansite.model.audience.text_filter import TextFilter
from plansite.model.documents.plan import Plan
from plansite.model.findings import Level
from plansite.model.formatting import format_list
from plansite.model.people import Agency, Owner
from plansite.model.site import FrontPage
from plansite.model.status import Audience

_AUDIENCE_NAMES = {Audience.PARTNERS: "partners", Audience.PUBLIC: "the public"}


@rule("PS810", Level.WARNING, list_content_pages)
def hidden_name_in_text(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A text names an owner or agency that some of its readers may not see.

    Names are taken out of fields, but not out of running text: the name stays in the copy for these readers.

    Example: Anna Brown's file says `audience: internal`, and a step says "Ask Anna Brown". Write the role, or put the
    passage between `::: internal` and `:::`.
    """

    def list_lines(audience: Audience, names: HiddenNames) -> Iterator[int]:
        body = page.body.filter_for(audience)
        yield from (run.line for run in body.text_runs if names.is_mentioned(run.text))
        yield from (link.line for link in body.links if names.is_mentioned(link.target))

    remedy = "leave the name out, or put the passage between `::: internal` and `:::`"
    for line, readers in _group_by_line(context, page, list_lines):
        yield flag(
            page, f"this names somebody who is hidden from {readers}, and it is in their copy", remedy, line=line
        )


@rule("PS811", Level.WARNING, list_content_pages)
def hidden_name_in_field(context: CheckContext, page: ContentPage) -> Iterator[Violation]:
    """A field or the file's name contains the name of an owner or agency that some of its readers may not see.

    In their copy the field is empty, and an entry of a list or a file named after somebody is missing. Fields for
    names, such as `owner`, are left out without a warning.

    Example: `resources: Two days of Anna Brown`. Write `resources: Two days of the falls lead`.
    """

    def list_lines(audience: Audience, names: HiddenNames) -> Iterator[int]:
        text_filter = TextFilter(audience, names)
        if not isinstance(page, FrontPage) and text_filter.is_named_after_hidden(page):
            yield 0
        else:
            removed = (each for each in text_filter.list_removed(page) if not each.is_name)
            yield from (find_field_line(page, each.field) for each in removed)

    for line, readers in _group_by_line(context, page, list_lines):
        what, remedy = ("this names", "leave the name out") if line else ("the file is named after", "rename the file")
        yield flag(page, f"{what} somebody who is hidden from {readers}, so it is not in their copy", remedy, line=line)


def _group_by_line(
    context: CheckContext, page: ContentPage, list_lines: Callable[[Audience, HiddenNames], Iterable[int]]
) -> Iterator[tuple[int, str]]:
    """Each line that `list_lines` finds for an audience that sees the page, with the names of these audiences."""
    readers_by_line: dict[int, list[str]] = {}
    for audience, names in context.hidden_names.items():
        if all(map(audience.sees, _list_audiences(context, page))):
            for line in dict.fromkeys(list_lines(audience, names)):
                readers_by_line.setdefault(line, []).append(_AUDIENCE_NAMES[audience])
    yield from ((line, format_list(readers)) for line, readers in sorted(readers_by_line.items()))


def _list_audiences(context: CheckContext, page: ContentPage) -> tuple[Audience, ...]:
    """Whom a page is for, and whom its plan is for, if it belongs to one."""
    settings = context.site.settings
    if isinstance(page, Plan):
        return (resolve_audience(page, settings),)
    if isinstance(page, (FrontPage, Owner, Agency)):
        return (page.audience or settings.audience,)
    of_plan = resolve_audience(context.site.plans_by_slug[page.plan], settings)
    return resolve_document_audience(page, of_plan), of_plan
