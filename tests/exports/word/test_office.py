"""LibreOffice opens what is exported, puts it on paper, and keeps what it says when it saves it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
import pytest

from plansite.exports.register_workbook import format_register_workbook
from plansite.exports.word.plan_document import format_word_register
from tests.exports.word.documents import FILES, list_rows, list_texts, load, read, select

pytestmark = pytest.mark.slow

#: Converts a file to a format, and returns the path of the result.
Convert = Callable[[Path, str], Path]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """LibreOffice. Without it the tests are skipped by name, unless the environment demands it."""
    program = shutil.which("soffice")
    if program is None:
        missing = "no soffice on PATH (on Debian: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui)"
        if os.environ.get("PLANSITE_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    profile, out = tmp_path_factory.mktemp("profile"), tmp_path_factory.mktemp("out")

    def run(path: Path, suffix: str) -> Path:
        arguments = ["--headless", "--convert-to", suffix, "--outdir", str(out), str(path)]
        subprocess.run([program, f"-env:UserInstallation={profile.as_uri()}", *arguments], check=True, timeout=120)
        return out / f"{path.stem}.{suffix}"

    return run


def _write_document(folder: Path) -> Path:
    """A plan whose first action has a note of several pages."""
    long_note = f"- 2025-01-13: {'Much was said. ' * 500}\n"
    files = {**FILES, "content/plans/warm/actions/a.md": f"{FILES['content/plans/warm/actions/a.md']}{long_note}"}
    path = folder / "register.docx"
    path.write_bytes(format_word_register(select(load(folder, files), "warm")))
    return path


def test_a_document_on_paper(convert: Convert, tmp_path: Path) -> None:
    """The pages are A4 sideways and numbered, the heading of the table is on each, and nothing of a long row is lost."""
    pages = pypdf.PdfReader(convert(_write_document(tmp_path), "pdf")).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert len(texts) > 3
    for number, (page, text) in enumerate(zip(pages, texts, strict=True), start=1):
        assert page.mediabox.width > page.mediabox.height
        assert f"Page {number} of {len(texts)}" in text
    assert sum("No. Action Owner" in text for text in texts) >= len(texts) - 1
    assert sum(text.count("Much") for text in texts) == 500


def test_a_document_that_is_saved_again(convert: Convert, tmp_path: Path) -> None:
    """The same texts in the same styles, and the same tables."""
    path = _write_document(tmp_path)
    before, after = read(path.read_bytes()), read(convert(path, "docx").read_bytes())
    assert list(filter(None, list_texts(after))) == list_texts(before)
    assert [list_rows(table) for table in after.tables] == [list_rows(table) for table in before.tables]


def test_a_workbook(convert: Convert, tmp_path: Path) -> None:
    """The same cells in the same sheets when it is saved again."""
    site = load(tmp_path)
    path = tmp_path / "register.xlsx"
    path.write_bytes(format_register_workbook([(site, plan) for plan in site.site.plans]))
    before, after = (openpyxl.load_workbook(each) for each in (path, convert(path, "xlsx")))
    assert after.sheetnames == before.sheetnames
    for name in before.sheetnames:
        cells = [list(book[name].iter_rows(values_only=True)) for book in (before, after)]
        assert cells[0] == cells[1]
