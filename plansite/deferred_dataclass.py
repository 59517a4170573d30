"""Frozen dataclasses that are defined quickly, and otherwise are like those of the standard decorator.

The standard decorator writes six methods as source text for each class and compiles them when the class is defined: for
hundreds of classes that is half the time of their import, and most of the methods are never called.

Here `__init__` is compiled once for each number of fields, and given the names of each class. `__eq__`, `__hash__` and
`__repr__` begin as functions that all classes share: the first call of one has the standard decorator generate the
method, which takes its place. What is not a frozen class with slots is left to the standard decorator altogether.
"""

from __future__ import annotations

import dataclasses
import functools
import sys
from collections.abc import Callable
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
    return not hasattr(cls, "__dataclass_fields__") and _SHARED.keys().isdisjoint(cls.__dict__)


def _declare(cls: type, kw_only: bool) -> Any:
    """The class with slots, its fields as the standard decorator describes them, and the methods of this module."""
    for name, method in _SHARED.items():
        setattr(cls, name, method)
    for name, method in _DEFERRED.items():
        if cls.__dict__.get(name) is None:
            setattr(cls, name, method)
    declared: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
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


def _generate(cls: type, name: str) -> Any:
    """The method of that name as the standard decorator generates it for the fields of the class."""
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
    wanted = {"init": name == "__init__", "repr": name == "__repr__", "eq": name in ("__eq__", "__hash__")}
    standard: type = dataclasses.dataclass(**wanted, frozen=True, match_args=False)(type(cls.__name__, (), namespace))
    return standard.__dict__[name]


def _defer(name: str) -> Any:
    """A method that replaces itself by the generated one in the class that it is called for, and calls that."""

    def method(self: object, /, *args: Any, **kwargs: Any) -> Any:
        cls = next(each for each in type(self).__mro__ if each.__dict__.get(name) is method)
        generated = _generate(cls, name)
        setattr(cls, name, generated)
        return generated(self, *args, **kwargs)

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


_DEFERRED = {name: _defer(name) for name in ("__init__", "__repr__", "__eq__", "__hash__")}
_SHARED = {
    "__setattr__": _refuse_assignment,
    "__delattr__": _refuse_deletion,
    "__getstate__": _declare_sample(False).__dict__["__getstate__"],
    "__setstate__": _declare_sample(False).__dict__["__setstate__"],
}
_PARAMETERS = {kw_only: _declare_sample(kw_only).__dataclass_params__ for kw_only in (False, True)}
