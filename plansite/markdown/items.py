"""Takes steps and progress notes out of the tokens of their sections, and says which text there is neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from markdown_it.token import Token

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.markdown.html import extract_text
from plansite.markdown.passage_html import BodyRenderer, find_first_line
from plansite.markdown.sections import SectionTokens
from plansite.markdown.spellings.dates import find_note_head
from plansite.markdown.spellings.marks import begins_unclear, contradicts, holds_box
from plansite.model.body import ActionStep, DoubtfulText, DoubtKind, ProgressNote
from plansite.model.dates import parse_iso_date

_CHECKBOX = compile_lazily(r"\[\s*+([xX✓✔]?)\s*+\](?:\s+|$)")
#: A time of day, and an offset from UTC; a range of times, as in `14:30-15:30`, is neither.
_TIME = r"\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
_INSTANT = rf"[Tt]{_TIME}(?: ?(?:[Zz]\b|[+-]\d{{2}}:?\d{{2}}\b))?| {_TIME} ?(?:(?:[Zz]|UTC|GMT)\b|\+\d{{2}}:?\d{{2}}\b)"
_DATE_PREFIX = compile_lazily(
    rf"(\d{{4}}-\d{{2}}-\d{{2}}(?:{_INSTANT})?)\s*(?:\(([^()]{{0,200}})\))?\s*(?:[:,;|]|[–—-](?!\d))?\s*"
)
#: A heading that speaks of steps and is no heading of steps: only boxes count as steps below it.
_STEPS_WORD = compile_lazily(r"\b(?:steps|tasks|checklist|to[ -]do)\b", re.IGNORECASE)
#: Of an item that is a single paragraph.
_PARAGRAPH_TOKENS = 3
#: Tokens that open (True) or close a list.
_LIST_TOKENS = {
    "bullet_list_open": True,
    "ordered_list_open": True,
    "bullet_list_close": False,
    "ordered_list_close": False,
}
#: The token that closes a list or a quotation, and the one that opens it.
_CLOSING = {
    "bullet_list_close": "bullet_list_open",
    "ordered_list_close": "ordered_list_open",
    "blockquote_close": "blockquote_open",
}


@dataclass(slots=True)
class ItemCollector:
    """Collects the steps, the progress notes and the doubtful texts of a body, section by section."""

    renderer: BodyRenderer
    steps: list[ActionStep] = field(default_factory=list)
    progress: list[ProgressNote] = field(default_factory=list)
    doubtful_texts: list[DoubtfulText] = field(default_factory=list)

    def take_items(self, section: SectionTokens) -> list[Token]:
        """Add the items of a section; returns the tokens that belong to none."""
        parts = section.parts
        if not parts:
            return self._take_nested(section.tokens) if _STEPS_WORD.search(section.title) else section.tokens
        counts = len(self.steps), len(self.progress)
        prose: list[Token] = []
        for kind, tokens in _split_items(section.tokens):
            if kind == "prose" or not self._take_item(kind, tokens, section, prose):
                prose.extend(tokens)
        if "steps" in parts:
            prose = self._take_nested(prose)
            self.steps[counts[0] :] = sorted(self.steps[counts[0] :], key=lambda step: step.line)
        is_empty = counts == (len(self.steps), len(self.progress))
        self.doubtful_texts.extend(self._find_unread(prose, section.key, is_empty=is_empty))
        return prose

    def _take_item(self, kind: str, tokens: list[Token], section: SectionTokens, prose: list[Token]) -> bool:
        """Add an item or a paragraph; False for one that is neither step nor note. Titles of groups go to `prose`."""
        has_box = kind == "item" and bool(tokens) and "done" in tokens[0].meta
        parts = section.parts
        if "progress" in parts:
            is_dated = len(tokens) > 1 and _DATE_PREFIX.match(tokens[1].content) is not None
            if (is_dated and not has_box) or (kind == "item" and len(parts) == 1):
                self.progress.append(self._parse_note(tokens))
                return True
        if kind == "paragraph" or "steps" not in parts:
            return False
        own, nested = _split_nested(tokens) if len(tokens) > _PARAGRAPH_TOKENS else (tokens, [])
        if nested and not has_box:
            prose.extend(_lift(own))
        else:
            self.steps.append(self._parse_step(own))
        for item in nested:
            self._add_nested_step(item)
        return True

    def _add_nested_step(self, item: list[Token]) -> None:
        own, nested = _split_nested(item)
        self.steps.append(self._parse_step(own))
        for each in nested:
            self._add_nested_step(each)

    def _take_nested(self, tokens: list[Token]) -> list[Token]:
        """Add the items with a box that are anywhere in these tokens; returns the other tokens."""
        own, nested = _split_nested(tokens)
        for item in nested:
            self._add_nested_step(item)
        return own

    def _parse_step(self, tokens: list[Token]) -> ActionStep:
        text = _find_text(tokens)
        done = bool(tokens and tokens[0].meta.get("done"))
        line = self._line(tokens)
        is_contradicted = contradicts(text, done=done)
        if begins_unclear(text) or is_contradicted:
            self.doubtful_texts.append(DoubtfulText(DoubtKind.STEP_STATE, text, line))
        inline = _find_first_inline(tokens)
        if inline and "\n" in inline.content:
            self.doubtful_texts.extend(self._find_joined_steps(inline))
        return ActionStep(
            text=text, html=self.renderer.render_item(tokens), done=done and not is_contradicted, line=line
        )

    def _find_joined_steps(self, inline: Token) -> Iterator[DoubtfulText]:
        """Further lines of a step that begin with what is meant as a box."""
        first = inline.map[0] if inline.map else 0
        for number, line in enumerate(inline.content.split("\n")[1:], first + 1):
            if begins_unclear(line.strip()):
                yield DoubtfulText(DoubtKind.NO_STEP, line.strip(), self.renderer.origin.file_line(number))

    def _parse_note(self, tokens: list[Token]) -> ProgressNote:
        inline, date, by = _find_first_inline(tokens), None, ""
        line = self._line(tokens)
        if len(tokens) > _PARAGRAPH_TOKENS or (inline and "\n" in inline.content):
            self.doubtful_texts.extend(self._find_joined_notes(tokens))
        children = (inline.children or []) if inline else []
        match = _DATE_PREFIX.match(children[0].content) if children and children[0].type == "text" else None
        if match:
            date, by = parse_iso_date(match.group(1), self.renderer.origin.zone), match.group(2) or ""
            if date:
                children[0].content = children[0].content[match.end() :]
        tokens = _drop_empty_paragraph(tokens) if date else tokens
        return ProgressNote(
            date=date,
            by=by.strip() if date else "",
            text=_find_text(tokens),
            html=self.renderer.render_item(tokens),
            line=line,
        )

    def _find_joined_notes(self, tokens: Sequence[Token]) -> Iterator[DoubtfulText]:
        """Further lines and items of a note that begin with a date, and may be notes of their own."""
        for index, token in enumerate(tokens):
            is_first = index == 1
            if token.type != "inline" or not token.map or (is_first and "\n" not in token.content):
                continue
            for number, line in enumerate(token.content.split("\n")):
                head = find_note_head(line.strip()) if number or not is_first else None
                if head and head.date and not find_note_head(head.rest):
                    line_number = self.renderer.origin.file_line(token.map[0] + number)
                    yield DoubtfulText(DoubtKind.JOINED_NOTE, line.strip(), line_number)

    def _find_unread(self, prose: Sequence[Token], key: str, *, is_empty: bool) -> Iterator[DoubtfulText]:
        """Lines of what is left of a section: the first of a section without items, and all that look like items."""
        is_first = is_empty
        kind = DoubtKind.NO_STEP if key == "steps" else DoubtKind.NO_NOTE
        for number, line in _list_lines(prose):
            text = line.strip()
            looks_like_item = (begins_unclear(text) or holds_box(text)) if key == "steps" else _is_dated(text)
            if text and (is_first or looks_like_item):
                yield DoubtfulText(kind, text, self.renderer.origin.file_line(number))
                is_first = False

    def _line(self, tokens: Sequence[Token]) -> int:
        return self.renderer.origin.file_line(find_first_line(tokens))


def parse_checkboxes(tokens: Sequence[Token]) -> None:
    """Take `[x]` or `[ ]` off the start of list items, and note in `meta["done"]` whether it was ticked."""
    for index, token in enumerate(tokens):
        if token.type != "list_item_open" or index + 2 >= len(tokens) or tokens[index + 2].type != "inline":
            continue
        children = tokens[index + 2].children or []
        match = _CHECKBOX.match(children[0].content) if children and children[0].type == "text" else None
        if match:
            done = bool(match.group(1))
            children[0].content = children[0].content[match.end() :]
            token.meta["done"] = tokens[index + 1].meta["done"] = done


def _split_items(section_tokens: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The items of top-level lists ("item") and top-level paragraphs one by one; other tokens one by one ("prose")."""
    item: list[Token] = []
    in_list = False
    skip = 0  # tokens of a paragraph that are still to come
    for index, token in enumerate(section_tokens):
        if skip:
            skip -= 1
            continue
        if not in_list and token.level == 0 and token.type == "paragraph_open":
            skip = 2
            yield "paragraph", list(section_tokens[index : index + 3])
            continue
        if token.level == 0 and token.type in _LIST_TOKENS:
            in_list = _LIST_TOKENS[token.type]
        elif not in_list:
            yield "prose", [token]
        elif token.level == 1 and token.type == "list_item_open":
            item = []
        elif token.level == 1 and token.type == "list_item_close":
            yield "item", item
        else:
            item.append(token)


