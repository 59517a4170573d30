"""The npm packages that the page of the content editor is made of, and where they are on this computer."""

from __future__ import annotations

import fnmatch
import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plansite.cms.widgets import EditorProgram
from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder, RefusedFileError
from plansite.model.formatting import format_list

#: The most bytes of a file of a package. The largest that is needed has three million.
_MAX_FILE = 16 * 1024 * 1024
_PACKAGE_FILE = "package.json"
#: The folder that holds all files in an archive of npm.
_ARCHIVE_TOP = "package/"
Content = bytes | FileInFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class NpmPackage:
    """A package: its name, the version that was tried with plansite, and its files.

    `files` are pairs of a pattern for paths in the package, and the name that such a file gets on the page; a name that
    is empty or ends in `/` is the folder into which it goes.
    """

    name: str
    version: str
    files: tuple[tuple[str, str], ...]

    @property
    def spec(self) -> str:
        """How npm is told which one to get."""
        return f"{self.name}@{self.version}"


_YAML = NpmPackage(name="js-yaml", version="5.5.0", files=(("dist/browser/js-yaml.umd.min.js", "js-yaml.js"),))
_SVELTIA = NpmPackage(
    name="@sveltia/cms",
    version="0.221.1",
    files=(("dist/sveltia-cms.js", ""), ("dist/chunks/*.js", "chunks/")),
)
_ICONS = NpmPackage(
    name="@fontsource-variable/material-symbols-outlined",
    version="5.3.8",
    files=(("files/material-symbols-outlined-latin-wght-normal.woff2", "icons.woff2"),),
)
_DECAP = NpmPackage(name="decap-cms", version="3.16.3", files=(("dist/decap-cms.js", ""), ("dist/*.decap-cms.js", "")))
_PACKAGES = {EditorProgram.SVELTIA: (_SVELTIA, _YAML, _ICONS), EditorProgram.DECAP: (_DECAP, _YAML)}


class MissingPackageError(Exception):
    """Packages that the page needs are not on this computer. The message says how to get them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorPackages:
    """The files of the packages by their names on the page, and a sentence for each version that was not tried."""

    files: Mapping[str, Content]
    remarks: tuple[str, ...] = ()


def find_packages(program: EditorProgram, folders: Sequence[Path]) -> EditorPackages:
    """The packages of an editor, each from the first of the folders that has it. Raises MissingPackageError, OSError.

    A folder is one that `npm install` filled, or one with the archives of `npm pack`.
    """
    found = {package: _find_package(folders, package) for package in _PACKAGES[program]}
    missing = [package.spec for package, place in found.items() if place is None]
    if missing:
        searched = format_list([str(folder) for folder in folders], "or")
        raise MissingPackageError(
            f"the content editor is not, or not whole, in {searched}; go to a folder for it, run "
            f"npm pack {' '.join(missing)}, and name the folder"
        )
    files: dict[str, Content] = {}
    remarks = []
    for package, place in found.items():
        contents = _read_package(package, place) if place else {}
        remarks.append(_compare_version(package, contents.pop(_PACKAGE_FILE, b"")))
        files |= contents
    return EditorPackages(files=files, remarks=tuple(filter(None, remarks)))


def _find_package(folders: Sequence[Path], package: NpmPackage) -> Path | None:
    """The folder of a package, or its archive, by preference of the version that was tried; None without either."""
    stem = package.name.removeprefix("@").replace("/", "-")
    for folder in folders:
        if (folder / package.name / _PACKAGE_FILE).is_file():
            return folder / package.name
        archives = sorted(path for path in folder.glob(f"{stem}-*.tgz") if path.name[len(stem) + 1].isdigit())
        tried = folder / f"{stem}-{package.version}.tgz"
        if archives:
            return tried if tried in archives else archives[-1]
    return None


def _read_package(package: NpmPackage, place: Path) -> dict[str, Content]:
    """The files that the page needs by their names there, and `package.json`. Raises MissingPackageError, OSError."""
    paths = _read_archive(package, place) if place.is_file() else _list_folder(package, place)
    names = {target: content for path, content in paths.items() for target in _list_names(package, path)}
    if any(not fnmatch.filter(paths, pattern) for pattern, _ in package.files):
        raise MissingPackageError(f"{place} is not {package.spec}, or not whole; get it again with npm pack")
    return names


def _list_folder(package: NpmPackage, folder: Path) -> dict[str, Content]:
    patterns = (_PACKAGE_FILE, *(pattern for pattern, _ in package.files))
    paths = sorted(path.relative_to(folder).as_posix() for pattern in patterns for path in folder.glob(pattern))
    return {path: FileInFolder(folder, path) for path in paths}


def _read_archive(package: NpmPackage, archive: Path) -> dict[str, Content]:
    """The files of an archive that are needed, by path. Raises MissingPackageError where it cannot be read."""
    contents: dict[str, Content] = {}
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                path = member.name.removeprefix(_ARCHIVE_TOP)
                is_needed = member.isreg() and member.size <= _MAX_FILE and next(_list_names(package, path), "")
                file = tar.extractfile(member) if is_needed else None
                if file:
                    contents[path] = file.read()
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise MissingPackageError(f"{archive} cannot be read ({error}); get it again with npm pack") from error
    return contents


def _list_names(package: NpmPackage, path: str) -> Iterator[str]:
    """The names on the page of a file at this path in its package: one, or none."""
    if path == _PACKAGE_FILE:
        yield path
    for pattern, target in package.files:
        if fnmatch.fnmatchcase(path, pattern) and path.count("/") == pattern.count("/"):
            yield target if target and not target.endswith("/") else f"{target}{path.rpartition('/')[2]}"


def _compare_version(package: NpmPackage, content: Content) -> str:
    """A sentence where another version is there than the one that was tried; else empty."""
    try:
        text = content if isinstance(content, bytes) else content.read()
        version = json.loads(text)["version"]
    except (RefusedFileError, ValueError, KeyError, TypeError):
        version = "an unknown version"
    if version == package.version:
        return ""
    return f"plansite was tried with {package.name} {package.version}; this is {version}."
