"""Templates to bytes. Everything is escaped unless a view says that it is HTML already."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError
from jinja2 import TemplateSyntaxError as SyntaxFault
from markupsafe import Markup

from plansite.model.words import count, days, listed, long_date, short_date
from plansite.render.theme import Theme, ThemeError, default_folder
from plansite.site.page import Page, Shell

#: Stand for the as-at date, in figures and in words, until a page is written: no text can hold them.
AS_AT, AS_AT_WORDS = "\x03", "\x04"
_AS_AT, _AS_AT_WORDS = Markup("\x03"), Markup("\x04")


@dataclass(frozen=True, slots=True)
class Writer:
    """Draws the pages of one site with one theme."""

    environment: Environment
    base_path: str

    @classmethod
    def of(cls, theme: Theme, shell: Shell, static: frozenset[str]) -> Writer:
        """`static` are the names of the theme's files that pages may link to."""
        return cls(_environment(theme, shell, static), shell.base_path)

    def draw(self, page: Page) -> str:
        """A page with the as-at date still to be filled in. Raises ThemeError where a template fails."""
        up = self.base_path if page.path == "404.html" else page.up
        try:
            return self.environment.get_template(page.template).render(page=page, view=page.view, up=up)
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
    return html.replace(AS_AT, today.isoformat()).replace(AS_AT_WORDS, long_date(today)).encode()


def _environment(theme: Theme, shell: Shell, static: frozenset[str]) -> Environment:
    default = FileSystemLoader(default_folder() / "templates")
    environment = Environment(
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
    filters: dict[str, Callable[..., str]] = {"long_date": long_date, "short_date": short_date}
    environment.filters.update(filters)
    return environment
