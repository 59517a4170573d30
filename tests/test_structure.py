"""The code keeps to its own rules on names and sizes: standard terms, one name for one thing, packages one can survey."""

from __future__ import annotations

import ast
import statistics
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "plansite"

#: Words that used to stand for ideas that have a standard name (see the glossary in docs/architecture.md).
PRIVATE_WORDS = frozenset(
    """
    Adopted Asked Batch Binding Chapter Chapters Drawn Edition Grounds Head Known Lean Lent Looked Looker Made Manner
    Near Order Outline Outlook Past Pasts Pages Prints Questions Refused Rest Said Sealed Shelf Sight Sighting
    Surroundings Taken Terms Told Volume Watch Way Workshop
    aside bands batch batches chapter chapters discreet edition grounds in_time is_sealed lean lent looked looked_at
    manner manners outline outlook pasts patience print_of print_of_all prints prints_of published_files_of sealing
    seen_anew shelf shelved sight sightings spread stride surroundings tripwire unread volume
    volume_from volumes watched
    """.split()
)
#: A function may be longer where a comment on its first line begins like this, and gives the reason.
LONG_REASON = "# Long because"


@cache
def _modules() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in sorted(ROOT.rglob("*.py"))}


@cache
def _trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(text) for path, text in _modules().items()}


def _identifiers(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name that a module defines or uses, with its line; names that it imports from elsewhere are not its own."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, node.name
            case ast.Name():
                yield node.lineno, node.id
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Attribute():
                yield node.lineno, node.attr
            case ast.keyword() if node.arg:
                yield node.value.lineno, node.arg


def test_names_are_standard_terms() -> None:
    """No module and no name in the code is one of the private words."""
    used = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path, tree in _trees().items()
        for line, name in _identifiers(tree)
        if name.lstrip("_") in PRIVATE_WORDS
    ]
    modules = [str(path) for path in _modules() if path.stem in PRIVATE_WORDS]
    assert sorted(set(used)) + modules == []


def test_a_class_name_is_used_once() -> None:
    """One name, one thing: also for classes that a module keeps to itself."""
    names = Counter(
        node.name for tree in _trees().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    )
    assert [name for name, number in names.items() if number > 1] == []


@pytest.mark.parametrize("folder", sorted({path.parent for path in ROOT.rglob("*.py")}), ids=str)
def test_a_folder_can_be_surveyed(folder: Path) -> None:
    """No folder has more than twenty modules, and each package says in a line what it holds."""
    modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= 20
    assert ast.get_docstring(_trees()[folder / "__init__.py"])


def test_files_are_neither_long_nor_splinters() -> None:
    """None has more than 300 lines, and half of them have a hundred or more."""
    lines = {path: text.count("\n") for path, text in _modules().items() if path.name != "__init__.py"}
    assert [str(path) for path, number in lines.items() if number > 300] == []
    assert statistics.median(lines.values()) >= 100


def test_long_functions_give_a_reason() -> None:
    """A function over forty lines says beside it why it reads better whole."""
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 40
        and LONG_REASON not in _modules()[path].split("\n")[node.lineno - 2]
    ]
    assert long == []
