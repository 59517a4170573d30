"""`plansite schema` prints JSON that editors can use."""

from __future__ import annotations

import json

import pytest

from plansite.cli.main import main
from plansite.schema import FILE_KINDS, build_combined_schema, build_schema


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_kind_has_its_schema(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is printed whole, with a line end behind it; no site is needed."""
    assert main(["schema", kind]) == 0
    text = capsys.readouterr().out
    assert json.loads(text) == build_schema(kind)
    assert text.endswith("}\n")


def test_without_a_kind_there_is_one_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind has its place in it."""
    assert main(["schema"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == build_combined_schema()
    assert set(FILE_KINDS) <= set(found["$defs"])


def test_an_unknown_kind_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    """The kinds there are stand in the message."""
    assert main(["schema", "acton"]) == 2
    assert "action" in capsys.readouterr().err
