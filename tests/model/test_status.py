"""Kinds of plan."""

from __future__ import annotations

from plansite.model.status import PlanKind


def test_every_kind_has_a_label_of_its_own() -> None:
    """It stands above the title of each plan; that of a general plan says no more than that it is one."""
    labels = [kind.label for kind in PlanKind]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert PlanKind.GENERAL.label == "Plan"
