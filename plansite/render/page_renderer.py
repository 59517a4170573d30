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

from plansite.model.formatting import format_count, format_days, format_list, format_long_date, format_short_date
from plansite.model.page_addresses import NOT_FOUND_PAGE
from plansite.render import template_compiler
from plansite.render.bytecode_cache import BytecodeFolder
from plansite.render.theme import Theme, ThemeError, default_theme_folder
from plansite.site.components.page import Page, SiteLayout

#: Stand for the as-at date, in figures and in words, until a page is written: no text can hold them.
AS_AT_PLACEHOLDER, AS_AT_WORDS_PLACEHOLDER = "\x03", "\x04"
_AS_AT_MARKUP, _AS_AT_WORDS_MARKUP = Markup("\x03"), Markup("\x04")
_AS_AT_BYTES, _AS_AT_WORDS_BYTES = AS_AT_PLACEHOLDER.encode(), AS_AT_WORDS_PLACEHOLDER.encode()
#: Dates kept in words: those of thirty years, in about a megabyte.
_MAX_CACHED_DATES = 10_000

EnvironmentType = TypeVar("EnvironmentType", bound=Environment)


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Draws the pages of one site with one theme.

    Pages are drawn with `environment`. What it cannot do is done again by Jinja's own, `careful`, made when needed.
    """

    environment: template_compiler.FastEnvironment
    fallback_environment: Callable[[], Environment]
    base_path: str

    @classmethod
    def create(cls, theme: Theme, shell: SiteLayout, static: frozenset[str], cache: Path | None = None) -> PageRenderer:
        """`static` are the names of the theme's files that pages may link to.

        `cache` is a folder for compiled templates alone; the next writer that is given it need not compile them.
        """
        environment = _create_environment(template_compiler.FastEnvironment, theme, shell, static)
        if cache:
            environment.bytecode_cache = BytecodeFolder(cache, compiler_sources=(__file__, template_compiler.__file__))
        careful = functools.cache(lambda: _create_environment(Environment, theme, shell, static))
        return cls(environment, careful, shell.base_path)

    def render(self, page: Page) -> str:
        """A page with the as-at date still to be filled in. Raises ThemeError where a template fails."""
        up = self.base_path if page.path == NOT_FOUND_PAGE else page.path_to_root
        names = {"page": page, "view": page.view, "up": up}
        try:
            return template_compiler.render_template(self.environment.get_template(page.template), names)
        except Exception:  # what this cannot draw, Jinja's own code can, or says what is wrong with it
            return _render_with_jinja(self.fallback_environment(), page, names)


def _render_with_jinja(environment: Environment, page: Page, variables: Mapping[str, object]) -> str:
    try:
        return environment.get_template(page.template).render(variables)
    except SyntaxFault as error:
        raise ThemeError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from error
    except Exception as error:  # whatever a template does wrong is a fault of the theme, with its place
        said = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
        raise ThemeError(f"{_error_location(error, page.template)}: {said} (while drawing {page.path})") from error


def _error_location(error: Exception, template: str) -> str:
    """The template and line where it went wrong: the innermost of the places that Jinja names."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = [frame for frame in frames if frame.filename.endswith(".html")]
    return f"{inner[-1].filename}:{inner[-1].lineno}" if inner else f"templates/{template}"


def insert_as_at_date(html: str, today: date) -> bytes:
    """The page as it is written: with its as-at date."""
    encoded = html.encode()  # first, because bytes are searched faster than text
    return encoded.replace(_AS_AT_BYTES, today.isoformat().encode()).replace(
        _AS_AT_WORDS_BYTES, format_long_date(today).encode()
    )


def _create_environment(
    environment_type: type[EnvironmentType], theme: Theme, shell: SiteLayout, static: frozenset[str]
) -> EnvironmentType:
    default = FileSystemLoader(default_theme_folder() / "templates")
    environment = environment_type(
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
        as_at=_AS_AT_MARKUP,
        as_at_words=_AS_AT_WORDS_MARKUP,
        count=format_count,
        days=format_days,
        listed=format_list,
    )
    filters: dict[str, Callable[..., str]] = {
        "long_date": functools.lru_cache(_MAX_CACHED_DATES)(format_long_date),
        "short_date": format_short_date,
    }
    environment.filters.update(filters)
    return environment
