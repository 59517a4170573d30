"""A theme: templates and static files, the site's own first, the default behind them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plansite.model.findings import SiteError


class ThemeError(SiteError):
    """The theme that a site names is not there, or one of its templates cannot be used."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The folders to look into, in this order."""

    folders: tuple[Path, ...]

    @property
    def templates(self) -> tuple[Path, ...]:
        """Where templates lie."""
        return tuple(folder / "templates" for folder in self.folders)

    def static_files(self) -> dict[str, Path]:
        """Every static file by its name, such as `site.css`; the site's own stands before the default's."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            base = folder / "static"
            for path in sorted(base.rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    found[path.relative_to(base).as_posix()] = path
        return dict(sorted(found.items()))

    def for_encryption(self) -> Theme:
        """The theme of an encrypted site: the same, with what each folder holds for that in its `sealed/` before it."""
        return Theme((*(folder / "sealed" for folder in self.folders), *self.folders))

    def find_file(self, name: str) -> Path:
        """The first file of that name, such as `open/unlock.js`. Raises ThemeError where there is none."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise ThemeError(f"the theme has no {name}")


def default_theme_folder() -> Path:
    """The default theme: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "themes" / "default"
    return inside if inside.is_dir() else package.parent / "themes" / "default"


def load_theme(root: Path, name: str) -> Theme:
    """The theme that a site names, over the default. Raises ThemeError where there is none of that name."""
    default = default_theme_folder()
    if name != Path(name).name or name.startswith("."):
        raise ThemeError(f"plansite.yaml: “{name}” is not the name of a folder in themes/")
    own = root / "themes" / name
    if own.is_dir():
        return Theme((own,) if own.resolve() == default.resolve() else (own, default))
    if name == "default":
        return Theme((default,))
    raise ThemeError(
        f"plansite.yaml: there is no theme “{name}” in {root / 'themes'}; make the folder, or name “default”"
    )
