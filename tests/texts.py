"""The texts that people read, each with its file and line: messages, templates, scripts, documentation and scaffold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A passage as a reader sees it, and where it begins; `path` is relative to the project."""

    path: str
    line: int
    words: str


#: Patterns and scripts are not words: a literal with one of these is code, or is looked for in what others wrote.
_CODE = re.compile(r"\(\?[:=!<P]|\\[bsdwAZ.]|\[\^|^\s*[.#]?[\w-]+ *\{|</?(?:script|style)\b")
#: Python modules whose literals are looked for in files of other people, and are never shown.
_LISTS = (
    "plansite/encryption/well_known.py",
    "plansite/markdown/spellings/",
    "plansite/model/audience/",
    "plansite/trackers/columns/names.py",
)


def list_texts() -> Iterator[Text]:
    """Every text of the project that people read, without the pages made from it."""
    yield from _list_literals()
    yield from _list_markup()
    yield from _list_scripts()
    yield from _list_documents()


def _find(pattern: str) -> Iterator[tuple[str, str]]:
    """The path and content of each file that a glob pattern finds, sorted by path."""
    for path in sorted(PROJECT.glob(pattern)):
        if path.is_file():
            yield path.relative_to(PROJECT).as_posix(), path.read_text("utf-8")


# ---- Python


def _list_literals() -> Iterator[Text]:
    """Literals of two or more words; docstrings where commands, documentation or schemas show them."""
    for path, source in _find("plansite/**/*.py"):
        nodes = list(ast.walk(ast.parse(source)))
        silent = _find_docstrings(nodes) | _find_parts(nodes)
        for node in nodes:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                if words := _read_shown_docstring(path, node):
                    yield Text(path, node.lineno, words)
            elif isinstance(node, ast.JoinedStr | ast.Constant) and node not in silent and not path.startswith(_LISTS):
                words = _render_literal(node)
                if " " in words.strip() and not _CODE.search(words):
                    yield Text(path, node.lineno, words)


def _find_docstrings(nodes: Iterable[ast.AST]) -> set[ast.AST]:
    return {node.value for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def _find_parts(nodes: Iterable[ast.AST]) -> set[ast.AST]:
    """The literal parts of f-strings, which are read as one with the others."""
    return {
        part
        for node in nodes
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant)
    }


def _render_literal(node: ast.Constant | ast.JoinedStr) -> str:
    """The words of a literal, with `…` in place of what an f-string puts in; empty if it is not a text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)


def _read_shown_docstring(path: str, node: ast.FunctionDef | ast.ClassDef) -> str:
    """The docstring of a rule or a command, or the first line of that of a kind of document, which schemas show."""
    decorators = {ast.unparse(each).partition("(")[0] for each in node.decorator_list}
    words = ast.get_docstring(node) or ""
    if decorators & {"rule", "click.command"} or any(name.endswith(".command") for name in decorators):
        return words
    return words.partition("\n")[0] if isinstance(node, ast.ClassDef) and path.startswith("plansite/model/") else ""


# ---- Templates and scripts

_SILENT = re.compile(r"\{#.*?#\}|<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL)
_STATEMENT = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_STATEMENT_WORDS = re.compile(r"\"([^\"\n]* [^\"\n]*)\"|'([^'\n]* [^'\n]*)'")
_TAG = re.compile(r"<[^<>]*>")
_SHOWN_ATTRIBUTE = re.compile(r"\b(?:aria-label|title|alt|placeholder|content|data-[\w-]+)=\"([^\"]* [^\"]*)\"")


def _list_markup() -> Iterator[Text]:
    """Lines of templates without their tags, and the words in attributes and in expressions."""
    for pattern in ("themes/default/templates/**/*.html", "themes/default/sealed/**/*.html"):
        for path, source in _find(pattern):
            yield from (Text(path, line, words) for line, words in read_markup(source))


def read_markup(source: str) -> Iterator[tuple[int, str]]:
    """The line and words of each line of a page or template."""
    silent = _SILENT.sub(_blank, source)
    for number, line in enumerate(silent.split("\n"), 1):
        quoted = (
            first or second for part in _STATEMENT.findall(line) for first, second in _STATEMENT_WORDS.findall(part)
        )
        attributes = _SHOWN_ATTRIBUTE.findall(line)
        visible = _TAG.sub(" ", _STATEMENT.sub("…", line))
        for words in (visible, *attributes, *quoted):
            if " " in words.strip():
                yield number, " ".join(words.split())


def _blank(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


_SCRIPT_STRING = re.compile(r"\"([^\"\n]* [^\"\n]*)\"|`([^`]* [^`]*)`")


def _list_scripts() -> Iterator[Text]:
    """The strings of scripts that have a space in them."""
    for pattern in ("themes/default/**/*.js", "plansite/preview/*.js"):
        for path, source in _find(pattern):
            for number, line in enumerate(source.split("\n"), 1):
                for first, second in _SCRIPT_STRING.findall(line.partition(" // ")[0]):
                    yield Text(path, number, first or second)


# ---- Documentation, and what `init` and `new` write


def _list_documents() -> Iterator[Text]:
    """The lines of pages of documentation, of the files at the top, and of files that commands write."""
    for pattern in ("*.md", "docs/**/*.md", "plansite.yaml"):
        for path, source in _find(pattern):
            if path != "CHANGELOG.md":
                yield from (Text(path, number, line) for number, line in enumerate(source.split("\n"), 1))
    for file in sorted((PROJECT / "plansite/scaffold").rglob("*")):
        if file.is_file() and file.suffix not in {".py", ".pyc"}:
            name, lines = file.relative_to(PROJECT).as_posix(), file.read_text("utf-8").split("\n")
            yield from (Text(name, number, line) for number, line in enumerate(lines, 1))


@cache
def all_texts() -> tuple[Text, ...]:
    """The texts, read once for all tests."""
    return tuple(list_texts())
