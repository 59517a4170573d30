"""Office documents and PDF files with everything that can be hidden in them, and some with nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def build_pdf(catalog: str = "", page: str = "", info: str = "", more: tuple[str, ...] = ()) -> str:
    """A small PDF file as text: `more` are objects from number 5 on, to which the other parts can refer."""
    objects = (
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]{page}>>",
        f"<<{info}>>",
        *more,
    )
    parts = ["%PDF-1.4\n"]
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{content}\nendobj\n")
    start = sum(map(len, parts))
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    parts.append(f"xref\n0 {size}\n0000000000 65535 f \n{table}")
    parts.append(f"trailer\n<</Root 1 0 R/Info 4 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n")
    return "".join(parts)


#: A PDF file with nothing hidden in it.
PDF = build_pdf()


def build_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def build_workbook(sheets: str = "", /, sheet: str = "", **parts: str | bytes) -> bytes:
    """A workbook; `sheets` are further elements of its list of sheets, `sheet` what stands in the first."""
    return build_zip(
        {
            "[Content_Types].xml": _TYPES,
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}"><sheets><sheet name="A"/>{sheets}</sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}">{sheet}<sheetData/></worksheet>',
            **parts,
        }
    )


def build_text_document(body: str = "", /, **parts: str | bytes) -> bytes:
    """A text document with these elements in its body."""
    return build_zip(
        {
            "[Content_Types].xml": _TYPES,
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
            **parts,
        }
    )
