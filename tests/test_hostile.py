"""Attack strings through every text field and every place of a body: the site builds, and nothing of them acts."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from plansite.pipeline.build import BuiltSite, build_in_memory
from tests.harmless import assert_harmless, tree_of
from tests.plain_html import assert_plainly_harmless
from tests.sites import FixedClock, html_of, write

#: Some of our own making, in the manner of the published collections, for where those are absent.
_OWN = (
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "<img src=x onerror=alert(1)>",
    "]]><!--<svg onload=alert(1)>-->",
    "{{ 7 * 7 }}{% raw %}",
    "[x](javascript:alert(1)) ![y](data:text/html,x)",
    "</textarea></title></style></script><iframe srcdoc=x>",
    "`${alert(1)}`",
    "\u2028\u2029\u202e\ufeff\ufdd0 \x01\x1b",
    "=cmd|' /C calc'!A0",
    "&lt;script&gt;&#x3c;b&#0;",
)
_EACH = 120


def _strings(project: Path) -> list[str]:
    path = project.parent / "shared" / "data" / "hostile" / "xss.jsonl"
    published = [json.loads(line)["payload"] for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return [*_OWN, *published]


def _quoted(text: str) -> str:
    """As YAML quotes it: as JSON does, but beyond U+FFFF with one escape instead of two."""
    return (
        f'"{"".join(f"{chr(92)}U{ord(char):08x}" if char > chr(0xFFFF) else json.dumps(char)[1:-1] for char in text)}"'
    )


_FENCE = "`" * 60


def _body(text: str) -> str:
    """The string in every place of a body; last where it could take in what follows."""
    line = text.replace("\r", " ").replace("\n", " ")
    return (
        f"Words\n\n### {line}\n\n> {line}\n\n| a | {line} |\n|---|---|\n| {line} | b |\n\n"
        f"{_FENCE}\n{text}\n{_FENCE}\n\n    {line}\n\n"
        f"[{line}](<{line}>) [a]({line}) ![{line}](<{line}>) ![{line}](p.png) <{line}>\n\n[x]\n\n[x]: <{line}>\n\n"
        f"## Steps\n- [ ] {line}\n\n## Progress\n- 2025-01-04 ({line}): {line}\n\n## {line}\nWords\n\n"
        f"## Progress\n- {line}\n\n## More\n{line}\n\n## Whole\n{text}\n"
    )


#: Where a string stands in a body, and what holds it on the page: an element, or an attribute of one.
PLACES = {
    "heading": "h3",
    "quotation": "blockquote",
    "table, head": "th",
    "table, cell": "td",
    "code": "code",
    "link, words": "a",
    "link, address": "a@href",
    "picture, words": "img@alt",
    "picture that is not there": "span",
    "part, heading": "h2",
    "list": "li",
    "paragraph": "p",
}
#: Fields that hold it, in each kind of file.
FIELDS = {
    "plansite.yaml": "title contact views[name description filter[owner agency plan goal tag]]",
    "agency": "title email telephone role",
    "owner": "title email role",
    "plan": "title objective owner sponsor agencies tags goals[title specific measurable achievable relevant time_bound] "
    "protocol[agency contact] involvement[said not_involved] "
    "levels[text] scores[note] views[said did] easy_read",
    "action": "title ref owner supporters goal status resources reason repeat tags source[kind ref] standards "
    "evidence[label url standards] "
    "verification[by method note] due_history[by reason] depends_on homework[rationale] "
    "interim[control by] requirement[regulation] response[reason by] extension[asked_by reason decided_by] "
    "escalated[to reason decision] asked[by question]",
    "review": "title chair present apologies distribution",
    "incident": "title owner severity source factors findings[text actions measures interim[control by] response[reason by]] "
    "no_actions learning_for confirmed[service by] standards",
    "measure": "title unit scale source state standards rebase[reason] annotations[text]",
    "assessment": "title owner ratings[standard rating evidence note actions]",
    "framework": "label short regulator standard_noun version ratings mapping "
    "standards[label key_question mapping_note]",
}


def site_files(texts: list[str]) -> Iterator[tuple[str, str]]:
    first = _quoted(texts[0])
    names = ", ".join(f"{name}: [{first}]" for name in ("owner", "agency", "plan", "goal", "tag"))
    yield (
        "plansite.yaml",
        f"title: {first}\ncontact: {first}\n"
        f"views: [{{name: {first}, description: {first}, group: tag, columns: [tags, goal, resources, progress], "
        f"filter: {{{names}}}}}, {{name: all, group: goal}}]\n",
    )
    yield "content/index.md", f"---\ntitle: {first}\n---\n{_body(texts[0])}"
    yield (
        "content/agencies/a.md",
        f"---\ntitle: {first}\nemail: {first}\ntelephone: {first}\nrole: {first}\n---\n{texts[0]}",
    )
    yield "content/owners/o.md", f"---\ntitle: {first}\nagency: a\nemail: {first}\nrole: {first}\n---\n{texts[0]}"
    goal = ", ".join(
        f"{name}: {first}" for name in ("title", "specific", "measurable", "achievable", "relevant", "time_bound")
    )
    yield (
        "content/plans/p/plan.md",
        f"---\ntitle: {first}\nobjective: {first}\nowner: {first}\nsponsor: {first}\nagencies: [{first}]\ntags: [{first}]\n"
        f"goals: [{{key: g, {goal}, levels: [{{level: 0, text: {first}}}], "
        f"scores: [{{date: 2025-01-04, level: -1, note: {first}}}, {{date: 2025-01-05, level: 0, note: {first}}}]}}]\n"
        f"views: [{{who: person, said: {first}, did: {first}}}, {{who: carer, said: {first}}}]\n"
        f"easy_read: [{first}, {first}]\nprotocol: [{{agency: {first}, contact: {first}}}]\n"
        f"involvement: [{{who: person, said: {first}}}, {{who: carer, not_involved: {first}}}]\n---\n{_body(texts[0])}",
    )
    for number, text in enumerate(texts):
        value = _quoted(text)
        yield (
            f"content/plans/p/actions/a{number}.md",
            f"---\ntitle: {value}\nref: {value}\nowner: {value}\nsupporters: [{value}]\ngoal: {value}\nstatus: {value}\n"
            f"resources: {value}\nreason: {value}\nrepeat: {value}\ntags: [{value}]\nsource: {{kind: {value}, ref: {value}}}\n"
            f"evidence: [{{label: {value}, url: {value}, standards: [{value}]}}]\nverification: {{by: {value}, method: {value}, note: {value}}}\n"
            f"due_history: [{{due: 2025-01-01, by: {value}, reason: {value}}}]\ndepends_on: [{value}]\n"
            f"homework: {{rationale: {value}}}\nstandards: [{value}, f/s]\ndue: 2025-01-10\n"
            f"interim: {{control: {value}, by: {value}}}\nrequirement: {{level: must, regulation: {value}}}\n"
            f"response: {{decision: partly accepted, reason: {value}, by: {value}}}\n"
            f"extension: [{{until: 2025-04-01, asked_by: {value}, reason: {value}, decided_by: {value}}}]\n"
            f"escalated: [{{to: {value}, reason: {value}}}, {{to: {value}, decision: {value}}}]\n"
            f"asked: [{{date: 2025-01-05, by: {value}, question: {value}}}]\n---\n{_body(text)}",
        )
    yield (
        "content/plans/p/reviews/2025-01-01.md",
        f"---\ntitle: {first}\nchair: {first}\npresent: [{first}]\napologies: [{first}]\ndistribution: [{first}]\n---\n{_body(texts[0])}",
    )
    yield (
        "content/plans/p/incidents/i.md",
        f"---\ntitle: {first}\nowner: {first}\nseverity: {first}\nsource: {first}\nfactors: [{first}]\n"
        f"findings: [{{text: {first}, actions: [{first}], measures: [{first}], interim: {{control: {first}, by: {first}}}, "
        f"response: {{decision: not accepted, reason: {first}, by: {first}}}}}]\nno_actions: {first}\n"
        f"learning_response: swarm huddle\nlearning_for: [{first}]\nconfirmed: [{{service: {first}, by: {first}}}]\nstandards: [{first}, f/s]\n---\n"
        f"{_body(texts[0])}\n\n## Learning\n{texts[0]}\n",
    )
    yield (
        "content/plans/p/measures/m.md",
        f"---\ntitle: {first}\nunit: {first}\nscale: {first}\nsource: {first}\nstate: {first}\nstandards: [{first}, f/s]\n"
        f"rebase: [{{date: 2025-01-01, reason: {first}}}]\n"
        f"annotations: [{{date: 2025-01-05, text: {first}}}]\n---\n{texts[0]}",
    )
    yield (
        "content/plans/p/assessments/2025-01-05.md",
        f"---\ntitle: {first}\nowner: {first}\nframework: f\n"
        f"ratings: [{{standard: s, rating: {first}, note: {first}, evidence: [{first}], actions: [{first}]}}, "
        f"{{standard: {first}}}]\n---\n{_body(texts[0])}",
    )
    yield (
        "content/frameworks/f.yaml",
        f"label: {first}\nshort: {first}\nregulator: {first}\nstandard_noun: {first}\nversion: {first}\n"
        f"ratings: [{first}]\nmapping: {first}\nstatus: draft\nstandards: [{{id: s, label: {first}, "
        f"key_question: {first}, maps_to: [cqc-saf/governance], mapping_note: {first}}}, {{id: t, label: {first}}}]\n",
    )
    yield "content/plans/p/actions/p.png", ""
    readings = "".join(f"2025-01-{day:02},{day % 5}\n" for day in range(1, 15))
    yield "content/plans/p/measures/m.csv", f"date,value\n{readings}"


def _built(folder: Path, texts: list[str]) -> BuiltSite:
    return build_in_memory(write(folder, dict(site_files(texts))), clock=FixedClock(date(2025, 1, 20)))


@pytest.fixture(scope="module")
def builds(project: Path, tmp_path_factory: pytest.TempPathFactory) -> list[BuiltSite]:
    """Sites that hold every string in every field and every place, some strings a site."""
    texts = _strings(project)
    folder = tmp_path_factory.mktemp("hostile")
    return [_built(folder / str(at), texts[at : at + _EACH]) for at in range(0, len(texts), _EACH)]


@pytest.mark.slow
def test_nothing_acts(builds: list[BuiltSite]) -> None:
    """Every page is valid HTML with known elements and safe addresses; a sanitiser finds nothing to remove."""
    for built in builds:
        for path, html in html_of(built).items():
            assert_plainly_harmless(path, html)


@pytest.mark.slow
def test_nothing_is_lost(builds: list[BuiltSite], project: Path) -> None:
    """Each string has its page, read or unread."""
    pages = sum(path.startswith("plans/p/actions/") for built in builds for path in built.files)
    assert pages == len(_strings(project))


@pytest.mark.slow
def test_templates_take_no_orders(builds: list[BuiltSite]) -> None:
    """Template syntax in content stays text."""
    assert any("{{ 7 * 7 }}" in html for html in html_of(builds[0]).values())


def test_every_place_reaches_a_page(tmp_path: Path) -> None:
    """A harmless word arrives in each of the places, so that an attack string would have."""
    pages = html_of(_built(tmp_path, ["Zq7x"]))
    tree = tree_of(pages["plans/p/actions/a0.html"])
    for place, holder in PLACES.items():
        tag, _, attribute = holder.partition("@")
        found = (each.get(attribute, "") if attribute else "".join(each.itertext()) for each in tree.iter(tag))
        assert any("zq7x" in each.casefold() for each in found), place
    events = [each for each in tree_of(pages["plans/p/measures/m.html"]).iter("ol") if each.get("class") == "events"]
    assert ["Zq7x" in "".join(each.itertext()) for each in events] == [True]
    site_wide = (
        "index.html",
        "interim.html",
        "incidents.html",
        "learning.html",
        "measures.html",
        "standards.html",
        "changes.html",
        "calendar.html",
    )
    of_plan = (
        "assessments.html",
        "assessments/2025-01-05.html",
        "index.html",
        "incidents/i.html",
        "briefings/i.html",
        "measures/m.html",
        "changes.html",
        "calendar.html",
    )
    assert sum("Zq7x" in pages[path] for path in pages if path.startswith("learning/")) == 1
    voices = ("goals.html", "you-said.html", "easy-read.html", "review-pack.html", "print.html")
    for path in (*site_wide, "you-said.html", *(f"plans/p/{name}" for name in (*of_plan, *voices))):
        assert "Zq7x" in pages[path], path


def test_the_fields_are_those_of_the_site() -> None:
    """The list of fields names all that the site gives a string to, and nothing else."""
    sites = dict(site_files(["Zq7x"]))
    for kind, names in FIELDS.items():
        (text,) = (text for path, text in sites.items() if path in _FILES_OF[kind])
        named = set(re.findall(r"([a-z_]+): (?=\[?\"Zq7x)", text.partition("\n---\n")[0]))
        assert named == set(re.findall(r"[a-z_]+(?!\w*\[)\b", names)), kind


_FILES_OF = {
    "plansite.yaml": ("plansite.yaml",),
    "agency": ("content/agencies/a.md",),
    "owner": ("content/owners/o.md",),
    "plan": ("content/plans/p/plan.md",),
    "action": ("content/plans/p/actions/a0.md",),
    "review": ("content/plans/p/reviews/2025-01-01.md",),
    "incident": ("content/plans/p/incidents/i.md",),
    "measure": ("content/plans/p/measures/m.md",),
    "assessment": ("content/plans/p/assessments/2025-01-05.md",),
    "framework": ("content/frameworks/f.yaml",),
}


def _count(names: str) -> int:
    return len(re.findall(r"[a-z_]+(?!\w*\[)\b", names))


def _figures(project: Path, folder: Path) -> Iterator[str]:
    """What the documentation says of all this, counted anew."""
    texts, pages, faults = _strings(project), 0, 0
    fields = sum(_count(names) for names in FIELDS.values())
    yield f"{len(texts):,} strings, {len(texts) - len(_OWN):,} of them published by others"
    yield f"{len(PLACES)} places of a body and {fields} fields of {len(FIELDS)} kinds of file"
    yield f"{len(texts):,} strings in all {len(PLACES)} places and {_count(FIELDS['action'])} fields of an action"
    for at in range(0, len(texts), _EACH):
        for path, html in html_of(_built(folder / str(at), texts[at : at + _EACH])).items():
            pages += 1
            try:
                assert_harmless(path, html)
            except AssertionError:
                faults += 1
    yield f"{pages:,} pages; {faults} with anything that html5lib calls an error or a sanitiser removes"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for said in _figures(Path(__file__).parents[1], Path(name)):
            sys.stdout.write(f"{said}\n")
