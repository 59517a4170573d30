"""Owners and agencies are found by their names alone."""

from __future__ import annotations

from plansite.model.people import Agency, Owner, People


def test_nobody_is_found_by_no_name() -> None:
    """One of several people who alone has no e-mail address is not the owner of what has none."""
    people = People.build(
        [Owner(slug="cook", title="Cook", email="cook@example.org"), Owner(slug="nurse", title="Nurse")],
        [Agency(slug="riverside", title="Riverside House")],
    )
    assert people.find("") is None
    assert people.find(" ") is None
    assert people.find_agency("") is None
    assert people.find("cook@example.org") == people.owners[0]
