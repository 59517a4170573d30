"""What an e-mail is sent to and from."""

from __future__ import annotations

from plansite.deferred_pattern import compile_lazily

_USER = compile_lazily(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_DOMAIN = compile_lazily(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
_MAX_LENGTH = 254


def is_deliverable(text: str) -> bool:
    """Whether a text is one plain e-mail address, as every mail server takes it: "deputy@example.org".

    That leaves out the quoted names of RFC 5321 and letters beyond ASCII, so nothing in it can end a header or add a
    second address.
    """
    user, _, domain = text.rpartition("@")
    return (
        len(text) <= _MAX_LENGTH
        and _USER.fullmatch(user) is not None
        and not (user.startswith(".") or user.endswith(".") or ".." in user)
        and _DOMAIN.fullmatch(domain) is not None
        and not any(part.startswith("-") or part.endswith("-") for part in domain.split("."))
    )
