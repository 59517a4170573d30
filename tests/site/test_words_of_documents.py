"""Every heading and every word of a file stands on its page, whatever kind of file it is and however it is spelt."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from plansite.pipeline.build import build_in_memory
from tests.independent_reading import read_page, read_source
from tests.sites import FixedClock, html_of, write

_FRONT = "---\ntitle: Winter\nowner: Ann\n---\n"
#: Pages by the file whose body they show.
_PLACES = {
    "content/plans/winter/plan.md": "plans/winter/index.html",
    "content/plans/winter/actions/lamp.md": "plans/winter/actions/lamp.html",
    "content/plans/winter/reviews/2025-01-16.md": "plans/winter/reviews/2025-01-16.html",
    "content/plans/winter/incidents/fall.md": "plans/winter/incidents/fall.html",
    "content/plans/winter/measures/falls.md": "plans/winter/measures/falls.html",
    "content/owners/ann.md": "owners/ann.html",
    "content/agencies/home.md": "agencies/home.html",
    "content/index.md": "index.html",
}
_BODIES = {
    "headings with nothing below": "# Aims\n## Summary\n### Detail\n# Costs\n## Steps\n## Progress\n## Barriers\n## Outcome\n",
    "parts": "Why.\n\n## Steps\nBefore.\n- [x] Measure\n- [ ] Choose\n  - [ ] Order\n\n  more\n\n### Later\n1. Fit\n\n"
    "## Progress\nSo far.\n- 2025-01-08 (Ann): Measured.\n\nBetween.\n\n## Barriers\nShop.\n## Outcome\nLight.\n## Costs\nFew.\n",
    "headings of one meaning": "## Steps\n- [ ] Measure\n## Tasks\n- [ ] Choose\n## Action steps\nNone.\n## Barriers\nShop.\n## 🚧 Barriers:\nMoney.\n",
    "headings that speak of steps": "## Next steps\nSoon.\n- [ ] Measure\n## Decisions\n- Choose\n## Checklist\n> - [x] Order\n",
    "text of no part": "## Steps\nMeasure first.\n\n| Who | What |\n| --- | --- |\n| Ann | Choose |\n\n## Progress\nNothing yet.\n",
    "headings with links": "## [Guidance](https://example.org/a)\n## Forms ![Form](https://example.org/b.png)\n",
    "other spellings": "**Steps**\n☐ Measure\n☑ Choose\n\n**Money**\nFew.\n\n##Progress\n\n### 2025-01-08 Visit\nAnn came.\n\n- Left\n",
}


@pytest.mark.parametrize("body", _BODIES.values(), ids=_BODIES.keys())
def test_no_heading_and_no_word_is_lost(tmp_path: Path, body: str) -> None:
    """In the text of an action, a plan, a review, an incident, a measure, an owner, an agency and the front page."""
    pages = html_of(build_in_memory(write(tmp_path, _write_files(body)), clock=FixedClock()))
    words, headings = read_source(body)
    for path, page in _PLACES.items():
        shown_words, shown_headings = read_page(pages[page])
        assert _drop_numbers(words) - shown_words == Counter(), path
        assert _drop_numbers(headings) - shown_headings == Counter(), path


def test_a_heading_that_repeats_the_title_is_shown_once(tmp_path: Path) -> None:
    """As the title of the page; with a text below, the heading stays where it is."""
    cases = {"## Aims\n": 0, "# Winter\n## Aims\nWarm.\n": 0, "# Winter\nCold.\n": 1, "## Aims\n# Winter\n": 1}
    counts = {}
    for body in cases:
        pages = html_of(build_in_memory(write(tmp_path, _write_files(body)), clock=FixedClock()))
        counts[body] = {path: read_page(pages[page])[1]["Winter"] for path, page in _PLACES.items()}
    usual = counts["## Aims\n"]
    for body, more in cases.items():
        assert counts[body] == {path: number + more for path, number in usual.items()}, body


def _write_files(body: str) -> dict[str, str]:
    settings = {"plansite.yaml": "title: Site\ntoday: 2025-01-20\n"}
    return settings | dict.fromkeys(_PLACES, f"{_FRONT}{body}")


def _drop_numbers(words: Counter[str]) -> Counter[str]:
    """Without dates, which pages write in words."""
    return Counter({word: number for word, number in words.items() if not any(map(str.isdigit, word))})
