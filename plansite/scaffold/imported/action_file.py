"""The Markdown file of an action that a tracker gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from plansite.content.invisible import find_refused_directions
from plansite.content.yaml.nodes import MAX_VALUE_LENGTH
from plansite.deferred_pattern import compile_lazily
from plansite.scaffold.field_values import FieldValue, format_yaml_value
from plansite.scaffold.markdown_links import escape_markdown_marks
from plansite.trackers.drafts import DraftAction
from plansite.trackers.values.links import strip_address

#: Characters that no file may have.
_UNPRINTABLE = compile_lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
#: The start of a line that Markdown reads as the mark of something. As a reference to the character it is text, also to
#: the spellings of other programs, which read escaped marks.
_LINE_MARK = compile_lazily(r"^(\s*)([-+=#:•–—☐☑✅❌]|(\d{1,9})([.)])|(\()(?=\d+\)))")
#: An address that Markdown makes a link of: in angle brackets, or alone.
_WEB_ADDRESS = compile_lazily(
    r"<(https?://[\w.-]+(?::\d+)?(?:[/?#](?:[\w!#$%&'()*+,\-./;=?@~]|:(?!:))*)?)>"
    r"|\b(https?://[\w.-]+(?::\d+)?(?:[/?#](?:[\w!#$%&'()*+,\-./;=?@~]|:(?!:))*)?)",
    re.IGNORECASE,
)
_COLONS = compile_lazily(r"(?<!\\):{2,}")
#: The heading of what a tracker says in columns that are not fields.
OTHER_TEXTS_HEADING = "From the tracker"
#: A longer text of a field goes into the body.
_MAX_FIELD_LENGTH = MAX_VALUE_LENGTH // 8


def format_action_file(fields: Mapping[str, str], body: str) -> str:
    """The file of an action with these fields (`format_fields`) and this body (`format_body`)."""
    lines = "\n".join(f"{name}: {text}" for name, text in fields.items())
    return f"---\n{lines}\n---\n{body}\n" if body else f"---\n{lines}\n---\n"


def format_body(draft: DraftAction) -> str:
    """The text below the fields, without a line end."""
    if draft.written:
        return draft.written.body
    return "\n\n".join(_format_sections(draft))


def format_fields(draft: DraftAction, goal: str = "") -> Mapping[str, str]:
    """The fields of a draft as YAML on one line each, by their names, in the order in which `plansite new` has them."""
    if draft.written:
        return {name: text for name, text in draft.written.fields if name != "ref" or draft.ref}
    source = {"kind": draft.source_kind, "ref": draft.source_ref}
    values: dict[str, FieldValue | None] = {
        "title": _clean_line(draft.title),
        "ref": _clean_line(draft.ref),
        "status": draft.status.value if draft.status else None,
        "owner": _clean_line(draft.owner),
        "supporters": tuple(map(_clean_line, draft.supporters)),
        "goal": goal or _clean_line(draft.goal),
        "created": draft.created,
        "started": draft.started,
        "due": draft.due,
        "completed": draft.completed,
        "priority": draft.priority.value if draft.priority else None,
        "resources": _clean_line(draft.resources),
        "depends_on": tuple(map(_clean_line, draft.depends_on)),
        "rag": draft.rag,
        "tags": tuple(map(_clean_line, draft.tags)),
    }
    groups = {
        "source": _format_group(source) if any(source.values()) else "",
        "evidence": _format_list({"label": each.label, "url": each.url} for each in draft.evidence),
        "verification": _format_group({"by": draft.verified_by}) if draft.verified_by else "",
        "due_history": _format_list({"due": each.due, "reason": each.reason} for each in draft.moved),
        "response": _format_group({"decision": draft.response.value}) if draft.response else "",
    }
    texts = {name: format_yaml_value(value) for name, value in values.items() if value}
    return {**texts, **{name: text for name, text in groups.items() if text}}


def _format_list(entries: Iterable[Mapping[str, FieldValue]]) -> str:
    groups = [_format_group(entry) for entry in entries]
    return f"[{', '.join(groups)}]" if groups else ""


def _format_group(entry: Mapping[str, FieldValue]) -> str:
    pairs = ((name, _clean_line(value) if isinstance(value, str) else value) for name, value in entry.items())
    return "{" + ", ".join(f"{name}: {_quote_inside(value)}" for name, value in pairs if value) + "}"


def _quote_inside(value: FieldValue) -> str:
    """A value inside braces, where a comma or bracket would end it; `format_yaml_value` quotes these."""
    return format_yaml_value(value)


def _clean_line(text: str) -> str:
    """A text on one line without characters that a file may not have."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= _MAX_FIELD_LENGTH else f"{line[: _MAX_FIELD_LENGTH - 1]}…"


