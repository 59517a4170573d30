"""Attack strings through every text field and every place of a body: the site builds, and nothing of them acts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import nh3
import pytest

from plansite.pipeline.compile import Built, compiled
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
    return json.dumps(text)


def _body(text: str) -> str:
    line = text.replace("\r", " ").replace("\n", " ")
    return (
        f"{text}\n\n# {line}\n\n> {line}\n\n| a | {line} |\n|---|---|\n| {line} | b |\n\n```\n{text}\n```\n\n"
        f"    {line}\n\n[{line}](<{line}>) [a]({line}) ![{line}](<{line}>) <{line}>\n\n## Steps\n- [ ] {line}\n\n"
        f"## Progress\n- 2025-01-04 ({line}): {line}\n- {line}\n\n## {line}\n{line}\n"
    )


def _site(texts: list[str]) -> Iterator[tuple[str, str]]:
    first = _quoted(texts[0])
    yield "plansite.yaml", f"title: {first}\ncontact: {first}\n"
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
        f"goals: [{{key: g, {goal}}}]\nprotocol: [{{agency: {first}, contact: {first}}}]\n"
        f"involvement: [{{who: person, said: {first}}}, {{who: carer, not_involved: {first}}}]\n---\n{_body(texts[0])}",
    )
    for number, text in enumerate(texts):
        value = _quoted(text)
        yield (
            f"content/plans/p/actions/a{number}.md",
            f"---\ntitle: {value}\nref: {value}\nowner: {value}\nsupporters: [{value}]\ngoal: {value}\nstatus: {value}\n"
            f"resources: {value}\nreason: {value}\nrepeat: {value}\ntags: [{value}]\nsource: {{kind: {value}, ref: {value}}}\n"
            f"evidence: [{{label: {value}, url: {value}}}]\nverification: {{by: {value}, method: {value}, note: {value}}}\n"
            f"due_history: [{{due: 2025-01-01, by: {value}, reason: {value}}}]\ndepends_on: [{value}]\n"
            f"homework: {{rationale: {value}}}\ndue: 2025-01-10\n---\n{_body(text)}",
        )
    yield (
        "content/plans/p/reviews/2025-01-01.md",
        f"---\ntitle: {first}\nchair: {first}\npresent: [{first}]\napologies: [{first}]\ndistribution: [{first}]\n---\n{_body(texts[0])}",
    )
    yield (
        "content/plans/p/incidents/i.md",
        f"---\ntitle: {first}\nowner: {first}\nseverity: {first}\nsource: {first}\nfactors: [{first}]\n"
        f"findings: [{{text: {first}, actions: [{first}]}}]\nlearning_for: [{first}]\n---\n{_body(texts[0])}",
    )
    yield (
        "content/plans/p/measures/m.md",
        f"---\ntitle: {first}\nunit: {first}\nsource: {first}\nstate: {first}\n---\n{texts[0]}",
    )
    yield "content/plans/p/measures/m.csv", "date,value\n2025-01-01,1\n2025-01-02,2\n"


_ALLOWED = set(
    "html head body meta title link script a abbr article b br caption code dd del details desc div dl dt em fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i img input label legend li main nav noscript ol option "
    "p pre s section select small span strong summary svg table tbody td th thead time tr ul use symbol path circle "
    "rect line pattern defs text g tspan button output blockquote polyline".split()
)
_ATTRIBUTES = set(
    "alt as autocapitalize spellcheck aria-current aria-describedby aria-hidden aria-label aria-labelledby aria-live autocomplete charset class "
    "content cx cy d datetime defer fill fill-rule focusable height hidden href id lang loading name open "
    "patternTransform patternUnits points r rel reversed role rows rx scope src start stroke stroke-dasharray tabindex "
    "type value viewBox width x x1 x2 y y1 y2 colspan for http-equiv placeholder download transform aria-sort dx dy".split()
)


def _tree(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    assert [error for error in parser.errors if error[1] not in _NOT_OURS] == []
    return tree


#: html5lib's tokenizer predates some of the standard; nothing is excused at present.
_NOT_OURS: frozenset[str] = frozenset()


def _assert_harmless(path: str, tree: Element) -> None:
    for element in tree.iter():
        name = str(element.tag).rpartition("}")[2]
        assert name in _ALLOWED, (path, name)
        for attribute, value in element.attrib.items():
            attribute = attribute.rpartition("}")[2]
            assert attribute in _ATTRIBUTES or attribute.startswith("data-"), (path, name, attribute)
            if attribute in ("href", "src", "action"):
                assert _safe(value), (path, name, value)


def _safe(url: str) -> bool:
    scheme, colon, _ = url.partition(":")
    if not colon or "/" in scheme or "?" in scheme or "#" in scheme:
        return not url.startswith(("//", "\\", "/\\"))
    return scheme.lower() in ("http", "https", "mailto")


def _parent_map(tree: Element) -> dict[Element, Element]:
    return {child: parent for parent in tree.iter() for child in parent}


def _main_without_pictures(tree: Element) -> str:
    parents = _parent_map(tree)
    for element in [each for each in tree.iter() if str(each.tag).rpartition("}")[2] in ("svg", "script")]:
        parents[element].remove(element)
    main = next(each for each in tree.iter() if each.tag == "main")
    return str(html5lib.serialize(main, tree="etree", quote_attr_values="always", omit_optional_tags=False))


def _sanitiser_removes(html: str) -> bool:
    options: dict[str, Any] = {
        "tags": _ALLOWED - {"script"},
        "attributes": {"*": _ATTRIBUTES - {"rel"}},
        "generic_attribute_prefixes": {"data-"},
        "url_schemes": {"http", "https", "mailto"},
        "link_rel": None,
    }
    return _normal(nh3.clean(html, **options)) != _normal(html)


def _normal(html: str) -> str:
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return str(html5lib.serialize(tree, tree="etree", quote_attr_values="always", alphabetical_attributes=True))


@pytest.fixture(scope="module")
def builds(project: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """Sites that hold every string in every field and every place, some strings a site."""
    texts = _strings(project)
    return [
        compiled(
            write(tmp_path_factory.mktemp("hostile"), dict(_site(texts[at : at + _EACH]))),
            clock=FixedClock(date(2025, 1, 20)),
        )
        for at in range(0, len(texts), _EACH)
    ]


def test_nothing_acts(builds: list[Built]) -> None:
    """Every page is valid HTML with known elements and safe addresses; a sanitiser finds nothing to remove."""
    for built in builds:
        for path, html in html_of(built).items():
            tree = _tree(html)
            _assert_harmless(path, tree)
            assert not _sanitiser_removes(_main_without_pictures(tree)), path


def test_nothing_is_lost(builds: list[Built], project: Path) -> None:
    """Each string has its page, read or unread."""
    pages = sum(path.startswith("plans/p/actions/") for built in builds for path in built.files)
    assert pages == len(_strings(project))


def test_templates_take_no_orders(builds: list[Built]) -> None:
    """Template syntax in content stays text."""
    assert any("{{ 7 * 7 }}" in html for html in html_of(builds[0]).values())
