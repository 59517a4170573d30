"""Names of files that some computers cannot hold or cannot tell apart are said, and never shown as they are."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import DOCUMENT_TYPES
from plansite.content.layout import (
    assign_plan_slugs,
    check_file_names,
    document_path,
    locate_document,
    slug_from_file_name,
)
from plansite.content.site_content import load_site
from plansite.model.slugs import MAX_SLUG_BYTES, describe_slug_fault
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

_ACTIONS = "content/plans/p/actions"


def _said(*names: str) -> list[tuple[str, str]]:
    return [(each.rule.name, each.path) for each in check_file_names(f"{_ACTIONS}/{name}" for name in names)]


_UNFIT = ["con.md", "NUL.md", "com1.md", "lpt9.x.md", "x..md", "x .md", " x.md", "a:b.md", 'a"b.md', "a%2e.md"]
_UNFIT += ["é" * 51 + ".md", "a\nb.md", "a\x1b[31m.md"]


@pytest.mark.parametrize("name", _UNFIT)
def test_unfit_names_are_said(name: str) -> None:
    """Devices, dots and spaces at the ends, signs that mean something in an address, and more than 100 bytes."""
    ((rule, path),) = _said(name)
    assert rule == "unfit-file-name"
    assert path.isprintable()


@pytest.mark.parametrize("name", ["a.md", "A b.md", "é.md", "a" * MAX_SLUG_BYTES + ".md", "con-list.md", "x.y.md"])
def test_fit_names_are_not(name: str) -> None:
    """Letters of any script, blanks within, and just 100 bytes are no fault."""
    assert _said(name) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Door.md", "door.md"), ("\u00e9.md", "e\u0301.md"), ("\ufb01x.md", "fix.md"), ("STRASSE.md", "stra\u00dfe.md")],
)
def test_twins_name_each_other(one: str, other: str) -> None:
    """Capitals, accents stored in two ways, joined letters: the comparison is by NFKC and case folding."""
    ((rule, path),) = _said(one, other)
    assert (rule, path) == ("twin-files", f"{_ACTIONS}/{other}")
    (finding,) = check_file_names([f"{_ACTIONS}/{one}", f"{_ACTIONS}/{other}"])
    assert one in finding.message


@given(st.text(max_size=150))
def test_every_name_has_a_fit_address(name: str) -> None:
    """Whatever a file is called, its address is one that every computer takes."""
    assert describe_slug_fault(slug_from_file_name(name)) == ""
    assert slug_from_file_name(name)


@pytest.mark.skipif(os.name != "posix", reason="other systems hold no such names")
@pytest.mark.parametrize("raw", [b"\xff", b"a\nb", b"\x1b[2J", "\u202ex".encode(), b"\xed\xa0\x80", "\ufdd0".encode()])
def test_names_that_are_no_text_do_not_stop_a_site(tmp_path: Path, raw: bytes) -> None:
    """Neither of a file nor of a plan's folder; what cannot be seen in them is never shown."""
    name = os.fsdecode(raw)
    files = {f"{_ACTIONS}/{name}.md": "---\ntitle: A\n---\n", f"content/plans/{name}/elsewhere/x.md": "x"}
    site = load_site(write(tmp_path, {**files, f"content/plans/{name}/plan.md": "---\ntitle: P\n---\n"}))
    assert [action.title for action in site.actions] == ["A"]
    assert len(site.plans) == 2
    for said in (*(str(finding) for finding in site.findings), *(each.path for each in site.unreadable)):
        assert said.isprintable()
        said.encode()


@pytest.mark.parametrize("name", ["index", "Index", "INDEX", "index.md", "404", "page-2", "register", "overdue"])
def test_no_file_takes_the_address_of_a_page_of_ours(tmp_path: Path, name: str) -> None:
    """Whatever is called like the list of its kind has a page of its own, and the list stays."""
    folders = ("owners", "agencies", "plans/p/actions", "plans/p/reviews", "plans/p/incidents", "plans/p/measures")
    files = {f"content/{folder}/{name}.md": f"---\ntitle: In {folder}\n---\n" for folder in folders}
    files |= {
        "content/plans/p/plan.md": "---\ntitle: P\n---\n",
        f"content/plans/{name}/plan.md": "---\ntitle: Q\n---\n",
    }
    html = html_of(
        build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20)), audience=Audience.INTERNAL)
    )
    for folder in folders:
        heads = [path for path, text in html.items() if f'<h1 dir="auto">In {folder}</h1>' in text]
        assert len(heads) == 1
        assert heads[0].startswith(f"{folder}/")
    assert "<h1>Owners</h1>" in html["owners/index.html"]
    assert "<h1>Agencies</h1>" in html["agencies/index.html"]
    assert '<h1 dir="auto">P</h1>' in html["plans/p/index.html"]


@pytest.mark.parametrize("name", ["index", "Index", "INDEX"])
def test_the_name_of_a_list_is_no_address(name: str) -> None:
    """On some computers capitals make no difference, so no form of it is kept."""
    assert slug_from_file_name(name).casefold() != "index"
    assert slug_from_file_name(f"{name}-1") == f"{name}-1"


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_a_new_file_is_read_as_its_kind(kind: str) -> None:
    """The path leads back to the kind, the plan and the slug."""
    location = locate_document(path := document_path(kind, "falls", "lights"), assign_plan_slugs([path]))
    assert location is not None
    assert (location.kind, location.slug) == (kind, "lights")
    assert location.plan == {"plan": "lights", "owner": "", "agency": ""}.get(kind, "falls")


def test_the_settings_are_beside_the_content() -> None:
    """`plansite.yaml` is at the top."""
    assert document_path("site", "", "") == "plansite.yaml"
