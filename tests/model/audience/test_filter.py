"""What an audience may not see is gone before anything is computed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.content.settings import SettingsError
from plansite.content.site_content import load_site
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write
from tests.whole import for_audience

_FILES = {
    "plansite.yaml": "title: T\naudience: public\n",
    "content/owners/open.md": "---\ntitle: Open Owner\n---\n",
    "content/owners/hidden.md": "---\ntitle: Canary Owner\naudience: internal\n---\n",
    "content/agencies/hidden.md": "---\ntitle: Canary Agency\naudience: partners\n---\n",
    "content/plans/told/plan.md": "---\ntitle: Told\nagencies: [hidden]\nsponsor: Canary Owner\nprotocol: [{agency: Canary Agency, contact: Canary}]\n---\n",
    "content/plans/told/actions/a.md": "---\ntitle: Shown\nowner: Open Owner\nsupporters: [Canary Owner]\nverification: {by: Canary Owner}\ndue_history: [{due: 2025-01-01, by: Canary Owner}]\n---\n## Progress\n- 2025-01-02 (Canary Owner): Done.\n",
    "content/plans/told/actions/b.md": "---\ntitle: Canary Action\naudience: partners\n---\n",
    "content/plans/told/actions/c.md": "---\ntitle: Shown too\nowner: hidden\n---\n",
    "content/plans/told/reviews/2025-01-01.md": "---\ntitle: Canary Review\naudience: internal\n---\n",
    "content/plans/told/actions/bad.md": "Canary Unread",
    "content/plans/talks/plan.md": "---\ntitle: Canary Talks\nkind: counselling\n---\n",
    "content/plans/talks/actions/d.md": "---\ntitle: Canary Talk\n---\n",
}
_PLAN = "content/plans/told/plan.md"


def _built(root: Path, files: Mapping[str, str], audience: Audience = Audience.PUBLIC) -> dict[str, str]:
    """The pages and data of a site that is public unless a file says otherwise."""
    write(root, {"plansite.yaml": "title: T\naudience: public\n", _PLAN: "---\ntitle: Told\n---\n", **files})
    built = build_in_memory(root, clock=FixedClock(date(2025, 1, 20)), audience=audience)
    return {path: content.decode() for path, content in built.files.items() if isinstance(content, bytes)}


def _sings(built: Mapping[str, str]) -> list[str]:
    return [path for path, text in built.items() if "canary" in f"{path}\n{text}".lower()]


@pytest.mark.parametrize(
    ("audience", "titles"),
    [
        (Audience.PUBLIC, {"Shown", "Shown too"}),
        (Audience.PARTNERS, {"Shown", "Shown too", "Canary Action"}),
        (Audience.INTERNAL, {"Shown", "Shown too", "Canary Action", "Canary Talk"}),
    ],
)
def test_file_over_plan_over_site(tmp_path: Path, audience: Audience, titles: set[str]) -> None:
    """A file says first, then its plan, then the site; a counselling plan that says nothing is internal."""
    site = for_audience(load_site(write(tmp_path, _FILES)), audience)
    assert {action.title for action in site.actions} == titles


def test_no_canary_sings_in_a_public_build(tmp_path: Path) -> None:
    """Nothing marked for others is in any byte of the public build; in the internal one it is."""
    assert _sings(_built(tmp_path, _FILES)) == []
    assert _sings(_built(tmp_path, {}, Audience.INTERNAL))


@pytest.mark.parametrize(
    "files",
    [
        {_PLAN: "---\ntitle: Told\ngoals: [{key: canary, title: Canary, audience: internl}]\n---\n"},
        {_PLAN: "---\ntitle: Told\nviews: [{who: staff, said: Canary, audiance: internal}]\n---\n"},
        {_PLAN: "---\ntitle: Told\ninvolvement: [{who: carer, said: Canary, audience: [internal]}]\n---\n"},
        {"content/plans/told/actions/a.md": "---\ntitle: Canary\nAudience: internal\n---\n"},
        {"content/plans/told/actions/a.md": "---\ntitle: Canary\naudeince: internal\n---\n"},
        {"content/plans/told/actions/a.md": "---\ntitle: A\nevidence: [{label: Canary, audience: nobody}]\n---\n"},
        {"content/index.md": "---\ntitle: Canary\naudience: partner\n---\nCanary.\n"},
        {"content/agencies/canary.md": "---\ntitle: Canary\naudience: staff\n---\n"},
    ],
)
def test_a_slip_hides(tmp_path: Path, files: Mapping[str, str]) -> None:
    """What has an audience that cannot be read is hidden, and there is a finding."""
    assert _sings(_built(tmp_path, files)) == []
    assert _sings(_built(tmp_path, files, Audience.INTERNAL))


def test_evidence_is_another_word(tmp_path: Path) -> None:
    """A field that is no more than a little like `audience` hides nothing."""
    assert _sings(_built(tmp_path, {"content/owners/canary.md": "---\ntitle: Canary\nevidence: x\n---\n"}))


@pytest.mark.parametrize("word", ["audiences: public", "audeince: public", "audience: pubic", "audience: [public]"])
def test_a_slip_in_the_settings_stops_the_build(tmp_path: Path, word: str) -> None:
    """Else everything would be published that was meant for few."""
    write(tmp_path, {"plansite.yaml": f"title: T\n{word}\n", "content/index.md": "Words.\n"})
    if word.startswith("audiences"):  # another field
        load_site(tmp_path)
        return
    with pytest.raises(SettingsError):
        load_site(tmp_path)


def test_what_says_nothing_of_readers_goes_by_the_site(tmp_path: Path) -> None:
    """On a site for few, an unmarked owner's file and front page are not for all; an open plan may name the owner."""
    files = {
        "plansite.yaml": "title: T\naudience: internal\n",
        "content/index.md": "Canary.\n",
        "content/owners/deputy.md": "---\ntitle: Canary\nemail: canary@example.org\n---\nCanary.\n",
        _PLAN: "---\ntitle: Told\naudience: public\nowner: deputy\n---\n",
    }
    built = _built(tmp_path, files)
    assert _sings(built) == []
    assert "deputy" in built["plans/told/index.html"]


