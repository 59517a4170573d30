"""The grammar of marks: what looks like a mark for some readers, whether or not it can be understood.

A mark says who may see something: a line `::: internal` before a passage of a text, or a field `audience` or `kind`.
Whatever looks like one and is not understood has to hide rather than show. This module says what looks like one, and
`foreign_marks.py` what looks like one of another program. All of it works on folded text: compatible forms (full-width
letters and colons), accents, capitals, invisible characters and letters of other alphabets that look
the same make no difference.

A typing slip is a character left out, put in, doubled, replaced by another, or swapped with its neighbour.

An audience word is the name of an audience, or a common name for such readers (`staff`, `private`, …), or, for words
of five letters and more, whatever is one slip away from one of these.

A passage mark is, on one line:

1. three colons or more, with spaces between them or not, anywhere;
2. two colons or semicolons, or three characters of which two are colons, in front of an audience word, anywhere,
   also with "for", "only" or the like between them;
3. two colons behind an audience word, anywhere;
4. two colons, or one colon and an audience word, with nothing else on the line but markers of lists and quotations;
5. any of these with a line break between two colons.

One colon within a sentence is no mark: "the public: a survey", "10:30 internal meeting", `:staff:`, `a::b`.

A field mark is an unknown field whose name

1. is one slip away from `audience` or `kind` (two from `audience`), whatever signs, spaces or capitals are in it; or
2. is an audience word, and has no value; or
3. begins with such a name and goes on with a colon, an equals sign or a semicolon, or with a value of that field.

A text holds a field mark if one of its lines ends in the name, nothing but signs and spaces, and a word that
the field takes: YAML appends a line without a colon and a space to the value before.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata

from plansite.deferred_pattern import compile_lazily
from plansite.model.status import Audience

_AUDIENCE_NAMES = tuple(audience.value for audience in Audience)
_AUDIENCE_WORDS = (
    *_AUDIENCE_NAMES,
    "partner", "external", "staff", "team", "colleagues", "managers", "management", "professionals", "employees",
    "private", "confidential", "restricted", "secret", "sensitive", "hidden", "everybody", "everyone", "nobody",
)  # fmt: skip
#: The kinds of plan that are for internal readers unless they say otherwise, as people write them.
_PRIVATE_KINDS = ("counselling", "counseling", "integrated")
#: Words of fewer letters are never compared with a slip, since too many others are like them.
_SHORTEST_WITH_SLIP = 5
#: From this length on, the name of a field may have two slips.
_SHORTEST_WITH_TWO_SLIPS = 8

#: Signs that look like a colon or like two.
OTHER_COLONS = "：﹕︓∶ː˸꞉։׃܃܄᛬⁚፡᠄⸽︰∷⁝⁞"  # noqa: RUF001  (those very characters)
_TWO_COLONS = "∷⁝⁞"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_LOOK_ALIKES = dict(
    zip(
        "аеорсхуіѕјһԁԛԝкптмвнαειοκυρτηνϲωıɑɡłøđ",
        "aeopcxyisjhdqwkntmbhaeiokuptnvcwiagold",
        strict=True,
    )
)
_FOLDED_CHARACTERS = str.maketrans(
    _LOOK_ALIKES | dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(OTHER_COLONS, ":") | dict.fromkeys(_TWO_COLONS, "::")
)
_COLON_CHARACTERS = str.maketrans(dict.fromkeys(OTHER_COLONS, ":") | dict.fromkeys(_TWO_COLONS, "::"))
_RARE_CHARACTERS = OTHER_COLONS + _INVISIBLE

#: White space, invisible characters, and the markers of quotations and lists.
LINE_PREFIX = r"(?:[\s>*+\-\u00ad\u200b-\u200f\u2060\ufeff]|\d{1,9}[.)])*+"
_THREE_COLONS = compile_lazily(r":[^\S\n]*+:[^\S\n]*+:")
_IN_FRONT = compile_lazily(r"(?:[:;] ?[:;]\S?|:\S:)[^\w\n:;]*+(?:(?:for|not|only|our|the|to)\b[^\w\n:;]*+){0,3}(\w+)")
_BEHIND = compile_lazily(r"(?<!\w)(\w++)[^\w\n:;]{0,3}+::")
_TORN = compile_lazily(rf":[ \t]*\n{LINE_PREFIX}:")
_ALONE = compile_lazily(rf"{LINE_PREFIX}(?:::|:\s*(?P<word>\w+))\s*")
#: Where none of these is found, no line of a text in ASCII is a passage mark. Each begins with one character: that is
#: fast.
_CANDIDATES = tuple(
    map(compile_lazily, (r":(?:.?[ ]?|[^\S\n]*+)[:;]", r";[ ]?[:;]", r"\n(?:[\s>*+\-]|[0-9]{1,9}[.)])*+:"))
)
_FIRST_LINE_CANDIDATE = compile_lazily(r"(?:[\s>*+\-]|[0-9]{1,9}[.)])*+:")

_COLON_ENTITY = compile_lazily(r"&(?:colon|#0{0,5}58|#[xX]0{0,5}3[aA]);")
_WORD = compile_lazily(r"[^\W_]+")
_ASSIGNMENT = compile_lazily(r"[:=;]")


def fold(text: str) -> str:
    """A text in which only what a reader would see as different is different."""
    if text.isascii():
        return replace_colons(text).lower()
    decomposed = unicodedata.normalize("NFKD", replace_colons(text)).casefold().translate(_FOLDED_CHARACTERS)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def replace_colons(text: str) -> str:
    """A text with colons of any width, and those written as entities, replaced by ordinary ones."""
    if "&" in text:
        text = _COLON_ENTITY.sub(":", text)
    return text if text.isascii() else text.translate(_COLON_CHARACTERS)


def is_within_slip(word: str, target: str) -> bool:
    """Whether a word is another, or becomes it by one typing slip."""
    if word == target:
        return True
    if abs(len(word) - len(target)) > 1:
        return False
    start = next((at for at, pair in enumerate(zip(word, target, strict=False)) if pair[0] != pair[1]), -1)
    if start < 0:
        return True  # one is the beginning of the other
    rest, target_rest = word[start:], target[start:]
    if len(rest) != len(target_rest):
        return rest[1:] == target_rest or rest == target_rest[1:]
    return rest[1:] == target_rest[1:] or (rest[1::-1] == target_rest[:2] and rest[2:] == target_rest[2:])


def is_within_two_slips(word: str, target: str) -> bool:
    """Whether a word becomes another by at most two typing slips that do not touch."""
    if is_within_slip(word, target):
        return True
    if abs(len(word) - len(target)) > 2:
        return False
    return any(
        is_within_slip(word[:at], target[:other]) and is_within_slip(word[at:], target[other:])
        for at in range(len(word) + 1)
        for other in range(max(0, at - 1), min(len(target), at + 1) + 1)
    )


@functools.lru_cache(4096)
def is_audience_word(word: str) -> bool:
    """Whether a folded word is an audience word."""
    if word in _AUDIENCE_WORDS:
        return True
    return 3 < len(word) < 15 and any(
        is_within_slip(word, known) for known in _AUDIENCE_WORDS if len(known) >= _SHORTEST_WITH_SLIP
    )


def is_private_kind(word: str) -> bool:
    """Whether a folded word is a kind of plan that is for internal readers, or one slip away from it."""
    return any(is_within_slip(word, kind) for kind in _PRIVATE_KINDS)


def may_hold_passage_mark(text: str) -> bool:
    """Whether a text may have a passage mark: a quick test, False for nearly all texts without one."""
    if "&" in text:
        text = _COLON_ENTITY.sub(":", text)
    if (":" in text or ";" in text) and (
        _FIRST_LINE_CANDIDATE.match(text) or any(candidate.search(text) for candidate in _CANDIDATES)
    ):
        return True
    return not text.isascii() and any(character in text for character in _RARE_CHARACTERS)


def is_passage_mark(line: str) -> bool:
    """Whether a line looks like or holds a passage mark."""
    folded = fold(line)
    if ":" not in folded and ";" not in folded:
        return False
    if _THREE_COLONS.search(folded):
        return True
    words = [*_find_words_in_front(folded), *_BEHIND.findall(folded)]
    alone = _ALONE.fullmatch(folded)
    if alone:
        words.append(alone["word"] or _AUDIENCE_WORDS[0])
    return any(map(is_audience_word, words))


def _find_words_in_front(folded: str) -> list[str]:
    """The words behind two colons. The matches may overlap, since a table's `:-:` stands before other signs."""
    found = []
    match = _IN_FRONT.search(folded)
    while match:
        found.append(match[1])
        match = _IN_FRONT.search(folded, match.start() + 1)
    return found


