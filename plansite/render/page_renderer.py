"""Renders pages with the templates of a theme. Text is escaped unless it is marked as HTML already."""

from __future__ import annotations

import functools
import traceback
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, Template, TemplateError
from jinja2 import TemplateSyntaxError as SyntaxFault

from plansite.fast_paths import fast_paths_enabled
from plansite.model.formatting import format_count, format_days, format_list, format_long_date, format_short_date
from plansite.model.page_addresses import NOT_FOUND_PAGE
from plansite.render.bytecode_cache import BytecodeFolder
from plansite.render.theme import Theme, ThemeError, default_theme_folder
from plansite.site.components.page import Page, SiteLayout

try:
    from plansite.render import template_compiler
except ImportError:  # a release of Jinja without the private names that the compiler uses
    template_compiler = None  # type: ignore[assignment]  # plain Jinja then renders every page

#: Formatted dates kept in memory: thirty years of days, about a megabyte.
_MAX_CACHED_DATES = 10_000

EnvironmentType = TypeVar("EnvironmentType", bound=Environment)
RenderTemplate = Callable[[Template, Mapping[str, object]], str]


class FastPathWarning(RuntimeWarning):
    """A page of the default theme had to be rendered a second time: a fault of the template compiler or of a template.

    Tests turn warnings into errors, so a template of ours that the compiler cannot render fails them.
    """


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Renders the pages of one site with one theme.

    Pages are rendered with `environment` and `render_template`. Where that raises, `fallback_environment`, which is
    plain Jinja and created on first use, renders the page again or raises the error that is reported.
    """

    environment: Environment
    render_template: RenderTemplate
    fallback_environment: Callable[[], Environment]
    theme: Theme
    base_path: str

    @classmethod
    def create(
        cls,
        theme: Theme,
        layout: SiteLayout,
        static: frozenset[str],
        cache: Path | None = None,
        *,
        today: date | None = None,
    ) -> PageRenderer:
        """The renderer of a site. `static` has the names of the theme's files that pages may link to.

        `cache` is a folder that holds nothing but compiled templates; another renderer given the same folder loads
        them instead of compiling. Pages show `today` as their day; without it, templates must not ask for the day.
        """
        environment_type, render_template, sources = _fast_path()
        environment = _create_environment(environment_type, theme, layout, static, today)
        if cache:
            environment.bytecode_cache = BytecodeFolder(cache, compiler_sources=(__file__, *sources))
        fallback = functools.cache(lambda: _create_environment(Environment, theme, layout, static, today))
        return cls(environment, render_template, fallback, theme, layout.base_path)

    def render(self, page: Page) -> str:
        """The HTML of a page. Raises ThemeError where a template fails."""
        up = self.base_path if page.path == NOT_FOUND_PAGE else page.path_to_root
        variables = {"page": page, "view": page.view, "up": up}
        try:
            return self.render_template(self.environment.get_template(page.template), variables)
        except Exception as error:
            html = _render_with_jinja(self.fallback_environment(), page, variables)
            if self.theme.is_default:
                message = f"{page.template} was rendered again by plain Jinja for {page.path}: {error!r}"
                warnings.warn(message, FastPathWarning, stacklevel=2)
            return html


def _fast_path() -> tuple[type[Environment], RenderTemplate, tuple[str, ...]]:
    """The environment's class, the function that renders, and our source files that decide the compiled code."""
    if template_compiler is None or not fast_paths_enabled():
        return Environment, Template.render, ()
    return template_compiler.FastEnvironment, template_compiler.render_template, (template_compiler.__file__,)


def _render_with_jinja(environment: Environment, page: Page, variables: Mapping[str, object]) -> str:
    try:
        return environment.get_template(page.template).render(variables)
    except SyntaxFault as error:
        raise ThemeError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from error
    except Exception as error:  # any error that a template raises is reported as a fault of the theme, with its place
        reason = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
        raise ThemeError(f"{_error_location(error, page.template)}: {reason} (while drawing {page.path})") from error


def _error_location(error: Exception, template: str) -> str:
    """The innermost template and line of the traceback, as `path:line`; the page's template where there is none."""
    frames = traceback.extract_tb(error.__traceback__)
    in_templates = [frame for frame in frames if frame.filename.endswith(".html")]
    return f"{in_templates[-1].filename}:{in_templates[-1].lineno}" if in_templates else f"templates/{template}"


def _create_environment(
    environment_type: type[EnvironmentType],
    theme: Theme,
    layout: SiteLayout,
    static: frozenset[str],
    today: date | None,
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
        shell=layout,
        static=static,
        count=format_count,
        days=format_days,
        listed=format_list,
    )
    if today:
        environment.globals.update(as_at=today.isoformat(), as_at_words=format_long_date(today))
    filters: dict[str, Callable[..., str]] = {
        "long_date": functools.lru_cache(_MAX_CACHED_DATES)(format_long_date),
        "short_date": format_short_date,
    }
    environment.filters.update(filters)
    return environment
