"""The address of an owner's page: it stands, and never passes to somebody else."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.content.site_content import load_site
from plansite.model.page_addresses import profile_address
from plansite.model.people import normalise_name
from plansite.model.site import Site
from plansite.model.slugs import add_digest
from plansite.pipeline.build import build_in_memory
from tests.examples import examples
from tests.sites import FixedClock, html_of, write

_NAMES = ["राम", "रोम", "R&D", "R D", "R-D", "r.d", "O'Neil", "ONeil", "Ann", "Ann.", "a@x.org", "a@y.org", "a"]


def _files(names: list[str]) -> dict[str, str]:
    return {
        f"content/plans/p/actions/{number}.md": f'---\ntitle: A{number}\nowner: "{name}"\n---\n'
        for number, name in enumerate(names)
    }


def _load(files: Mapping[str, str]) -> Site:
    with tempfile.TemporaryDirectory() as folder:
        return load_site(write(Path(folder), files))


def _addresses(site: Site, names: list[str]) -> dict[str, str]:
    people = {name: site.find_owner_or_agency(name) for name in names}
    return {name: profile_address(person) if person else "" for name, person in people.items()}


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=8, unique=True), st.data())
def test_others_change_no_address(names: list[str], data: st.DataObject) -> None:
    """Whoever is named beside them, in whatever order; and no two have the same one."""
    addresses = _addresses(_load(_files(names)), names)
    assert len(set(addresses.values())) == len(names)
    fewer = data.draw(st.permutations(names))[: data.draw(st.integers(1, len(names)))]
    assert _addresses(_load(_files(fewer)), fewer) == {name: addresses[name] for name in fewer}
    assert not any("x-org" in address for address in addresses.values())


def test_a_file_does_not_take_the_address_of_another(tmp_path: Path) -> None:
    """Whoever is named like a file is the one that it describes; all others keep their addresses."""
    names = ["R D", "R&D", "Deputy Manager"]
    alone = _addresses(load_site(write(tmp_path, _files(names))), names)
    site = load_site(write(tmp_path, {"content/owners/r-d.md": "---\ntitle: Research\n---\n"}))
    assert _addresses(site, names) == alone
    assert [person.title for name in names if (person := site.find_owner_or_agency(name))] == [
        "Research",
        "R&D",
        "Deputy Manager",
    ]


def test_spellings_lead_to_one_person(tmp_path: Path) -> None:
    """By the settings, with a file or without one; no page is made for a spelling."""
    spellings = ["A. Shah", "Amina Shah", "@ashah", "a.shah@example.org", "Amina Shah <a.shah@example.org>", "Mina"]
    people = "people:\n  Amina Shah: [A. Shah, '@ashah', a.shah@example.org]\n  A. Shah: Mina\n"
    files = {"plansite.yaml": f"title: T\n{people}", **_files([*spellings, "Amina Shah (@ashah)"])}
    site = load_site(write(tmp_path, files))
    assert [(owner.slug, owner.title) for owner in site.people.owners] == [("amina-shah", "Amina Shah")]
    assert set(_addresses(site, spellings[:4]).values()) == {"owners/amina-shah.html"}
    built = html_of(build_in_memory(tmp_path, clock=FixedClock(date(2025, 1, 20))))
    assert [path for path in built if path.startswith("owners/")] == ["owners/amina-shah.html", "owners/index.html"]
    assert all(f"A{number}" in built["owners/amina-shah.html"] for number in range(7))
    write(tmp_path, files | {"content/owners/ash.md": "---\ntitle: Amina Shah\n---\n"})
    assert set(_addresses(load_site(tmp_path), spellings[:4]).values()) == {"owners/ash.html"}


def test_an_email_address_leads_to_whoever_has_it(tmp_path: Path) -> None:
    """Unless two have the same."""
    person = "---\ntitle: {}\nemail: {}\n---\n"
    files = {
        "content/owners/ann.md": person.format("Ann Brown", "ann@example.org"),
        "content/owners/ben.md": person.format("Ben Green", "duty@example.org"),
        "content/owners/cat.md": person.format("Cat White", "Duty@example.org"),
        **_files(["Ann@example.org", "duty@example.org"]),
    }
    found = _addresses(load_site(write(tmp_path, files)), ["ann@example.org", "duty@example.org"])
    assert found["ann@example.org"] == "owners/ann.html"
    assert found["duty@example.org"] == f"owners/{add_digest('duty', 'duty@example.org')}.html"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Amina Shah <a.shah@example.org>", "Amina Shah"),
        ("Amina Shah (@ashah)", "Amina Shah"),
        ("Amina Shah (a.shah@example.org)", "Amina Shah"),
        ("'\"Shah, Amina\" <a.shah@example.org>'", "Shah, Amina"),
        ("a.shah@example.org (Amina Shah)", "Amina Shah"),
        ("'[Amina Shah](mailto:a.shah@example.org)'", "Amina Shah"),
        ("Amina Shah - a.shah@example.org", "Amina Shah"),
        ("Amina Shah <a.shah@example.org> (Housing)", "Amina Shah (Housing)"),
        ("<a.shah@example.org>", "a.shah@example.org"),
        ("Nurse (GP @ Riverside)", "Nurse (GP @ Riverside)"),
    ],
)
@pytest.mark.parametrize("is_adopted", [False, True])
def test_an_address_behind_a_name_is_left_out(tmp_path: Path, written: str, name: str, is_adopted: bool) -> None:
    """In files of our own, and in those of others, also where a mapping splits the value."""
    text = f"---\ntitle: A\nowner: {written}\nsupporters: [Ben <ben@example.org>]\n---\n"
    source = "sources: [{path: theirs, plan: p, fields: {owner: {field: owner, split: '; '}}}]\n"
    path = "theirs/a.md" if is_adopted else "content/plans/p/actions/a.md"
    files = {"plansite.yaml": f"title: T\n{source if is_adopted else ''}", path: text, "content/index.md": "---\n---\n"}
    (action,) = load_site(write(tmp_path, files)).actions
    assert (action.owner, action.supporters) == (name, ("Ben",))


def test_an_email_address_is_for_internal_readers(tmp_path: Path) -> None:
    """Others see the name that goes with it, or what stands before the `@`; on no page and in no file the address."""
    fields = (
        "owner: ann@mails.org\nsupporters: [ben@mails.org, Cat <cat@mails.org>]\nverification: {by: dan@mails.org}\n"
    )
    files = {
        "plansite.yaml": "title: T\naudience: public\npeople: {Dan Dee: dan@mails.org}\n",
        "content/owners/x.md": "---\ntitle: Ann Brown\nemail: ann@mails.org\naudience: public\n---\n",
        "content/plans/p/plan.md": "---\ntitle: P\nowner: ben@mails.org\nsponsor: eve@mails.org\n---\n",
        "content/plans/p/actions/a.md": f"---\ntitle: A\n{fields}---\n",
        "content/plans/p/incidents/i.md": "---\ntitle: I\nowner: ben@mails.org\n---\n",
    }
    built = build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20))).files
    texts = {path: content.decode() for path, content in built.items() if isinstance(content, bytes)}
    assert [path for path, text in texts.items() if "@mails.org" in text and path != "owners/x.html"] == []
    page = texts["plans/p/actions/a.html"]
    assert all(name in page for name in ("Ann Brown", ">ben<", "Cat", "Dan Dee"))
    assert "../../../owners/x.html" in page


@pytest.mark.parametrize("hidden", ["Amina Shah", "A. Shah"])
def test_spellings_of_a_hidden_person_are_hidden(tmp_path: Path, hidden: str) -> None:
    """Whichever of them the person's file has."""
    files = {
        "plansite.yaml": "title: T\naudience: public\npeople: {Amina Shah: [A. Shah, Quxbrow], Quxbrow: Zanthe Ode}\n",
        "content/owners/x.md": f"---\ntitle: {hidden}\naudience: internal\n---\n",
        "content/plans/p/plan.md": "---\ntitle: P\naudience: public\n---\n",
        "content/plans/p/actions/a.md": "---\ntitle: Open\nowner: Quxbrow\nsupporters: [Zanthe Ode, Ben]\n---\n",
    }
    built = html_of(build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20))))
    assert "Open" in built["plans/p/actions/a.html"] and "Ben" in built["plans/p/actions/a.html"]
    told = [path for path, text in built.items() if any(name in text for name in ("Shah", "Quxbrow", "Zanthe"))]
    assert told == []


def test_a_spelling_of_two_people_is_reported(tmp_path: Path) -> None:
    """At its line; the first one keeps it."""
    files = {
        "plansite.yaml": "title: T\npeople:\n  Ann: ['@a']\n  Ben: ['@A']\n  Cat: '@c'\n",
        "content/index.md": "---\n---\n",
    }
    (finding,) = load_site(write(tmp_path, files)).findings
    assert (finding.rule.name, finding.line, finding.field) == ("duplicate-field", 4, "people")
    assert finding.message == "“@A” is already a spelling of “Ann”"


def test_keys_of_names() -> None:
    """Typographic apostrophes and hyphens make nobody another person."""
    assert normalise_name("Pat O’Neil\u2010Brown") == normalise_name("pat  o'neil-brown")
