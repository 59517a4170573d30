"""Parsed bodies: the variant of each audience."""

from __future__ import annotations

import pytest

from plansite.model.body import Body
from plansite.model.status import Audience

_BODY = Body(
    intro="all",
    audience_variants=((Audience.PARTNERS, Body(intro="some")), (Audience.PUBLIC, Body(intro="little"))),
)


@pytest.mark.parametrize(
    ("audience", "intro"),
    [(Audience.INTERNAL, "all"), (Audience.PARTNERS, "some"), (Audience.PUBLIC, "little")],
)
def test_each_audience_gets_its_own_variant(audience: Audience, intro: str) -> None:
    """Internal readers get the whole body, the others the variant made for them and not that of one another."""
    assert _BODY.filter_for(audience).intro == intro


@pytest.mark.parametrize("audience", list(Audience))
def test_a_body_without_variants_is_the_same_for_all(audience: Audience) -> None:
    """It has no passages that some must not see."""
    assert Body(intro="all").filter_for(audience).intro == "all"