def clean_text(text: str, *, keeps_tabs: bool = False) -> str:
    """A text without characters that a file may not have; a sign stands in the place of each."""
    lines = text.replace("\r\n", "\n")
    visible = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", lines if keeps_tabs else lines.replace("\t", " "))
    if visible.isascii():
        return visible
    refused = set(find_refused_directions(visible))
    return "".join("\N{REPLACEMENT CHARACTER}" if index in refused else each for index, each in enumerate(visible))


def _format_sections(draft: DraftAction) -> Iterator[str]:
    if draft.text:
        yield format_paragraphs(draft.text)
    if draft.steps:
        yield "## Steps\n" + "\n".join(
            f"- [{'x' if step.is_done else ' '}] {format_line(step.text)}" for step in draft.steps
        )
    if draft.notes:
        notes = (f"- {note.day.isoformat()}{f' ({_format_author(note.by)})' if note.by else ''}: "
                 f"{format_line(note.text)}" for note in draft.notes)  # fmt: skip
        yield "## Progress\n" + "\n".join(notes)
    if draft.barriers:
        yield f"## Barriers\n{format_paragraphs(draft.barriers)}"
    if draft.outcome:
        yield f"## Outcome\n{format_paragraphs(draft.outcome)}"
    others = [*(("", text) for text in draft.progress), *((each.heading, each.text) for each in draft.others)]
    if others:
        yield f"## {OTHER_TEXTS_HEADING}\n" + "\n\n".join(_format_other(*each) for each in others)


def _format_other(heading: str, text: str) -> str:
    name = f"**{format_line(heading)}:** " if heading else ""
    return name + format_paragraphs(text)


def _format_author(name: str) -> str:
    return format_line(name).replace("(", "").replace(")", "")


def format_paragraphs(text: str) -> str:
    """A text with its line breaks, in which nothing is read as Markdown, or as a mark for some readers."""
    lines = [format_line(line) for line in clean_text(text).split("\n")]
    return "\\\n".join(lines).replace("\\\n\\\n", "\n\n").strip("\\\n")


def format_line(text: str) -> str:
    """A line in which nothing is read as Markdown but addresses of the web, or as a mark for some readers."""
    line = clean_text(text)
    if "://" not in line:
        return _LINE_MARK.sub(_replace_mark, _escape(" ".join(line.split())))
    parts: list[str] = []
    end = 0
    for found in _WEB_ADDRESS.finditer(line):
        address, after = strip_address(found[1] or found[2])
        parts += [_escape(line[end : found.start()]), f"<{address}>"]
        end = found.end() if found[1] else found.end() - len(after)
    return _LINE_MARK.sub(_replace_mark, " ".join("".join((*parts, _escape(line[end:]))).split()))


def _escape(text: str) -> str:
    """A part of a line with its marks escaped."""
    return _COLONS.sub(lambda found: "\\:" * len(found.group()), escape_markdown_marks(text))


def _replace_mark(found: re.Match[str]) -> str:
    if found[3]:
        return f"{found[1]}{found[3]}&#{ord(found[4])};"
    return f"{found[1]}&#{ord(found[2])};"
