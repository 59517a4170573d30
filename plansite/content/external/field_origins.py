"""Values of external files that stand in none of their fields: the first heading, the name of the file or folder."""

from __future__ import annotations

from pathlib import PurePosixPath

from plansite.content.invisible import describe_character, find_refused_directions, replace_refused_directions
from plansite.content.parse_rules import BIDI_CHARACTER
from plansite.content.report import Report
from plansite.content.text import REPLACEMENT_CHARACTER
from plansite.content.yaml.front_matter import ParsedFile
from plansite.content.yaml.nodes import MAX_VALUE_LENGTH, Node, ScalarNode
from plansite.markdown.headings import find_first_heading
from plansite.markdown.passages import TextOrigin, join_lines, parse_passages
from plansite.model.external.source_settings import FieldOrigin
from plansite.model.slugs import title_from_slug
from plansite.model.status import Audience


def find_origin_value(origin: FieldOrigin, name: str, path: str, file: ParsedFile, report: Report) -> Node | None:
    """The value of our field `name` of the file at `path`, from where the settings say; None where there is none.

    A file without a heading has the value of its own field of that name, and else, for a title, that of its file name.
    """
    if origin is FieldOrigin.HEADING:
        found = _find_heading(file, report) or file.fields.get(name)
        if (found and not found.absent) or name != "title":
            return found
    place = PurePosixPath(path)
    words = place.parent.name if origin is FieldOrigin.FOLDER else place.name.removesuffix(place.suffix)
    if name == "title" and " " not in words:
        words = title_from_slug(words)
    return ScalarNode(words, file.fields.line, file.fields.column) if words else None


def _find_heading(file: ParsedFile, report: Report) -> ScalarNode | None:
    """The first heading that stands in no passage for some readers, since a title is for all who see the file."""
    passages = parse_passages(file.text)
    lines = passages.visible_to(Audience.PUBLIC) if passages else ()
    heading = find_first_heading(join_lines(lines) if passages else file.text)
    if heading is None:
        return None
    words, line = heading
    line = TextOrigin(file.text_line, lines).file_line(line)
    if refused := find_refused_directions(words):
        message = f"a hidden character changes the direction of writing: {describe_character(words, refused[0])}"
        report.add(BIDI_CHARACTER, message, "delete it", line=line)
        words = replace_refused_directions(words, REPLACEMENT_CHARACTER)
    if len(words) > MAX_VALUE_LENGTH:
        words = f"{words[:MAX_VALUE_LENGTH]}…"
    return ScalarNode(words, line, 1)
