"""The name of somebody whom an audience may not see, in every field and in every way in which people write names."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from plansite.content.documents import DOCUMENT_TYPES
from plansite.content.site_content import load_site
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.fields import (
    ChoiceOf,
    Date,
    Either,
    FieldType,
    Integer,
    ListOf,
    RecordOf,
    Text,
    Url,
    declared_fields,
)
from plansite.model.people import Agency, Owner
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, write

CLOCK = FixedClock(date(2025, 1, 20))


def _shift(text: str, capitals: int, small: int = 0) -> str:
    """The letters of a text in another block of Unicode: full-width, or bold."""
    return "".join(
        chr(ord(each) + (capitals if each.isupper() else small or capitals)) if each.isalpha() else each
        for each in text
    )


#: Names that are in no word of any page: whatever has one of them in it names her.
TRACES = ("xanthe", "quxbrow", "632960961")
SPELLINGS = (
    "Xanthe Quxbrow", "xanthe quxbrow", "XANTHE  QUXBROW", "Quxbrow, Xanthe", "Quxbrow Xanthe", "QUXBROW, Xanthe",
    "Xanthe Quxbrow’s team", "Xanthe Quxbrow's", "Xanthe Quxbrows team", "for Xanthe Quxbrow.", "(Xanthe Quxbrow)",
    "X. Quxbrow", "X Quxbrow", "X.Quxbrow", "Quxbrow, X.", "Quxbrow X", "Xanthe Q.", "Xanthe Q’s notes",
    "Dr Quxbrow", "Mrs. Quxbrow", "Ms Quxbrow’s", "Dr Xanthe Quxbrow", "Xanthe M. Quxbrow", "Xanthe Maria Quxbrow",
    "Xanthe-Quxbrow", "Xanthe\u2011Quxbrow", "Xanthe\u00a0Quxbrow", "Xanthe_Quxbrow", "XantheQuxbrow", "#XantheQuxbrow",
    "Xánthe Qüxbrow", _shift("Xanthe Quxbrow", 0xFEE0), "Xan\u00adthe Qux\u200bbrow", "Xanthe\nQuxbrow", "Xanthe\u2003Quxbrow",
    "Xanthe\u2028Quxbrow", "xanthe.quxbrow@example.org", "xq@example.org or xquxbrow@example.org", "@xanthe", "cc @xquxbrow",
    "01632 960961 (days)", "+44 (0)1632 960961", "Ring 01632-960961", "Xanthe%20Quxbrow", "Xanthe&nbsp;Quxbrow", "Xanthe &amp; Quxbrow",
    "Ben, Xanthe Quxbrow and Ali", "Ask Xanthe Quxbrow: lamps", "audit-xanthe-quxbrow2.pdf", _shift("Xanthe Quxbrow", 0x1D3BF, 0x1D3B9),
)  # fmt: skip
#: What the files of documents are called: their slug is in addresses.
FILE_NAMES = (
    "xanthe-quxbrow",
    "visit-Xanthe_Quxbrow-2",
    "quxbrow xanthe",
    "xanthequxbrow",
    "Xánthe-Quxbrow",
    "dr-quxbrow",
)
_HIDDEN = "---\ntitle: Xanthe Quxbrow\nemail: xq@example.org\ntelephone: 01632 960961\naudience: internal\n---\nShe is here.\n"
_FOLDERS = {
    "action": "actions",
    "assessment": "assessments",
    "incident": "incidents",
    "measure": "measures",
    "review": "reviews",
}
_PEOPLE = {"owner": "owners", "agency": "agencies"}

Place = tuple[str, Mapping[str, Any]]


def _values(kind: FieldType, text: str) -> Iterator[Any]:
    """The values of a field with the text in them, at each place where it may stand."""
    match kind:
        case Text():
            yield text
        case Url():
            yield f"evidence/{quote(text)}.pdf"
        case ListOf():
            yield from ([value] for value in _values(kind.of, text))
        case RecordOf():
            for name, fields in _places(kind.of, text):
                yield {**_required(kind.of, name), **fields}
        case Either():
            yield from _values(kind.plain, text)
            yield from _values(kind.rich, text)


def _required(cls: type, without: str) -> dict[str, str]:
    needed = (each for each in declared_fields(cls) if each.field.required and each.name != without)
    return {each.name: _plain(each.field.kind) for each in needed}


def _plain(kind: FieldType) -> str:
    """A value of a required field that names nobody."""
    match kind:
        case ChoiceOf():
            return next(iter(kind.of)).value
        case Integer():
            return str(kind.maximum)
        case Date():
            return "2025-01-02"
    return "Plain"


def _places(cls: type, text: str) -> Iterator[Place]:
    """Each field of a kind of document that may have the text in it, those of its entries included.

    A telephone number or an address that two people give as theirs is that of both. An unknown status is shown as
    written, other unknown words are not kept.
    """
    for each in declared_fields(cls):
        if each.name in ("audience", "email", "telephone"):
            continue
        for value in [text] if each.name == "status" else _values(each.field.kind, text):
            yield each.name, {each.name: value}


def _write_document(kind: str, name: str, fields: Mapping[str, Any]) -> tuple[str, str]:
    head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in {"title": "Plain", **fields}.items())
    if kind in _PEOPLE:
        path = f"content/{_PEOPLE[kind]}/{name}.md"
    else:
        path = f"content/plans/{name}/plan.md" if kind == "plan" else f"content/plans/all/{_FOLDERS[kind]}/{name}.md"
    return path, f"---\n{head}---\nWords.\n"


def _site(spellings: tuple[str, ...], *, rotate: bool) -> dict[str, str]:
    """A site with a document for each field of each kind: with each spelling, or if `rotate` with one after another."""
    files = {
        "plansite.yaml": "".join(
            f"{name}: {json.dumps(text)}\n"
            for name, text in {
                "title": spellings[0],
                "audience": "public",
                "contact": "xq@example.org",
                "repository": "https://example.org/xanthe-quxbrow/plans",
                "base_url": "https://xanthe-quxbrow.example.org/",
            }.items()
        ),
        "content/index.md": f"---\ntitle: {json.dumps(spellings[0])}\n---\nWords.\n",
        "content/owners/xq.md": _HIDDEN,
        "content/plans/all/plan.md": "---\ntitle: All\n---\n",
    }
    number = 0
    for kind, cls in DOCUMENT_TYPES.items():
        for index, _ in enumerate(_places(cls, "")):
            for spelling in (spellings[number % len(spellings)],) if rotate else spellings:
                number += 1
                _, fields = list(_places(cls, spelling))[index]
                path, text = _write_document(kind, f"n{number}", fields)
                files[path] = text
        for name in FILE_NAMES:
            path, text = _write_document(kind, name, {})
            files[path] = text
    return files


def _fold(data: bytes) -> str:
    """The letters and digits of a text, without case and accents, with nothing between them."""
    text = html.unescape(unquote(data.decode("utf-8", "replace")))
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))


def _find_traces(root: Path, audience: Audience) -> list[str]:
    files = build_in_memory(root, clock=CLOCK, audience=audience).files
    contents = ((path, data if isinstance(data, bytes) else data.read()) for path, data in files.items())
    return [path for path, data in contents if any(trace in _fold(path.encode() + b" " + data) for trace in TRACES)]


@pytest.mark.parametrize("audience", [Audience.PARTNERS, Audience.PUBLIC])
def test_no_field_names_her(tmp_path: Path, audience: Audience) -> None:
    """Every field of every kind of document, with one spelling after another: none of it is in any byte."""
    root = write(tmp_path, _site(SPELLINGS, rotate=True))
    assert _find_traces(root, audience) == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_no_field_names_her_in_any_spelling(tmp_path: Path) -> None:
    """Every field of every kind of document with every spelling."""
    assert _find_traces(write(tmp_path, _site(SPELLINGS, rotate=False)), Audience.PARTNERS) == []


def test_each_place_is_read(tmp_path: Path) -> None:
    """Else nothing would be shown by what is not found: in the site as read she is at every place."""
    site = load_site(write(tmp_path, _site(("Xanthe Quxbrow",), rotate=False)))
    plans = [plan for plan in site.plans if plan.slug != "all"]
    (whole,) = (plan for plan in site.plans if plan.slug == "all")
    documents = [
        *plans,
        *whole.actions,
        *whole.reviews,
        *whole.incidents,
        *whole.measures,
        *site.owners,
        *site.agencies,
    ]
    assert len(documents) > 100
    assert [document for document in documents if not re.search("(?i)xanthe|quxbrow", unquote(repr(document)))] == []


@pytest.mark.parametrize(
    ("title", "named", "not_named"),
    [
        ("Dr Canary", ["Canary", "ask Canary", "Canary’s list", "Prof. Canary", "canary"], ["a canary sang", "Canaryton"]),
        ("Anna Brown", ["A. Brown", "ask A Brown", "BROWN, A.", "Anna Brown-Hill"], ["a brown door", "Anna", "Brown", "Ben Brown", "Susanna Brownlow", "AB"]),
        ("Seán O’Neil-Smith", ["Sean ONeil Smith", "S. O'Neil-Smith", "Mr O Neil Smith"], ["S. Smith"]),
        ("Anna Maria Brown", ["Anna Brown", "Anna M. Brown", "A. M. Brown", "AM Brown", "A.M. Brown", "Brown, A M"], ["I am Brown’s", "Maria"]),
        ("Jürgen Müller", ["Juergen Mueller", "Jurgen Muller", "J. Müller"], ["Muller"]),
        ("Anna Brown (Falls Lead)", ["Anna Brown", "Mrs Brown"], ["Falls Lead"]),
        ("Jan van der Berg", ["Mr van der Berg", "J. van der Berg", "J van der Berg", "Van der Berg, J.", "van der Berg, Jan", "Jan Berg", "Mr Berg", "cc @jvanderberg", "j.vanderberg@e.org"], ["Jan", "Berg", "van der Meer", "J. van der Meer", "Jan van der Meer"]),
        ("Gwen ap Rhys", ["G. ap Rhys", "Ms ap Rhys", "ap Rhys, Gwen", "Gwen Rhys", "@gaprhys"], ["Rhys", "ap Rhys", "Dai ap Rhys"]),
        ("Siobhán O Neill", ["S. O'Neill", "Mrs O’Neill", "O'Neill, Siobhan", "Siobhan ONeill", "s.o'neill@e.org"], ["O'Neill", "Rory O'Neill"]),
        ("Anna Brown-Smith", ["Anna Brown", "Anna Smith", "Ms Brown", "Anna J. Brown", "Mrs Brown Smith"], ["Brown", "Smith", "brown-smith", "Ben Brown"]),
        ("María José García López", ["Maria García", "Ms García", "Mrs García López", "M. Garcia Lopez"], ["Jose", "Garcia", "Ana Garcia"]),
        ("Muhammad Al-Hassan", ["Mr Hassan", "M. Al Hassan", "Al-Hassan, M."], ["Hassan", "Ali Hassan"]),
        ("Anna Brown", ["Brown, Ms Anna", "browna@e.org", "Sr Brown", "Madam Brown", "Father Brown"], ["Ben Brown, Dr Green", "Ben Brown, Mrs A Green"]),
        ("Elizabeth (Liz) Brown", ["Liz Brown", "L. Brown", "Elizabeth Brown"], ["Liz", "Elizabeth"]),
        ("Anna Brown and Ben Green", ["Anna Brown", "Ms Brown", "B. Green", "Green, Ben"], ["Ben", "Brown"]),
        ("Anna Brown / Ben Green", ["Ben Green", "A. Brown"], ["Green"]),
        ("Anna and Ben Brown", ["Anna Brown", "Ben Brown", "B. Brown"], ["Anna", "Ben"]),
        ("Mr and Mrs Brown", ["Mr Brown", "Mrs Brown"], ["brown bread"]),
        ("Falls and Frailty Lead", ["Falls & Frailty Lead"], ["Falls Lead", "Frailty Lead"]),
        ("Anna Brown, Occupational Therapy", ["Anna Brown"], ["Occupational Therapy"]),
        ("Brown, Anna Jane", ["Anna Jane Brown"], ["Anna Jane"]),
        ("John Smith Jr", ["John Smith", "Mr Smith", "Smith, John"], ["Smith"]),
        ("Anna Brown BSc", ["Anna Brown", "Dr Brown"], ["BSc", "Brown"]),
        ("Smith & Sons Ltd", ["Smith and Sons", "Smith & Sons", "Smith + Sons Limited"], ["Sons", "Smith"]),
        ("Falls and Frailty Service", ["Falls & Frailty Service"], ["falls and frailty"]),
        ("St John Hospice", ["Saint John Hospice", "St. John Hospice"], ["John", "hospice"]),
        ("Brown, Anna", ["Anna Brown", "Ms Brown", "A. Brown"], ["Anna"]),
        ("Anna Brown RN", ["Anna Brown"], ["RN"]),
        ("Deputy Manager", ["the deputy manager’s rota", "Manager, Deputy"], ["D. Manager", "Registered Manager", "Mr Manager", "Deputy M."]),
        ("Kitchen", ["clean the kitchen", "Kitchen’s rota"], ["Kitchener"]),
        ("IT", ["ask IT"], ["it is done", "It is done"]),
        ("Riverside Council", ["riverside-council", "the Riverside Councils", "RIVERSIDE COUNCIL"], ["R. Council", "council"]),
    ],
)  # fmt: skip
def test_what_counts_as_a_name(title: str, named: list[str], not_named: list[str]) -> None:
    """Other ways to write a name, and words that are none."""
    kind = Agency if "Council" in title else Owner
    hidden = HiddenNames.build([kind(slug="x1", title=title)], (), ())
    assert [text for text in named if not hidden.is_mentioned(text)] == []
    assert [text for text in not_named if hidden.is_mentioned(text)] == []


def test_who_may_be_seen_keeps_a_name_with_a_hidden_word_in_it() -> None:
    """A role of two words is not that of one; the same name is hidden, a shared telephone number is not."""
    manager = Owner(slug="m", title="Manager", telephone="01632 960001")
    deputy = Owner(slug="d", title="Deputy Manager", telephone="01632 960001")
    hidden = HiddenNames.build([manager], (), [deputy, Owner(slug="m2", title="Manager")])
    assert not hidden.is_mentioned("Ask the Deputy Manager")
    assert hidden.is_mentioned("Ask the Deputy Manager or the manager")
    assert hidden.matches("Manager")
    assert not hidden.is_mentioned("Ring 01632 960001")
    assert HiddenNames.build([manager], (), ()).is_mentioned("Ring +44 1632 960001")


def test_part_of_a_double_surname_stays_that_of_who_may_be_seen() -> None:
    """If somebody else has that name, it is theirs."""
    hidden = HiddenNames.build(
        [Owner(slug="x", title="Anna Brown-Smith")],
        (),
        [Owner(slug="a", title="Anna Brown"), Owner(slug="b", title="B. Smith")],
    )
    assert not hidden.matches("Anna Brown")
    assert not hidden.is_mentioned("Ask Mrs Brown")
    assert hidden.matches("Anna Smith")
    assert hidden.matches("Anna Brown-Smith")


@pytest.mark.parametrize(
    "table",
    [
        "date,value,note\n2025-01-01,1,Canary\n",
        "date,value\n2025-01-01,1\nCanary,2\n",
        "Canary\ndate,value\n2025-01-01,1\n",
    ],
)
def test_a_table_with_more_than_readings_is_not_published(tmp_path: Path, table: str) -> None:
    """Its other words may be names or for few readers; internal readers get the file as it is."""
    files = {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/plans/p/plan.md": "---\ntitle: P\n---\n[x](measures/m.csv) [y](measures/n.csv)\n",
        "content/plans/p/measures/m.md": "---\ntitle: M\n---\n",
        "content/plans/p/measures/m.csv": table,
        "content/plans/p/measures/n.md": "---\ntitle: N\n---\n",
        "content/plans/p/measures/n.csv": "date,value\n2025-01-01,1\n",
    }
    root = write(tmp_path, files)
    path = "files/plans/p/measures/{}.csv"
    for audience in (Audience.PARTNERS, Audience.PUBLIC):
        built = build_in_memory(root, clock=CLOCK, audience=audience).files
        assert path.format("m") not in built
        assert path.format("n") in built
    assert path.format("m") in build_in_memory(root, clock=CLOCK, audience=Audience.INTERNAL).files


def test_a_long_text_is_searched_in_linear_time() -> None:
    """Words without end that could begin a name."""
    hidden = HiddenNames.build([Owner(slug="x", title="Anna Brown")], (), ())
    for part in ("a ", "A. ", "anna ", "an na ", "@a", "x" * 80 + " "):
        assert not hidden.is_mentioned(part * (50_000 // len(part)))


@pytest.mark.parametrize(
    "field",
    ["name", "full name", "Name", "titel", "TITLE", "who", "enw", '"name"', "owner name", "contact person", "- name"],
)
@pytest.mark.parametrize("mark", ["audience: internal", "audience: intern", "audience:internal"])
def test_a_hidden_file_without_a_title(tmp_path: Path, field: str, mark: str) -> None:
    """Whatever field the name stands in instead, it is hidden elsewhere."""
    files = {
        "content/plans/p/plan.md": "---\ntitle: P\naudience: public\n---\n",
        "content/plans/p/actions/a.md": "---\ntitle: Act\nowner: Canary Zebra\nsupporters: [Canary Zebra]\n---\n",
        "content/owners/cz.md": f"---\n{field}: Canary Zebra\nrole: Nurse\n{mark}\n---\n",
    }
    files_built = build_in_memory(write(tmp_path, files), clock=CLOCK, audience=Audience.PARTNERS).files
    texts = [data for data in files_built.values() if isinstance(data, bytes)]
    assert not any(b"Zebra" in text for text in texts)
    assert any(b"Act" in text for text in texts)
