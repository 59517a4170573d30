"""Finds comments and refused notation in a YAML text before it is parsed, so that no version of a parser decides."""

from __future__ import annotations

from plansite.content.yaml.hidden_values import HiddenValue, is_like_a_value
from plansite.content.yaml.indentation import OpenBlocks
from plansite.content.yaml.lexemes import (
    BLANKS,
    BLOCK_HEADER,
    COLON,
    COMMENT,
    DOUBLE_QUOTED,
    FLOW_COLON,
    FLOW_PLAIN,
    MARKER,
    PLAIN,
    SINGLE_QUOTED,
    find_block_text_end,
    find_last_break,
    find_plain_end,
    is_blank,
)
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

MAX_DEPTH = 8
#: The most values, brackets and dashes of a text.
MAX_VALUES = 50_000
_OR_QUOTE = "write `name: value`, or put the value in quotation marks"
BRACKET_AS_NAME = ("there is a list or group where a name should be", _OR_QUOTE)
TOO_DEEP = (f"lists and groups are nested more than {MAX_DEPTH} deep", "use fewer levels")

#: A text without any of these, and without a bracket within another or before a colon, has neither comments nor refused
#: notation: no sign of either, and too few levels, as lines begin in the first five columns and have one dash at most.
_SUSPECT_SIGNS = ("&", "*", "!", "%", "?", "<<", "\n---", "\n...", "\n     ", "- -", "-  ", "\t")
_SUSPECT_HASH = compile_lazily(r"(?<![\w/.?=&;%-])#")
_SUSPECT_BRACKETS = compile_lazily(r"[\[{][^\]}]*[\[{]|[\]}]\s*:")
_NAME = compile_lazily(r"[^\s,\[\]{}]*")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Where refused notation begins, and what to do about it."""

    offset: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Notation:
    """What a text holds beside its values."""

    hidden_values: tuple[HiddenValue, ...] = ()
    refusal: Refusal | None = None


def scan_notation(text: str) -> Notation:
    """The comments of a YAML text that hide values, and the first place with refused notation. Never raises.

    Where the text is not valid YAML, the scan is only right up to the first fault, at which a parser stops.
    """
    if not _is_suspect(text):
        return Notation()
    scanner = _Scanner(text)
    try:
        scanner.scan()
    except _RefusedError as error:
        return Notation(tuple(scanner.hidden_values), Refusal(*error.args))
    return Notation(tuple(scanner.hidden_values))


def _is_suspect(text: str) -> bool:
    """Whether a text may hold what the scan looks for. Most texts do not, and this takes a fraction of the time."""
    if len(text) >= MAX_VALUES or text.startswith(("---", "...", " ")):
        return True
    if any(sign in text for sign in _SUSPECT_SIGNS) or ("#" in text and _SUSPECT_HASH.search(text)):
        return True
    if ("[" in text or "{" in text) and _SUSPECT_BRACKETS.search(text):
        return True
    return not text.isascii() and any(line_end in text for line_end in "\x85\u2028\u2029")


class _RefusedError(Exception):
    """The scan stops here; the arguments are those of a Refusal."""


class _Scanner:
    """Follows the text value by value, with the lists and groups that are open."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._count = text, 0, 0
        self.hidden_values: list[HiddenValue] = []
        self._blocks = OpenBlocks()
        #: Open brackets with their offsets; `:` stands for a pair within a list.
        self._brackets: list[tuple[str, int]] = []
        self._line_start, self._begins_line, self._may_be_key = 0, True, True
        #: The value before a comment, or empty; `_awaits_value` after a colon or a dash.
        self._before, self._before_end = "", 0
        self._awaits_value = False
        #: A comment in place of a value, until what follows shows that the value is not there.
        self._pending: HiddenValue | None = None
        self._has_content = self._has_ended = False

    def scan(self) -> None:
        """Go through the text. Raises _RefusedError at the first refused notation."""
        while self._skip_blanks():
            sign = self._text[self._at]
            if sign == "#":
                self._read_comment()
            elif not (self._begins_line and self._at == self._line_start and self._read_marker(sign)):
                if self._pending:
                    self._settle_pending(sign)
                self._read_token(sign)
        self._keep_pending()

    def _skip_blanks(self) -> bool:
        """Go to the next sign; False at the end of the text."""
        blanks = BLANKS.match(self._text, self._at)
        if blanks:
            newline = find_last_break(self._text, self._at, blanks.end())
            if newline >= 0:
                self._line_start = newline + 1
                self._begins_line = self._may_be_key = True
            self._at = blanks.end()
        return self._at < len(self._text)

    @property
    def _column(self) -> int:
        return self._at - self._line_start

    def _refuse(self, message: str, remedy: str, offset: int | None = None) -> None:
        self._keep_pending()
        raise _RefusedError(self._at if offset is None else offset, message, remedy)

    def _count_value(self) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            self._refuse("there are too many values", "split the file")
        if len(self._blocks) + len(self._brackets) > MAX_DEPTH:
            self._refuse(*TOO_DEEP)

    def _read_comment(self) -> None:
        match = COMMENT.match(self._text, self._at)
        comment = match.group().rstrip() if match else "#"
        bracket = self._brackets[-1][0] if self._brackets else ""
        offset = self._before_end if self._before and not self._begins_line else self._at
        hidden = HiddenValue(offset, comment, self._before, bracket)
        if not is_like_a_value(comment, is_own_line=self._begins_line):
            pass
        elif self._awaits_value and not self._brackets:
            if self._pending is None and (not self._begins_line or self._column > self._blocks.indent):
                self._pending = hidden
        elif self._brackets or not self._begins_line or (self._before and self._column > self._blocks.indent):
            self.hidden_values.append(hidden)
        self._at += len(match.group()) if match else 1
        self._before = ""

    def _settle_pending(self, sign: str) -> None:
        """A comment in place of a value hides one, unless a list or group follows that is the value."""
        is_dash = sign == "-" and is_blank(self._text, self._at + 1)
        is_next_item = is_dash and self._blocks.has_innermost(self._column, is_list=True)
        is_inside = self._column >= self._blocks.indent + (not is_dash) and not is_next_item
        is_collection = is_dash or sign in "[{|>" or self._is_key(self._at)
        if not (is_inside and is_collection and self._begins_line):
            self._keep_pending()
        self._pending = None

    def _keep_pending(self) -> None:
        if self._pending is not None:
            self.hidden_values.append(self._pending)
            self._pending = None

    def _read_marker(self, sign: str) -> bool:
        """Whether a line that begins or ends a document, or a directive, begins here; it is read."""
        if sign == "%":
            self._refuse("`%` begins a directive", "leave the line out, or put the value in quotation marks")
        marker = MARKER.match(self._text, self._at) if sign in "-." else None
        if marker is None:
            if self._has_ended:
                self._refuse("a second document begins here", "keep one set of fields")
            self._has_content = True
            return False
        self._keep_pending()
        if marker.group() == "---" and (self._has_content or self._has_ended):
            self._refuse("a second document begins here", "keep one set of fields")
        self._has_ended |= marker.group() == "..."
        self._has_content |= marker.group() == "---"
        self._at, self._begins_line, self._before, self._awaits_value = marker.end(), False, "", False
        return True

    def _read_token(self, sign: str) -> None:
        self._has_content = True
        blank_follows = is_blank(self._text, self._at + 1)
        if sign in "[{":
            self._open_bracket(sign)
        elif sign in "]}" and self._brackets:
            self._close_bracket()
        elif sign == "," and self._brackets:
            if self._brackets[-1][0] == ":":
                self._brackets.pop()
            self._pass_sign(awaits_value=False)
        elif sign == "-" and blank_follows and not self._brackets:
            self._blocks.open(self._column, is_list=True)
            self._count_value()
            self._pass_sign(awaits_value=True)
        elif sign == "?" and blank_follows:
            self._refuse("`?` begins a long name", _OR_QUOTE)
        elif sign == ":" and (blank_follows or self._brackets):
            self._read_colon()
        elif sign in "&*!":
            self._refuse_property(sign)
        elif sign in "|>" and not self._brackets:
            self._read_block_text()
        else:
            self._read_value(sign)

    def _pass_sign(self, *, awaits_value: bool) -> None:
        self._at += 1
        self._before, self._awaits_value, self._begins_line = "", awaits_value, False

    def _refuse_property(self, sign: str) -> None:
        match = _NAME.match(self._text, self._at)
        name = match.group()[:60] if match else sign
        message = {"*": f"`{name}` is an alias", "&": f"`{name}` is an anchor", "!": "`!` begins a tag"}[sign]
        remedy = "write the value out, or put it" if sign == "*" else "leave it out, or put the value"
        self._refuse(message, f"{remedy} in quotation marks")

    def _open_bracket(self, sign: str) -> None:
        self._count_value()
        self._brackets.append((sign, self._at))
        self._pass_sign(awaits_value=False)

    def _close_bracket(self) -> None:
        if self._brackets[-1][0] == ":":
            self._brackets.pop()
        opened_at = self._brackets.pop()[1] if self._brackets else self._at
        self._pass_sign(awaits_value=False)
        if (FLOW_COLON if self._brackets else COLON).match(self._text, self._at):
            self._refuse(*BRACKET_AS_NAME, opened_at)

    def _read_colon(self) -> None:
        if self._brackets and self._brackets[-1][0] == "[":
            self._brackets.append((":", self._at))
        self._count_value()
        self._may_be_key = False
        self._pass_sign(awaits_value=True)

    def _is_key(self, offset: int) -> bool:
        """Whether the value at `offset` is the name of a field: a colon follows on its line."""
        if self._brackets or not self._may_be_key:
            return False
        pattern = {'"': DOUBLE_QUOTED, "'": SINGLE_QUOTED}.get(self._text[offset], PLAIN)
        match = pattern.match(self._text, offset)
        return match is not None and "\n" not in match.group() and bool(COLON.match(self._text, match.end()))

    def _read_value(self, sign: str) -> None:
        if self._is_key(self._at):
            self._blocks.open(self._column, is_list=False)
        elif not self._brackets and self._begins_line:
            self._blocks.close_beyond(self._column)
        self._count_value()
        if sign in "\"'":
            match = (DOUBLE_QUOTED if sign == '"' else SINGLE_QUOTED).match(self._text, self._at)
            if match is None:  # never closed, so that a parser fails here
                self._at = len(self._text)
                return
            self._end_value(match.end(), match.group()[1:-1])
            return
        self._read_plain()

    def _end_value(self, end: int, before: str) -> None:
        self._line_start = max(self._line_start, self._text.rfind("\n", self._at, end) + 1)
        self._at, self._before, self._before_end = end, before, end
        self._awaits_value = self._begins_line = False
        self._may_be_key = False

    def _read_plain(self) -> None:
        start, pattern = self._at, FLOW_PLAIN if self._brackets else PLAIN
        match = pattern.match(self._text, start)
        end = match.end() if match else start + 1
        if match and not (FLOW_COLON if self._brackets else COLON).match(self._text, end):
            end = find_plain_end(self._text, end, pattern, 0 if self._brackets else self._blocks.indent + 1)
        value = self._text[start:end]
        if value.strip() == "<<":
            self._refuse("`<<` merges fields from elsewhere", "write the fields out")
        self._end_value(end, value)

    def _read_block_text(self) -> None:
        """A text of several lines, and the comment behind its `|` or `>`."""
        self._count_value()
        header = BLOCK_HEADER.match(self._text, self._at)
        self._at = header.end() if header else self._at + 1
        if self._text[self._at : self._at + 1] == "#":
            self._awaits_value, self._begins_line, self._before = False, False, ""
            self._read_comment()
        self._at = find_block_text_end(self._text, self._at, self._blocks.indent, header.group(1) if header else None)
        self._before, self._awaits_value, self._begins_line = "", False, False
