"""The Jinja environments of a theme: what every template is compiled with, and the sandbox in which it runs."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, ItemsView, KeysView, ValuesView
from datetime import date
from enum import Enum
from types import MappingProxyType, NoneType
from typing import Any, TypeVar

from jinja2 import Environment, StrictUndefined, Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from plansite.model.formatting import format_count, format_days, format_list, format_long_date, format_short_date

#: Formatted dates kept in memory: thirty years of days, about a megabyte.
_MAX_CACHED_DATES = 10_000
#: The longest text or list that a template may make by multiplication, and the bits of the largest number.
_MAX_ITEMS, _MAX_BITS = 1_000_000, 10_000
#: Values of Python whose attributes a template may use, as far as Jinja's sandbox allows them.
_PLAIN_TYPES = (
    *(str, int, float, bool, NoneType, tuple, list, dict, set, frozenset, date),
    *(MappingProxyType, KeysView, ValuesView, ItemsView),
)
#: What Jinja itself gives a template: `loop`, macros, imported templates, `self`, `super` and helpers.
_JINJA_TYPES = (LoopContext, Macro, TemplateModule, TemplateReference, BlockReference, Undefined)
_HELPER_TYPES = (Cycler, Joiner, Namespace)
#: Methods of plain values that read the clock, or load a module of Python to encode a text.
_REFUSED_METHODS = frozenset({"encode", "fromtimestamp", "now", "today", "utcfromtimestamp", "utcnow"})
#: What Jinja offers every template and gives another result each time.
_RANDOM_GLOBAL, _RANDOM_FILTER = "lipsum", "random"

EnvironmentType = TypeVar("EnvironmentType", bound=Environment)


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """Runs templates of anybody: they see the values of a page and cannot change them, and reach nothing behind them.

    Jinja's own sandbox lists what is refused. This one also lists what is allowed: an attribute of an object of
    another type than these is refused, and of a view only its fields and properties are there. A refused attribute is
    an undefined value, and using that raises SecurityError.
    """

    intercepted_binops = frozenset({"*", "**"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have this attribute of the object."""
        kind: type = type(obj)
        if dataclasses.is_dataclass(kind):
            return attr in _public_attributes(kind)
        if isinstance(obj, Enum) and not hasattr(str, attr):
            return attr in _public_attributes(kind)
        if not isinstance(obj, _PLAIN_TYPES + _JINJA_TYPES + _HELPER_TYPES):
            return False
        return attr not in _REFUSED_METHODS and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The result of `*` or `**`. Raises SecurityError where it would fill the memory."""
        if _is_too_large(operator, left, right):
            raise SecurityError(f"the result of {operator} is too large")
        return super().call_binop(context, operator, left, right)


def create_environment(environment_type: type[EnvironmentType]) -> EnvironmentType:
    """An environment with the options, filters and functions that every template of a theme is compiled with."""
    environment = environment_type(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    del environment.globals[_RANDOM_GLOBAL], environment.filters[_RANDOM_FILTER]
    environment.globals.update(count=format_count, days=format_days, listed=format_list)
    filters: dict[str, Callable[..., str]] = {
        "long_date": functools.lru_cache(_MAX_CACHED_DATES)(format_long_date),
        "short_date": format_short_date,
    }
    environment.filters.update(filters)
    return environment


@functools.cache
def _public_attributes(kind: type) -> frozenset[str]:
    """The fields and properties of a view or another value of ours; of an enumeration, its name and value as well."""
    fields = {field.name for field in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else {"name", "value"}
    properties = {
        name
        for base in kind.__mro__
        for name, value in vars(base).items()
        if isinstance(value, property | functools.cached_property)
    }
    return frozenset(name for name in fields | properties if not name.startswith("_"))


def _is_too_large(operator: str, left: Any, right: Any) -> bool:
    if operator == "**":
        return isinstance(left, int) and isinstance(right, int) and left.bit_length() * right > _MAX_BITS
    if isinstance(left, int) and isinstance(right, int):
        return left.bit_length() + right.bit_length() > _MAX_BITS
    number, items = (left, right) if isinstance(left, int) else (right, left)
    return isinstance(number, int) and isinstance(items, str | tuple | list) and len(items) * number > _MAX_ITEMS