@pytest.mark.parametrize("kind", ["owners", "agencies"])
def test_whose_file_cannot_be_read_is_not_named(tmp_path: Path, kind: str) -> None:
    """Their file may mark them as hidden, so none of their names is shown."""
    files = {
        f"content/{kind}/canary-lead.md": "---\ntitle: 'Ms Canary'\naudience: [\n---\n",
        "content/plans/told/actions/a.md": "---\ntitle: A\nowner: Ms Canary\nsupporters: [Canary Lead, canary-lead]\n---\n",
    }
    assert _sings(_built(tmp_path, files)) == []


@pytest.mark.parametrize(
    "owner",
    ["agency: Canary Agency", "agency: hidden", "agency: Canary Agency (north team)"],
    ids=["its name", "its slug", "its name and a remark"],
)
def test_an_owner_does_not_name_a_hidden_agency(tmp_path: Path, owner: str) -> None:
    """The owner's page and the lists of owners leave the agency out; an agency that may be seen stays."""
    files = {
        "content/agencies/hidden.md": "---\ntitle: Canary Agency\naudience: partners\n---\n",
        "content/agencies/open.md": "---\ntitle: Open Agency\n---\n",
        "content/owners/first.md": f"---\ntitle: First Owner\n{owner}\n---\n",
        "content/owners/second.md": "---\ntitle: Second Owner\nagency: Open Agency\n---\n",
        "content/plans/told/actions/a.md": "---\ntitle: A\nowner: First Owner\nsupporters: [Second Owner]\n---\n",
    }
    site = for_audience(
        load_site(write(tmp_path, {"plansite.yaml": "title: T\naudience: public\n", **files})), Audience.PUBLIC
    )
    assert [person.agency for person in site.owners] == ["", "Open Agency"]
    assert _sings(_built(tmp_path, files)) == []
    assert _sings(_built(tmp_path, {}, Audience.PARTNERS))


