"""The quick look at a text misses nothing that the slow one finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.model.audience.name_spellings import list_spellings
from plansite.model.audience.name_words import split_name_words, split_pieces
from plansite.model.audience.spelling_matcher import SpellingMatcher
from plansite.model.people import Agency, Owner
from tests.examples import examples

_PEOPLE = (
    Owner(slug="anna-brown", title="Anna Brown", telephone="01632 960001", email="a.brown@example.org"),
    Owner(slug="o", title="Dr Seán O’Neil-Smith (Falls Lead)"),
    Owner(slug="k", title="Kitchen"),
    Agency(slug="c", title="Children’s Team"),
)
_MATCHER = SpellingMatcher.build(list_spellings(_PEOPLE, ("Ms Canary",), (Owner(slug="l", title="Kitchen Lead"),)))
_PARTS = (
    "anna Anna A a. B. b Brown brown BROWN Browns AnnaBrown dr Dr Seán Sean S O o Neil neil Oneil ONeil Smith smith "
    "Kitchen kitchen kitchens Lead children Children childrens team Team Canary canary s S 01632 960001 44 0 1632 org "
    "example the Jane"
).split()
_GAPS = ("", " ", "-", "’", "'", "’s ", "'s ", ", ", ". ", "_", "@", "\u00a0", "\u00ad", "\n", "%20", "&amp;")
_TEXTS = st.lists(st.tuples(st.sampled_from(_PARTS), st.sampled_from(_GAPS)), max_size=6).map(
    lambda pairs: "".join(part + gap for part, gap in pairs)
)


@settings(max_examples=examples(1000))
@given(_TEXTS, st.booleans())
def test_the_quick_look_misses_nothing(text: str, is_name: bool) -> None:
    """It says no only where reading every word would say no as well."""
    found = _MATCHER._matches_words(split_name_words(text), is_name=is_name)
    assert not found or _MATCHER.matches(text, split_pieces(text), is_name=is_name)


@settings(max_examples=examples(1000))
@given(_TEXTS, st.sampled_from(["Anna Brown", "Brown, A.", "Kitchen’s", "Dr O'Neil-Smith", "Children's Team"]), _TEXTS)
def test_a_name_is_found_wherever_it_stands(before: str, name: str, after: str) -> None:
    """Whatever words stand around it."""
    text = f"{before} and {name} and {after}"
    assert _MATCHER.matches(text, split_pieces(text), is_name=False)
