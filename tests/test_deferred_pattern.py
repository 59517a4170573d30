"""Regular expressions of modules are compiled at their first use, and behave as those compiled at once."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import plansite
from plansite.deferred_pattern import compile_lazily

_PATTERNS = (("(?P<word>b+)|c", 0), ("B+|c", re.IGNORECASE), (rb"(b)(c)?", 0))


@pytest.mark.parametrize(("pattern", "flags"), _PATTERNS)
def test_it_has_what_a_pattern_has(pattern: Any, flags: int) -> None:
    """Each method gives the same, whichever is called first, and each attribute is equal."""
    text: Any = "abbcb" if isinstance(pattern, str) else b"abbcb"
    expected = re.compile(pattern, flags)
    for name in (name for name in dir(expected) if not name.startswith("_") and name != "scanner"):
        ours, theirs = getattr(compile_lazily(pattern, flags), name), getattr(expected, name)
        if not callable(theirs):
            assert ours == theirs, name
            continue
        arguments = (text[:1], text) if name in ("sub", "subn") else (text,)
        assert _describe(ours(*arguments)) == _describe(theirs(*arguments)), name


def _describe(result: object) -> object:
    if isinstance(result, re.Match):
        return result.span(), result.groups()
    return list(map(_describe, result)) if isinstance(result, Iterator) else result


def test_what_a_pattern_does_not_have() -> None:
    """Asking for it does not even compile."""
    with pytest.raises(AttributeError):
        compile_lazily("(").matches  # type: ignore[attr-defined]  # noqa: B018


def test_one_that_is_switched_off_is_compiled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As all fast paths are."""
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", "1")
    assert isinstance(compile_lazily("a"), re.Pattern)


def test_every_pattern_of_a_module_is_one(project: Path) -> None:
    """A module that compiles one as it is imported costs every command that imports it."""
    own = project / "plansite"
    found = [
        f"{path.relative_to(own)}:{node.lineno}"
        for path in own.rglob("*.py")
        if path.name != "deferred_pattern.py"
        for node in _walk_top_level(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "re.compile"
    ]
    assert found == []


def _walk_top_level(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported: all but those within functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _walk_top_level(child)


_PROBE = """
import importlib, sys
from plansite import deferred_pattern

patterns, create = [], deferred_pattern._DeferredPattern.__init__

def record(self, pattern, flags):
    create(self, pattern, flags)
    patterns.append(self)

deferred_pattern._DeferredPattern.__init__ = record
for name in sys.argv[1:]:
    importlib.import_module(name)
print(sum(each.groups >= 0 for each in patterns))
"""


def test_each_can_be_compiled() -> None:
    """Of all modules of the project: one that is no regular expression would be found by whoever uses it first."""
    names = [module.name for module in walk_packages(plansite.__path__, "plansite.") if "__main__" not in module.name]
    run = subprocess.run([sys.executable, "-c", _PROBE, *names], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert int(run.stdout) > 400
