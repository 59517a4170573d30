"""Marks for some readers in the words of other programs, or in the wrong part of a file.

`mark_grammar.py` says what looks like a mark of plansite. People also write what they know from elsewhere, and expect
it to hide as well. All of it works on folded text.

A foreign field is an unknown field

1. whose name is made of words about readers (`visibility`, `shared_with`, `audience_level`), and whose value is made
   of audience words or has `internal` or `partners` in it: `access: staff`, `audiences: [internal]`; or
2. whose name is a state for few readers, or not one for many: `private: true`, `internal only:`, `public: no`; or
3. whose value is nothing but `internal`, `confidential` or `restricted`, whatever it is called, except for tags:
   `scope: internal only`.

So is a field of a plan that says its kind by another name: `type: counselling`.

A field in a text is a line that is nothing but a field `audience` for internal readers or partners, or such a field in
brackets: it was meant for the top of the file.

A tag is a line with nothing on it but signs and such a word: `!!! internal`, `[internal]`, `<!-- internal -->`; or a
tag that ends it, anywhere: `[/internal]`.
"""

from __future__ import annotations

import functools

from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.mark_grammar import LINE_PREFIX, fold, is_audience_word, is_private_kind, is_within_slip

_READERS = """
    access audiences classification confidentiality except exclude excluding gov government info information marking
    permission permissions privacy protective reader readers security see seen sensitivity share shared show shown
    viewable viewer viewers view viewed visibility visible cynulleidfa
"""
#: Words that names of fields about readers are made of.
_READER_WORDS = frozenset(_READERS.split())
_FEW = """
    private confidential restricted secret hidden hide sensitive internal unlisted draft noindex redacted embargoed
    cyfrinachol mewnol preifat
"""
_MANY = "partners public publicly publication published publish visible shared share shareable"
#: What a file or an entry may be, in the words of other programs and in Welsh: for few readers, or for many.
_NARROW_STATES, _OPEN_STATES = frozenset(_FEW.split()), frozenset(_MANY.split())
_SMALL_WORDS = """
    a all and any are be by can care do don dont every for from in is may never no not on only or our official senior
    strictly t the this to use who with
"""
#: Words that may stand beside one of these in a name, or beside an audience word in a value.
_FILLERS = frozenset(_SMALL_WORDS.split())
_YES = frozenset({"yes", "y", "true", "on", "1", "x", "ie"})
_NO = frozenset({"no", "n", "false", "off", "0", "na", "never", "none"})
_NEGATIONS = frozenset({"not", "no", "dont", "don", "never"})
#: Fields that can only say who may see something, and words for nobody as their value.
_PURE_READER_WORDS = frozenset({"access", "readers", "viewers", "visibility", "visible"})
_EVERYBODY = frozenset({"everybody", "everyone", "public"})
_EXCLUDING = frozenset({"except", "exclude", "excluding", "hidden", "hide"})
_NOBODY = frozenset({"denied", "never", "nobody", "none"})
#: Fields of other programs for tags. Their words say what something is about, as those of `tags` do.
_TAG_FIELDS = frozenset({"categories", "category", "keywords", "label", "labels", "tag", "tags", "topic", "topics"})
_KIND_WORDS = frozenset({"care", "category", "class", "form", "kind", "of", "plan", "plans", "sort", "type"})
_NARROW_WORDS = frozenset({"internal", "confidential", "restricted", "cyfrinachol", "mewnol"})
_AUDIENCES_BELOW_PUBLIC = frozenset({"internal", "partners"})
_MAX_VALUE_WORDS = 6
_MAX_NAME_LENGTH, _MAX_VALUE_LENGTH = 60, 200

_WORD = compile_lazily(r"[^\W_]+")
_CAMEL_CASE = compile_lazily(r"(?<=[a-z])(?=[A-Z])")
_ASSIGNED = r"(?P<name>\w++)[^\w\n]{0,4}[:=][^\w\n]{0,4}(?P<word>\w++)"
_LINE_WITH_FIELD = compile_lazily(rf"{LINE_PREFIX}[^\w\s]*+{_ASSIGNED}\W*")
_FIELD_IN_BRACKETS = compile_lazily(rf"[(<{{\[][^\w\n]{{0,6}}{_ASSIGNED}[^\w\n]{{0,6}}[)>}}\]]")
_TEXT_FIELD_PARTS = ("udience", "nternal", "artners")
_KIND_LINE = compile_lazily(r"kind: *([A-Za-z]+) *")
_TAG_WORD = "(?:internal|partners|private|confidential|restricted)"
_TAG = compile_lazily(
    rf"{LINE_PREFIX}(?P<signs>(?P<sign>[!?=%/'\"@,.;~&$^+])(?P=sign)+|[(<{{\[])[\W_]*(?:end)?"
    rf"(?:strictly )?{_TAG_WORD}(?: only)?[\W_]*"
)
_END_TAG = compile_lazily(rf"[\[<{{][\W_]{{0,4}}(?:/\s?|end_?){_TAG_WORD}\W{{0,3}}[\]>}}]")
_MAX_TAG_LENGTH = 100
_CHECKBOX = compile_lazily(rf"{LINE_PREFIX}\[ ?\]")
_TAG_PARTS = ("internal", "partners", "private", "confidential", "restricted")


