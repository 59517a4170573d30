"""The folders that a site is read from."""

from __future__ import annotations

import os
from pathlib import Path

from plansite.content.external.setting_lines import locate_setting
from plansite.content.files import CONTENT_FOLDER
from plansite.content.parse_rules import BAD_CHOICE
from plansite.content.report import Report, quote_text, suggest_word
from plansite.content.settings import SETTINGS_FILE
from plansite.file_access import is_folder, is_present
from plansite.model.findings import Finding, SiteError
from plansite.model.settings import Settings

THEMES_FOLDER = "themes"
DEFAULT_THEME = "default"
#: File systems refuse longer names.
_MAX_NAME_LENGTH = 80


class ContentFolderError(SiteError):
    """The folder with the content of a site has another name, or is elsewhere."""


def list_source_folders(settings: Settings) -> tuple[str, ...]:
    """All folders with files of a site, relative to it: its own folder and those of external sources."""
    source_paths = (source.path for source in settings.sources if source.path)
    goal_paths = (source.goals.path for source in settings.sources if source.goals and source.goals.path)
    return CONTENT_FOLDER, *dict.fromkeys(normalise_path(path) for path in (*source_paths, *goal_paths))


def normalise_path(path: str) -> str:
    """A path of the settings without `.` and doubled slashes, with forward slashes."""
    return os.path.normpath(path).replace(os.sep, "/")


def find_theme_fault(root: Path, data: bytes, settings: Settings) -> tuple[Finding, ...]:
    """The finding for a theme that has no folder in `themes/`; `data` are the bytes of the settings."""
    folder, report = root / THEMES_FOLDER, Report(SETTINGS_FILE)
    is_name = "/" not in settings.theme and len(settings.theme) <= _MAX_NAME_LENGTH
    if settings.theme == DEFAULT_THEME or (is_name and is_folder(folder / settings.theme)):
        return ()
    names = sorted(path.name for path in folder.iterdir() if is_folder(path)) if is_folder(folder) else []
    line, column = locate_setting(data, "theme")
    report.add(
        BAD_CHOICE,
        f"there is no theme {quote_text(settings.theme)}",
        suggest_word(settings.theme, [DEFAULT_THEME, *names])
        or f"name a folder in {THEMES_FOLDER}/, or delete the line",
        line=line,
        column=column,
        field="theme",
    )
    return report.findings


def require_content_folder(root: Path) -> None:
    """Raise ContentFolderError if the content of the site is there, but not where it is looked for.

    Without any such folder the site is empty, or has files from its sources only.
    """
    folder = root / CONTENT_FOLDER
    if not is_present(folder):
        others = sorted(path.name for path in root.iterdir() if path.name.casefold() == CONTENT_FOLDER)
        if others:
            raise ContentFolderError(f"{root / others[0]} must be named “{CONTENT_FOLDER}”, in small letters")
    elif not is_folder(folder):
        raise ContentFolderError(f"{folder} must be a folder")
    elif not folder.resolve().is_relative_to(root.resolve()):
        raise ContentFolderError(f"{folder} is a link that leaves the site’s folder; put the content itself there")
