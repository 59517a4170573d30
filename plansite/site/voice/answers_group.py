"""The page “You said, we did” across plans, composed from what each plan contributes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import VOICES_PAGE
from plansite.site.components.page import Page
from plansite.site.contributions import SitePageGroup
from plansite.site.voice.you_said import PlanAnswers, build_site_answers


def _build_answers(_: SiteOnDate, selected: Sequence[tuple[PlanAnswers, ...]]) -> Iterator[tuple[str, Page | str]]:
    return ((page.path, page) for page in build_site_answers(chain.from_iterable(selected)))


ANSWERS_GROUP: SitePageGroup[tuple[PlanAnswers, ...]] = SitePageGroup(
    name="you said, we did",
    paths=(VOICES_PAGE,),
    select=lambda contribution: contribution.answers,
    select_site=lambda _: (),
    build=_build_answers,
)
