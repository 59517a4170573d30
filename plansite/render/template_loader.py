"""Finds and reads the templates of a theme, and decides how each is compiled."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound
from jinja2.loaders import split_template_path

from plansite.content.files import MAX_FILE_SIZE
from plansite.file_access import FileTooLargeError, NotPlainFileError, OutsideFolderError, is_present, read_inside
from plansite.render.theme import Theme, ThemeError, default_template_folders, default_theme_folder

try:
    from plansite.render import compiled_templates
except ImportError:  # a release of Jinja without the private names that the compiler uses
    compiled_templates = None  # type: ignore[assignment]  # the environment then compiles every template

#: A name that begins with this leads to the default theme only.
_DEFAULT_PREFIX = "default/"


class ThemeLoader(BaseLoader):
    """Loads the templates of a theme by name, each from the first folder that has it.

    With `is_fast`, a template of the default theme is the code that our template compiler made of it. A copy in a
    site's own theme is known by its name and text. Every other template is compiled by the environment, and so runs in
    its sandbox.
    """

    def __init__(self, theme: Theme, *, is_fast: bool) -> None:
        """For the templates of this theme."""
        self._theme = theme
        self._default_folders = default_template_folders()
        self._compiled = compiled_templates.load_compiled_templates() if is_fast and compiled_templates else None

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """The template. Raises TemplateNotFound, TemplateSyntaxError, and ThemeError for a file that is refused."""
        name, source, path = self._find(name)
        variables = {} if globals is None else globals
        if self._compiled is not None and self._is_default(name, source, path):
            define = compiled_templates.define_template(self._compiled, name, source)
            names = {**define(environment), "__file__": path}
            return environment.template_class.from_module_dict(environment, names, variables)
        return environment.template_class.from_code(environment, environment.compile(source, name, path), variables)

    def _find(self, name: str) -> tuple[str, str, str]:
        """A template's name within its folder, its text and its path."""
        folders = self._theme.templates
        if name.startswith(_DEFAULT_PREFIX):
            name, folders = name.removeprefix(_DEFAULT_PREFIX), self._default_folders[-1:]
        for folder in folders:
            path = folder.joinpath(*split_template_path(name))
            if is_present(path):
                return name, read_template(self._theme, path), str(path)
        raise TemplateNotFound(name, f"the theme has no template {name}")

    def _is_default(self, name: str, source: str, path: str) -> bool:
        """Whether a template is one of the default theme, or a copy with the same name and text."""
        defaults = [folder.joinpath(*split_template_path(name)) for folder in self._default_folders]
        if path in map(str, defaults):
            return True
        return any(default.is_file() and default.read_text("utf-8") == source for default in defaults)


def read_template(theme: Theme, path: Path) -> str:
    """The text of a template of a theme.

    Raises ThemeError where it cannot be read, is not a plain file of at most 256 KiB in UTF-8, or is a link that leads
    out of its theme.
    """
    own_folders = (folder for folder in reversed(theme.folders) if path.is_relative_to(folder))
    base = next(own_folders, default_theme_folder())
    try:
        return read_inside(base, path.relative_to(base).as_posix(), MAX_FILE_SIZE).decode("utf-8")
    except OutsideFolderError as error:
        raise ThemeError(f"{path}: this is a link that leads out of the theme; put the file itself there") from error
    except FileTooLargeError as error:
        raise ThemeError(f"{path}: a template has at most {MAX_FILE_SIZE // 1024} KiB; split it") from error
    except NotPlainFileError as error:
        raise ThemeError(f"{path}: this is not a plain file; put a template there, or remove it") from error
    except OSError as error:
        raise ThemeError(f"{path}: the file cannot be read: {error.strerror}; check that it may be read") from error
    except UnicodeDecodeError as error:
        raise ThemeError(f"{path}: this is not text in UTF-8; save it as UTF-8") from error
