"""Addresses of pages and of data files."""

from __future__ import annotations

import pytest

from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.page_addresses import page_address, plan_address, register_data_address, unreadable_file_address
from plansite.model.people import Agency, Owner
from plansite.model.site import Document, UnreadableFile


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (Plan(slug="falls", path="p"), "plans/falls/index.html"),
        (Action(plan="falls", slug="lights", path="p"), "plans/falls/actions/lights.html"),
        (Review(plan="falls", slug="may", path="p"), "plans/falls/reviews/may.html"),
        (Incident(plan="falls", slug="stairs", path="p"), "plans/falls/incidents/stairs.html"),
        (Measure(plan="falls", slug="rate", path="p"), "plans/falls/measures/rate.html"),
        (Owner(slug="cook", path="p"), "owners/cook.html"),
        (Agency(slug="council", path="p"), "agencies/council.html"),
    ],
)
def test_every_kind_of_document_has_its_page(document: Document, expected: str) -> None:
    """Pages lie in folders like those of the content."""
    assert page_address(document) == expected


@pytest.mark.parametrize(
    ("kind", "plan", "expected"),
    [
        ("action", "falls", "plans/falls/actions/x.html"),
        ("measure", "falls", "plans/falls/measures/x.html"),
        ("plan", "", "plans/x/plan-file.html"),
        ("owner", "", "owners/x.html"),
        ("agency", "", "agencies/x.html"),
    ],
)
def test_an_unreadable_file_has_the_address_of_its_document(kind: str, plan: str, expected: str) -> None:
    """But for a plan, whose board is there all the same."""
    file = UnreadableFile(kind=kind, plan=plan, slug="x", path="p", text="", findings=())
    assert unreadable_file_address(file) == expected
    assert plan_address("x") != expected


@pytest.mark.parametrize(
    ("slug", "expected"),
    [("falls", "data/falls.csv"), ("actions", "data/actions~.csv"), ("Schema", "data/Schema~.csv")],
)
def test_a_register_never_replaces_a_file_across_plans(slug: str, expected: str) -> None:
    """`data/actions.csv` and `data/schema.json` belong to the whole site."""
    assert register_data_address(Plan(slug=slug, path="p"), "csv") == expected
