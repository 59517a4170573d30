"""Renders pages with the templates of a theme. Text is escaped unless it is marked as HTML already."""

from __future__ import annotations

import functools
import traceback
import warnings
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from jinja2 import Template, TemplateError
from jinja2 import TemplateSyntaxError as SyntaxFault

from plansite.deferred_dataclass import dataclass
from plansite.fast_paths import fast_paths_enabled
from plansite.model.formatting import format_long_date
from plansite.model.page_addresses import NOT_FOUND_PAGE
from plansite.render.environment import SandboxEnvironment, create_environment
from plansite.render.short_links import shorten_links
from plansite.render.symbols import drop_unused_symbols
from plansite.render.template_loader import ThemeLoader
from plansite.render.theme import Theme, ThemeError
from plansite.site.components.drawn_rows import ROOT_MARK, ROW_END
from plansite.site.components.page import Page, SiteLayout

try:
    from plansite.render import template_compiler
except ImportError:  # a release of Jinja without the private names that the compiler uses
    template_compiler = None  # type: ignore[assignment]  # plain Jinja then renders every page


RenderTemplate = Callable[[Template, Mapping[str, object]], str]


class FastPathWarning(RuntimeWarning):
    """A page of the default theme had to be rendered a second time: a fault of the template compiler or of a template.

    Tests turn warnings into errors, so a template of ours that the compiler cannot render fails them.
    """


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Renders the pages of one site with one theme.

    Pages are rendered with `environment` and `render_template`. Where that raises, `fallback_environment`, which has no
    compiled templates and is created on first use, renders the page again or raises the error that is reported.
    """

    environment: SandboxEnvironment
    render_template: RenderTemplate
    fallback_environment: Callable[[], SandboxEnvironment]
    theme: Theme
    base_path: str

    @classmethod
    def create(
        cls, theme: Theme, layout: SiteLayout, static: frozenset[str], *, today: date | None = None
    ) -> PageRenderer:
        """The renderer of a site. `static` has the names of the theme's files that pages may link to.

        Pages show `today` as their day; without it, templates must not ask for the day.
        """
        is_fast = template_compiler is not None and fast_paths_enabled()
        render_template: RenderTemplate = template_compiler.render_template if is_fast else Template.render
        environment = _create_environment(theme, layout, static, today, is_fast=is_fast)
        fallback = functools.cache(lambda: _create_environment(theme, layout, static, today, is_fast=False))
        return cls(environment, render_template, fallback, theme, layout.base_path)

    def render(self, page: Page) -> str:
        """The HTML of a page. Raises ThemeError where a template fails."""
        up = self.base_path if page.path == NOT_FOUND_PAGE else page.path_to_root
        variables = {"page": page, "view": page.view, "up": up}
        return shorten_links(drop_unused_symbols(self._render(page, variables)), page.path)

    def render_rows(self, template: str, view: object) -> list[str]:
        """The HTML of each row that a template renders, which ends with `ROW_END` and has `ROOT_MARK` before links.

        Raises ThemeError where the template fails.
        """
        page = Page(path=template, template=template, title="", view=view)
        return self._render(page, {"page": page, "view": view, "up": ROOT_MARK}).split(ROW_END)[:-1]

    def _render(self, page: Page, variables: Mapping[str, object]) -> str:
        self.environment.start_page()
        try:
            return self.render_template(self.environment.get_template(page.template), variables)
        except Exception as error:
            html = _render_with_jinja(self.fallback_environment(), self.theme, page, variables)
            if self.theme.is_default:
                message = f"{page.template} was rendered again by plain Jinja for {page.path}: {error!r}"
                warnings.warn(message, FastPathWarning, stacklevel=2)
            return html


def _render_with_jinja(
    environment: SandboxEnvironment, theme: Theme, page: Page, variables: Mapping[str, object]
) -> str:
    environment.start_page()
    try:
        return environment.get_template(page.template).render(variables)
    except SyntaxFault as error:
        raise ThemeError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from error
    except ThemeError:
        raise
    except (
        Exception
    ) as error:  # any other error that a template raises is reported as a fault of the theme, with its place
        reason = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
        raise ThemeError(
            f"{_error_location(error, theme, page.template)}: {reason} (while drawing {page.path})"
        ) from error


def _error_location(error: Exception, theme: Theme, template: str) -> str:
    """The innermost template and line of the traceback, as `path:line`; the page's template where there is none."""
    frames = traceback.extract_tb(error.__traceback__)
    in_templates = [
        frame for frame in frames if any(Path(frame.filename).is_relative_to(folder) for folder in theme.templates)
    ]
    return f"{in_templates[-1].filename}:{in_templates[-1].lineno}" if in_templates else f"templates/{template}"


def _create_environment(
    theme: Theme, layout: SiteLayout, static: frozenset[str], today: date | None, *, is_fast: bool
) -> SandboxEnvironment:
    """The sandbox in which the pages of a site are rendered; `is_fast` asks for compiled templates of the default."""
    environment = create_environment(SandboxEnvironment)
    environment.loader = ThemeLoader(theme, is_fast=is_fast)
    environment.globals.update(shell=layout, static=static)
    if today:
        environment.globals.update(as_at=today.isoformat(), as_at_words=format_long_date(today))
    return environment