def lists_audiences(text: str) -> bool:
    """Whether a text is made of names of audiences and words such as "and"."""
    words = _WORD.findall(fold(text[:100]))
    return any(word in _AUDIENCE_NAMES for word in words) and all(
        word in _AUDIENCE_NAMES or word in ("and", "or", "not", "only", "for", "the") for word in words
    )


def is_torn_passage_mark(text: str) -> bool:
    """Whether the end of a line and the beginning of the next would be a passage mark if they were one line."""
    return ":" in text and bool(_TORN.search(plain := replace_colons(text))) and is_passage_mark(_TORN.sub("::", plain))


def holds_passage_mark(text: str) -> bool:
    """Whether a text holds what looks like a passage mark."""
    if not may_hold_passage_mark(text):
        return False
    lines = text.split("\n")
    return any(map(is_passage_mark, lines)) or any(
        is_torn_passage_mark(f"{line}\n{following}") for line, following in itertools.pairwise(lines)
    )


def holds_any_mark(text: str) -> bool:
    """Whether a text of any form may hold a mark: of a passage, the word `audience`, or the kind of a private plan."""
    return any(is_passage_mark(line) or _holds_field_name(line) for line in text.split("\n"))


def _holds_field_name(line: str) -> bool:
    words = _WORD.findall(fold(line))
    if any(is_within_slip(word, "audience") for word in words):
        return True
    return any(
        is_within_slip(word, "kind") and is_private_kind(following) for word, following in itertools.pairwise(words)
    )


