"""What workbooks and Word documents have in common: archives of XML, which libraries write."""

from __future__ import annotations

import io
import zipfile

from plansite.deferred_pattern import compile_lazily
from plansite.model.findings import SiteError

_NOT_IN_XML = compile_lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: Members of archives carry no time, so that the same content gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class MissingExportError(SiteError):
    """A library that writes files of a kind is not installed. `kind` has its article: “a workbook”."""

    def __init__(self, kind: str, library: str) -> None:
        super().__init__(f"writing {kind} needs the library {library}; install it with: pip install 'plansite[export]'")


def clean_text(text: str) -> str:
    """A text for XML; � stands for characters that XML does not allow."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def store_without_compression(data: bytes) -> bytes:
    """The same archive, stored plainly: compressed bytes would depend on the version of the compressor."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as stored:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _NO_TIME)
            member.create_system, member.external_attr = 3, 0o600 << 16
            stored.writestr(member, source.read(name))
    return target.getvalue()
