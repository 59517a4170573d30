"""Marks at the start of a line, as other programs write them: bullets, numbers, and boxes ticked or empty."""

from __future__ import annotations

import re

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

#: Spaces, tabs and the wider or unbreakable blanks of word processors.
BLANKS = "[ \t\u00a0\u2000-\u200b\u202f\u3000\ufeff]"
#: Bullets of word processors; the last ones are those of the symbol fonts of Word.
_BULLETS = "§•‣◦▪▫●○·∙⁃➢➤►▶→»◆◇■‐‑‒–—―−\uf0b7\uf0a7\uf0d8\uf076"
_EMPTY_BOXES = "☐□▢⬜◻◽🔲❏❑❒\uf0a8\uf06f\uf071"
_TICKED_BOXES = "☑☒✅✔✓√🗹🗵\uf0fc\uf0fe"
#: Signs of which nobody can tell whether they mean "done": a cross, a light.
_UNCLEAR_SIGNS = "❌❎✗✘✖✕⬛◼◾🔳🗷🗴🟩🟥🟨🟢🔴🟡"
_TICKED_WORDS = frozenset({"x", "х", "×", "✓", "✔", "✅", "☑", "☒", "√", "done"})
_EMPTY_WORDS = frozenset({"", "_", "/", "todo", "to do", "☐", "&nbsp;"})

_LINE = compile_lazily(
    rf"""
    (?P<indent> {BLANKS}*+ (?:>[ \t]*+)*+ )
    (?P<mark>
        \\?[-*+] | [{_BULLETS}]\ufe0f? | o(?={BLANKS})
      | \(?[0-9]{{1,9}}\\?[.)] | \(?[a-z]{{1,4}}\)
      | [\u2460-\u2473] | [0-9]\ufe0f?\u20e3
      |
    )
    (?P<gap> {BLANKS}*+ )
    (?P<rest> .*+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_BOX = compile_lazily(
    rf"""
    (?P<wrap> \*\*|__|\*|_|` )?
    (?: \\?[\[［] {BLANKS}*+ (?P<inside>[^\[\]［］\\\n]{{0,8}}?) {BLANKS}* \\?[\]］] (?![(\[:])
      | \( {BLANKS}*+ (?P<round>[xX✓✔]?) {BLANKS}*+ \) (?={BLANKS}|\Z)
      | (?P<glyph>[{_EMPTY_BOXES}{_TICKED_BOXES}])
      | &\#(?: (?P<code>[0-9]{{4,6}}) | [xX](?P<hex>[0-9A-Fa-f]{{4,5}}) );
      | <input\b (?P<input>[^<>]{{0,200}}) >
    )
    \ufe0f? (?P<unwrap> (?P=wrap) )?
    """,
    re.VERBOSE,
)
#: A box within a text, behind a blank.
_INNER_BOX = compile_lazily(rf"(?:\A|[\s>])(?:\[[ xX]?\](?![(\[:])|[{_EMPTY_BOXES}{_TICKED_BOXES}])")
_INNER_EMPTY_BOX = compile_lazily(rf"(?:\A|[\s>])(?:\[ ?\](?![(\[:])|[{_EMPTY_BOXES}])")
#: What begins a text that is meant as a step although nobody can tell its state; a link is none.
_UNCLEAR_START = compile_lazily(
    rf"[\W_]{{0,4}}?(?:\[[^\[\]\n]{{0,2}}\](?![(\[:])|\([ xX]?\)|[{_UNCLEAR_SIGNS}]|(?:TODO|DONE)\b)"
)


@dataclass(frozen=True, slots=True)
class LineStart:
    """A line in parts: its blanks and signs of quotation, the mark of a list, and the rest."""

    indent: str
    mark: str
    gap: str
    rest: str

    @property
    def is_native(self) -> bool:
        """Whether Markdown takes the mark for that of a list."""
        return bool(self.gap) and _NATIVE_MARK.fullmatch(self.mark) is not None and self.gap[0] in " \t"

    @property
    def is_quoted(self) -> bool:
        """Whether the line is in a quotation."""
        return ">" in self.indent


_NATIVE_MARK = compile_lazily(r"[-*+]|[0-9]{1,9}[.)]")


def holds_box(text: str) -> bool:
    """Whether there is a box anywhere in a text."""
    return (not text.isascii() or "[" in text) and _INNER_BOX.search(text) is not None


def contradicts(text: str, *, done: bool) -> bool:
    """Whether a box within the text of a step says otherwise than the one before it, or than that there was none."""
    return holds_box(text) and (not done or _INNER_EMPTY_BOX.search(text) is not None)


def begins_unclear(text: str) -> bool:
    """Whether a text begins with what is meant as a box, and nobody can tell in which state."""
    return not text[:1].islower() and _UNCLEAR_START.match(text) is not None


def drop_marks(text: str) -> str:
    """The text on one line behind bullets, boxes and signs in place of boxes."""
    words = " ".join(split_line(text).rest.split())
    box = find_box(words)
    words = box.rest if box else words
    unclear = _UNCLEAR_START.match(words)
    return (words[unclear.end() :] if unclear else words).strip(" :-\ufe0f")


@dataclass(frozen=True, slots=True)
class Box:
    """A box at the start of a text, whether it is ticked, and the text behind it."""

    done: bool
    rest: str


def split_line(line: str) -> LineStart:
    """The parts of a line."""
    match = _LINE.match(line)
    return LineStart(*match.group("indent", "mark", "gap", "rest")) if match else LineStart("", "", "", line)


def find_box(text: str) -> Box | None:
    """The box at the start of a text; None where there is none, or none whose state is clear."""
    match = _BOX.match(text)
    if match is None:
        return None
    done = _read_state(match)
    if done is None:
        return None
    rest = text[match.end() :]
    opener = match["wrap"] or ""
    if opener and not match["unwrap"]:
        rest = opener + rest.lstrip()
    return Box(done, rest)


def _read_state(match: re.Match[str]) -> bool | None:
    """Whether the box of a match is ticked; None where that is unclear."""
    if match["input"] is not None:
        attributes = match["input"].casefold()
        return "checked" in attributes if "checkbox" in attributes else None
    word = match["inside"] if match["inside"] is not None else match["round"]
    if word is None:
        number = int(match["code"] or "0") or int(match["hex"] or "0", 16)
        word = match["glyph"] or (chr(number) if 0 < number < 0x110000 else "?")
        return None if word not in _EMPTY_BOXES + _TICKED_BOXES else word in _TICKED_BOXES
    folded = word.strip().casefold().rstrip("\ufe0f")
    return True if folded in _TICKED_WORDS else False if folded in _EMPTY_WORDS else None