def _split_nested(tokens: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The tokens without the outermost items that have a box, and the tokens of each of these.

    Lists and quotations that are empty then are left out.
    """
    if not any(token.type == "list_item_open" and "done" in token.meta for token in tokens):
        return tokens, []
    own: list[Token] = []
    items: list[list[Token]] = []
    level = -1  # of the item that is being taken out
    for token in tokens:
        if level >= 0:
            if token.type == "list_item_close" and token.level == level:
                level = -1
            else:
                items[-1].append(token)
        elif token.type == "list_item_open" and "done" in token.meta:
            level = token.level
            items.append([])
        elif own and token.type in _CLOSING and own[-1].type == _CLOSING[token.type]:
            own.pop()
        else:
            own.append(token)
    return own, items


def _lift(tokens: list[Token]) -> list[Token]:
    """The blocks of an item as blocks of the section."""
    depth = tokens[0].level if tokens else 0
    for token in tokens:
        token.level -= depth
        if token.level == 0:
            token.hidden = False
    return tokens


def _drop_empty_paragraph(tokens: list[Token]) -> list[Token]:
    """The tokens of a note whose first paragraph held nothing but its date, without that paragraph or line."""
    inline = _find_first_inline(tokens)
    if inline is None or not inline.children or inline.children[0].content.strip():
        return tokens
    rest = inline.children[1:]
    if rest and rest[0].type in ("softbreak", "hardbreak"):
        inline.children = rest[1:]
    return tokens[3:] if not rest and len(tokens) > 3 else tokens


def _find_first_inline(tokens: Sequence[Token]) -> Token | None:
    return tokens[1] if len(tokens) > 1 and tokens[1].type == "inline" else None


def _find_text(tokens: Sequence[Token]) -> str:
    """The plain text of the first paragraph, or of the first text of any kind."""
    inline = _find_first_inline(tokens) or next((token for token in tokens if token.type == "inline"), None)
    return extract_text(inline).strip() if inline else ""


def _list_lines(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Each line of text in these tokens with its number from 0, headings left out."""
    is_heading = False
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            is_heading = token.type == "heading_open"
        elif token.type in ("inline", "fence", "code_block") and token.content and not is_heading:
            first = (token.map[0] if token.map else 0) + (token.type == "fence")
            yield from enumerate(token.content.rstrip("\n").split("\n"), first)


def _is_dated(text: str) -> bool:
    head = find_note_head(text)
    return head is not None and head.date is not None
