"""New files go where they will be found."""

from __future__ import annotations

import pytest

from plansite.content.documents import DOCUMENT_TYPES
from plansite.content.layout import assign_plan_slugs, document_path, locate_document


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_a_new_file_is_read_as_its_kind(kind: str) -> None:
    """The path leads back to the kind, the plan and the slug."""
    place = locate_document(path := document_path(kind, "falls", "lights"), assign_plan_slugs([path]))
    assert place is not None
    assert (place.kind, place.slug) == (kind, "lights")
    assert place.plan == {"plan": "lights", "owner": "", "agency": ""}.get(kind, "falls")


def test_the_settings_are_beside_the_content() -> None:
    """`plansite.yaml` is at the top."""
    assert document_path("site", "", "") == "plansite.yaml"
