"""Elements of Word documents for which python-docx has no call (ISO/IEC 29500-1)."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from plansite.exports.word.style_names import LANGUAGE, LIST_INDENT, TINT

#: An element of python-docx, whose properties depend on its tag.
Element = Any
#: The deepest level of a list, from 0. Deeper items are shown at this level.
MAX_LEVEL = 4
#: Lists of bullets are list 1, and numbered lists are those after it.
BULLETS = 1
_LINE = 'w:val="single" w:space="0" w:color="85847C"'
_SHADE = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{TINT}"/>'
#: Lines between rows alone, and a heading on a tint.
_TABLE_LOOK = f"""<w:style {nsdecls("w")}>
<w:tblPr><w:tblBorders><w:top w:sz="8" {_LINE}/><w:bottom w:sz="8" {_LINE}/><w:insideH w:sz="4" {_LINE}/></w:tblBorders>
<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:sz="8" {_LINE}/></w:tcBorders>{_SHADE}
<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>"""
_DEFAULTS = f"""<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>
<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>"""
#: `compatibilityMode` says that the document is of the present form, so that Word does not open it as an older one.
_SETTINGS = f"""<w:settings {nsdecls("w")}><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="{LANGUAGE}"/></w:settings>"""


def _build(tag: str, **attributes: object) -> Element:
    """An element with attributes, all of WordprocessingML."""
    return OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()})


def set_defaults(styles: Element, settings: Element) -> None:
    """The language and the form of a document, in place of the defaults and settings that it has."""
    styles.remove(styles.find(qn("w:latentStyles")))
    styles.replace(styles.find(qn("w:docDefaults")), parse_xml(_DEFAULTS))
    settings[:] = list(parse_xml(_SETTINGS))


def set_other_scripts(style: Any) -> None:
    """The font and the size of a style also for letters of other scripts, such as Arabic ones."""
    properties = style.element.get_or_add_rPr()
    if style.font.name:
        for script in ("eastAsia", "cs"):
            properties.rFonts.set(qn(f"w:{script}"), style.font.name)
    if style.font.size:
        properties.sz.addnext(_build("szCs", val=properties.sz.get(qn("w:val"))))


def set_outline_level(style: Element, level: int) -> None:
    """The level of a heading, from 0, by which programs list the contents of a document."""
    style.get_or_add_pPr().append(_build("outlineLvl", val=level))


def set_table_look(style: Element) -> None:
    """The lines, margins and heading of a style for tables."""
    style.extend(parse_xml(_TABLE_LOOK))


def shade_cell(cell: _Cell) -> None:
    """Put a cell on a tint."""
    cell._tc.get_or_add_tcPr().append(parse_xml(_SHADE))


def describe_table(table: Table, title: str, description: str) -> None:
    """What screen readers say before they read a table."""
    table._tbl.tblPr.extend((_build("tblCaption", val=title), _build("tblDescription", val=description)))


def keep_row_whole(row: _Row, *, is_heading: bool) -> None:
    """Keep a row on one page if it fits on one. A heading is repeated on each page."""
    row._tr.get_or_add_trPr().extend(map(_build, ("cantSplit", "tblHeader") if is_heading else ("cantSplit",)))


def set_right_to_left(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left, which is its last property."""
    paragraph._p.get_or_add_pPr().append(_build("bidi"))


def set_list_item(paragraph: Paragraph, numbered_list: int, level: int) -> None:
    """Begin an item of a numbered list, or with 0 of bullets."""
    properties: Element = paragraph._p.get_or_add_pPr()
    item = properties.get_or_add_numPr()
    item.get_or_add_ilvl().val, item.get_or_add_numId().val = min(level, MAX_LEVEL), numbered_list + BULLETS


def link_run(paragraph: Paragraph, run: Run, relationship: str) -> None:
    """Make the last run of a paragraph a link, whose address is in a relationship."""
    link = OxmlElement("w:hyperlink", {qn("r:id"): relationship, qn("w:history"): "1"})
    link.append(run._r)
    paragraph._p.append(link)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that counts, such as PAGE. It shows 1 until a program counts."""
    field = _build("fldSimple", instr=f" {instruction} ")
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def define_lists(numbering: Element) -> None:
    """Bullets and numbers as the kinds of lists, in place of those that a document has, and the list of bullets."""
    numbering[:] = [_build_list_kind(0, "bullet", "•"), _build_list_kind(1, "decimal", "%{}.")]
    _add_list(numbering, BULLETS, 0)


def add_numbered_list(numbering: Element, number: int, level: int, start: int) -> None:
    """A numbered list by its number, with its level and the number at which it starts."""
    added = _add_list(numbering, number + BULLETS, 1)
    added.add_lvlOverride(min(level, MAX_LEVEL)).add_startOverride(start)


def _add_list(numbering: Element, number: int, kind: int) -> Element:
    """Its number is given, because python-docx would look at all others in order to find one."""
    added = _build("num", numId=number)
    added.append(_build("abstractNumId", val=kind))
    numbering.append(added)
    return added


def _build_list_kind(number: int, kind: str, mark: str) -> Element:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{mark.format(level + 1)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{LIST_INDENT * (level + 1)}" w:hanging="{LIST_INDENT}"/></w:pPr></w:lvl>'
        for level in range(MAX_LEVEL + 1)
    )
    form = '<w:multiLevelType w:val="hybridMultilevel"/>'
    return parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{form}{levels}</w:abstractNum>')