def test_a_reference_goes_with_what_it_leads_to(tmp_path: Path) -> None:
    """Hidden actions, goals and measures are not named by what depends on them, within a plan and from others."""
    files = {
        _PLAN: "---\ntitle: Told\ngoals: [{key: canary, title: Canary, audience: internal}, {key: g, title: G, measure: canary}]\n---\n[x](actions/canary.md)\n",
        "content/plans/told/measures/canary.md": "---\ntitle: Canary\naudience: partners\n---\n",
        "content/plans/told/actions/canary.md": "---\ntitle: Canary\nref: canary-1\naudience: internal\n---\n",
        "content/plans/told/actions/a.md": "---\ntitle: A\ngoal: canary\ndepends_on: [canary-1, other/canary]\n---\n",
        "content/plans/told/incidents/i.md": "---\ntitle: I\nfindings: [{text: T, actions: [canary, other/canary, a]}]\n---\n",
        "content/plans/other/plan.md": "---\ntitle: Other\naudience: internal\n---\n",
        "content/plans/other/actions/canary.md": "---\ntitle: Canary\n---\n",
    }
    assert _sings(_built(tmp_path, files)) == []


def test_hidden_twins_leave_no_digest_behind(tmp_path: Path) -> None:
    """The address of a document, an owner and a plan does not tell that another of that name is hidden."""
    files = {
        "content/plans/Told/plan.md": "---\ntitle: Hidden\naudience: internal\n---\n",
        "content/plans/told/actions/Door.md": "---\ntitle: Hidden\naudience: internal\n---\n",
        "content/plans/told/actions/door.md": "---\ntitle: Shown\n---\n",
        "content/plans/told/reviews/A b.md": "---\ntitle: Hidden\naudience: internal\n---\n",
        "content/plans/told/reviews/a-b.md": "---\ntitle: Shown\n---\n",
        "content/owners/Cook.md": "---\ntitle: Hidden\naudience: internal\n---\n",
        "content/owners/cook.md": "---\ntitle: Shown\n---\n",
    }
    built = _built(tmp_path, files)
    assert [path for path in built if re.search("-[0-9a-f]{8}", path)] == []
    assert {"plans/told/index.html", "plans/told/actions/door.html", "plans/told/reviews/a-b.html"} <= built.keys()
    assert len([path for path in _built(tmp_path, {}, Audience.INTERNAL) if re.search("-[0-9a-f]{8}[./]", path)]) > 3


def test_files_of_hidden_plans_are_not_published(tmp_path: Path) -> None:
    """Not even where an open plan links to one; nor those of a folder that has no plan."""
    files = {
        _PLAN: "---\ntitle: Told\n---\n[a](../talks/evidence/canary.csv) [b](../none/canary.csv) [c](evidence/open.csv)\n",
        "content/plans/talks/plan.md": "---\ntitle: Talks\nkind: counselling\n---\n",
        "content/plans/talks/evidence/canary.csv": "x",
        "content/plans/none/canary.csv": "x",
        "content/plans/told/evidence/open.csv": "x",
    }
    write(tmp_path, {"plansite.yaml": "title: T\naudience: public\n", **files})
    built = build_in_memory(tmp_path, clock=FixedClock(date(2025, 1, 20)))
    assert [path for path in built.files if path.endswith(".csv") and path.startswith("files/")] == [
        "files/plans/told/evidence/open.csv"
    ]
    assert [path for path, text in html_of(built).items() if "canary" in text] == []


def test_faults_are_told_to_those_who_see_all(tmp_path: Path) -> None:
    """Other audiences would see faults that are none: an owner who is only hidden is not missing."""
    files = {
        "content/owners/o.md": "---\ntitle: O\naudience: internal\n---\n",
        "content/plans/told/actions/a.md": "---\ntitle: A\nowner: O\ndue: soon\n---\n",
    }
    whole, narrow = _built(tmp_path, files, Audience.INTERNAL), _built(tmp_path, {})
    assert "attention.html" in whole
    assert not [path for path, text in narrow.items() if "attention.html" in f"{path}{text}"]
    page = narrow["plans/told/actions/a.html"]
    assert "Not named here" in page
    assert "Nobody yet" not in page
    assert "no owner" not in narrow["index.html"].lower()
