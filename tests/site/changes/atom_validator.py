"""What RFC 4287 asks of a feed, apart from plansite: its own schema, and the musts that a schema cannot say."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import lxml.etree

ATOM = "{http://www.w3.org/2005/Atom}"
_SCHEMA = Path(__file__).with_name("atom.rng")
#: RFC 3339 with capital T and Z, as section 3.3 asks.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def read_text(element: Element, name: str) -> str:
    """The text of the one child of this name."""
    (found,) = element.findall(ATOM + name)
    return found.text or ""


def find_faults(feed: str) -> list[str]:
    """The faults of a feed, in words; empty if it is valid."""

    schema = lxml.etree.RelaxNG(lxml.etree.parse(str(_SCHEMA)))
    if not schema.validate(lxml.etree.fromstring(feed.encode())):
        return [str(error) for error in schema.error_log]
    root = fromstring(feed)  # noqa: S314  (a feed of our own)
    entries = root.findall(f"{ATOM}entry")
    faults = [f"{name} of {element.tag}" for element in (root, *entries) for name in _find_faulty_parts(element)]
    faults += [f"no author: {read_text(each, 'id')}" for each in entries if not _has_author(each, root)]
    faults += [
        f"neither content nor alternate link: {read_text(each, 'id')}" for each in entries if not _has_body(each)
    ]
    keys = [(read_text(each, "id"), read_text(each, "updated")) for each in entries]
    faults += [f"twice: {key}" for key in set(keys) if keys.count(key) > 1]
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        faults.append("no link to itself")
    return faults


def _find_faulty_parts(element: Element) -> list[str]:
    """The parts of a feed or entry that are not as section 4 asks."""
    links = [(link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link") if _is_alternate(link)]
    hrefs = [link.get("href", "") for link in element.findall(f"{ATOM}link")]
    checks = {
        "id": _ABSOLUTE.fullmatch(read_text(element, "id")),
        "updated": _TIME.fullmatch(read_text(element, "updated")),
        "title": read_text(element, "title").strip(),
        "alternate links": len(links) == len(set(links)),
        "link": all(map(_ABSOLUTE.fullmatch, hrefs)),
    }
    return [name for name, holds in checks.items() if not holds]


def _is_alternate(link: Element) -> bool:
    return link.get("rel", "alternate") == "alternate"


def _has_author(entry: Element, feed: Element) -> bool:
    return any(each.find(f"{ATOM}author/{ATOM}name") is not None for each in (entry, feed))


def _has_body(entry: Element) -> bool:
    return entry.find(f"{ATOM}content") is not None or any(map(_is_alternate, entry.findall(f"{ATOM}link")))
