"""Characters that nobody sees: which of them are text, which are refused, and which are passed over in comparisons.

Text are the joiners of Persian, of Indic scripts and of pictures (U+200C, U+200D), the marks of direction (U+200E,
U+200F, U+061C), and isolates that are closed again (U+2066 to U+2069). Unicode Standard Annex 9 recommends isolates in
place of the older embeddings and overrides (U+202A to U+202E). Those reach beyond the words they stand in, as does an
isolate that is not closed: with them a name or a date can look like another.
"""

from __future__ import annotations

import unicodedata

from plansite.deferred_pattern import compile_lazily

_DIRECTION_CONTROL = compile_lazily("[\u202a-\u202e\u2066-\u2069\n\u2029]")
_ISOLATES, _END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
#: What a value is compared without: soft hyphen, zero-width space, word joiner and their like, a byte order mark, tags
#: but for those that make the flags of countries, and marks of direction.
_PASSED_OVER = compile_lazily(
    "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    "|[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u2066-\u2069\ufeff\U000e0001\U000e0020-\U000e007f]"
)
_MARKS_OF_DIRECTION = frozenset("\u061c\u200e\u200f\u2066\u2067\u2068\u2069")
#: How much of a word is quoted on each side of a character.
_MAX_CONTEXT = 20


def find_refused_directions(text: str) -> list[int]:
    """The offsets of embeddings and overrides, and of isolates that are not closed, or not opened, in their line."""
    refused, open_isolates = list[int](), list[int]()
    for match in _DIRECTION_CONTROL.finditer(text):
        character = match.group()
        if character in _ISOLATES:
            open_isolates.append(match.start())
        elif character in "\n\u2029":
            refused += open_isolates
            open_isolates.clear()
        elif character == _END_OF_ISOLATE and open_isolates:
            open_isolates.pop()
        else:
            refused.append(match.start())
    return sorted(refused + open_isolates)


def replace_refused_directions(text: str, replacement: str) -> str:
    """The text with a replacement for each character that `find_refused_directions` finds."""
    letters = list(text)
    for offset in find_refused_directions(text):
        letters[offset] = replacement
    return "".join(letters)


def remove_passed_over(text: str, *, keep_direction: bool = False) -> tuple[str, list[int]]:
    """The text that is compared, and the offsets of what was left out of it but for marks of direction.

    With `keep_direction` the marks of direction stay in a text in which they can make a difference.
    """
    offsets = [
        match.start()
        for match in _PASSED_OVER.finditer(text)
        if len(match.group()) == 1 and match.group() not in _MARKS_OF_DIRECTION
    ]
    plain = _PASSED_OVER.sub(lambda match: match.group() if len(match.group()) > 1 else "", text)
    if keep_direction and not plain.isascii():
        left_out = frozenset(offsets)
        plain = "".join(letter for offset, letter in enumerate(text) if offset not in left_out)
    return plain, offsets


def describe_character(text: str, offset: int) -> str:
    """An invisible character with its code point, its name and the word it stands in.

    Such as `U+200B (zero width space) in “completed”`.
    """
    character = text[offset]
    name = unicodedata.name(character, "").lower()
    word = _find_word(text, offset)
    return f"U+{ord(character):04X}{f' ({name})' if name else ''}{f' in “{word}”' if word else ''}"


def _find_word(text: str, offset: int) -> str:
    """What can be seen of the word around a character, or else of the word before it or behind it."""
    before = text[:offset].rsplit(None, 1)[-1:] if text[:offset][-1:].strip() else []
    after = text[offset + 1 :].split(None, 1)[:1] if text[offset + 1 :][:1].strip() else []
    start, end = "".join(before)[-_MAX_CONTEXT:], "".join(after)[:_MAX_CONTEXT]
    if not start and not end:
        start = "".join(text[:offset].split()[-1:])[-_MAX_CONTEXT:]
        end = "" if start else "".join(text[offset + 1 :].split()[:1])[:_MAX_CONTEXT]
    return "".join(letter for letter in start + end if unicodedata.category(letter)[0] != "C")
