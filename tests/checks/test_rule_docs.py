"""The documentation of rules is up to date and whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plansite.checks.rule_docs import format_rule_list, format_rules_json, render_rule_pages
from plansite.checks.runner import RULES
from plansite.markdown.body import create_parser, parse_markdown
from plansite.markdown.html import HtmlRenderer, resolve_links


def test_pages_are_up_to_date(project: Path, update_golden: bool) -> None:
    """docs/rules holds exactly the pages that are generated from the rules."""
    folder, pages = project / "docs" / "rules", render_rule_pages(RULES)
    if update_golden:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.md"):
            old.unlink()
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == pages


def test_index_links_to_every_rule() -> None:
    """The index lists each rule once, under a link that leads to its page."""
    pages = render_rule_pages(RULES)
    targets = [link.target for link in parse_markdown(pages["index.md"]).links]
    assert sorted(targets) == sorted(set(pages) - {"index.md"})


@pytest.mark.parametrize("name", sorted(render_rule_pages(RULES)))
def test_pages_are_whole_markdown(name: str) -> None:
    """Each page renders, with its code marks and lists intact."""
    parser = create_parser()
    tokens = parser.parse(render_rule_pages(RULES)[name])
    html = resolve_links(HtmlRenderer().render_body(tokens, parser.options, {}), str)
    assert "<h3" in html
    assert "`" not in html.replace("```", "")


def test_listing_has_a_line_for_each_rule() -> None:
    """In the terminal each rule is one line, in order."""
    assert [line.split()[0] for line in format_rule_list(RULES).splitlines()] == [rule.code for rule in RULES]


def test_json_has_every_rule() -> None:
    """Programs get code, name, level, summary and documentation of each rule."""
    rows = json.loads(format_rules_json(RULES))
    assert [row["name"] for row in rows] == [rule.name for rule in RULES]
    assert all(row["doc"].replace("\n", " ").startswith(row["summary"]) for row in rows)
