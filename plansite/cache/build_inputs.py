"""The inputs of a build in one fingerprint: builds with the same fingerprint publish the same files."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import plansite
from plansite.deferred_dataclass import dataclass
from plansite.history.git import read_head_state
from plansite.history.signatures import fingerprint_signatures
from plansite.incremental.file_hashes import (
    FileHashes,
    fingerprint_files,
    hash_file,
    hash_file_inside,
    hash_folder,
    is_hidden_name,
)
from plansite.render.theme import default_theme_folder

SETTINGS = "plansite.yaml"
CONTENT = "content"
_LIBRARIES = ("markdown_it", "mdurl", "jinja2", "markupsafe", "yaml", "stdnum")


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """The content hashes of a site's files, and the fingerprint of these and all else that a build depends on."""

    hashes: FileHashes
    fingerprint: str


def hash_site_files(root: Path, sources: Iterable[str]) -> dict[str, str]:
    """The hashes of the settings, the content, and the folders of the site's sources."""
    hashes = {SETTINGS: hash_file_inside(root, SETTINGS)}
    for folder in dict.fromkeys((CONTENT, *(os.path.normpath(each).replace(os.sep, "/") for each in sources))):
        hashes.update(hash_folder(root, folder))
    return hashes


def collect_inputs(
    root: Path, theme: str, sources: Sequence[str], today: date, *, pinned: bool, audience: str
) -> BuildInputs:
    """The inputs of a build on this day. `audience` is the one asked for, and empty for the site's own."""
    hashes = hash_site_files(root, sources)
    themes = (hash_folder(root, f"themes/{theme}"), hash_folder(default_theme_folder(), "."))
    commit, head_state = read_head_state(root)
    source_states = [read_head_state(root / folder)[1] for folder in sources]
    signatures = fingerprint_signatures(root, commit) if commit else ""
    request = (str(root.resolve()), theme, today.isoformat(), str(pinned), audience)
    repositories = (head_state, *source_states, signatures)
    files = (fingerprint_files(each) for each in (hashes, *themes))
    inputs = "\n".join((*request, *repositories, program_fingerprint(), *files))
    return BuildInputs(hashes, hashlib.sha256(inputs.encode("utf-8", "surrogateescape")).hexdigest())


@functools.cache
def program_fingerprint() -> str:
    """A fingerprint of the program: plansite, Python and the libraries, which are not imported for it.

    It is taken once: a process that runs while plansite is replaced goes on with the modules that it has.
    """
    own_files = hash_folder(_package_folder(), ".", is_left_out=_is_no_source)
    specs = (importlib.util.find_spec(name) for name in _LIBRARIES)
    libraries = (hash_file(spec.origin) for spec in specs if spec and spec.origin)
    return hashlib.sha256("\n".join((sys.version, fingerprint_files(own_files), *libraries)).encode()).hexdigest()


def _is_no_source(name: str) -> bool:
    """Whether Python makes the file or folder itself, or it is hidden."""
    return name == "__pycache__" or is_hidden_name(name)


def _package_folder() -> Path:
    return Path(plansite.__file__).parent
