"""Custom properties are found where a browser would find them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from plansite.render.stylesheet import CustomProperty, parse_properties


def _found(css: str) -> list[CustomProperty]:
    return list(parse_properties(css))


def test_properties_have_their_lines() -> None:
    """Name, value and line of each, comments left out; what is no custom property is passed over."""
    css = "/* one\n two */\n:root {\n  color: red;\n  --ink: #111; /* a } b */\n\n  --paper:\n    #fff !important\n}"
    assert _found(css) == [CustomProperty("ink", "#111", 5, True, True), CustomProperty("paper", "#fff", 7, True, True)]


def test_light_and_dark_are_told_apart() -> None:
    """A block for the dark holds in the dark alone, one for the light in the light alone, whatever surrounds it."""
    css = (
        "@media screen and (prefers-color-scheme: dark) { :root { --a: #000 } }\n"
        "@media (prefers-color-scheme:light) { @supports (color: red) { html { --a: #fff } } }\n"
        "@media screen { :root, .x { --a: #888 } }"
    )
    assert [(each.value, each.in_light, each.in_dark) for each in _found(css)] == [
        ("#000", False, True),
        ("#fff", True, False),
        ("#888", True, True),
    ]


def test_other_conditions_are_left_out() -> None:
    """Print, more contrast, widths and their opposites are other pages than the one that is looked at."""
    terms = ["print", "(prefers-contrast: more)", "(min-width: 40rem)", "not screen and (prefers-color-scheme: dark)"]
    assert not _found("".join(f"@media {term} {{ :root {{ --a: #000 }} }}" for term in terms))


def test_only_the_page_as_a_whole_counts() -> None:
    """A property of some element is not a token."""
    assert not _found(".split { --margin: 1rem } :root .card { --a: #000 } --b: #111;")


def test_shape_within_texts_and_brackets_is_no_shape() -> None:
    """Braces and semicolons in quotes, in comments and in brackets end nothing."""
    css = ':root { --a: "}; --x: y"; --b: url(data:text/css;{--y:z}); /* --c: 1; } */ --d: #000; }'
    assert [each.name for each in _found(css)] == ["a", "b", "d"]


@given(st.text(st.sampled_from(list(":root{}();/*-'\" a#1\n@media")), max_size=80))
@example("/*")
@example(":root{--a:'")
@example("}}}:root{--a:1")
def test_broken_sheets_do_no_harm(css: str) -> None:
    """Whatever is missing, reading ends, and every property has a line of the sheet."""
    assert all(1 <= each.line <= css.count("\n") + 1 for each in _found(css))
