"""Where a new site installs plansite from: the line of its `requirements.txt`, and a copy of the package if needed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

import plansite
from plansite import __version__
from plansite.content.report import quote_text
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.scaffold.field_values import FieldValueError
from plansite.scaffold.own_wheel import pack_wheel

PACKAGES_FOLDER = "packages"
_VERSION = compile_lazily(r"(?:plansite *)?(?:== *)?(\d+(?:\.\d+)*(?:(?:a|b|rc|\.post|\.dev)\d+)?)")
_SCHEMES = frozenset({"https", "http", "git+https", "git+ssh"})
_WHEEL = compile_lazily(r"plansite-[\w.+!]+-py3-none-any\.whl", re.IGNORECASE)
_ADVICE = (
    "write a version, such as 0.1.0, an address that begins with git+https:// or https://, or the path of a .whl file"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallSource:
    """The requirement that pip installs, files that it needs in the site, and what is left to do for it, if anything.

    `how` says in a few words where the package comes from.
    """

    requirement: str
    how: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    left_to_do: str = ""


def parse_install_source(text: str) -> InstallSource:
    """The source that somebody typed: a version, an address or the path of a wheel. Raises FieldValueError, OSError."""
    text = text.strip()
    version = _VERSION.fullmatch(text)
    if version:
        return _from_index(version[1])
    if "://" in text:
        return _parse_address(text)
    path = Path(text)
    if text and path.is_dir():
        raise FieldValueError(
            f"{quote_text(text)} is a folder on your computer only; make a package with "
            f"“pip wheel --no-deps --wheel-dir {PACKAGES_FOLDER} {text}”, and give the path of the .whl file"
        )
    if not path.is_file() or not _WHEEL.fullmatch(path.name):
        raise FieldValueError(f"plansite cannot be installed from {quote_text(text)}; {_ADVICE}")
    return _from_wheel(path.name, path.read_bytes())


def _parse_address(text: str) -> InstallSource:
    parts = urlsplit(text)
    if parts.scheme not in _SCHEMES or not parts.hostname or " " in text:
        raise FieldValueError(f"plansite cannot be installed from {quote_text(text)}; {_ADVICE}")
    if parts.password or (parts.username and parts.scheme != "git+ssh"):
        raise FieldValueError("the address has a password in it, which everybody with the files could read; remove it")
    return InstallSource(requirement=f"plansite @ {text}", how=f"from {text}")


def find_install_source() -> InstallSource:
    """The source for the plansite that runs now: the index or repository it came from, else a copy of its files.

    Where it runs in a source folder, the package has to be made by hand, and `left_to_do` says how.
    """
    source_folder = Path(plansite.__file__).parents[1]
    installed = _find_distribution()
    if installed is None:
        return _not_installed(source_folder)
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    url = str(origin.get("url", ""))
    if not origin:
        return _from_index(installed.version)
    if not url.startswith("file:"):
        return _from_origin(url, origin)
    try:
        return _from_wheel(*pack_wheel(installed))
    except LookupError:
        return _not_installed(source_folder)


def _find_distribution() -> Distribution | None:
    """The installed package, if it is the one that runs now and holds its files itself."""
    try:
        installed = distribution("plansite")
    except PackageNotFoundError:
        return None
    module = Path(str(installed.locate_file("plansite/__init__.py")))
    return installed if module.resolve() == Path(plansite.__file__).resolve() else None


def _from_index(version: str) -> InstallSource:
    return InstallSource(requirement=f"plansite=={version}", how=f"version {version} from the Python package index")


def _from_origin(url: str, origin: Mapping[str, Mapping[str, str]]) -> InstallSource:
    """The repository and commit, or the archive, that it was installed from."""
    repository = origin.get("vcs_info")
    address = f"{repository['vcs']}+{url}@{repository['commit_id']}" if repository else url
    return InstallSource(requirement=f"plansite @ {address}", how=f"from {address}")


def _from_wheel(name: str, data: bytes) -> InstallSource:
    path = f"{PACKAGES_FOLDER}/{name}"
    return InstallSource(requirement=f"./{path}", how=f"from the copy in {path}", files={path: data})


def _not_installed(source: Path) -> InstallSource:
    path = f"{PACKAGES_FOLDER}/plansite-{__version__}-py3-none-any.whl"
    command = f'pip wheel --no-deps --wheel-dir {PACKAGES_FOLDER} "{source}"'
    return InstallSource(
        requirement=f"./{path}",
        how=f"from the copy in {path}",
        left_to_do=f"Before you publish the site, add plansite to it. In its folder, type: {command}",
    )
