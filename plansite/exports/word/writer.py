"""Writes a document with python-docx: its text, its head and foot, its properties, and the digests of its notes."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from functools import cache

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.section import Section
from docx.shared import Twips

from plansite.exports.office_files import clean_text
from plansite.exports.word.blocks import WordDocument
from plansite.exports.word.body import BodyWriter, prepare_text
from plansite.exports.word.elements import add_field, add_numbered_list, define_lists, set_defaults
from plansite.exports.word.own_notes import NOTES_NAMESPACE, NOTES_PART, render_notes_part
from plansite.exports.word.style_names import LANGUAGE, MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from plansite.exports.word.style_sheet import define_styles

#: The most characters that python-docx lets a property have.
_MAX_PROPERTY = 255
#: What Word wants to know of the part with the digests of notes in order to keep it.
_FACTS_PART = "/customXml/itemProps1.xml"
_FACTS = (
    '<ds:datastoreItem ds:itemID="{6B1F1A5E-0D0B-4C53-9C34-4E1A7C9B2F10}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NOTES_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
#: The parts of python-docx's template that are used; a thumbnail, a theme and others are not.
_KEPT_PARTS = ("officeDocument", "core-properties", "styles", "settings", "numbering")


def write_document(document: WordDocument) -> bytes:
    """A DOCX file as python-docx saves it: the members of the archive have the time of writing."""
    target = docx.Document(io.BytesIO(_save_empty_document()))
    _write_properties(target.core_properties, document)
    _write_head_and_foot(target.sections[0], document)
    items = (each.item for each in document.iterate_paragraphs() if each.item)
    starts = {item.numbered_list: (item.level, item.start) for item in items if item.numbered_list}
    for number in sorted(starts):
        add_numbered_list(target.part.numbering_part.element, number, *starts[number])
    BodyWriter(target).write(document.blocks)
    _add_notes_part(target.part, render_notes_part(document.iterate_paragraphs()))
    buffer = io.BytesIO()
    target.save(buffer)
    return buffer.getvalue()


def _write_properties(properties: CoreProperties, document: WordDocument) -> None:
    properties.title = clean_text(document.title)[:_MAX_PROPERTY]
    properties.subject = clean_text(document.subject)[:_MAX_PROPERTY]
    properties.author = "plansite"
    properties.created = properties.modified = datetime.combine(document.day, time(), tzinfo=UTC)
    properties.language = LANGUAGE


def _write_head_and_foot(section: Section, document: WordDocument) -> None:
    """The first page has no head, because its title is there."""
    section.header.paragraphs[0].add_run(prepare_text(document.running_head))
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.add_run(prepare_text(document.foot))
        line.add_run("\tPage ")
        add_field(line, "PAGE")
        line.add_run(" of ")
        add_field(line, "NUMPAGES")


def _add_notes_part(document_part: Part, digests: str) -> None:
    """The part with the digests of notes, and the one that says what it is."""
    package = document_part.package
    notes = Part(PackURI(f"/{NOTES_PART}"), CONTENT_TYPE.XML, _encode(digests), package)
    facts = Part(PackURI(_FACTS_PART), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, _encode(_FACTS), package)
    document_part.relate_to(notes, RELATIONSHIP_TYPE.CUSTOM_XML)
    notes.relate_to(facts, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def _encode(part: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{part}'.encode()


@cache
def _save_empty_document() -> bytes:
    """A DOCX file without text. It is made once, because clearing the template of python-docx takes a while."""
    document = docx.Document()
    package = document.part.package
    for relationships in (package.rels, document.part.rels):
        for key, relationship in list(relationships.items()):
            if not relationship.reltype.endswith(_KEPT_PARTS):
                del relationships[key]
    package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).element.clear()
    set_defaults(document.styles.element, document.settings.element)
    define_lists(document.part.numbering_part.element)
    define_styles(document.styles)
    document.element.body.sectPr.clear()
    _set_up_page(document.sections[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up_page(section: Section) -> None:
    """A4 sideways. The first page has no head, because its title is there."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Twips(PAGE_WIDTH), Twips(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Twips(MARGIN)
    section.top_margin = section.bottom_margin = Twips(1020)
    section.header_distance = section.footer_distance = Twips(500)
    section.gutter = Twips(0)
    section.different_first_page_header_footer = True
    for line in (section.header, section.first_page_header, section.footer, section.first_page_footer):
        line.is_linked_to_previous = False
