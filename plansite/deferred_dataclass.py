"""Frozen dataclasses that are defined quickly, and otherwise are like those of the standard decorator.

The standard decorator writes six methods as source text for each class and compiles them when the class is defined: for
hundreds of classes that is half the time of their import, and most of the methods are never called.

Here `__init__` is compiled once for each number of fields, and given the names of each class. `__eq__`, `__hash__` and
`__repr__` begin as functions that all classes share: the first call of one makes the method of the class, which takes
its place. An `__init__` that does more than set fields is made in the same way, by the standard decorator. What is not
a frozen class with slots is left to the standard decorator altogether.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import reprlib
import sys
from collections.abc import Callable
from operator import attrgetter
from types import CellType, CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from plansite.fast_paths import fast_paths_enabled

if TYPE_CHECKING or not fast_paths_enabled():
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen=False, slots=False, kw_only=False, **others):
        """`dataclasses.dataclass`, defined more quickly where the class is frozen, has slots and inherits no fields."""

        def declare(cls):
            if not frozen or not slots or others or not _can_defer(cls):
                return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, **others)(cls)
            return _declare(cls, kw_only)

        return declare


def _can_defer(cls: type) -> bool:
    inherits_fields = hasattr(cls, "__dataclass_fields__")
    annotations = " ".join(map(str, inspect.get_annotations(cls).values()))
    return (
        not inherits_fields
        and _SHARED.keys().isdisjoint(cls.__dict__)
        and not any(marker in annotations for marker in _MARKERS)
    )


def _declare(cls: type, kw_only: bool) -> Any:
    """The class with slots, its fields as the standard decorator describes them, and the methods of this module."""
    for name, method in _SHARED.items():
        setattr(cls, name, method)
    for name, method in _DEFERRED.items():
        if cls.__dict__.get(name) is None:
            setattr(cls, name, method)
    annotations = inspect.get_annotations(cls)
    # The standard decorator would look for a marker in each annotation, three times.
    cls.__annotations__ = dict.fromkeys(annotations, object)
    declared: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    declared.__annotations__ = annotations
    for name, field in declared.__dataclass_fields__.items():
        field.type = annotations[name]
    declared.__dataclass_params__ = _PARAMETERS[kw_only]
    if declared.__dict__["__init__"] is _DEFERRED["__init__"] and _has_plain_init(declared):
        declared.__init__ = _build_init(declared)
    return declared


def _has_plain_init(cls: Any) -> bool:
    """Whether its `__init__` does nothing but set each field to an argument of one kind, or to its default."""
    fields = cls.__dataclass_fields__
    return (
        len({field.kw_only for field in fields.values()}) == 1
        and all(field.init and field.default_factory is dataclasses.MISSING for field in fields.values())
        and fields.keys() <= set(cls.__slots__)
        and "self" not in fields
        and not hasattr(cls, "__post_init__")
    )


def _build_init(cls: Any) -> FunctionType:
    """The `__init__` of a class of the plain kind, which sets the fields through the descriptors of their slots."""
    fields: list[dataclasses.Field[Any]] = list(cls.__dataclass_fields__.values())
    kw_only = bool(fields[0].kw_only)
    code = _compile_init(len(fields), kw_only)
    names = tuple(field.name for field in fields)
    init = FunctionType(
        code.replace(co_varnames=("self", *names), co_qualname=f"{cls.__qualname__}.__init__"),
        vars(sys.modules[cls.__module__]),
        closure=_list_setters(cls, code),
    )
    defaults = {field.name: field.default for field in fields if field.default is not dataclasses.MISSING}
    if kw_only:
        init.__kwdefaults__ = defaults
    else:
        init.__defaults__ = tuple(defaults.values())
    init.__annotations__ = {field.name: field.type for field in fields} | {"return": None}
    return init


def build_setter(cls: Any) -> Callable[..., None]:
    """A function that sets all fields of a new instance of a dataclass with slots, given their values in order.

    It runs no code of the class.
    """
    code = _compile_init(len(dataclasses.fields(cls)), False)
    return FunctionType(code, {}, closure=_list_setters(cls, code))


def _list_setters(cls: Any, code: CodeType) -> tuple[CellType, ...]:
    """The functions of the slots of a class, in the order in which the code names them."""
    setters = [CellType(cls.__dict__[field.name].__set__) for field in dataclasses.fields(cls)]
    return tuple(setters[int(name.removeprefix("set_"))] for name in code.co_freevars)


@functools.cache
def _compile_init(number: int, kw_only: bool) -> CodeType:
    """The code of an `__init__` with so many parameters, each of which it passes to a function of its own."""
    setters = ", ".join(f"set_{each}" for each in range(number))
    parameters = ", ".join(("self", *("*",) * kw_only, *(f"value_{each}" for each in range(number))))
    lines = (f"  set_{each}(self, value_{each})" for each in range(number))
    body = (*lines, "  return", " return __init__")
    source = "\n".join((f"def enclose({setters}):", f" def __init__({parameters}):", *body))
    namespace: dict[str, Any] = {}
    exec(source, namespace)  # noqa: S102  (a text made of numbers alone)
    code: CodeType = namespace["enclose"](*(None,) * number).__code__
    return code


def _build_repr(cls: Any) -> Callable[[Any], str]:
    names, values = _select(cls, lambda field: field.repr)
    form = "(" + ", ".join(f"{name}=%r" for name in names) + ")"

    @reprlib.recursive_repr()
    def represent(self: Any) -> str:
        return f"{self.__class__.__qualname__}{form % values(self)}"

    return represent


def _build_eq(cls: Any) -> Callable[[Any, object], bool]:
    _, values = _select(cls, lambda field: field.compare)

    def equals(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equals


def _build_hash(cls: Any) -> Callable[[Any], int]:
    _, values = _select(cls, lambda field: field.compare if field.hash is None else field.hash)

    def compute_hash(self: Any) -> int:
        return hash(values(self))

    return compute_hash


def _select(
    cls: Any, is_selected: Callable[[dataclasses.Field[Any]], bool]
) -> tuple[list[str], Callable[[Any], tuple[Any, ...]]]:
    """The names of the selected fields, and a function that returns their values for an instance."""
    names = [field.name for field in cls.__dataclass_fields__.values() if is_selected(field)]
    if len(names) > 1:
        return names, attrgetter(*names)
    return names, lambda instance: tuple(getattr(instance, name) for name in names)


def _generate_init(cls: Any) -> Any:
    """The `__init__` as the standard decorator generates it for the fields of the class."""
    fields: dict[str, dataclasses.Field[Any]] = cls.__dict__["__dataclass_fields__"]
    namespace = {
        "__module__": cls.__module__,
        "__qualname__": cls.__qualname__,
        "__doc__": cls.__doc__,
        "__annotations__": {field.name: field.type for field in fields.values()},
        **fields,
    }
    if hasattr(cls, "__post_init__"):
        namespace["__post_init__"] = cls.__post_init__
    make = dataclasses.dataclass(repr=False, eq=False, frozen=True, match_args=False)
    standard: type = make(type(cls.__name__, (), namespace))
    return standard.__dict__["__init__"]


def _defer(name: str, build: Callable[[Any], Any]) -> Any:
    """A method that replaces itself, in the class that it is called for, by the one built for that, and calls it."""

    def method(self: object, /, *args: Any, **kwargs: Any) -> Any:
        cls = next(each for each in type(self).__mro__ if each.__dict__.get(name) is method)
        built = build(cls)
        built.__name__, built.__qualname__ = name, f"{cls.__qualname__}.{name}"
        setattr(cls, name, built)
        return built(self, *args, **kwargs)

    method.__name__ = name
    return method


def _refuse_assignment(self: object, name: str, value: object) -> None:
    if _is_fixed(type(self), name):
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _refuse_deletion(self: object, name: str) -> None:
    if _is_fixed(type(self), name):
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
    object.__delattr__(self, name)


def _is_fixed(cls: Any, name: str) -> bool:
    """Whether an attribute of an instance cannot change; a class that inherits from a dataclass may add its own."""
    return "__dataclass_fields__" in cls.__dict__ or name in cls.__dataclass_fields__


def _declare_sample(kw_only: bool) -> Any:
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=kw_only)(type("Sample", (), {"__doc__": ""}))


_BUILDERS = {"__init__": _generate_init, "__repr__": _build_repr, "__eq__": _build_eq, "__hash__": _build_hash}
_DEFERRED = {name: _defer(name, build) for name, build in _BUILDERS.items()}
_SHARED = {
    "__setattr__": _refuse_assignment,
    "__delattr__": _refuse_deletion,
    "__getstate__": _declare_sample(False).__dict__["__getstate__"],
    "__setstate__": _declare_sample(False).__dict__["__setstate__"],
}
#: An annotation with one of these does not declare a field of the plain kind.
_MARKERS = ("ClassVar", "InitVar", "KW_ONLY")
_PARAMETERS = {kw_only: _declare_sample(kw_only).__dataclass_params__ for kw_only in (False, True)}