@functools.lru_cache(1024)
def is_field_mark(key: str, name: str) -> bool:
    """Whether the name of an unknown field looks like that of the field `name`, with or without a value in it."""
    folded = fold(key[:200])
    words = _WORD.findall(folded)
    joined = "".join(words)
    if _resembles(joined, name):
        return True
    if len(words) > 1 and _resembles(words[0], name):
        return bool(_ASSIGNMENT.search(folded)) or _is_value(words[1], name)
    return joined.startswith(name) and _is_value(joined[len(name) :], name)


def _resembles(word: str, name: str) -> bool:
    return (is_within_two_slips if len(name) >= _SHORTEST_WITH_TWO_SLIPS else is_within_slip)(word, name)


def _is_value(word: str, name: str) -> bool:
    return is_private_kind(word) if name == "kind" else is_audience_word(word)


def holds_field_mark(text: str, name: str) -> bool:
    """Whether a line of a text ends like the field `name` with a value of it."""
    if name[1:] not in text and name[1:].upper() not in text:
        return False
    return any(_is_value(word, name) for word in _compile_ending(name).findall(fold(text)))


@functools.lru_cache(16)
def _compile_ending(name: str) -> re.Pattern[str]:
    """A line that ends in the name of a field, nothing but signs and spaces, and a word."""
    return re.compile(rf"(?<!\w){re.escape(fold(name))}[\s:=;>–—-]*+(\w++)[^\w\n]*+$", re.MULTILINE)
