"""Fast path: the templates of the default theme, compiled ahead by the template compiler.

They are functions in one Python module. The wheel brings it, made by `release/compile_templates.py`. It is used where
the installed Jinja is the one that it was made with. Elsewhere, as in a checkout, it is stored beside the compiled code
of plansite's own modules, in `__pycache__`: whoever can write there can change plansite itself. Nothing is loaded from
a site.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import sys
import tempfile
import textwrap
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.machinery import SourcelessFileLoader
from pathlib import Path
from types import ModuleType

import jinja2
from jinja2 import Environment

from plansite.render import environment, template_compiler, whitespace
from plansite.render.template_compiler import FastEnvironment
from plansite.render.theme import default_template_folders

#: The module that the wheel brings, and what each such module holds: see `generate_module`.
SHIPPED_MODULE = "default_templates"
_COMPILER, _TEMPLATES = "COMPILER", "TEMPLATES"
#: Our source files that decide the compiled code.
_COMPILER_SOURCES = tuple(str(module.__file__) for module in (environment, template_compiler, whitespace))

#: Returns the names that a compiled template defines, for one environment.
DefineTemplate = Callable[[Environment], dict[str, object]]
CompiledTemplates = Mapping[str, DefineTemplate]


def define_template(compiled: CompiledTemplates, name: str, source: str) -> DefineTemplate:
    """The compiled template of that name and source, compiled now where it is not among those given.

    Its code does not run in a sandbox, so only a template of the default theme may be given. Raises
    TemplateSyntaxError.
    """
    return compiled.get(_digest(name, source)) or _compile_now(name, source)


@functools.cache
def load_compiled_templates() -> CompiledTemplates:
    """The compiled templates of the default theme; none where they were not shipped and cannot be stored."""
    compiler = fingerprint_compiler()
    shipped = _import_shipped(compiler)
    if shipped is not None:
        return shipped
    try:
        return _load_stored(compiler, _read_default_templates())
    except (OSError, EOFError, ImportError, NotImplementedError, TypeError, ValueError):  # not writable, or damaged
        return {}


def generate_module() -> str:
    """The source of the module with the compiled templates of the default theme. The same on every Python."""
    return _generate(fingerprint_compiler(), _read_default_templates())


def fingerprint_compiler() -> str:
    """A digest of Jinja's version and of our compiler; random where its source cannot be read."""
    try:
        sources = [Path(source).read_text("utf-8") for source in _COMPILER_SOURCES]
    except OSError:  # installed without sources: with a random fingerprint nothing is used that was stored
        return os.urandom(16).hex()
    return _digest(jinja2.__version__, *sources)


@functools.lru_cache(100)
def _compile_now(name: str, source: str) -> DefineTemplate:
    namespace: dict[str, CompiledTemplates] = {}
    exec(_generate("", [(name, source)]), namespace)  # noqa: S102  (a template of the default theme)
    return namespace[_TEMPLATES][_digest(name, source)]


def _import_shipped(compiler: str) -> CompiledTemplates | None:
    try:
        module = import_module(f"{__package__}.{SHIPPED_MODULE}")
    except ImportError:
        return None
    templates: CompiledTemplates = getattr(module, _TEMPLATES)
    return templates if getattr(module, _COMPILER) == compiler else None


def _read_default_templates() -> list[tuple[str, str]]:
    """Name and source of each template of the default theme, in order of the paths."""
    return [
        (path.relative_to(folder).as_posix(), path.read_text("utf-8"))
        for folder in default_template_folders()
        for path in sorted(folder.rglob("*.html"))
    ]


def _generate(compiler: str, templates: list[tuple[str, str]]) -> str:
    compiling = environment.create_environment(FastEnvironment)
    parts = [f'"""Compiled templates, written by {__name__}."""', f"{_COMPILER} = {compiler!r}", f"{_TEMPLATES} = {{}}"]
    for name, source in templates:
        code = compiling.compile(source, name, raw=True)
        digest = _digest(name, source)
        # Jinja writes each text as one line, so indenting changes none.
        body = textwrap.indent(f"{code}\nreturn locals()", " ")
        parts.append(f"def template_{digest}(environment):\n{body}\n{_TEMPLATES}[{digest!r}] = template_{digest}")
    return "\n".join(parts) + "\n"


def _load_stored(compiler: str, templates: list[tuple[str, str]]) -> CompiledTemplates:
    """The templates from the module stored for exactly this compiler and these sources, written first if need be."""
    own = Path(importlib.util.cache_from_source(__file__))
    prefix, ending = f"{SHIPPED_MODULE}-", f".{sys.implementation.cache_tag}.pyc"
    path = own.with_name(f"{prefix}{_digest(compiler, repr(templates))}{ending}")
    if not path.is_file():
        if sys.dont_write_bytecode:
            return {}
        _write_module(path, _generate(compiler, templates))
        for other in own.parent.glob(f"{prefix}*{ending}"):
            if other != path:
                other.unlink(missing_ok=True)
    loader = SourcelessFileLoader(f"{__package__}.{SHIPPED_MODULE}", str(path))
    module = ModuleType(loader.name)
    loader.exec_module(module)
    loaded: CompiledTemplates = getattr(module, _TEMPLATES)
    return loaded


def _write_module(path: Path, source: str) -> None:
    """Write a compiled module whole or not at all, also while other processes write it. Raises OSError."""
    import py_compile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{SHIPPED_MODULE}.py"
        file.write_text(source, "utf-8")
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(file), str(path), path.name, doraise=True, invalidation_mode=mode)


def _digest(*texts: str) -> str:
    """A digest of texts: each by its length and itself, so that no two lists of texts are taken for each other."""
    whole = "".join(f"{len(text)}:{text}" for text in texts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]
