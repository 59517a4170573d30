"""Values as bytes and back: a pickle of which only plain frozen values of one package can be created."""

from __future__ import annotations

import dataclasses
import enum
import functools
import io
import operator
import pickle
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from plansite.deferred_dataclass import build_setter, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedValues:
    """Values of one type that are written by key and looked up when read, so that identity is kept."""

    kind: type
    key: Callable[[Any], str]
    by_key: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCodec:
    """Encodes and decodes frozen dataclasses with slots, enums, named tuples, dates and builtin values.

    Decoding creates types of `package` only and runs none of their code, so bytes from elsewhere cannot do anything.
    """

    package: str
    shared: SharedValues

    def encode(self, value: object) -> bytes:
        """The value as bytes. Raises pickle.PicklingError for what cannot be encoded."""
        target = io.BytesIO()
        _ValuePickler(target, self.shared).dump(value)
        return target.getvalue()

    def decode(self, data: bytes | memoryview) -> Any:
        """The value. Raises pickle.UnpicklingError for a type that is not allowed, and others for damaged bytes."""
        return _ValueUnpickler(io.BytesIO(data), self.package, self.shared.by_key).load()


class _ValuePickler(pickle.Pickler):
    def __init__(self, target: io.BytesIO, shared: SharedValues) -> None:
        super().__init__(target, pickle.HIGHEST_PROTOCOL)
        self._shared = shared

    def reducer_override(self, value: Any) -> Any:
        """Frozen values by their type and the values of their fields, which is much quicker to read back."""
        kind: type = type(value)
        if kind is self._shared.kind:
            return shared_value, (self._shared.key(value),)
        get_values = _getter(kind)
        return NotImplemented if get_values is None else (create_value, (kind, get_values(value)))


class StoredType:
    """A dataclass as a value that cannot be called, so that a pickle cannot run its code."""

    __slots__ = ("set_fields", "type")

    def __init__(self, kind: type) -> None:
        """Hold the dataclass, and the function that sets the fields of an instance."""
        self.type = kind
        self.set_fields = _setter(kind)


def shared_value(key: str) -> object:
    """Stands in a pickle for the shared value of that key; the unpickler replaces it by a lookup."""
    raise pickle.UnpicklingError(f"there is no shared value for {key} without a codec")


def create_value(kind: StoredType, values: tuple[object, ...]) -> object:
    """A frozen dataclass from the values of its fields, without running any code of it."""
    if type(kind) is not StoredType:
        raise pickle.UnpicklingError(f"{kind} is not a type that is stored")
    created: object = object.__new__(kind.type)
    kind.set_fields(created, *values)
    return created


@functools.cache
def _getter(kind: type) -> Callable[[object], tuple[object, ...]] | None:
    """A function from a value of this type to the values of its fields; None for what is no dataclass with slots."""
    if not dataclasses.is_dataclass(kind) or "__slots__" not in kind.__dict__:
        return None
    names = [each.name for each in dataclasses.fields(kind)]
    if len(names) < 2:  # then `attrgetter` gives no tuple
        return lambda value: tuple(getattr(value, name) for name in names)
    return operator.attrgetter(*names)


_setter = functools.cache(build_setter)


class _ValueUnpickler(pickle.Unpickler):
    """Creates dates, and frozen dataclasses, enums and named tuples of one package; nothing else."""

    def __init__(self, source: io.BytesIO, package: str, shared: Mapping[str, object]) -> None:
        super().__init__(source)
        self._prefix = f"{package}."
        self._shared = shared

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return date
        if (module, name) == (__name__, "create_value"):
            return create_value
        if (module, name) == (__name__, "shared_value"):
            return self._shared.__getitem__
        found = super().find_class(module, name) if module.startswith(self._prefix) and "." not in name else None
        if isinstance(found, type) and found.__module__ == module:
            if _is_plain_dataclass(found):
                return StoredType(found)
            if issubclass(found, enum.Enum) or (issubclass(found, tuple) and hasattr(found, "_fields")):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not a type that is stored")


def _is_plain_dataclass(kind: type) -> bool:
    """Whether its instances are frozen and hold nothing but their fields."""
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is not None and parameters.frozen and "__slots__" in kind.__dict__
