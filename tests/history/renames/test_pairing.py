"""How much speaks for two documents being the same, and which pairs are chosen."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.history.renames import pairing
from plansite.history.renames.identity import DocumentIdentity, identify
from plansite.history.renames.pairing import pair_documents
from plansite.history.renames.scores import THRESHOLD, score
from plansite.history.versions import DocumentVersion

_WORDS = "the radiator below the window of room twelve stays cold while every other one on this corridor gets warm "
_LONG = " ".join(f"{_WORDS}{number}" for number in range(20))
_OTHER = "two wall lights on the landing go out for a second whenever somebody on the first floor calls the lift "


def _document(slug: str = "a", plan: str = "winter", kind: str = "action", **values: str) -> DocumentIdentity:
    text = values.pop("text", "")
    found = {"title": slug, **values} | ({"## ": f"<h3>Why this matters</h3> <p>{text}</p>"} if text else {})
    return identify(kind, f"content/plans/{plan}/actions/{slug}.md", DocumentVersion(plan, slug, found))


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ({"title": "Mend it"}, {"title": "mend  IT."}, True),
        ({"title": "Mend it"}, {"title": "Mend that"}, False),
        ({"title": "Mend the radiator"}, {"title": "Mend the radiator in room 12"}, False),
        (
            {"title": "Mend the radiator", "text": _WORDS},
            {"title": "Mend the radiator in room 12", "text": _WORDS},
            True,
        ),
        ({"title": "Mend the door", "text": _WORDS}, {"title": "Mend the gate", "text": _WORDS}, False),
        ({"title": "Mend the door", "text": _LONG}, {"title": "Order new beds", "text": _LONG}, True),
        ({"title": "Mend the door", "text": _LONG}, {"title": "Mend the gate", "text": f"{_OTHER * 4}"}, False),
        (
            {"title": "X", "text": _LONG, "owner": "A", "due": "1"},
            {"title": "Y", "text": _LONG, "owner": "B", "due": "2"},
            False,
        ),
        (
            {"title": "X", "text": _LONG, "owner": "A", "due": "1"},
            {"title": "Y", "text": _LONG, "owner": "A", "due": "2"},
            True,
        ),
        ({"title": "X", "ref": "3"}, {"title": "Y", "ref": "3"}, True),
        ({"title": "X", "ref": "3", "text": _LONG}, {"title": "Y", "ref": "4", "text": _LONG}, False),
        ({"title": "X", "ref": "3"}, {"title": "X", "ref": "4"}, True),
        ({"title": "X", "created": "2025-01-01"}, {"title": "X", "created": "2025-01-02"}, False),
        (
            {"title": "X", "created": "2025-01-01", "ref": "3"},
            {"title": "X", "created": "2025-01-02", "ref": "3"},
            True,
        ),
        ({"title": ""}, {"title": ""}, False),
        ({"title": "直す", "text": "部屋の暖房が冷たいままです。"}, {"title": "直す", "text": "別の文"}, True),
        (
            {"title": "直す", "text": "部屋の暖房が冷たいままです。"},
            {"title": "買う", "text": "明日は雨でしょう。"},
            False,
        ),
    ],
)
def test_what_speaks_for_a_pair(old: dict[str, str], new: dict[str, str], is_same: bool) -> None:
    """Titles, numbers and texts do; fields that are the same by chance, and headings, do not."""
    assert (score(_document("a", **old), _document("b", **new)) >= THRESHOLD) is is_same


@pytest.mark.parametrize(
    ("kind", "values"), [("action", {"created": "2025-01-01"}), ("review", {"date": "2025-01-01"}), ("plan", {})]
)
def test_kinds_are_kept_apart(kind: str, values: dict[str, str]) -> None:
    """A review does not become an action, whatever it says."""
    document = _document(kind=kind, title="X", text=_LONG, **values)
    other = replace(document, kind="incident", path="content/x.md")
    assert score(document, other) == 0
    assert pair_documents([document], [other], lambda *_: ()) == {}


def test_the_words_of_a_template_do_not_count() -> None:
    """Those that other documents have as well are left out on both sides."""
    old, new = _document("a", title="X", text=_LONG), _document("b", title="Y", text=_LONG)
    assert score(old, new) >= THRESHOLD > score(old, new, old.word_pairs)
    assert pair_documents([old], [new], lambda *_: ()) == {0: 0}
    assert pair_documents([old], [new], lambda *_: (old.word_pairs,)) == {}


def test_ties_go_to_the_same_name_then_the_same_plan_then_the_first() -> None:
    """Each document is in one pair at most, and the order of the input does not matter."""
    old = [_document("a"), _document("b", title="a")]  # their texts are the same as well: there are none
    new = [_document(slug, plan, title="a") for slug, plan in (("a", "x"), ("c", "winter"), ("d", "winter"))]
    assert pair_documents(old, new, lambda *_: ()) == {0: 0, 1: 1}
    assert pair_documents(old, new[::-1], lambda *_: ()) == {0: 2, 1: 1}
    assert pair_documents(old[::-1], new, lambda *_: ()) == {1: 0, 0: 1}


@pytest.mark.parametrize(("texts", "number"), [((_WORDS, _OTHER), 2), (("Nothing of that.", "Nor of this."), 0)])
def test_a_title_that_several_have_needs_a_text(texts: tuple[str, str], number: int) -> None:
    """Which of them is which, the title does not tell."""
    old = [_document("a", title="Check it", text=_WORDS), _document("b", title="Check it", text=_OTHER)]
    new = [_document(f"c{index}", title="Check it", text=f"{text} more") for index, text in enumerate(texts)]
    assert len(pair_documents(old, new, lambda *_: ())) == number
    assert pair_documents(old[:1], new[1:], lambda *_: ()) == {0: 0}


def test_a_document_is_not_paired_with_itself() -> None:
    """A file that was rewritten stands on both sides; it is one file, whatever is found."""
    old, new = _document("a", title="X", text=_LONG), _document("a", title="Y", text=_OTHER)
    assert pair_documents([old], [new], lambda *_: ()) == {}


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_documents_that_are_shuffled_are_found_again(seed: int, number: int) -> None:
    """Renamed, edited and in any order, each one is itself."""
    generator = random.Random(seed)  # noqa: S311  (no secret)
    texts = [" ".join(generator.choices(_LONG.split() + _OTHER.split(), k=60)) for _ in range(number)]
    old = [_document(f"o{index}", title=f"Do the job {index}", text=text) for index, text in enumerate(texts)]
    order = generator.sample(range(number), number)
    new = [_document(f"n{index}", title=f"Do the job {index}", text=f"{texts[index]} more") for index in order]
    assert pair_documents(old, new, lambda *_: ()) == {index: order.index(index) for index in range(number)}


@pytest.mark.parametrize("kind", ["unrelated", "edited", "one title", "one text", "one number"])
def test_the_work_grows_with_the_number_of_files(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With many removed and many new documents, each is compared with a few others and not with all."""
    count, calls = 600, 0
    generator = random.Random(1)  # noqa: S311  (no secret)
    vocabulary = [f"word{number}" for number in range(500)]

    def build(side: str, index: int, text: str) -> DocumentIdentity:
        titles = {"one title": "The same", "unrelated": f"{side}{index}", "edited": f"{side}{index}"}
        ref = "7" if kind == "one number" else ""
        return _document(f"{side}{index}", title=titles.get(kind, f"{side}{index}"), text=text, ref=ref)

    texts = [" ".join(generator.choices(vocabulary, k=80)) for _ in range(2 * count)]
    old = [build("a", index, texts[0 if kind == "one text" else index]) for index in range(count)]
    of_new = {"edited": 0, "one text": -count}.get(kind, count)
    new = [build("b", index, texts[0 if kind == "one text" else index + of_new]) for index in range(count)]

    def count_call(one: DocumentIdentity, other: DocumentIdentity, *common: frozenset[int]) -> float:
        nonlocal calls
        calls += 1
        return score(one, other, *common)

    monkeypatch.setattr(pairing, "score", count_call)
    assert len(pair_documents(old, new, lambda *_: ())) == (count if kind == "edited" else 0)
    assert calls <= 12 * count
