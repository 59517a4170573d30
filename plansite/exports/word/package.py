"""Puts a Word document together: an archive with parts for text, styles, lists, head and foot, and properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plansite.exports.word import style_names as names
from plansite.exports.word.blocks import WordDocument
from plansite.exports.word.markup import BULLETS, MAX_LEVEL, escape_text, render_block
from plansite.exports.word.own_notes import NOTES_NAMESPACE, NOTES_PART, render_notes_part
from plansite.exports.word.style_sheet import FONTS, render_styles

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = f'xmlns:w="{_WORD_NAMESPACE}" xmlns:r="{_OFFICE}/relationships"'
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: The folder of the part with the digests of notes, and what Word wants to know of such a part in order to keep it.
_CUSTOM = "customXml"
_NOTES_PROPERTIES = (
    f'<ds:datastoreItem ds:itemID="{{6B1F1A5E-0D0B-4C53-9C34-4E1A7C9B2F10}}" xmlns:ds="{_OFFICE}/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NOTES_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
#: Members of archives carry no time, so that the same document gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
#: The parts that the text refers to, each with the identifier of its relationship, and the type of the relationship.
_PARTS = {
    "rIdStyles": ("styles.xml", "styles"),
    "rIdSettings": ("settings.xml", "settings"),
    "rIdNumbering": ("numbering.xml", "numbering"),
    "rIdHeader": ("header.xml", "header"),
    "rIdFirstHeader": ("header-first.xml", "header"),
    "rIdFooter": ("footer.xml", "footer"),
    "rIdFonts": ("fontTable.xml", "fontTable"),
    "rIdNotes": (f"../{NOTES_PART}", "customXml"),
}


@dataclass(slots=True)
class _Links:
    """The addresses that links lead to, each with the identifier of its relationship."""

    identifiers: dict[str, str] = field(default_factory=dict)

    def find(self, address: str) -> str:
        """The identifier for an address."""
        return self.identifiers.setdefault(address, f"rIdLink{len(self.identifiers) + 1}")


def format_word_document(document: WordDocument) -> bytes:
    """The file of a document (DOCX). The same document gives the same bytes.

    Its parts are not compressed, because compressed bytes would depend on the version of the compressor.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in _render_parts(document).items():
            member = zipfile.ZipInfo(name, _NO_TIME)
            member.create_system, member.external_attr = 3, 0o600 << 16
            archive.writestr(member, (_DECLARATION + text).encode())
    return buffer.getvalue()


