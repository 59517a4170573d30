"""Who has which checks to make."""

from __future__ import annotations

from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.verification import Verification
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult
from plansite.site.people.site_work import SiteWork
from plansite.site.people.work_lists import build_work_view
from plansite.site.people.workload import build_workloads

TODAY = date(2025, 3, 10)
_REPEAT = "every month for 6 months"


def _done(slug: str, day: int, **fields: object) -> Action:
    given = {"status": Status.COMPLETED, "owner": "Anna", "completed": date(2025, 3, day)} | fields
    return Action(plan="p", slug=slug, path=f"{slug}.md", title=slug, **given)  # type: ignore[arg-type]


def test_checks_go_to_whoever_verifies_else_to_the_owner() -> None:
    """Those awaited and the next of each that go on, the earliest first; what was reopened asks for none."""
    passed = Verification(by="Ben", date=date(2025, 3, 1), result=VerificationResult.PASSED)
    actions = (
        _done("own", 1, repeat=_REPEAT),
        _done("theirs", 2, repeat=_REPEAT, verification=passed),
        _done("awaited", 3, verification=Verification(by="Ben", due=date(2025, 3, 20))),
        _done("undated", 3, verification=Verification(by="Ben")),
        _done("failed", 4, repeat=_REPEAT, verification=Verification(by="Ben", result=VerificationResult.FAILED)),
    )
    dated_site = SiteOnDate(Site(settings=Settings(), plans=(Plan(slug="p", path="", actions=actions),)), TODAY)
    loads, work = build_workloads(dated_site), SiteWork.of(dated_site)
    shown = {}
    for name in ("Anna", "Ben"):
        party = dated_site.site.find_owner_or_agency(name)
        assert party is not None
        checks = build_work_view(party, work.find(party), (party,), TODAY).checks
        assert checks is not None
        shown[name] = [(entry.row.title.text, entry.row.due) for entry in checks.entries]  # type: ignore[union-attr]
    assert shown == {
        "Anna": [("Check again: own", date(2025, 4, 1))],
        "Ben": [
            ("Check: awaited", date(2025, 3, 20)),
            ("Check again: theirs", date(2025, 4, 2)),
            ("Check: undated", None),
        ],
    }
    anna = dated_site.site.find_owner_or_agency("Anna")
    assert anna is not None
    assert [action.slug for action in loads.find(anna).open_actions] == ["failed"]
    assert "failed" not in {action.slug for action in loads.find(anna).finished}


def test_lists_of_a_party_are_in_the_order_they_claim() -> None:
    """Open ones by their date, those without a date last; finished ones newest first; the same of what it helps with."""

    def some(name: str, **fields: object) -> list[Action]:
        made = [
            _done(f"{name}-{number}", 1, status=Status.IN_PROGRESS, completed=None, due=due, **fields)
            for number, due in enumerate([None, date(2025, 5, 1), date(2025, 3, 1), date(2025, 4, 1)])
        ]
        return made + [_done(f"{name}-done-{day}", day, **fields) for day in (2, 9, 5)]

    actions = (*some("own"), *some("help", owner="Ben", supporters=("Anna",)))
    outlook = SiteOnDate(Site(settings=Settings(), plans=(Plan(slug="p", path="", actions=actions),)), TODAY)
    anna = outlook.site.find_owner_or_agency("Anna")
    assert anna is not None
    load = build_workloads(outlook).find(anna)
    assert [action.slug for action in load.open_actions] == ["own-2", "own-3", "own-1", "own-0"]
    assert [action.slug for action in load.finished] == ["own-done-9", "own-done-5", "own-done-2"]
    assert load.due_dates == [date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)]
    share = SiteWork.of(outlook).find(anna)
    assert [each.order[1][-1] for each in share.open] == [action.slug for action in load.open_actions]
    assert [each.order[1][-1] for each in share.finished] == [action.slug for action in load.finished]
    assert [each.row.title.text for each in share.supporting] == ["help-2", "help-3", "help-1", "help-0"]
    assert [each.row.title.text for each in share.supported] == ["help-done-9", "help-done-5", "help-done-2"]
