"""The styles of a Word document: all that it looks like is there, so that people can change it in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plansite.exports.word import style_names as names

#: The colours of the pages on paper.
_INK, _SOFT, _EDGE = "1A2126", "515A61", "85847C"
_LATE, _RISK, _TRACK, _PROOF, _ACCENT = "98201A", "6B4700", "1D5B39", "1B4A84", "0B5163"
FONTS = _FONT, _CODE_FONT = "Arial", "Courier New"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Characters:
    """How the characters of a style look where they differ from others; the size is in half points, 0 for the same."""

    size: int = 0
    colour: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_underlined: bool = False
    font: str = ""

    def render(self) -> str:
        """The properties in the order that the file format wants."""
        fonts = " ".join(f'w:{script}="{self.font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
        facts = (
            (f"<w:rFonts {fonts}/>", self.font),
            ("<w:b/><w:bCs/>", self.is_bold),
            ("<w:i/><w:iCs/>", self.is_italic),
            (f'<w:color w:val="{self.colour}"/>', self.colour),
            (f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>', self.size),
            ('<w:u w:val="single"/>', self.is_underlined),
        )
        return "".join(text for text, is_given in facts if is_given)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """A style for paragraphs: how it differs from the one that it is based on. `level` is its level as a heading.

    Lengths are in twentieths of a point. `indent` is where lines begin, `hanging` how far to the left of that the first
    one does, `line` the distance of lines where 240 is one line. `following` is the style of the next paragraph.
    """

    key: str
    name: str = ""
    based_on: str = names.NORMAL
    following: str = ""
    characters: _Characters = _Characters()
    before: int | None = None
    after: int | None = None
    line: int = 0
    keeps_with_next: bool = False
    begins_page: bool = False
    level: int | None = None
    indent: int = 0
    hanging: int = 0
    tab: int = 0


def _style_heading(level: int, size: int, before: int) -> _Style:
    return _Style(
        key=names.HEADINGS[level], name=f"heading {level + 1}", following=names.NORMAL, keeps_with_next=True,
        characters=_Characters(size=size, is_bold=True), before=before, after=80, level=level,
    )  # fmt: skip


_PARAGRAPH_STYLES = (
    _Style(key=names.TITLE, following=names.OBJECTIVE, after=80, line=240, keeps_with_next=True, level=0,
           characters=_Characters(size=44, is_bold=True)),
    _Style(key=names.SUBTITLE, following=names.TITLE, after=40, keeps_with_next=True,
           characters=_Characters(size=20, colour=_SOFT)),
    _Style(key=names.OBJECTIVE, following=names.FACTS, after=160, line=288, characters=_Characters(size=25)),
    _Style(key=names.FACTS, after=80, characters=_Characters(size=20)),
    _Style(key=names.GOAL_FACTS, name="Goal facts", based_on=names.FACTS, keeps_with_next=True),
    _style_heading(0, 34, 360), _style_heading(1, 26, 300), _style_heading(2, 22, 200),
    _Style(key=names.NEXT_PLAN, name="Next plan heading", based_on=names.HEADINGS[0], following=names.NORMAL,
           begins_page=True),
    _Style(key=names.GOAL, name=names.GOAL_NAME, based_on=names.HEADINGS[1], following=names.NORMAL),
    _Style(key=names.LIST_BULLET, name="List Bullet", after=40, indent=names.LIST_INDENT),
    _Style(key=names.LIST_NUMBER, name="List Number", after=40, indent=names.LIST_INDENT),
    _Style(key=names.QUOTE, indent=names.LIST_INDENT, characters=_Characters(colour=_SOFT)),
    _Style(key=names.CODE_BLOCK, name="Code block", line=240, characters=_Characters(size=18, font=_CODE_FONT)),
    _Style(key=names.LEGEND, after=20, line=252, indent=2268, hanging=2268, tab=2268,
           characters=_Characters(size=18)),
    _Style(key=names.TABLE_TEXT, name="Table text", after=40, line=250, characters=_Characters(size=18)),
    _Style(key=names.TABLE_HEADING, name="Table heading", based_on=names.TABLE_TEXT, keeps_with_next=True,
           characters=_Characters(is_bold=True)),
    _Style(key=names.ACTION_TITLE, name="Action title", based_on=names.TABLE_TEXT, following=names.TABLE_TEXT,
           characters=_Characters(is_bold=True)),
    _Style(key=names.STEP, based_on=names.TABLE_TEXT, following=names.STEP, indent=250, hanging=250),
    _Style(key=names.REGISTER_NOTE, name=names.REGISTER_NOTE_NAME, based_on=names.TABLE_TEXT,
           following=names.TABLE_TEXT, characters=_Characters(size=17, colour=_SOFT)),
    _Style(key=names.HEADER, name="header", after=0, characters=_Characters(size=17, colour=_SOFT)),
    _Style(key=names.FOOTER, name="footer", after=0, characters=_Characters(size=17, colour=_SOFT)),
)  # fmt: skip
#: The name and the look of each style for characters.
_CHARACTER_STYLES = {
    names.STRONG: ("Strong", _Characters(is_bold=True)),
    names.EMPHASIS: ("Emphasis", _Characters(is_italic=True)),
    names.CODE: ("Code", _Characters(font=_CODE_FONT)),
    names.LINK: ("Hyperlink", _Characters(colour=_ACCENT, is_underlined=True)),
    names.LATE: ("Late", _Characters(colour=_LATE, is_bold=True)),
    names.AT_RISK: ("At risk", _Characters(colour=_RISK, is_bold=True)),
    names.ON_TRACK: ("On track", _Characters(colour=_TRACK, is_bold=True)),
    names.PROOF: ("Proof", _Characters(colour=_PROOF, is_bold=True)),
}


def render_styles() -> str:
    """The styles as XML, without the root element."""
    characters = _Characters(size=21, colour=_INK, font=_FONT).render()
    language = f'<w:lang w:val="{names.LANGUAGE}" w:eastAsia="{names.LANGUAGE}" w:bidi="ar-SA"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{characters}{language}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    paragraphs = "".join(map(_render_paragraph_style, _PARAGRAPH_STYLES))
    runs = "".join(
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{look.render()}</w:rPr></w:style>"
        for key, (name, look) in _CHARACTER_STYLES.items()
    )
    return f"{defaults}{paragraphs}{runs}{_TABLE_STYLES}"


def _render_paragraph_style(style: _Style) -> str:
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.key}"><w:name w:val="{style.name or style.key}"/>'
        f'<w:basedOn w:val="{style.based_on}"/>{following}<w:qFormat/><w:pPr>{"".join(_list_properties(style))}'
        f"</w:pPr><w:rPr>{style.characters.render()}</w:rPr></w:style>"
    )


def _list_properties(style: _Style) -> Iterator[str]:
    """The properties of paragraphs in a style, in the order that the file format wants."""
    if style.keeps_with_next:
        yield "<w:keepNext/><w:keepLines/>"
    if style.begins_page:
        yield "<w:pageBreakBefore/>"
    if style.tab:
        yield f'<w:tabs><w:tab w:val="left" w:pos="{style.tab}"/></w:tabs>'
    distances = (("before", style.before), ("after", style.after))
    spacing = "".join(f' w:{name}="{value}"' for name, value in distances if value is not None)
    spacing += f' w:line="{style.line}" w:lineRule="auto"' if style.line else ""
    if spacing:
        yield f"<w:spacing{spacing}/>"
    if style.indent:
        hanging = f' w:hanging="{style.hanging}"' if style.hanging else ""
        yield f'<w:ind w:left="{style.indent}"{hanging}/>'
    if style.level is not None:
        yield f'<w:outlineLvl w:val="{style.level}"/>'


def _render_line(side: str, width: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="{_EDGE}"/>'


def _render_margins(top: int, bottom: int) -> str:
    sides = (("top", top), ("left", 80), ("bottom", bottom), ("right", 80))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return f"<w:tblCellMar>{margins}</w:tblCellMar>"


#: The table of the register: lines between rows alone, and a heading on a tint.
_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"{_render_margins(0, 0)}</w:tblPr></w:style>"
    f'<w:style w:type="table" w:styleId="{names.REGISTER_TABLE}"><w:name w:val="{names.REGISTER_TABLE}"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_render_line("top", 8)}{_render_line("bottom", 8)}'
    f"{_render_line('insideH', 4)}</w:tblBorders>{_render_margins(60, 40)}</w:tblPr>"
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{_render_line("bottom", 8)}</w:tcBorders>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{names.TINT}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    "</w:style>"
)
