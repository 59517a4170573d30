"""Everything a build is made from, as one digest: equal digests, equal builds."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plansite
from plansite.history.git import read_head_state
from plansite.history.signatures import fingerprint_signatures
from plansite.incremental.file_hashes import FileHashes, fingerprint_files, hash_file, hash_folder
from plansite.render.theme import default_theme_folder

SETTINGS = "plansite.yaml"
CONTENT = "content"
_LIBRARIES = ("markdown_it", "mdurl", "jinja2", "markupsafe", "yaml", "stdnum")


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """The digests of all files of a site by path, and one of those and of everything else a build depends on."""

    hashes: FileHashes
    fingerprint: str


def hash_site_files(root: Path, sources: Iterable[str]) -> dict[str, str]:
    """The digests of the settings, the content, and the folders that others laid out."""
    prints = {SETTINGS: hash_file(str(root / SETTINGS))}
    for folder in dict.fromkeys((CONTENT, *(os.path.normpath(each).replace(os.sep, "/") for each in sources))):
        prints.update(hash_folder(root, folder))
    return prints


def collect_inputs(
    root: Path, theme: str, sources: Sequence[str], today: date, *, pinned: bool, audience: str
) -> BuildInputs:
    """What a build of this site on this day is made from. `audience` is the one asked for; empty for the site's own."""
    prints = hash_site_files(root, sources)
    themes = (hash_folder(root, f"themes/{theme}"), hash_folder(default_theme_folder(), "."))
    commit, past = read_head_state(root)
    others = [read_head_state(root / folder)[1] for folder in sources]
    trust = fingerprint_signatures(root, commit) if commit else ""
    words = (
        str(root.resolve()),
        theme,
        today.isoformat(),
        str(pinned),
        audience,
        past,
        *others,
        trust,
        program_fingerprint(),
    )
    whole = "\n".join((*words, *(fingerprint_files(each) for each in (prints, *themes))))
    return BuildInputs(prints, hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest())


def program_fingerprint() -> str:
    """A digest of what makes pages: plansite itself, Python, and the libraries, found without importing them."""
    own = {path: digest for path, digest in hash_folder(_package_folder(), ".").items() if "__pycache__" not in path}
    found = (importlib.util.find_spec(name) for name in _LIBRARIES)
    libraries = (hash_file(each.origin) for each in found if each and each.origin)
    return hashlib.sha256("\n".join((sys.version, fingerprint_files(own), *libraries)).encode()).hexdigest()


def _package_folder() -> Path:
    return Path(plansite.__file__).parent
