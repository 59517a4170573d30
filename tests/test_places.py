"""New files go where they will be found."""

from __future__ import annotations

import pytest

from plansite.content.documents import KINDS
from plansite.content.layout import place_of, plan_slugs
from plansite.places import path_of


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_is_read_as_its_kind(kind: str) -> None:
    """The path leads back to the kind, the plan and the slug."""
    place = place_of(path := path_of(kind, "falls", "lights"), plan_slugs([path]))
    assert place is not None
    assert (place.kind, place.slug) == (kind, "lights")
    assert place.plan == {"plan": "lights", "owner": "", "agency": ""}.get(kind, "falls")


def test_the_settings_are_beside_the_content() -> None:
    """`plansite.yaml` is at the top."""
    assert path_of("site", "", "") == "plansite.yaml"
