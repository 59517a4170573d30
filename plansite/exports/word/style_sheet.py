"""The styles of a Word document: all that it looks like is there, so that people can change it in Word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Length, Pt, RGBColor, Twips

from plansite.deferred_dataclass import dataclass
from plansite.exports.word import elements
from plansite.exports.word import style_names as names

#: The colours of the pages on paper.
_INK, _SOFT = "1A2126", "515A61"
_LATE, _RISK, _TRACK, _PROOF, _ACCENT = "98201A", "6B4700", "1D5B39", "1B4A84", "0B5163"
_CODE_FONT = "Courier New"
#: The styles that every document has.
_DEFAULTS = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List"})
_BOLD = {"bold": True, "cs_bold": True}
_KEPT = {"keep_with_next": True, "keep_together": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """A style: how it differs from the one that it is based on, by the names of properties in python-docx.

    `based_on` and `following`, the style of the next paragraph, are for paragraphs. `tab` is a place and a kind, and
    `level` is that of a heading.
    """

    name: str
    based_on: str = names.NORMAL
    following: str = ""
    colour: str = ""
    font: Mapping[str, Any] = field(default_factory=dict)
    paragraph: Mapping[str, Any] = field(default_factory=dict)
    tab: tuple[Length, WD_TAB_ALIGNMENT] | None = None
    level: int | None = None


def _describe_heading(level: int, size: int, before: int) -> _Style:
    """A heading of a level, from 0; its size and what is before it are in points."""
    font, paragraph = {"size": Pt(size), **_BOLD}, {"space_before": Pt(before), "space_after": Pt(4), **_KEPT}
    return _Style(name=f"Heading {level + 1}", following=names.NORMAL, level=level, font=font, paragraph=paragraph)


_INDENT, _LEGEND_WIDTH, _STEP_WIDTH = Twips(names.LIST_INDENT), Pt(113.4), Pt(12.5)
_ITEM = {"space_after": Pt(2), "left_indent": _INDENT}
_PARAGRAPH_STYLES = {
    names.NORMAL: _Style(name="Normal", colour=_INK, font={"name": "Arial", "size": Pt(10.5)},
        paragraph={"space_after": Pt(6), "line_spacing": 1.15}),
    names.TITLE: _Style(name="Title", following=names.OBJECTIVE, level=0, font={"size": Pt(22), **_BOLD},
        paragraph={"space_after": Pt(4), "line_spacing": 1.0, **_KEPT}),
    names.SUBTITLE: _Style(name="Subtitle", following=names.TITLE, colour=_SOFT, font={"size": Pt(10)},
        paragraph={"space_after": Pt(2), **_KEPT}),
    names.OBJECTIVE: _Style(name="Objective", following=names.FACTS, font={"size": Pt(12.5)},
        paragraph={"space_after": Pt(8), "line_spacing": 1.2}),
    names.FACTS: _Style(name="Facts", font={"size": Pt(10)}, paragraph={"space_after": Pt(4)}),
    names.GOAL_FACTS: _Style(name="Goal facts", based_on=names.FACTS, paragraph=_KEPT),
    names.HEADINGS[0]: _describe_heading(0, 17, 18),
    names.HEADINGS[1]: _describe_heading(1, 13, 15),
    names.HEADINGS[2]: _describe_heading(2, 11, 10),
    names.NEXT_PLAN: _Style(name="Next plan heading", based_on=names.HEADINGS[0], following=names.NORMAL,
        paragraph={"page_break_before": True}),
    names.GOAL: _Style(name=names.GOAL_NAME, based_on=names.HEADINGS[1], following=names.NORMAL),
    names.LIST_BULLET: _Style(name="List Bullet", paragraph=_ITEM),
    names.LIST_NUMBER: _Style(name="List Number", paragraph=_ITEM),
    names.QUOTE: _Style(name="Quote", colour=_SOFT, paragraph={"left_indent": _INDENT}),
    names.CODE_BLOCK: _Style(name="Code block", font={"name": _CODE_FONT, "size": Pt(9)},
        paragraph={"line_spacing": 1.0}),
    names.LEGEND: _Style(name="Legend", font={"size": Pt(9)}, tab=(_LEGEND_WIDTH, WD_TAB_ALIGNMENT.LEFT),
        paragraph={"space_after": Pt(1), "line_spacing": 1.05, "left_indent": _LEGEND_WIDTH,
                   "first_line_indent": -_LEGEND_WIDTH}),
    names.TABLE_TEXT: _Style(name="Table text", font={"size": Pt(9)},
        paragraph={"space_after": Pt(2), "line_spacing": 250 / 240}),
    names.TABLE_HEADING: _Style(name="Table heading", based_on=names.TABLE_TEXT, font=_BOLD, paragraph=_KEPT),
    names.ACTION_TITLE: _Style(name="Action title", based_on=names.TABLE_TEXT, following=names.TABLE_TEXT, font=_BOLD),
    names.STEP: _Style(name="Step", based_on=names.TABLE_TEXT,
        paragraph={"left_indent": _STEP_WIDTH, "first_line_indent": -_STEP_WIDTH}),
    names.REGISTER_NOTE: _Style(name=names.REGISTER_NOTE_NAME, based_on=names.TABLE_TEXT, following=names.TABLE_TEXT,
        colour=_SOFT, font={"size": Pt(8.5)}),
    names.HEADER: _Style(name="Header", colour=_SOFT, font={"size": Pt(8.5)}, paragraph={"space_after": Pt(0)}),
    names.FOOTER: _Style(name="Footer", based_on=names.HEADER, tab=(Twips(names.TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)),
}  # fmt: skip
_CHARACTER_STYLES = {
    names.STRONG: _Style(name="Strong", font=_BOLD),
    names.EMPHASIS: _Style(name="Emphasis", font={"italic": True, "cs_italic": True}),
    names.CODE: _Style(name="Code", font={"name": _CODE_FONT}),
    names.LINK: _Style(name="Hyperlink", colour=_ACCENT, font={"underline": True}),
    names.LATE: _Style(name="Late", colour=_LATE, font=_BOLD),
    names.AT_RISK: _Style(name="At risk", colour=_RISK, font=_BOLD),
    names.ON_TRACK: _Style(name="On track", colour=_TRACK, font=_BOLD),
    names.PROOF: _Style(name="Proof", colour=_PROOF, font=_BOLD),
}
_STYLES = {
    WD_STYLE_TYPE.PARAGRAPH: _PARAGRAPH_STYLES,
    WD_STYLE_TYPE.CHARACTER: _CHARACTER_STYLES,
    WD_STYLE_TYPE.TABLE: {names.REGISTER_TABLE: _Style(name=names.REGISTER_TABLE)},
}


def define_styles(styles: Any) -> None:
    """The styles of documents among those of python-docx, in place of its template's own but for the four defaults."""
    known = {"Hyperlink", *(style.name for style in styles)}
    for style in list(styles):
        if style.name not in _DEFAULTS:
            style.delete()
    added: dict[str, Any] = {style.style_id: style for style in styles}
    for kind, looks in _STYLES.items():
        for key, look in looks.items():
            if key not in added:
                added[key] = styles.add_style(look.name, kind, builtin=look.name in known)
                added[key].style_id, added[key].quick_style = key, True
            _set_look(added[key], look)
    for key, look in _PARAGRAPH_STYLES.items():
        added[key].base_style = added[look.based_on] if key != names.NORMAL else None
        added[key].next_paragraph_style = added[look.following or key]
    added[names.REGISTER_TABLE].base_style = styles["Normal Table"]
    elements.set_table_look(added[names.REGISTER_TABLE].element)


def _set_look(style: Any, look: _Style) -> None:
    for name, value in look.font.items():
        setattr(style.font, name, value)
    if look.colour:
        style.font.color.rgb = RGBColor.from_string(look.colour)
    elements.set_other_scripts(style)
    for name, value in look.paragraph.items():
        setattr(style.paragraph_format, name, value)
    if look.tab:
        style.paragraph_format.tab_stops.add_tab_stop(*look.tab)
    if look.level is not None:
        elements.set_outline_level(style.element, look.level)
