"""Templates to bytes. Everything is escaped unless a view says that it is HTML already."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError
from jinja2 import TemplateSyntaxError as SyntaxFault
from markupsafe import Markup

from plansite.model.words import count, days, listed, long_date, short_date
from plansite.render import lean
from plansite.render.bytecode import KeptBytecode
from plansite.render.theme import Theme, ThemeError, default_folder
from plansite.site.page import Page, Shell

#: Stand for the as-at date, in figures and in words, until a page is written: no text can hold them.
AS_AT, AS_AT_WORDS = "\x03", "\x04"
_AS_AT, _AS_AT_WORDS = Markup("\x03"), Markup("\x04")
_FIGURES, _WORDS = AS_AT.encode(), AS_AT_WORDS.encode()
#: Dates kept in words: those of thirty years, in about a megabyte.
_DATES = 10_000

Kind = TypeVar("Kind", bound=Environment)


@dataclass(frozen=True, slots=True)
class Writer:
    """Draws the pages of one site with one theme.

    Pages are drawn with `environment`. What it cannot do is done again by Jinja's own, `careful`, made when needed.
    """

    environment: lean.LeanEnvironment
    careful: Callable[[], Environment]
    base_path: str

    @classmethod
    def of(cls, theme: Theme, shell: Shell, static: frozenset[str], cache: Path | None = None) -> Writer:
        """`static` are the names of the theme's files that pages may link to.

        `cache` is a folder for compiled templates alone; the next writer that is given it need not compile them.
        """
        environment = _furnished(lean.LeanEnvironment, theme, shell, static)
        if cache:
            environment.bytecode_cache = KeptBytecode(cache, made_by=(__file__, lean.__file__))
        careful = functools.cache(lambda: _furnished(Environment, theme, shell, static))
        return cls(environment, careful, shell.base_path)

    def draw(self, page: Page) -> str:
        """A page with the as-at date still to be filled in. Raises ThemeError where a template fails."""
        up = self.base_path if page.path == "404.html" else page.up
        names = {"page": page, "view": page.view, "up": up}
        try:
            return lean.page_of(self.environment.get_template(page.template), names)
        except Exception:  # what this cannot draw, Jinja's own code can, or says what is wrong with it
            return _drawn_carefully(self.careful(), page, names)


def _drawn_carefully(environment: Environment, page: Page, names: Mapping[str, object]) -> str:
    try:
        return environment.get_template(page.template).render(names)
    except SyntaxFault as error:
        raise ThemeError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from error
    except Exception as error:  # whatever a template does wrong is a fault of the theme, with its place
        said = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
        raise ThemeError(f"{_place(error, page.template)}: {said} (while drawing {page.path})") from error


def _place(error: Exception, template: str) -> str:
    """The template and line where it went wrong: the innermost of the places that Jinja names."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = [frame for frame in frames if frame.filename.endswith(".html")]
    return f"{inner[-1].filename}:{inner[-1].lineno}" if inner else f"templates/{template}"


def dated(html: str, today: date) -> bytes:
    """The page as it is written: with its as-at date."""
    encoded = html.encode()  # first, because bytes are searched faster than text
    return encoded.replace(_FIGURES, today.isoformat().encode()).replace(_WORDS, long_date(today).encode())


def _furnished(kind: type[Kind], theme: Theme, shell: Shell, static: frozenset[str]) -> Kind:
    default = FileSystemLoader(default_folder() / "templates")
    environment = kind(
        loader=ChoiceLoader(
            [*(FileSystemLoader(folder) for folder in theme.templates), PrefixLoader({"default": default})]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals.update(
        shell=shell,
        static=static,
        as_at=_AS_AT,
        as_at_words=_AS_AT_WORDS,
        count=count,
        days=days,
        listed=listed,
    )
    filters: dict[str, Callable[..., str]] = {
        "long_date": functools.lru_cache(_DATES)(long_date),
        "short_date": short_date,
    }
    environment.filters.update(filters)
    return environment