def _render_parts(document: WordDocument) -> Mapping[str, str]:
    """The parts of the file by their names."""
    links = _Links()
    text = "".join(render_block(block, links.find) for block in document.blocks)
    items = (each.item for each in document.iterate_paragraphs() if each.item)
    starts = {item.numbered_list: (min(item.level, MAX_LEVEL), item.start) for item in items if item.numbered_list}
    return {
        "[Content_Types].xml": _render_content_types(),
        "_rels/.rels": _render_relationships(
            ("rIdDocument", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("rIdCore", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _render_core_properties(document),
        "word/document.xml": _wrap("document", f"<w:body>{text}{_render_section()}</w:body>"),
        "word/_rels/document.xml.rels": _render_relationships(*_list_relationships(links)),
        "word/styles.xml": _wrap("styles", render_styles()),
        "word/settings.xml": _wrap("settings", _SETTINGS),
        "word/numbering.xml": _wrap("numbering", _render_numbering([starts[number] for number in sorted(starts)])),
        "word/header.xml": _wrap("hdr", _render_line(names.HEADER, document.running_head)),
        "word/header-first.xml": _wrap("hdr", _render_line(names.HEADER, "")),
        "word/footer.xml": _wrap("ftr", _render_line(names.FOOTER, document.foot, _PAGE_NUMBER)),
        "word/fontTable.xml": _wrap("fonts", "".join(f'<w:font w:name="{font}"/>' for font in FONTS)),
        NOTES_PART: render_notes_part(document.iterate_paragraphs()),
        f"{_CUSTOM}/itemProps1.xml": _NOTES_PROPERTIES,
        f"{_CUSTOM}/_rels/item1.xml.rels": _render_relationships(
            ("rIdProperties", f"{_OFFICE}/relationships/customXmlProps", "itemProps1.xml")
        ),
    }


def _wrap(root: str, content: str) -> str:
    return f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"


def _render_content_types() -> str:
    types = {
        "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_WORD_TYPE}.styles+xml",
        "/word/settings.xml": f"{_WORD_TYPE}.settings+xml",
        "/word/numbering.xml": f"{_WORD_TYPE}.numbering+xml",
        "/word/header.xml": f"{_WORD_TYPE}.header+xml",
        "/word/header-first.xml": f"{_WORD_TYPE}.header+xml",
        "/word/footer.xml": f"{_WORD_TYPE}.footer+xml",
        "/word/fontTable.xml": f"{_WORD_TYPE}.fontTable+xml",
        f"/{_CUSTOM}/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _render_relationships(*relationships: tuple[str, str, str]) -> str:
    """Relationships from identifiers, types and targets; a target of links is outside the file."""
    entries = "".join(
        f'<Relationship Id="{identifier}" Type="{kind}" Target="{escape_text(target)}"{_find_mode(kind)}/>'
        for identifier, kind, target in relationships
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _find_mode(kind: str) -> str:
    return ' TargetMode="External"' if kind.endswith("/hyperlink") else ""


def _list_relationships(links: _Links) -> Iterator[tuple[str, str, str]]:
    for identifier, (target, kind) in _PARTS.items():
        yield identifier, f"{_OFFICE}/relationships/{kind}", target
    for address, identifier in links.identifiers.items():
        yield identifier, f"{_OFFICE}/relationships/hyperlink", address


def _render_core_properties(document: WordDocument) -> str:
    day = f'xsi:type="dcterms:W3CDTF">{document.day.isoformat()}T00:00:00Z'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape_text(document.title)}</dc:title><dc:subject>{escape_text(document.subject)}</dc:subject>"
        f"<dc:creator>plansite</dc:creator><dcterms:created {day}</dcterms:created>"
        f"<dcterms:modified {day}</dcterms:modified><dc:language>{names.LANGUAGE}</dc:language></cp:coreProperties>"
    )


def _render_section() -> str:
    """The paper, and the head and foot of its pages; the first page has no head, because its title is there."""
    references = (
        '<w:headerReference w:type="default" r:id="rIdHeader"/><w:headerReference w:type="first" '
        'r:id="rIdFirstHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/>'
        '<w:footerReference w:type="first" r:id="rIdFooter"/>'
    )
    margins = f'w:top="1020" w:right="{names.MARGIN}" w:bottom="1020" w:left="{names.MARGIN}"'
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{names.PAGE_WIDTH}" w:h="{names.PAGE_HEIGHT}" w:orient="landscape"/>'
        f'<w:pgMar {margins} w:header="500" w:footer="500" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def _render_field(instruction: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_PAGE_NUMBER = (
    '<w:r><w:tab/><w:t xml:space="preserve">Page </w:t></w:r>'
    f'{_render_field("PAGE")}<w:r><w:t xml:space="preserve"> of </w:t></w:r>{_render_field("NUMPAGES")}'
)  # fmt: skip


def _render_line(style: str, text: str, right: str = "") -> str:
    """A line at the head or foot of pages: a text at the left, and something at the right."""
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{names.TEXT_WIDTH}"/></w:tabs>' if right else ""
    run = f'<w:r><w:t xml:space="preserve">{escape_text(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tabs}</w:pPr>{run}{right}</w:p>'


#: `compatibilityMode` says that the document is of the present form, so that Word does not open it as an older one.
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    f'w:val="15"/></w:compat><w:themeFontLang w:val="{names.LANGUAGE}"/>'
)


def _render_numbering(starts: Sequence[tuple[int, int]]) -> str:
    """The definitions of bullets and numbers, and the lists: of bullets, and numbered ones with a level and a start."""
    kinds = (("bullet", "•"), ("decimal", "%{}."))
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{''.join(_render_level(level, kind, mark) for level in range(MAX_LEVEL + 1))}</w:abstractNum>"
        for index, (kind, mark) in enumerate(kinds)
    )
    numbered = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, (level, start) in enumerate(starts, BULLETS + 1)
    )
    return f'{definitions}<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>{numbered}'


def _render_level(level: int, kind: str, mark: str) -> str:
    indent = names.LIST_INDENT
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{mark.format(level + 1)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent * (level + 1)}" w:hanging="{indent}"/></w:pPr></w:lvl>'
    )
