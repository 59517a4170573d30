"""Removing what builds made, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from plansite.cache.last_build import forget_last_build
from plansite.cache.layout import (
    ANSWERS_FILE,
    CACHE_FOLDER,
    HISTORY_FILE,
    OUTPUTS_FILE,
    TEMPLATES_FOLDER,
    VALUES_FOLDER,
    has_link,
    remove_leftovers,
)
from plansite.deferred_dataclass import dataclass
from plansite.publish.listed_files import remove_listed_files
from plansite.publish.lock import hold_lock
from plansite.publish.manifest import read_published_files
from plansite.publish.output_folder import resolve_output
from plansite.publish.swap import recover


@dataclass(frozen=True, slots=True)
class CleanedOutput:
    """How many published files were removed, and the paths of the files that were left because no build made them."""

    removed: int = 0
    left: tuple[str, ...] = ()


def clean_site(root: Path, out: Path) -> CleanedOutput:
    """Remove the files in `out` that its manifest vouches for, and the cache of the site.

    Raises NotOursError where `out` is not a site made by plansite, and LockedError while a build is publishing into it.
    """
    forget_last_build(root)
    _remove_cache(root / CACHE_FOLDER)
    output = resolve_output(out, root)
    if not out.exists() and output.is_clear:
        return CleanedOutput()
    with hold_lock(output.lock):
        recover(output)
        manifest = read_published_files(output.out)
        return CleanedOutput(*remove_listed_files(output.out, manifest)) if output.out.exists() else CleanedOutput()


def _remove_cache(folder: Path) -> None:
    """Remove the cache. Where anything else lies in its folder, that stays, with the folder; a link is left alone."""
    if has_link(folder):
        return
    remove_leftovers(folder)
    values, templates = folder / VALUES_FOLDER, folder / TEMPLATES_FOLDER
    files = [
        *values.glob("*.memo"),
        *templates.glob("*.template"),
        *(folder / name for name in (HISTORY_FILE, OUTPUTS_FILE, ANSWERS_FILE, ".gitignore")),
    ]
    for file in files:
        file.unlink(missing_ok=True)
    for empty in (values, templates, folder):
        with suppress(OSError):
            empty.rmdir()
