"""The Jinja environments of a theme: what every template is compiled with, and the sandbox in which it runs."""

from __future__ import annotations

import dataclasses
import functools
import math
import threading
import time
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, ValuesView
from datetime import date
from enum import Enum
from types import MappingProxyType, NoneType
from typing import Any, TypeVar

from jinja2 import Environment, StrictUndefined, Undefined, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from plansite.model.formatting import (
    format_count,
    format_days,
    format_list,
    format_long_date,
    format_short_date,
    is_right_to_left,
)
from plansite.render.whitespace import TrimIndentation
from plansite.site.components.drawn_rows import ROOT_MARK, DrawnRow

#: Formatted dates kept in memory: thirty years of days, about a megabyte.
_MAX_CACHED_DATES = 10_000
#: The longest text or list that a template may make by multiplication, and the bits of the largest number.
_MAX_ITEMS, _MAX_BITS = 1_000_000, 10_000
#: Seconds of processor time for one page, as far as templates of a site's own theme loop or call in it.
TIME_LIMIT = 10.0
_STEPS_BETWEEN_LOOKS = 100
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
_FIND_DIRECTION = Markup(' dir="auto"')

EnvironmentType = TypeVar("EnvironmentType", bound=Environment)


class _PageClock(threading.local):
    """The steps that this thread has made in templates, and the processor time at which it has to stop."""

    steps = 0
    deadline = math.inf


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """Runs templates of anybody: they see the values of a page and cannot change them, and reach nothing behind them.

    Jinja's own sandbox lists what is refused. This one also lists what is allowed: an attribute of an object of
    another type than these is refused, and of a view only its fields and properties are there. A refused attribute is
    an undefined value, and using that raises SecurityError.
    """

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As any environment of Jinja."""
        super().__init__(*args, **kwargs)
        self._clock = _PageClock()

    def start_page(self) -> None:
        """Give the page that this thread renders from now on its time."""
        self._clock.deadline = time.thread_time() + TIME_LIMIT

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

    def count_steps(self, values: Iterable[Any]) -> Iterator[Any]:
        """The values that a template loops over. Raises SecurityError where the page has had its time."""
        for value in values:
            self._count_step()
            yield value

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  (as in Jinja)
        """The result of a call. Raises SecurityError where it is refused, or the page has had its time."""
        __self._count_step()
        return super().call(__context, __obj, *args, **kwargs)

    def _count_step(self) -> None:
        clock = self._clock
        clock.steps += 1
        if not clock.steps % _STEPS_BETWEEN_LOOKS and time.thread_time() > clock.deadline:
            raise SecurityError(f"the page takes longer than {TIME_LIMIT:g} s of processor time")

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        """A hook of Jinja's: the code of a template, in which every loop counts its steps."""
        for loop in source.find_all(nodes.For):
            counter = nodes.EnvironmentAttribute("count_steps", lineno=loop.lineno, environment=self)
            loop.iter = nodes.Call(counter, [loop.iter], [], None, None, lineno=loop.lineno, environment=self)
        return super()._generate(source, *args, **kwargs)

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
        extensions=(TrimIndentation,),
    )
    del environment.globals[_RANDOM_GLOBAL], environment.filters[_RANDOM_FILTER]
    environment.globals.update(count=format_count, days=format_days, listed=format_list)
    filters: dict[str, Callable[..., str]] = {
        "long_date": functools.lru_cache(_MAX_CACHED_DATES)(format_long_date),
        "short_date": format_short_date,
        "direction": format_direction,
        "insert_root": insert_root,
    }
    environment.filters.update(filters)
    environment.tests["drawn"] = lambda row: isinstance(row, DrawnRow)
    return environment


def format_direction(text: str) -> str:
    """The attribute by which an element finds the direction of its text, where that may be from right to left."""
    return _FIND_DIRECTION if is_right_to_left(text) else ""


def insert_root(html: str, up: str) -> Markup:
    """The HTML of a drawn row on a page from which `up` leads to the top of the site."""
    return Markup(html.replace(ROOT_MARK, up))  # noqa: S704  (rendered by a template, which escaped all texts)


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
