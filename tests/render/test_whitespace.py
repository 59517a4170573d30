"""Pages have no indentation of templates, and their words stay apart."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from plansite.render.environment import create_environment


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<ul>\n  <li>a</li>\n\n    <li>b</li>\n</ul>\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("<p>a  \n   b</p>", "<p>a\nb</p>"),
        ("{% if 1 %}a{% endif %}\n    <b>b</b>", "a <b>b</b>"),
        ("{% for x in (1, 2) %}\n    <li>{{ x }}</li>\n{% endfor %}", " <li>1</li>\n <li>2</li>\n"),
        ("<b>{{ 1 }}</b> <i>{{ 2 }}</i>", "<b>1</b> <i>2</i>"),
        ("<p title='a  b'>{{ '  c\n  d' }}</p>", "<p title='a  b'>  c\n  d</p>"),
        ("<pre>\n  a\n   {{ 1 }}\n   b</pre>{{ 2 }}\n\n  <p>", "<pre>\n  a\n   1\n   b</pre>2\n<p>"),
        ("<p>\n  <textarea>\n  {{ 1 }}\n  {{ 2 }}\n  </textarea>{{ 3 }}\n  4", None),
    ],
)
def test_line_breaks_stay_and_indentation_goes(template: str, text: str | None) -> None:
    """White space becomes less, and is never removed where there was some; texts of values and of `pre` are kept."""
    rendered = create_environment(Environment).from_string(template).render()
    assert rendered == (text or "<p>\n  <textarea>\n  1\n  2\n  </textarea>3\n4")


def test_an_error_names_the_line_of_the_file() -> None:
    """Lines are counted as they stand in the template."""
    template = create_environment(Environment).from_string("<p>\n\n\n   a\n   {{ gone }}")
    with pytest.raises(Exception, match="gone") as raised:
        template.render()
    lines = [entry.lineno + 1 for entry in raised.traceback if str(entry.path).endswith("<template>")]
    assert lines[-1] == 5


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Rails", ""),
        ("Café – “B”", ""),
        ("", ""),
        ("12 < 13", ""),
        ("להתקין", ' dir="auto"'),
        ("Fit מעקה", ' dir="auto"'),
        ("ﷺ", ' dir="auto"'),
    ],
)
def test_only_a_text_from_right_to_left_finds_its_direction(text: str, attribute: str) -> None:
    """All other texts read from left to right anyway, as the page does."""
    template = create_environment(Environment).from_string("<h3{{ text | direction }}>")
    assert template.render(text=text) == f"<h3{attribute}>"
