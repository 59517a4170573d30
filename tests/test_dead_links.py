"""No link on any page is dead: of the demonstration, a new site, sets of others, and links in every form people write."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.model.status import Audience, PlanKind
from plansite.pipeline.build import BuiltSite, build_in_memory
from tests.dead_links import DeadLink, count_links, find_dead_links
from tests.examples import examples
from tests.new_sites import create_site
from tests.sites import FixedClock, html_of, write

_DAY = date(2025, 1, 20)
#: The rules about links that lead nowhere.
_RULES = {"broken-link", "unknown-heading", "broken-link-elsewhere"}


def _build(root: Path, audience: Audience = Audience.INTERNAL) -> BuiltSite:
    return build_in_memory(root, clock=FixedClock(_DAY), audience=audience)


def _count_marked(built: BuiltSite) -> int:
    """How many links have lost their address on the pages."""
    return sum(html.count('class="dead"') for html in html_of(built).values())


def test_the_report_finds_what_is_dead() -> None:
    """Files, ids and double ids; addresses on other hosts, the top of a page and files beside pages are left alone."""
    page = '<p id="a">{}</p><p id="b">'
    links = '<a href="{}">x</a><img src="{}">'
    for href, src, found in [
        ("#b", "b.png", []),
        ("../a/index.html#b", "../a/b.png", []),
        ("https://example.org/#none", "/a/b.png", []),
        ("#", "b.png#page=2", []),
        ("#c", "c.png", ["#c", "c.png"]),
        ("index.html#c", "javascript:x", ["index.html#c", "javascript:x"]),
        ("", "//example.org/x.png", ["", "//example.org/x.png"]),
    ]:
        files = {"a/index.html": page.format(links.format(href, src)).encode(), "a/b.png": b""}
        assert [dead.address for dead in find_dead_links(files)] == found
    assert find_dead_links({"a.html": b'<p id="a"></p><a id="a"></a>'}) == [DeadLink("a.html", "#a", "id twice")]


@pytest.mark.parametrize("audience", Audience)
def test_the_demonstration(project: Path, audience: Audience) -> None:
    """For each audience no link of the demonstration is dead; for internal readers none has lost its address either."""
    built = build_in_memory(project, clock=FixedClock(), audience=audience)
    assert count_links(built.files) > 1000
    assert find_dead_links(built.files) == []
    if audience is Audience.INTERNAL:
        assert _count_marked(built) == 0


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("kind", list(PlanKind))
def test_a_new_site(tmp_path: Path, kind: PlanKind, audience: Audience) -> None:
    """The same of what `plansite init` writes."""
    create_site(tmp_path, "Plans", kind, _DAY)
    built = _build(tmp_path, audience)
    assert (find_dead_links(built.files), _count_marked(built)) == ([], 0)


_SETTINGS_OF_SETS = {
    "us-nap5-commitments": """\
  - path: {data}/_subcommitments
    plan: nap5
    fields: {{ref: commitment_detail_sub_id, owner: {{field: commitment_agency, split: "<br>", take: last}}, goal: commitment_id, status: commitment_status}}
    statuses: {{Complete: completed, In Progress: in progress, Not Started: not started}}
    goals: {{path: {data}/_commitments, key: commitment_id, title: title}}
""",
    "backlogmd-tasks": """\
  - path: {data}/backlog
    plan: backlog
    fields: {{ref: id, owner: assignee, created: created_date, goal: parent_task_id}}
    statuses: {{Draft: not started, proposed: not started}}
