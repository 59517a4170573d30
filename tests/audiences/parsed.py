"""What an audience sees of files that are parsed and filtered, without pages being made of them."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from plansite.content.documents import DocumentLocation, parse_document, parse_front_page
from plansite.content.files import SourceFile
from plansite.content.plans import ParsedPlan, parse_plan_files
from plansite.content.source_tree import FRONT_PAGE_FILE, PlanFiles
from plansite.model.audience.filter import AudienceFilter, build_audience_filter
from plansite.model.findings import Finding
from plansite.model.people import Agency, Owner
from plansite.model.settings import Settings
from plansite.model.site import FrontPage, UnreadableFile
from plansite.model.status import Audience
from plansite.pipeline.plan_index import filter_plan

_SETTINGS = Settings(title="Open", audience=Audience.PUBLIC)
_KINDS = {"owners": "owner", "agencies": "agency"}


class ParsedFiles:
    """Files of one plan `p`, of owners and agencies, and the front page, each by its path."""

    def __init__(self, files: Mapping[str, str]) -> None:
        """Parse them."""
        self._files = files
        self._people = [_parse_person(path, text) for path, text in files.items() if path.split("/")[1] in _KINDS]
        front_page = files.get(FRONT_PAGE_FILE)
        self._front_page, findings = (FrontPage(), ()) if front_page is None else _parse_front_page(front_page)
        paths = tuple(path for path in files if path.startswith("content/plans/p/"))
        self._plan = _parse_plan(tuple((path, files[path]) for path in paths))
        self.findings: tuple[Finding, ...] = (
            *findings, *self._plan.findings, *(finding for _, found in self._people for finding in found),
        )  # fmt: skip

    @property
    def are_clear(self) -> bool:
        """Whether nothing stops a build for partners or the public."""
        return not any(finding.rule.stops_narrower_build for finding in self.findings)

    def seen_by(self, audience: Audience) -> str:
        """All values that the audience gets, as text."""
        audience_filter = self._filter(audience)
        plan = filter_plan(self._plan, audience_filter)
        seen = (audience_filter.front_page, audience_filter.owners, audience_filter.agencies, plan and plan.plan)
        return repr(seen)

    def _filter(self, audience: Audience) -> AudienceFilter:
        people = [person for person, _ in self._people]
        return build_audience_filter(
            _SETTINGS,
            self._front_page,
            tuple(person for person in people if isinstance(person, Owner)),
            tuple(person for person in people if isinstance(person, Agency)),
            tuple(person for person in people if isinstance(person, UnreadableFile)),
            audience,
        )


@functools.lru_cache(64)
def _parse_plan(files: tuple[tuple[str, str], ...]) -> ParsedPlan:
    data = {path: text.encode("utf-8", "surrogatepass") for path, text in files}

    def read_file(path: str, _folder: str) -> SourceFile:
        return SourceFile(path, data.get(path, b""))

    return parse_plan_files(PlanFiles(slug="p", folder="p", files=tuple(data)), read_file, _SETTINGS)


def _parse_person(path: str, text: str) -> tuple[object, tuple[Finding, ...]]:
    _, folder, name = path.split("/")
    result = parse_document(DocumentLocation(_KINDS[folder], "", name.removesuffix(".md"), path), text.encode())
    return result.document, result.findings


@functools.lru_cache(64)
def _parse_front_page(text: str) -> tuple[FrontPage, tuple[Finding, ...]]:
    return parse_front_page(FRONT_PAGE_FILE, text.encode())
