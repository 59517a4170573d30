"""Counts of what other audiences do not see, with reasons, shown only to those who see everything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.cache.site_cache import memory_cache
from plansite.cli.main import main
from plansite.model.audience.omissions import Omission, OmissionReason
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.site_build import SiteBuild
from tests.sites import FixedClock, html_of, write

_CLOCK = FixedClock(date(2025, 1, 20))
_FILES = {
    "plansite.yaml": "title: T\naudience: partners\n",
    "content/index.md": "---\ntitle: F\n---\nWords.\n",
    "content/owners/o.md": "---\ntitle: O\naudience: internal\n---\n",
    "content/plans/open/plan.md": "---\ntitle: Open\naudience: public\nowner: O\ngoals: [{key: a, title: A, audience: internal}]\nviews: [{who: staff, said: x, audience: partners}]\n---\nA\n::: internal\nB\n:::\n",
    "content/plans/open/actions/a.md": "---\ntitle: A\nsupporters: [O, P]\nevidence: [{label: E, audience: partners}]\n---\n",
    "content/plans/open/actions/b.md": "---\ntitle: B\naudience: internal\n---\n",
    "content/plans/open/actions/c.md": "no front matter",
    "content/plans/talks/plan.md": "---\ntitle: Talks\nkind: counselling\n---\n",
    "content/plans/talks/actions/d.md": "---\ntitle: D\n---\n",
    "content/plans/own/plan.md": "---\ntitle: Own\n---\n",
}


def _left_out(root: Path, audience: Audience) -> dict[Audience, set[Omission]]:
    way = SiteBuild.load(root, _CLOCK, audience, memory_cache())
    return {sight.audience: set(parts) for sight, parts in way.list_omissions()}


def test_each_thing_is_counted_with_its_reason(tmp_path: Path) -> None:
    """Files, entries, passages, names, plans and files that cannot be read."""
    root = write(tmp_path, _FILES)
    public = {
        Omission("plan", OmissionReason.KIND, 1),
        Omission("plan", OmissionReason.PARTNERS_SITE, 1),
        Omission("action", OmissionReason.PLAN, 1),
        Omission("action", OmissionReason.MARKED, 1),
        Omission("goal", OmissionReason.MARKED, 1),
        Omission("view", OmissionReason.MARKED, 1),
        Omission("piece of evidence", OmissionReason.MARKED, 1),
        Omission("part of a text", OmissionReason.MARKED, 1),
        Omission("owner", OmissionReason.MARKED, 1),
        Omission("name", OmissionReason.NAME, 2),
        Omission("front page", OmissionReason.PARTNERS_SITE, 1),
        Omission("file", OmissionReason.UNREADABLE, 1),
    }
    partners = public - {
        Omission("plan", OmissionReason.PARTNERS_SITE, 1),
        Omission("view", OmissionReason.MARKED, 1),
        Omission("piece of evidence", OmissionReason.MARKED, 1),
        Omission("front page", OmissionReason.PARTNERS_SITE, 1),
    }
    assert _left_out(root, Audience.PUBLIC) == {Audience.PUBLIC: public}
    assert _left_out(root, Audience.INTERNAL) == {Audience.PARTNERS: partners, Audience.PUBLIC: public}


def test_every_kind_of_document_and_entry_is_counted(tmp_path: Path) -> None:
    """Documents of a plan, people, and the entries of an action."""
    folder = "content/plans/open/"
    files = {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/agencies/a.md": "---\ntitle: Agency A\naudience: internal\n---\n",
        "content/agencies/b.md": "---\ntitle: Agency B\n---\n",
        "content/owners/o.md": "---\ntitle: Owner\n---\n",
        f"{folder}plan.md": "---\ntitle: Open\nprotocol: [{agency: B, contact: C, audience: internal}]\n---\n",
        f"{folder}measures/m.md": "---\ntitle: M\naudience: internal\n---\n",
        f"{folder}measures/n.md": "---\ntitle: N\nrebase: [{from: 2025-01-01, reason: R, audience: internal}]\n"
        "annotations: [{date: 2025-01-01, text: T, audience: internal}]\n---\n",
        f"{folder}reviews/2025-01-01.md": "---\ntitle: R\naudience: internal\n---\n",
        f"{folder}incidents/i.md": "---\ntitle: I\naudience: internal\n---\n",
        f"{folder}incidents/j.md": "---\ntitle: J\nfindings: [{text: T, audience: internal}]\n---\n",
        f"{folder}actions/a.md": (
            "---\ntitle: A\nverification: {method: M, audience: internal}\nsource: {ref: S, audience: internal}\n"
            "homework: {rationale: H, audience: internal}\n"
            "due_history: [{due: 2025-01-01, reason: R, audience: internal}]\n---\n"
        ),
    }
    names = (
        "agency, agency contact, measure, change of limits, event on a chart, review, incident, finding, check, source, "
        "piece of homework, earlier date"
    )
    expected = {Omission(name, OmissionReason.MARKED, 1) for name in names.split(", ")}
    assert _left_out(write(tmp_path, files), Audience.PUBLIC) == {Audience.PUBLIC: expected}


def test_only_internal_readers_see_the_table(tmp_path: Path) -> None:
    """An audience from which something is hidden does not see the counts."""
    root = write(tmp_path, _FILES)
    pages = {each: html_of(build_in_memory(root, clock=_CLOCK, audience=each))["about.html"] for each in Audience}
    assert ["What others do not see" in pages[each] for each in Audience] == [True, False, False]
    assert "Restricted, but named in what is shown" in pages[Audience.INTERNAL]


def test_whoever_publishes_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line a reason, with the right noun; nothing of it where all is shown."""
    root = write(tmp_path, _FILES)
    assert main(["build", "--site", str(root), "--audience", "public"]) == 0
    output = capsys.readouterr().err
    assert "Not shown to the public:\n" in output
    assert "  2 names: restricted, but named in what is shown\n" in output
    assert main(["build", "--site", str(root), "--audience", "internal"]) == 0
    assert "Left out" not in capsys.readouterr().err


def test_a_copy_for_each_audience(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each in a folder of its own, as if it had been built alone; the site says which audiences there are."""
    root = write(tmp_path / "site", {**_FILES, "plansite.yaml": "title: T\naudiences: [internal, public]\n"})
    assert main(["build", "--site", str(root), "--today", "2025-01-20", "--all-audiences"]) == 0
    assert sorted(each.name for each in (root / "sites").iterdir()) == ["internal", "public"]
    for audience in ("internal", "public"):
        alone = tmp_path / audience
        assert (
            main(
                [
                    "build",
                    "-q",
                    "--site",
                    str(root),
                    "--today",
                    "2025-01-20",
                    "--audience",
                    audience,
                    "--out",
                    str(alone),
                ]
            )
            == 0
        )
        assert _tree(root / "sites" / audience) == _tree(alone)
    assert main(["build", "--site", str(root), "--all-audiences", "--audience", "public"]) == 2
    assert main(["build", "--site", str(root), "--all-audiences", "--strict", "--out", str(tmp_path / "strict")]) == 1
    assert not (tmp_path / "strict" / "internal").exists()
    capsys.readouterr()


def _tree(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