""",
    "us-federal-data-strategy": "  - {{path: {data}/pages, plan: strategy}}\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", _SETTINGS_OF_SETS)
def test_a_set_of_others(tmp_path: Path, real_sets: Path, name: str, audience: Audience) -> None:
    """No link is dead. Those that have lost their address are as many as the findings about links."""
    data = os.path.relpath(real_sets / name / "data", tmp_path)
    settings = f"title: T\naudience: public\nsources:\n{_SETTINGS_OF_SETS[name].format(data=data)}"
    root = write(tmp_path, {"plansite.yaml": settings, "content/index.md": "---\ntitle: T\n---\n"})
    built = _build(root, audience)
    assert find_dead_links(built.files) == []
    findings = Counter(finding.rule.name for finding in _build(root).findings if finding.rule.name in _RULES)
    assert _count_marked(built) == sum(findings.values()) <= 3


_DOCUMENTS = {
    "content/index.md": "index.html",
    "content/plans/p/plan.md": "plans/p/index.html",
    "content/plans/p/actions/a.md": "plans/p/actions/a.html",
    "content/plans/p/reviews/r.md": "plans/p/reviews/r.html",
    "content/plans/p/incidents/i.md": "plans/p/incidents/i.html",
    "content/plans/p/measures/m.md": "plans/p/measures/m.html",
    "content/owners/o.md": "owners/o.html",
    "content/agencies/g.md": "agencies/g.html",
}
_HEADINGS = (
    *(
        "Steps",
        "Progress",
        "Barriers",
        "Outcome",
        "Learning",
        "Decisions",
        "Main",
        "What we've learned: a start",
        "R&D",
    ),
    *(
        "Über uns",
        "Étape 1",
        "हिन्दी",
        "✅ Done",
        "a  b",
        "`code` & *more*",
        "Tasks",
        "日本語",
        "s-steps",
        "part-1",
        "1",
    ),
)


def _heading_slug(title: str) -> str:
    """What GitHub makes of a heading, by the rule as it is published: written again, as an oracle."""
    words = re.sub(r"[`*]", "", title).lower().replace(" ", "-")
    return re.sub(r"[!-,./:-@\[-^`{-~’✅]", "", words)


def _write_documents(root: Path, body: str) -> Path:
    return write(root, dict.fromkeys(_DOCUMENTS, f"---\ntitle: A title\n---\n{body}"))


def _find_link(built: BuiltSite, page: str, words: str) -> str:
    """The address of the link with these words; "dead" where it has none."""
    match = re.search(rf'<a (?:href="([^"]*)"|class="(dead)")>{re.escape(words)}</a>', html_of(built)[page])
    assert match, (page, words)
    return match[1] if match[1] is not None else match[2]


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(st.sampled_from(_HEADINGS), st.integers(1, 4)), min_size=1, max_size=6))
def test_links_to_headings_of_the_same_file(headings: list[tuple[str, int]]) -> None:
    """Whatever the kind of document and the heading, `#` and GitHub's slug lead to it; also where headings repeat."""
    seen, links, texts = Counter[str](), [], []
    for number, (title, level) in enumerate(headings):
        slug = _heading_slug(title)
        links.append(f"[link{number}](<#{slug}-{seen[slug]}>)" if seen[slug] else f"[link{number}](<#{slug}>)")
        seen[slug] += 1
        texts.append(f"{'#' * level} {title}\n\nword{number}\n")
    with TemporaryDirectory() as folder:
        built = _build(_write_documents(Path(folder), "\n".join([" ".join(links), "", *texts])))
    assert find_dead_links(built.files) == []
    words = [f"link{number}" for number in range(len(headings))]
    assert not [page for page in _DOCUMENTS.values() if "dead" in [_find_link(built, page, word) for word in words]]
    assert not [finding for finding in built.findings if finding.rule.name in _RULES]


