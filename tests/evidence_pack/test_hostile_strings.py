"""Attack strings in every field and every place: the pack is made, and nothing in it acts."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from plansite.evidence_pack.pack_build import BuiltPack
from tests.evidence_pack.packs import built_pack, bytes_of, pages_of
from tests.plain_html import assert_plainly_harmless
from tests.sites import write
from tests.test_hostile import _OWN, _strings, site_files

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pack(project: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltPack:
    """A pack of a plan with the strings of our own, and some published ones."""
    texts = _strings(project)[:100]
    return built_pack(write(tmp_path_factory.mktemp("hostile"), dict(site_files(texts))), "plan", "p")


def test_nothing_acts(pack: BuiltPack) -> None:
    """Every page, the one page with all others too, is valid HTML in which nothing acts."""
    pages = pages_of(pack)
    assert len(pages) > 100
    for path, html in pages.items():
        assert_plainly_harmless(path, html)


def test_nothing_is_lost_on_the_one_page(pack: BuiltPack) -> None:
    """Each action is a part of it."""
    pages = pages_of(pack)
    actions = sum(path.startswith("plans/p/actions/") for path in pages)
    assert pages["pack.html"].count("one-page__part") >= actions > 50


def test_no_cell_is_a_formula(pack: BuiltPack) -> None:
    """Another program reads every cell of the register as a text, a number or a date."""
    workbook = openpyxl.load_workbook(io.BytesIO(bytes_of(pack)["register.xlsx"]))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=cmd|") for cell in cells)
    assert _OWN[10] in [cell.value for cell in cells]
