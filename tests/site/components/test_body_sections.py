"""Sections of a body: none is lost, whatever its heading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plansite.markdown.body import parse_markdown
from plansite.model.documents.review import Review
from plansite.site.components.body_sections import build_other_sections, build_sections
from plansite.site.components.content_links import LinkResolver


@given(st.lists(st.sampled_from(["Decisions", "steps", "Progress", "Other", "decisions"]), max_size=6))
def test_every_section_with_words_is_shown_once(titles: list[str]) -> None:
    """Whatever headings come in whatever order, the words below each stand on the page once."""
    text = "\n".join(f"## {title}\n- word{n}x\n" for n, title in enumerate(titles))
    review = Review(plan="p", slug="r", path="r.md", body=parse_markdown(text))
    sections = build_sections(review, LinkResolver({}))
    html = "".join(section.html for section in sections)
    assert [html.count(f"word{n}x") for n in range(len(titles))] == [1] * len(titles)


def test_other_sections_have_keys_and_resolved_links() -> None:
    """Those that the page shows elsewhere are left out; the others keep their order, also with nothing below them."""
    body = parse_markdown("## Outcome\nBetter.\n## Tea\n[Menu](menu.md)\n## Empty\n## Weather\nRain.\n")
    sections = build_other_sections(body, lambda target: f"../{target}", ["outcome"], title="")
    assert [(section.key, section.title) for section in sections] == [
        ("part-1", "Tea"),
        ("part-2", "Empty"),
        ("part-3", "Weather"),
    ]
    assert 'href="../menu.md"' in sections[0].html