_ACTION = "content/plans/p/actions/a.md"
_OTHERS: Mapping[str, str | bytes] = {
    "content/plans/p/plan.md": "---\ntitle: P\n---\nWhy.\n\n## Background {#past}\n\nLong.\n",
    "content/plans/p/actions/my file.md": "---\ntitle: M\n---\n## Steps\n- [ ] One\n\n### Part <a name='here'></a>two\nx\n",
    "content/plans/p/actions/50% off.md": "---\ntitle: Half\n---\n",
    "content/plans/p/evidence/Café (1).pdf": b"%PDF",
    "content/plans/p/evidence/e\u0301tude.pdf": b"%PDF",
    "content/owners/o.md": "---\ntitle: O\n---\n",
}
_MY_FILE, _CAFE = "my-file.html", "../../../files/plans/p/evidence/caf%C3%A9-1-67a87081.pdf"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("<my file.md>", _MY_FILE),
        ("my%20file.md", _MY_FILE),
        ("my%2520file.md", _MY_FILE),
        ("./my%20file.md?raw=true#steps", f"{_MY_FILE}#steps"),
        ("my%20file.md#part-two", f"{_MY_FILE}#s-part-two"),
        ("my%20file.md#here", f"{_MY_FILE}#s-part-two"),
        ("my%20file.md#Part-Two", f"{_MY_FILE}#s-part-two"),
        ("my%20file.md#part_two", f"{_MY_FILE}#s-part-two"),
        ("my%20file.md#user-content-steps", f"{_MY_FILE}#steps"),
        ("/content/plans/p/actions/my%20file.md#steps", f"{_MY_FILE}#steps"),
        ("/alder/content/plans/p/plan.md", "../index.html"),
        ("../plan.md#background", "../index.html#part-1"),
        ("../plan.md#past", "../index.html#part-1"),
        ("..", "../index.html"),
        ("../", "../index.html"),
        ("../actions/", "../register.html"),
        (".", "../register.html"),
        ("../reviews", "../reviews.html"),
        ("../../../owners/", "../../../owners/index.html"),
        ("/content/plans", "../../../index.html"),
        ("../../../owners/o.md", "../../../owners/o.html"),
        ("..%5C..%5C..%5Cowners%5Co.md", "../../../owners/o.html"),
        ("<../evidence/Café (1).pdf>", _CAFE),
        ("../evidence/Caf%c3%a9%20\\(1\\).pdf#page=2", f"{_CAFE}#page=2"),
        ("../evidence/Cafe%CC%81%20%281%29.pdf", _CAFE),
        ("../evidence/caf%E9%20(1).pdf", _CAFE),
        ("../evidence/étude.pdf", "../../../files/plans/p/evidence/%C3%A9tude.pdf"),
        ("50%25%20off.md", "50-off-a385a68f.html"),
        ("#", "#"),
        ("#top", "#"),
        ("#nowhere", "dead"),
        ("my%20file.md#nowhere", _MY_FILE),
        ("", "dead"),
        ("?", "dead"),
        ("none.md", "dead"),
        ("../../../../../../etc/passwd", "dead"),
        ("/", "../../../index.html"),
        ("%", "dead"),
        ("https://example.org/a%20b#c", "https://example.org/a%20b#c"),
    ],
)
def test_links_as_people_write_them(tmp_path: Path, link: str, address: str) -> None:
    """Each leads where it is meant to; or its words stand without a link, and there is a finding."""
    files = {**_OTHERS, _ACTION: f"---\ntitle: A\n---\n[link0]({link})\n"}
    built = _build(write(tmp_path, files))
    assert _find_link(built, "plans/p/actions/a.html", "link0") == address
    assert find_dead_links(built.files) == []
    found = [
        (finding.path, finding.line, bool(finding.remedy)) for finding in built.findings if finding.rule.name in _RULES
    ]
    is_faulty = address == "dead" or "nowhere" in link or "%5C" in link or "/caf%E9" in link
    assert found == ([(_ACTION, 4, True)] if is_faulty else [])


def test_pictures_that_are_not_there(tmp_path: Path) -> None:
    """In place of a picture stands its description, marked."""
    built = _build(write(tmp_path, {**_OTHERS, _ACTION: '---\ntitle: A\n---\n![A <lamp> & "more"](lamp.png)\n'}))
    html = html_of(built)["plans/p/actions/a.html"]
    assert '<span class="dead">A &lt;lamp&gt; &amp; &quot;more&quot;</span>' in html
    assert "<img" not in html


@pytest.mark.parametrize("audience", Audience)
def test_links_to_what_an_audience_does_not_see(tmp_path: Path, audience: Audience) -> None:
    """A hidden file, heading or passage: the words stay, and no address of it is left."""
    files = {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/plans/p/plan.md": "---\ntitle: P\n---\n",
        _ACTION: "---\ntitle: A\n---\n[link0](secret.md) [link1](b.md#hidden-part) [link2](b.md#seen)\n",
        "content/plans/p/actions/secret.md": "---\ntitle: S\naudience: internal\n---\n",
        "content/plans/p/actions/b.md": "---\ntitle: B\n---\n::: internal\n## Hidden part\nx\n:::\n\n## Seen\ny\n",
    }
    built = _build(write(tmp_path, files), audience)
    links = [_find_link(built, "plans/p/actions/a.html", f"link{number}") for number in range(3)]
    if audience is Audience.INTERNAL:
        assert links == ["secret.html", "b.html#part-1", "b.html#part-2"]
    else:
        assert links == ["dead", "b.html", "b.html#part-1"]
        assert "secret" not in html_of(built)["plans/p/actions/a.html"]
    assert find_dead_links(built.files) == []
