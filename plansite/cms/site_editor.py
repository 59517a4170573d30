"""The content editor for the site in a folder: what its configuration is made from, and where the site's files are."""

from __future__ import annotations

from pathlib import Path

from plansite.cms.backend import EditedRepository, find_edited_repository
from plansite.cms.configuration import EditorRequest
from plansite.cms.kinds import load_kinds
from plansite.content.site_content import load_site
from plansite.history.git import run_git
from plansite.model.settings import Settings

#: The folder that `npm install` makes.
_INSTALLED_FOLDER = "node_modules"


def load_editor_request(root: Path, *, is_local: bool = False) -> EditorRequest:
    """What the configuration of a site is made from: for its repository, or for the files on this computer.

    Raises UnknownRepositoryError, TemplateError, SiteError, OSError.
    """
    site = load_site(root)
    repository: EditedRepository | None = None if is_local else find_edited_repository(site.settings)
    top = find_prefix(root) if is_local else _find_remote_prefix(root, site.settings)
    return EditorRequest(site=site, kinds=load_kinds(root), repository=repository, top=top)


def _find_remote_prefix(root: Path, settings: Settings) -> str:
    """The site's folder in its repository, as the settings say, else as it is on this computer."""
    folder = settings.repository_folder.strip("/. ")
    return f"{folder}/" if folder else find_prefix(root)


def find_prefix(root: Path) -> str:
    """The path of a folder in its git repository, with a `/` behind it; empty at the top, or without a repository."""
    result = run_git(root, "rev-parse", "--show-prefix")
    return "" if result.failed else result.output.decode("utf-8", "surrogateescape").removesuffix("\n")


def find_repository_top(root: Path) -> Path | None:
    """The top folder of the git repository that a folder is in; None where there is none."""
    result = run_git(root, "rev-parse", "--show-toplevel")
    return None if result.failed else Path(result.output.decode("utf-8", "surrogateescape").removesuffix("\n"))


def list_package_folders(root: Path, given: Path | None) -> tuple[Path, ...]:
    """The folders in which packages are looked for: the one given, else the site's and this one.

    With each goes the folder `node_modules` in it.
    """
    tops = (given,) if given else (root.resolve(), Path.cwd())
    return tuple(dict.fromkeys(folder for top in tops for folder in (top, top / _INSTALLED_FOLDER)))
