"""Checks of a site's own theme: contrast of colours, and templates that no page can use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta

from plansite.file_access import list_files
from plansite.model.findings import Finding, Level, Rule
from plansite.model.formatting import format_list
from plansite.render.contrast import find_low_contrast
from plansite.render.template_loader import read_template
from plansite.render.theme import Theme, ThemeError, default_theme_folder

UNUSED_TEMPLATE = Rule(
    "PS701",
    "unused-template",
    Level.WARNING,
    """A template of the site's own theme has no effect.

A template replaces the one with the same name in the default theme. A template with another name is used only if
a template of the theme extends, includes or imports it. So with a wrong name, or a name from an older plansite, the
page does not change.

Example: `themes/ours/templates/register.html`. The register uses `plan/register.html`: move the file.""",
)


def check_theme(theme: Theme, root: Path) -> tuple[Finding, ...]:
    """All findings in the theme of the site in `root`; none for the default theme. Raises ThemeError and OSError."""
    return (*find_low_contrast(theme, root), *find_unused_templates(theme, root))


def find_unused_templates(theme: Theme, root: Path) -> tuple[Finding, ...]:
    """A finding for each HTML template that neither replaces a default one nor is named by another. Raises OSError.

    None at all where a template names another one by an expression, which can stand for any template.
    """
    default = default_theme_folder()
    own_folders = [folder for folder in theme.templates if not folder.is_relative_to(default)]
    if not own_folders:
        return ()
    default_names = {name for folder in theme.templates if folder not in own_folders for name, _ in _list_files(folder)}
    own_files = [(name, path) for folder in own_folders for name, path in _list_files(folder)]
    extra = [(name, path) for name, path in own_files if name.endswith(".html") and name not in default_names]
    references = {name for _, path in own_files for name in _find_references(theme, path)} if extra else set()
    if None in references:
        return ()
    return tuple(
        Finding(
            rule=UNUSED_TEMPLATE,
            path=path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix(),
            line=0,
            message=f"no page uses the template `{name}`",
            remedy=_format_remedy(name, default_names),
        )
        for name, path in sorted(extra)
        if name not in references
    )


def _list_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of each template in a folder. Raises OSError."""
    yield from ((name, folder / name) for name in list_files(folder))


def _find_references(theme: Theme, path: Path) -> Iterator[str | None]:
    """The names of templates that one extends, includes or imports; None for a name that is an expression."""
    try:
        tree = Environment(autoescape=True).parse(read_template(theme, path))
    except (TemplateSyntaxError, RecursionError, ThemeError):  # reported by the build of a page that uses it
        return
    yield from meta.find_referenced_templates(tree)


def _format_remedy(name: str, default_names: set[str]) -> str:
    base = name.rpartition("/")[2]
    similar = sorted(other for other in default_names if other.rpartition("/")[2] == base)
    if similar:
        return f"the default theme has {format_list([f'`{other}`' for other in similar])}: give it that name"
    return "give it the name of a template of the default theme, or delete it"
