"""What builds keep for the next one, beside the site: values by name. Losing any of it only costs time."""

from __future__ import annotations

import dataclasses
import enum
import functools
import hashlib
import io
import operator
import os
import pickle
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from plansite.model.findings import Rule

FOLDER = ".plansite"
HISTORY = "history.jsonl"
_SUFFIX = ".memo"
_CHECKSUM_SIZE = hashlib.sha256().digest_size


class Store(Protocol):
    """Values by name. `is_shared` says whether what a forked process keeps is seen by its parent.

    `templates` is a folder for compiled templates and `history` a file for what git told, where there are any.
    """

    is_shared: bool
    templates: Path | None
    history: Path | None

    def get(self, name: str) -> Any:
        """The value, or None where nothing sound is kept under that name."""

    def put(self, name: str, value: object) -> str:
        """Keep a value; where that cannot be done, the next build works for longer.

        Returns a digest of it where one came for nothing, else an empty text. Equal digests are of equal values;
        equal values may have different ones.
        """

    def keep_only(self, names: Iterable[str]) -> None:
        """Drop everything but these."""


class MemoryStore:
    """A store that ends with the process."""

    is_shared = False
    templates: Path | None = None
    history: Path | None = None

    def __init__(self) -> None:
        """Empty."""
        self._values: dict[str, object] = {}

    def get(self, name: str) -> Any:
        """The value itself."""
        return self._values.get(name)

    def put(self, name: str, value: object) -> str:
        """Keep it."""
        self._values[name] = value
        return ""

    def keep_only(self, names: Iterable[str]) -> None:
        """Drop everything but these."""
        kept = frozenset(names)
        self._values = {name: value for name, value in self._values.items() if name in kept}


class FileStore:
    """A store in a folder of the site: one file a value, with a digest in front of it.

    Whatever lies there may be damaged, cut short, made by another version or by somebody else. Only values of our
    own model are ever made from it, and `made_with`, a digest of the program, is part of every name.
    """

    is_shared = True

    def __init__(self, folder: Path, rules: Mapping[str, Rule], version: str) -> None:
        """`rules` are all rules by code, so that a finding kept has the very rule it was made with."""
        self._folder = folder
        self._rules = rules
        self._version = version
        self.templates: Path | None = folder.parent / "templates"
        self.history: Path | None = folder.parent / HISTORY

    def get(self, name: str) -> Any:
        """Read it, if it is whole."""
        try:
            path = self._path(name)
            data = path.read_bytes()
            body = memoryview(data)[_CHECKSUM_SIZE:]
            if _checksum(path, body) != data[:_CHECKSUM_SIZE]:
                return None
            return _ValueUnpickler(io.BytesIO(body), self._rules).load()
        except Exception:
            return None

    def put(self, name: str, value: object) -> str:
        """Write it beside and move it into place, so that nobody ever reads half a value."""
        path = self._path(name)
        beside = path.with_suffix(f".{os.getpid()}")
        body = encode(value)
        try:
            beside.write_bytes(_checksum(path, body) + body)
            beside.replace(path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        return hashlib.sha256(body).hexdigest()

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove every other value, those of other versions included."""
        kept = {self._path(name).name for name in names}
        with suppress(OSError):
            for entry in os.scandir(self._folder):
                if entry.name not in kept and entry.is_file(follow_symlinks=False):
                    with suppress(OSError):
                        Path(entry.path).unlink()

    def _path(self, name: str) -> Path:
        return self._folder / (hashlib.sha256(f"{self._version}\n{name}".encode()).hexdigest()[:40] + _SUFFIX)


def _checksum(path: Path, body: bytes | memoryview) -> bytes:
    """Of a value under its name: one that was put in the place of another is damaged too."""
    whole = hashlib.sha256(path.name.encode())
    whole.update(body)
    return whole.digest()


class ReadThroughStore:
    """Another store, read through memory, for a process that asks again and again; nothing is written to the other."""

    is_shared = False

    def __init__(self, backing: Store, max_values: int = 2_000) -> None:
        """`most` is how many values stay in memory."""
        self.templates = backing.templates
        self.history = backing.history
        self._backing = backing
        self._max_values = max_values
        self._values: dict[str, object] = {}

    def get(self, name: str) -> Any:
        """The value, from memory if it is there."""
        if name not in self._values:
            self._remember(name, self._backing.get(name))
        return self._values[name]

    def put(self, name: str, value: object) -> str:
        """Keep it in memory."""
        self._remember(name, value)
        return ""

    def keep_only(self, names: Iterable[str]) -> None:
        """Drop everything but these."""
        kept = frozenset(names)
        self._values = {name: value for name, value in self._values.items() if name in kept}

    def _remember(self, name: str, value: object) -> None:
        self._values[name] = value
        while len(self._values) > self._max_values:
            del self._values[next(iter(self._values))]


def encode(value: object) -> bytes:
    """A value as bytes; rules go by their code."""
    target = io.BytesIO()
    _ValuePickler(target, pickle.HIGHEST_PROTOCOL).dump(value)
    return target.getvalue()


class _ValuePickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Frozen values by their type and the values of their fields, which is much quicker to read back."""
        kind = type(value)
        if kind is Rule:
            return load_rule, (value.code,)
        if not dataclasses.is_dataclass(kind) or "__slots__" not in kind.__dict__:
            return NotImplemented
        return rebuild_value, (kind, tuple(get(value) for get in _getters(kind)))


def load_rule(code: str) -> Rule:
    """Stands for the rule of that code; whoever reads it knows them."""
    raise pickle.UnpicklingError(f"nobody told the rule {code}")


def rebuild_value(kind: type, values: tuple[object, ...]) -> object:
    """A frozen value of one of our own types, without running anything of it."""
    if not dataclasses.is_dataclass(kind):
        raise pickle.UnpicklingError(f"{kind} is nothing that is kept")
    made = object.__new__(kind)
    for put, value in zip(_setters(kind), values, strict=True):
        put(made, value)
    return made


@functools.cache
def _getters(kind: type) -> tuple[Callable[[object], object], ...]:
    return tuple(operator.attrgetter(each.name) for each in dataclasses.fields(kind))


@functools.cache
def _setters(kind: type) -> tuple[Callable[[object, object], None], ...]:
    return tuple(kind.__dict__[each.name].__set__ for each in dataclasses.fields(kind))


class _ValueUnpickler(pickle.Unpickler):
    """Makes dates, and the frozen values and words of our own packages; nothing that does anything."""

    def __init__(self, source: io.BytesIO, rules: Mapping[str, Rule]) -> None:
        super().__init__(source)
        self._rules = rules

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return date
        if (module, name) == (__name__, "rebuild_value"):
            return rebuild_value
        if (module, name) == (__name__, "load_rule"):
            return self._rules.__getitem__
        found = super().find_class(module, name) if module.startswith("plansite.") and "." not in name else None
        ours = isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum | tuple))
        if ours:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is nothing that is kept")
