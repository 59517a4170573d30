"""Further looks for personal data, of which nothing is kept: for listed names, and through commit messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plansite.checks.check import RULES
from plansite.checks.grounds import Grounds
from plansite.checks.waivers import Waivers
from plansite.content.settings import FILE
from plansite.content.shelf import FRONT, OWN
from plansite.content.tripwire import found_of, named, names_in, text_of
from plansite.history.messages import Message
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.personal.look import as_words, sightings
from plansite.personal.names import Names
from plansite.personal.sighting import Kind, Sighting, apart
from plansite.pipeline.way import Way, site_of_one

#: The lines that programs put below a message; whoever wrote the commit is known to its readers anyway.
_SIGNATURE = re.compile(r"^[A-Za-z-]+-by: [^\n]*", re.MULTILINE)


def listed_names(way: Way, names: Names) -> Iterator[Finding]:
    """Where a listed name stands in any file of the site or in its name, less what was set aside."""
    shelf = way.shelf
    paths = (FRONT, *shelf.people, *sorted(shelf.assets - {path for batch in shelf.batches for path in batch.paths}))
    head = [*_in_text(FILE, (shelf.root / FILE).read_bytes(), names)]
    head += [each for path in paths if path in shelf.prints for each in _in_file(way, path, OWN, names)]
    yield from _left(head, way.outlook())
    for batch in shelf.batches:
        folders = {each.path: each.folder for each in batch.lent}
        known = (path for path in batch.paths if path in shelf.prints)
        told = (each for path in known for each in _in_file(way, path, folders.get(path, OWN), names))
        found = tuple(dict.fromkeys(told))
        if found:
            volume = way.reading.volume(batch.slug)
            yield from _left(found, site_of_one(volume, way.terms, way.reading.surroundings, {}))


def _in_file(way: Way, path: str, folder: str, names: Names) -> Iterator[Finding]:
    found = way.shelf.open(path, folder)
    for told, name in names_in(found.path, folder):
        if any(names.sightings(as_words(name), small=True)):
            yield named(told, Kind.NAME)
    if found.data is not None:
        yield from _in_text(found.path, found.data, names)


def _in_text(path: str, data: bytes, names: Names) -> tuple[Finding, ...]:
    text = text_of(data)
    return found_of(path, text, names.sightings(text))


def _left(findings: Iterable[Finding], outlook: Outlook) -> Iterator[Finding]:
    waived = Waivers.of(Grounds(outlook, RULES))
    return (each for each in findings if not waived.cover(each))


def in_messages(way: Way, messages: Iterable[Message], names: Names | None) -> Iterator[Finding]:
    """What the messages of commits hold; the settings alone can set something aside here."""
    found = (finding for message in messages for finding in _in_message(message, names))
    return _left(found, way.outlook())


def _in_message(message: Message, names: Names | None) -> tuple[Finding, ...]:
    # As many characters as before, so that places stay the same.
    text = _SIGNATURE.sub(lambda line: " " * len(line.group()), message.text)
    seen: list[Sighting] = [*sightings(text), *(names.sightings(text) if names else ())]
    return found_of(f"commit {message.commit}", text, apart(seen))
