"""The lines of `---` round the front matter: what is wrong with them, and how to mend it."""

from __future__ import annotations

from plansite.content.report import quote_text
from plansite.deferred_pattern import compile_lazily
from plansite.model.findings import Fix

#: The first line of a file; blanks behind the dashes are nothing.
OPENING_LINE = compile_lazily(r"---[ \t]*(?:\n|\Z)")
#: Lines that were meant as `---`.
_LIKE_A_FENCE = compile_lazily(
    r"[ \t]*(?:-{2}|-{4,}|-|[-\u2013\u2014\u2212_]{2,}|[\u2013\u2014\u2212]|\*{3,}|\.{3}|-{3})[ \t]*"
)
_FIELD = compile_lazily(r"[\w-]+[ \t]*:(?:\s|$)")
_OF_FIELDS = compile_lazily(r"[\w\"'-][^:]*:(?:\s|$)|[ \t]|-(?:\s|$)|[\]}]|#")
#: Fields as other generators have them, by the name of the notation.
_OTHER_NOTATIONS = {
    "TOML": compile_lazily(r"\+{3}[ \t]*\n"),
    "JSON": compile_lazily(r'(?:;{3}[ \t]*\n)?\{\s*"[^"\n]*"\s*:'),
}
_BLANKS = "\ufeff \t\n\r\v\f\xa0"
_EXAMPLE = "---\ntitle: Fix the door\n---"

Mend = tuple[str, str, Fix | None]


def begins_with_fields(text: str) -> bool:
    """Whether a text begins with what is meant as front matter, also where it cannot be read as such."""
    rest = text.lstrip(_BLANKS)
    opening = OPENING_LINE.match(rest)
    is_fenced = text.startswith("---") or (opening and _FIELD.match(rest, opening.end()))
    return bool(is_fenced) or bool(_find_notation(rest))


def _find_notation(text: str) -> str:
    """The notation other than YAML in which a text has its fields; empty for any other text."""
    return next((name for name, pattern in _OTHER_NOTATIONS.items() if pattern.match(text)), "")


def advise_opening(text: str) -> Mend:
    """Message, remedy and fix for a text that does not begin with a line of `---`."""
    rest = text.lstrip(_BLANKS)
    if notation := _find_notation(rest):
        message = f"its fields are written in {notation}, which is not read"
        return message, "write each on a line, as `name: value`, and put a line of `---` above and below them", None
    before, first = text[: len(text) - len(rest)], rest.partition("\n")[0]
    if before and OPENING_LINE.match(rest):
        what = "there are blank lines" if before.count("\n") > 1 else "there is a blank line" if "\n" in before else ""
        message = f"{what or 'there are spaces'} before the first `---`"
        return message, "delete them, so that the file begins with `---`", Fix(1, before, "")
    if _LIKE_A_FENCE.fullmatch(first):
        message = f"the file begins with `{quote_text(first)[1:-1]}`, and not with `---`"
        return message, "write `---` in its place", Fix(1, before + first, "---")
    fences = [index for index, line in enumerate(text.split("\n")) if line.rstrip() == "---"]
    if len(fences) > 1 and _FIELD.match(text.split("\n")[fences[0] + 1]):
        message = "there are other lines before the first `---`"
        return message, "move them below the second `---`, or delete them", None
    message = "the file does not begin with a line of `---`"
    remedy = "put three lines at its top: `---`, `title: Fix the door` with your own title, and `---`"
    return message, remedy, Fix(1, "", _EXAMPLE)


def advise_end(text: str) -> Mend:
    """Message, remedy and fix for a text that begins with a line of `---`, and has no second one."""
    lines = text.rstrip("\n").split("\n")
    number = next((index for index in range(1, len(lines)) if not _is_of_fields(lines, index)), len(lines))
    message = "the front matter has no closing line"
    if number < len(lines) and _LIKE_A_FENCE.fullmatch(lines[number]):
        remedy = f"write `---` in place of `{quote_text(lines[number])[1:-1]}` on line {number + 1}"
        return message, remedy, Fix(number + 1, lines[number], "---")
    where = f", before line {number + 1}" if number < len(lines) else ""
    return message, f"put a line with only `---` below the last field{where}", Fix(number + 1, "", "---")


def _is_of_fields(lines: list[str], index: int) -> bool:
    """Whether a line belongs to the fields: it looks so, or is a blank line before another field."""
    line = lines[index]
    if not line.strip():
        following = next((each for each in lines[index:] if each.strip()), "")
        return bool(_FIELD.match(following))
    return not _LIKE_A_FENCE.fullmatch(line) and not line.startswith("##") and bool(_OF_FIELDS.match(line))
