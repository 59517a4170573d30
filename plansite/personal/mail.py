"""E-mail addresses at providers where people keep their own; those of a workplace are none of these."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from plansite.personal.sighting import Kind, Sighting

_DOMAIN = r"([a-z0-9-]{2,30}(?:(?:\.|\s?[(\[{]\s?dot\s?[)\]}]\s?)[a-z0-9-]{2,20}){1,2})(?![\w-])"
#: The sign, as itself, as an address has it, and as a word in brackets.
_SIGNS = tuple(re.compile(sign + _DOMAIN, re.IGNORECASE) for sign in ("@", "%40", r"[(\[{]\s?at\s?[)\]}]\s?"))
_DOT = re.compile(r"\s?[(\[{]\s?dot\s?[)\]}]\s?", re.IGNORECASE)
_LOCAL = re.compile(r"[\w.+%'’&-]{1,64}\s?\Z")
#: Providers with an ending for each country.
_FAMILIES = frozenset({"gmx", "hotmail", "live", "outlook", "yahoo"})
_PROVIDERS = frozenset(
    """
    aol.com aol.co.uk blueyonder.co.uk btinternet.com btopenworld.com fastmail.com gmail.com googlemail.com icloud.com
    mac.com mail.com me.com msn.com ntlworld.com o2.co.uk pm.me proton.me protonmail.com rocketmail.com sky.com
    talk21.com talktalk.net tiscali.co.uk tuta.io tutanota.com virgin.net virginmedia.com ymail.com
    """.split()  # noqa: SIM905  (so many words read better as words)
)


def personal_mail(text: str) -> Iterator[Sighting]:
    """Each such address, also where the @ or the dot is written as a word in brackets."""
    for match in itertools.chain.from_iterable(sign.finditer(text) for sign in _SIGNS):
        local = _LOCAL.search(text, max(0, match.start() - 64), match.start())
        if local and is_provider(_DOT.sub(".", match.group(1))):
            yield Sighting(Kind.MAIL, local.start(), match.end())


def is_provider(domain: str) -> bool:
    """Whether anybody may have an address at this domain."""
    domain = domain.lower().removesuffix(".")
    return domain in _PROVIDERS or domain.partition(".")[0] in _FAMILIES
