"""A theme: folders of templates, styles and static files, the site's own before the default theme."""

from __future__ import annotations

from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder, is_folder, is_present, list_files
from plansite.model.findings import SiteError
from plansite.model.slugs import assign_unique_paths

#: Where a page finds the joined style sheet, among the static files.
STYLE_SHEET = "site.css"
_STYLES_FOLDER, _STYLES_ORDER = "styles", "order.txt"
_STATIC_FOLDER = "static"


class ThemeError(SiteError):
    """The theme that a site names does not exist, or one of its files cannot be used."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The folders of a theme, in the order in which files are looked up."""

    folders: tuple[Path, ...]

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders of templates, in lookup order."""
        return tuple(folder / "templates" for folder in self.folders)

    @property
    def is_default(self) -> bool:
        """Whether all files are those of the default theme."""
        default = default_theme_folder().resolve()
        return all(folder.resolve().is_relative_to(default) for folder in self.folders)

    def static_files(self) -> dict[str, bytes | FileInFolder]:
        """Every static file by its name, from the first folder that has it, as a file of its theme or as its bytes.

        Of names that some file systems would take for the same, all but the first get a number. `site.css` is joined
        from the parts in `styles/`, unless a folder has one. Raises ThemeError and OSError.
        """
        files: dict[str, bytes | FileInFolder] = {STYLE_SHEET: self._join_styles()}
        for folder in reversed(self.folders):
            for name in list_files(folder / _STATIC_FOLDER):
                files[name] = FileInFolder(folder, f"{_STATIC_FOLDER}/{name}")
        unique = assign_unique_paths((name, name) for name in sorted(files))
        return {unique[name]: content for name, content in sorted(files.items())}

    def _join_styles(self) -> bytes:
        """The parts of the style sheet in the order of the default theme, each from the first folder that has it."""
        order = FileInFolder(self.folders[-1], f"{_STYLES_FOLDER}/{_STYLES_ORDER}").read().decode().split()
        return b"".join(self.find_file(f"{_STYLES_FOLDER}/{name}").read() for name in order)

    def for_encryption(self) -> Theme:
        """The theme of an encrypted site: this one, with the `sealed/` folder of each of its folders before it."""
        return Theme((*(folder / "sealed" for folder in self.folders), *self.folders))

    def find_file(self, name: str) -> FileInFolder:
        """The first file of that name, such as `open/unlock.js`. Raises ThemeError if there is none."""
        for folder in self.folders:
            if is_present(folder / name):
                return FileInFolder(folder, name)
        raise ThemeError(f"the theme has no {name}")


def default_theme_folder() -> Path:
    """The folder of the default theme: in the installed package, or beside the package in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "themes" / "default"
    return installed if installed.is_dir() else package.parent / "themes" / "default"


def default_template_folders() -> tuple[Path, ...]:
    """The folders of the templates of the default theme: those of encrypted sites, then all others."""
    return tuple(folder / "templates" for folder in (default_theme_folder() / "sealed", default_theme_folder()))


def load_theme(root: Path, name: str) -> Theme:
    """The theme that a site names, with the default theme behind it.

    Raises ThemeError where it does not exist, or is a link that leads out of the site.
    """
    default = default_theme_folder()
    if name != Path(name).name or name.startswith("."):
        raise ThemeError(f"plansite.yaml: “{name}” is not the name of a folder in themes/")
    own = root / "themes" / name
    if not own.resolve().is_relative_to(root.resolve()):
        raise ThemeError(f"{own} is a link that leaves the site’s folder; put the theme itself there")
    if is_folder(own):
        if own.resolve() == default.resolve():
            return Theme((own,))
        if not own.resolve().is_relative_to(root.resolve()):
            raise ThemeError(f"{own}: this is a link that leads out of the site; put the theme itself there")
        return Theme((own, default))
    if name == "default":
        return Theme((default,))
    raise ThemeError(
        f"plansite.yaml: there is no theme “{name}” in {root / 'themes'}; make the folder, or name “default”"
    )
