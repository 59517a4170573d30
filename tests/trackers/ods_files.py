"""ODS files for tests of the importer, from the XML of their tables."""

from __future__ import annotations

import io
import zipfile

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{target}:1.0"'
    for name, target in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
                         ("fo", "xsl-fo-compatible"), ("draw", "drawing"))
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
_MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_file(rows: str, styles: str = "", manifest: str = "", name: str = "Plan", attributes: str = "") -> bytes:
    """The bytes of an ODS file with one sheet; `rows` and `styles` are XML, `manifest` what its list of parts has."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _MIME_TYPE)
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def row(*cells: str, repeated: int = 1) -> str:
    """The XML of a row."""
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def cell(inner: str, attributes: str = "") -> str:
    """The XML of a cell with a text; `inner` may have links and further paragraphs."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{inner}</text:p></table:table-cell>'