@functools.lru_cache(1024)
def is_foreign_field(name: str, value: str) -> bool:
    """Whether an unknown field with this name and value says in other words who may not see something."""
    words = _WORD.findall(fold(_CAMEL_CASE.sub(" ", name[:_MAX_NAME_LENGTH])))
    names = [word.removeprefix("is") if word[2:] in _NARROW_STATES else word for word in words if word not in _FILLERS]
    values = _WORD.findall(fold(value[:_MAX_VALUE_LENGTH]))
    if len(name) > _MAX_NAME_LENGTH or len(values) > _MAX_VALUE_WORDS:
        return False
    if len(values) == 1 and values[0] in _NOBODY and names and _PURE_READER_WORDS.issuperset(names):
        return True
    if not values or (len(values) == 1 and values[0] in _YES | _NO):
        is_negated = (not _NEGATIONS.isdisjoint(words)) != (values[:1] != [] and values[0] in _NO)
        return _hides(names, is_negated=is_negated)
    meant = [word for word in values if word not in _FILLERS]
    if all(word in _NARROW_WORDS for word in meant):
        return bool(meant) and _TAG_FIELDS.isdisjoint(words)
    if not _AUDIENCES_BELOW_PUBLIC.isdisjoint(meant):
        return _is_about_readers(names)
    is_negated = not _NEGATIONS.isdisjoint((*words, *values))
    if _EVERYBODY.issuperset(meant) and not is_negated and _EXCLUDING.isdisjoint(names):
        return False
    return (is_negated or bool(names)) and _is_about_readers(names) and all(map(is_audience_word, meant))


def is_yes_or_no(value: str) -> bool:
    """Whether a value says yes, no or nothing."""
    return not value.strip() or fold(value.strip()[:_MAX_NAME_LENGTH]) in _YES | _NO


def is_foreign_kind(name: str, value: str) -> bool:
    """Whether an unknown field of a plan says in other words that the plan is of a private kind."""
    words = _WORD.findall(fold(_CAMEL_CASE.sub(" ", name[:_MAX_NAME_LENGTH])))
    return all(word in _KIND_WORDS for word in words) and is_private_kind(fold(value[:_MAX_NAME_LENGTH]).strip())


def _hides(names: list[str], *, is_negated: bool) -> bool:
    """Whether a state of these words is one in which something is hidden: "private", or "public" if it is negated."""
    if not names or not all(word in _NARROW_STATES or word in _OPEN_STATES for word in names):
        return False
    return is_negated == _NARROW_STATES.isdisjoint(names)


def _is_about_readers(names: list[str]) -> bool:
    return any(is_within_slip(word, "audience") for word in names) or all(
        word in _READER_WORDS or word in _NARROW_STATES or word in _OPEN_STATES for word in names
    )


def may_hold_text_field(text: str, *, is_plan: bool) -> bool:
    """Whether a text may have such a line: a quick test. With one slip, either the name or the word stands there."""
    lowered = text.lower()
    return any(part in lowered for part in _TEXT_FIELD_PARTS) or (is_plan and "kind:" in text)


def is_text_field(line: str, *, is_plan: bool) -> bool:
    """Whether a line of a text is a field `audience`, or `kind` in the text of a plan, that is meant for its file."""
    kind = _KIND_LINE.fullmatch(line) if is_plan else None
    if kind and is_private_kind(kind[1].lower()):
        return True
    if not may_hold_text_field(line, is_plan=False):
        return False
    folded = fold(line)
    matches = filter(None, (_LINE_WITH_FIELD.fullmatch(folded), *_FIELD_IN_BRACKETS.finditer(folded)))
    return any(
        is_within_slip(match["name"], "audience")
        and any(is_within_slip(match["word"], word) for word in _AUDIENCES_BELOW_PUBLIC)
        for match in matches
    )


def may_hold_tag(text: str) -> bool:
    """Whether a text may have a tag: a quick test."""
    lowered = text.lower()
    return any(part in lowered for part in _TAG_PARTS)


def holds_tag(text: str) -> bool:
    """Whether one of several lines of a text is a tag, or any line has a tag that ends a passage."""
    if not may_hold_tag(text):
        return False
    return any(map(is_tag, text.split("\n"))) if "\n" in text else _END_TAG.search(fold(text)) is not None


def is_tag(line: str) -> bool:
    """Whether a line has nothing on it but signs and a word for few readers, or has a tag that ends such a passage."""
    if not may_hold_tag(line):
        return False
    folded = fold(line)
    if _END_TAG.search(folded):
        return True
    return len(line) < _MAX_TAG_LENGTH and _TAG.fullmatch(folded) is not None and _CHECKBOX.match(line) is None
