"""A small site and the pages it becomes, kept to be read in a diff. `pytest --update-golden` writes them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plansite.checks.context import CheckContext
from plansite.checks.registry import RuleCheck
from plansite.model.findings import Finding
from plansite.pipeline.build import BuiltSite, build_in_memory
from tests.sites import FixedClock, html_of, write

_GOLDEN = Path(__file__).parent / "golden"
_PAGES = (
    "index.html",
    "overdue.html",
    "attention.html",
    "owners/maintenance.html",
    "plans/falls/index.html",
    "plans/falls/register.html",
    "plans/falls/goals.html",
    "plans/falls/actions/rails.html",
    "plans/falls/actions/torn.html",
)
_FILES = {
    "plansite.yaml": "title: Golden site\nrepository: https://github.com/example/plans\n",
    "content/index.md": "---\ntitle: Golden site\n---\nA site to compare with.\n",
    "content/plans/falls/plan.md": (
        "---\ntitle: Fewer falls\nkind: service\nobjective: Nobody falls twice.\nowner: Falls Lead\nreview_every: 1 month\n"
        "rag: green\ngoals:\n  - {key: safe, title: Safe stairs, specific: All stairs, measurable: No falls}\n---\nWhy we began.\n"
    ),
    "content/plans/falls/actions/rails.md": (
        "---\ntitle: Fit rails & lights\nref: 1\nstatus: Ongoing\nowner: Maintenance\nsupporters: [Falls Lead]\ngoal: safe\n"
        "created: 2025-01-02\ndue: 2025-01-14\nresources: £90\ndue_history: [{due: 2025-01-07, moved: 2025-01-06, reason: No drill}]\n"
        "---\nThe stairs are **dark**, see [the other](lamps.md).\n\n## Steps\n- [x] Measure\n- [ ] Fit\n\n"
        "## Progress\n- 2025-01-10 (Maintenance): Rails ordered.\n\n## Barriers\nNo drill.\n"
    ),
    "content/plans/falls/actions/lamps.md": (
        "---\ntitle: Lamps on the landing\nref: 2\nstatus: embedded\nowner: Maintenance\ngoal: safe\ncreated: 2025-01-02\n"
        "due: 2025-01-09\ncompleted: 2025-01-08\nevidence: [{label: Photo, url: 'https://example.org/p'}]\n"
        "verification: {by: Falls Lead, date: 2025-01-12, result: passed, note: Bright at night.}\n---\n"
    ),
    "content/plans/falls/actions/torn.md": "---\ntitle: Torn: carpet\n---\nMend it.\n",
    "content/plans/falls/actions/date.md": "---\ntitle: Ask the shop\nref: 3\ndue: 30/02/2025\n---\n",
}


#: The rules that the pages show at work. What any other rule would say is left out, so that a new one changes no page.
_RULES = {"ambiguous-status", "disagreeing-plan-rag", "missing-goal", "missing-owner", "unsmart-goal"}


def _told(
    check: RuleCheck[Any],
    grounds: CheckContext,
    subjects: Iterable[Any],
    own: Callable[..., Iterator[Finding]] = RuleCheck.check_subjects,
) -> Iterator[Finding]:
    return own(check, grounds, subjects if check.rule.name in _RULES else ())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site as at 20 January 2025, as far as these rules judge it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RuleCheck, RuleCheck.check_subjects.__name__, _told)
        built = build_in_memory(write(tmp_path_factory.mktemp("golden"), _FILES), clock=FixedClock(date(2025, 1, 20)))
    assert {finding.rule.name for finding in built.findings} >= _RULES
    return built


@pytest.mark.parametrize("page", _PAGES)
def test_pages_are_as_they_were(built: BuiltSite, page: str, update_golden: bool) -> None:
    """A page changes only when somebody means it to; the frame around it has tests of its own."""
    whole = html_of(built)[page]
    main = whole[whole.index("<main") : whole.index("</main>")] + "</main>\n"
    golden = _GOLDEN / page
    if update_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(main, "utf-8")
    assert main == golden.read_text("utf-8")
