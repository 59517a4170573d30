"""Names with an e-mail address or a handle, as other programs write them: `Amina Shah <a.shah@example.org>`."""

from __future__ import annotations

from plansite.deferred_pattern import compile_lazily

_ADDRESS = r"[^\s@<>()\[\],;]+@[^\s@<>()\[\],;]+"
_MAIL_LINK = compile_lazily(r"\[([^\[\]]+)\]\(\s*mailto:[^()\s]*\s*\)")
#: An address or a handle in brackets of any kind, with the blanks before it.
_IN_BRACKETS = compile_lazily(
    rf"\s*(?:<\s*(?:mailto:)?{_ADDRESS}\s*>|[(\[]\s*(?:(?:mailto:)?{_ADDRESS}|@[\w.-]+)\s*[)\]])"
)
#: An address without brackets behind a name.
_BEHIND = compile_lazily(rf"(?<=\w)[.,;:]?\s+(?:[-–—|]\s+)?{_ADDRESS}(?=\s*(?:[,;]|$))")
#: Brackets round an address or handle that is all there is.
_ALONE = compile_lazily(rf"[<(\[]\s*(?:mailto:)?({_ADDRESS}|@[\w.-]+)\s*[>)\]]")

#: An address with the name behind it, and a name in quotation marks, as in the headers of e-mails.
_ADDRESS_FIRST = compile_lazily(rf"{_ADDRESS}\s+\(([^()@]+)\)")
_QUOTED = compile_lazily("[\"']([^\"']+)[\"']")


def drop_addresses(text: str) -> str:
    """The names in a text without the e-mail addresses and handles that follow them.

    What has no name beside it stays, without brackets.
    """
    alone = _ALONE.fullmatch(text.strip())
    if alone:
        return alone.group(1)
    written = _ADDRESS_FIRST.fullmatch(text.strip())
    if written:
        return written.group(1)
    plain = _BEHIND.sub("", _IN_BRACKETS.sub("", _MAIL_LINK.sub(r"\1", text))).strip()
    quoted = _QUOTED.fullmatch(plain)
    return (quoted.group(1) if quoted else plain) or text
