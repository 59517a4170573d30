"""What a copy says of itself is read, and nothing that it could not have said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.status import Audience
from plansite.verify.claims import CopyClaims, read_claims


def _claims(folder: Path, about: str, manifest: str = "") -> CopyClaims:
    folder.mkdir(exist_ok=True)
    (folder / "about.html").write_text(about, "utf-8")
    (folder / ".plansite.json").write_text(manifest, "utf-8")
    return read_claims(folder)


def test_all_is_read(tmp_path: Path) -> None:
    """Audience, day, whether that was fixed, commit, and the commit of an earlier state; and the version."""
    attributes = (
        'data-audience="partners" data-day="2025-01-20" data-commit="abc1234567" data-pinned="yes" data-stood="abc1234"'
    )
    assert _claims(tmp_path, f'<dl class="facts" {attributes}>', '{"plansite": "0.1.0", "format": 9}') == CopyClaims(
        audience=Audience.PARTNERS,
        day=date(2025, 1, 20),
        is_pinned=True,
        commit="abc1234567",
        as_at_commit="abc1234",
        version="0.1.0",
    )


@pytest.mark.parametrize(
    "about",
    [
        "",
        "<p data-audience=internal>",
        '<dl data-audience="everyone" data-day="2025-02-30" data-commit="--all" data-stood="HEAD" data-pinned>',
    ],
)
def test_what_no_build_says_is_not_believed(tmp_path: Path, about: str) -> None:
    """No other word becomes an audience, a day or a name that git is asked for."""
    assert _claims(tmp_path, about, '{"plansite": 3}') == CopyClaims()


def test_a_folder_without_the_page_says_nothing(tmp_path: Path) -> None:
    """Neither a missing page, nor a link, nor a folder in its place is read."""
    assert read_claims(tmp_path) == CopyClaims()
    (tmp_path / "about.html").mkdir()
    (tmp_path / ".plansite.json").symlink_to(tmp_path / "elsewhere")
    assert read_claims(tmp_path) == CopyClaims()


@given(st.text(), st.text())
def test_any_text_is_read(tmp_path_factory: pytest.TempPathFactory, about: str, manifest: str) -> None:
    """Whatever stands in the two files, reading it does not fail."""
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    (folder / "about.html").write_bytes(f'<dl data-audience="{about}" {about}>'.encode("utf-8", "surrogatepass"))
    (folder / ".plansite.json").write_bytes(manifest.encode("utf-8", "surrogatepass"))
    assert read_claims(folder).commit == ""
