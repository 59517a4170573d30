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
from plansite.content.prints import Prints, print_of, print_of_all, prints_of
from plansite.history.commit import past_of
from plansite.history.signed import trust_of
from plansite.render.theme import default_folder

SETTINGS = "plansite.yaml"
OWN = "content"
_LIBRARIES = ("markdown_it", "mdurl", "jinja2", "markupsafe", "yaml", "stdnum")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The digests of all files of a site by path, and one of those and of everything else a build depends on."""

    prints: Prints
    digest: str


def site_prints(root: Path, sources: Iterable[str]) -> dict[str, str]:
    """The digests of the settings, the content, and the folders that others laid out."""
    prints = {SETTINGS: print_of(str(root / SETTINGS))}
    for folder in dict.fromkeys((OWN, *(os.path.normpath(each).replace(os.sep, "/") for each in sources))):
        prints.update(prints_of(root, folder))
    return prints


def inputs_of(root: Path, theme: str, sources: Sequence[str], day: date, *, pinned: bool, audience: str) -> Inputs:
    """What a build of this site on this day is made from. `audience` is the one asked for; empty for the site's own."""
    prints = site_prints(root, sources)
    themes = (prints_of(root, f"themes/{theme}"), prints_of(default_folder(), "."))
    commit, shallow = past_of(root)
    trust = trust_of(root, commit) if commit else ""
    words = (str(root.resolve()), theme, day.isoformat(), str(pinned), audience, commit, shallow, trust, program())
    whole = "\n".join((*words, *(print_of_all(each) for each in (prints, *themes))))
    return Inputs(prints, hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest())


def program() -> str:
    """A digest of what makes pages: plansite itself, Python, and the libraries, found without importing them."""
    own = {path: digest for path, digest in prints_of(_own_folder(), ".").items() if "__pycache__" not in path}
    found = (importlib.util.find_spec(name) for name in _LIBRARIES)
    libraries = (print_of(each.origin) for each in found if each and each.origin)
    return hashlib.sha256("\n".join((sys.version, print_of_all(own), *libraries)).encode()).hexdigest()


def _own_folder() -> Path:
    return Path(plansite.__file__).parent
