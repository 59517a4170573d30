"""The pages of a preview, each rendered when it is requested, are those of a clean build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.model.page_addresses import FEED_SUFFIX
from plansite.pipeline.build import BuiltSite, build_in_memory
from plansite.pipeline.preview_pages.preview_site import PreviewSite
from plansite.pipeline.refusals import UnclearMarkError
from plansite.preview.diagnostics import diagnose_error
from tests.history.repo import Repo
from tests.pipeline.edits import begun
from tests.sites import FixedClock, write

_CLOCK = FixedClock(date(2025, 1, 20))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with two plans, an owner, an agency and a history of two commits."""
    root = write(
        begun(tmp_path / "site"),
        {
            "plansite.yaml": "title: T\nbase_url: https://plans.example.org/\ndownloads: [calendars, registers, workbooks, documents]\n"
        },
    )
    repo = Repo.new(root)
    repo.commit()
    action = root / "content/plans/falls/actions/a.md"
    action.write_text(action.read_text("utf-8").replace("in progress", "completed"), "utf-8")
    repo.commit()
    return root


def _content(built: BuiltSite, path: str) -> bytes:
    content = built.files[path]
    return content if isinstance(content, bytes) else content.read()


def test_every_file_is_that_of_a_clean_build(root: Path) -> None:
    """Pages of plans, of people and of the site, feeds, data and other files: none is missing, none is added."""
    built, clean = PreviewSite(root, _CLOCK).build(), build_in_memory(root, clock=_CLOCK, history=True)
    assert any(path.endswith(FEED_SUFFIX) for path in clean.files)
    assert sorted(built.files) == sorted(clean.files)
    assert len(built.files) == len(clean.files)
    assert built.findings == clean.findings
    for path in clean.files:
        assert _content(built, path) == _content(clean, path), path


def test_any_kind_of_file_can_be_the_first_one_requested(root: Path) -> None:
    """It is found before any other page has been composed, and again afterwards."""
    preview, clean = PreviewSite(root, _CLOCK), build_in_memory(root, clock=_CLOCK, history=True)
    for path in {
        (Path(path).parts[0], Path(path).suffix) if "/" in path else path: path for path in clean.files
    }.values():
        built = preview.build()
        assert [path in built.files, path in built.files] == [True, True], path


@pytest.mark.parametrize(
    "path",
    [
        "none.html",
        "plans/none/index.html",
        "plans/falls/none.html",
        "owners/none.html",
        "agencies/none.html",
        "data/none.csv",
        f"none{FEED_SUFFIX}",
        "",
    ],
)
def test_other_paths_are_not_found(root: Path, path: str) -> None:
    """They are no files of the site, whatever kind of page they look like."""
    files = PreviewSite(root, _CLOCK).build().files
    assert path not in files
    with pytest.raises(KeyError):
        files[path]


def test_an_edit_is_shown_by_the_next_build_alone(root: Path) -> None:
    """What was built before keeps the pages that it has composed."""
    preview, page = PreviewSite(root, _CLOCK), "plans/falls/actions/a.html"
    before = preview.build()
    old = _content(before, page)
    action = root / "content/plans/falls/actions/a.md"
    action.write_text(action.read_text("utf-8").replace("Mend", "Replace the lamp"), "utf-8")
    after = _content(preview.build(), page)
    assert (b"Replace the lamp" in old, b"Replace the lamp" in after) == (False, True)
    assert _content(before, page) == old


def test_a_site_for_fewer_readers_waits_for_an_unclear_mark(tmp_path: Path) -> None:
    """It is not shown until the mark is mended, unless the preview is lenient; then it hides what may be meant."""
    unclear = "---\ntitle: A\nsource: {ref: Canary, audience:internal}\n---\n"
    files = {"content/plans/p/plan.md": "---\ntitle: P\n---\n", "content/plans/p/actions/a.md": unclear}
    root = write(tmp_path, {"plansite.yaml": "title: T\naudience: public\n", **files})
    preview = PreviewSite(root, _CLOCK)
    with pytest.raises(UnclearMarkError) as refused:
        preview.build()
    assert [finding.rule.name for finding in refused.value.findings] == ["unclear-mark"]
    assert [str(each) for each in diagnose_error(refused.value, root)]
    lenient = PreviewSite(root, _CLOCK, is_lenient=True).build()
    assert not any(b"Canary" in _content(lenient, path) for path in lenient.files)
    write(root, {"content/plans/p/actions/a.md": unclear.replace("audience:", "audience: ")})
    assert "plans/p/actions/a.html" in preview.build().files
    write(root, {"plansite.yaml": "title: T\naudience: internal\n", "content/plans/p/actions/a.md": unclear})
    assert "plans/p/actions/a.html" in preview.build().files
