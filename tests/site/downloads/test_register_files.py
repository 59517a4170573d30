"""The registers that a site offers are what `plansite export` writes, for the same readers."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import openpyxl
import pytest

from plansite.cli.exit_codes import ExitCode
from plansite.cli.main import main
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

_FILES = {
    "plansite.yaml": "title: Riverside\ntoday: 2025-01-20\ndownloads: [registers, workbooks, documents]\n",
    "content/agencies/house.md": "---\ntitle: The House\naudience: public\n---\n",
    "content/owners/cook.md": "---\ntitle: Cook\nagency: house\naudience: public\n---\n",
    "content/owners/idle.md": "---\ntitle: Idle\n---\n",
    "content/plans/dry/plan.md": "---\ntitle: Dry rooms\naudience: public\n---\n",
    "content/plans/dry/actions/paint.md": "---\ntitle: Paint\nowner: House\ndue: soon\n---\n",
    "content/plans/dry/actions/secret.md": "---\ntitle: Secretpaint\nowner: Porter\naudience: internal\n---\n",
    "content/plans/warm/plan.md": "---\ntitle: =Warm rooms\naudience: public\n---\n",
    "content/plans/warm/actions/mend.md": "---\ntitle: =Mend\nowner: Cook\n---\nText\n",
}


def _build(root: Path, audience: Audience | None = None) -> dict[str, bytes]:
    files = build_in_memory(root, clock=FixedClock(), audience=audience).files
    return {path: content for path, content in files.items() if isinstance(content, bytes)}


def test_there_are_none_unless_the_settings_ask(tmp_path: Path) -> None:
    """The page about data then has no link to any."""
    root = write(tmp_path, {**_FILES, "plansite.yaml": "title: Riverside\ntoday: 2025-01-20\n"})
    files = _build(root)
    assert [path for path in files if path.startswith("downloads/") or path.endswith(".docx")] == []
    assert b"downloads/" not in files["data.html"]


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.PUBLIC])
def test_they_are_what_the_command_writes(tmp_path: Path, audience: Audience) -> None:
    """Byte for byte, for the site, each plan, and each owner and agency with actions; the page leads to each."""
    root, target = write(tmp_path / "site", _FILES), tmp_path / "x"
    files = _build(root, audience)
    found = sorted(path for path in files if path.startswith("downloads/"))
    names = {"actions": [], "plans/dry": ["--plan", "dry"], "plans/warm": ["--plan", "warm"], "owners/cook": ["--owner", "cook"],
             "agencies/house": ["--owner", "house"]}  # fmt: skip
    if audience is Audience.INTERNAL:
        names |= {"owners/porter": ["--owner", "Porter"]}
    kinds = ("csv", "json", "xlsx")
    expected = {f"downloads/{name}.{kind}": words for name, words in names.items() for kind in kinds}
    assert found == sorted(path for path in expected if not ("/plans/" in path and path.endswith(".csv")))
    for path in found:
        kind = path.rpartition(".")[2]
        out = target.with_suffix(f".{kind}")
        words = ["--to", kind, "--audience", audience.value, "--lenient", "-q", "-o", str(out), *expected[path]]
        assert main(["export", "--site", str(root), *words]) == ExitCode.SUCCESS
        assert out.read_bytes() == files[path], path
    assert all(f'href="{path}"'.encode() in files["data.html"] for path in (*found, "data/dry.docx", "data/warm.docx"))
    assert {"data/dry.docx", "data/warm.docx"} <= set(files)


def test_the_public_gets_nothing_that_is_hidden(tmp_path: Path) -> None:
    files = _build(write(tmp_path, _FILES), Audience.PUBLIC)
    downloads = {path: content for path, content in files.items() if path.startswith(("downloads/", "data/"))}
    assert len(downloads) > 10
    assert [path for path, content in downloads.items() if b"Secret" in content or b"Porter" in content] == []


def test_cells_of_workbooks_are_texts(tmp_path: Path) -> None:
    """A title that looks like a formula is one that nothing computes, in the visible sheet and in the hidden one."""
    files = _build(write(tmp_path, _FILES))
    workbook = openpyxl.load_workbook(io.BytesIO(files["downloads/owners/cook.xlsx"]))
    assert [(sheet.title, sheet.sheet_state, sheet["B2"].value, sheet["B2"].data_type) for sheet in workbook] == [
        ("=Warm rooms", "visible", "=Mend", "s"),
        ("As exported", "hidden", "=Mend", "s"),
    ]


@pytest.mark.parametrize("library", ["xlsxwriter", "docx"])
def test_a_missing_library_is_said_and_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: str
) -> None:
    root = write(tmp_path / "site", _FILES)
    monkeypatch.setitem(sys.modules, library, None)
    assert main(["build", "--site", str(root), "--out", str(tmp_path / "out")]) == ExitCode.FINDINGS
    assert "install it with: pip install 'plansite[export]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_site_without_plans_has_none(tmp_path: Path) -> None:
    files = _build(write(tmp_path, {"plansite.yaml": _FILES["plansite.yaml"]}))
    assert [path for path in files if path.startswith("downloads/")] == []
    assert "downloads/" not in html_of(build_in_memory(tmp_path, clock=FixedClock()))["data.html"]
