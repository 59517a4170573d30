"""Removing what builds made, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from plansite.cache.last_build import forget_last_build
from plansite.cache.layout import (
    CACHE_FOLDER,
    HISTORY_FILE,
    TEMPLATES_FOLDER,
    VALUES_FOLDER,
    remove_leftovers,
)
from plansite.publish.lock import hold_lock
from plansite.publish.manifest import MANIFEST, read_published_files
from plansite.publish.output_folder import resolve_output
from plansite.publish.swap import recover


def clean_site(root: Path, out: Path) -> int:
    """Remove the files that the manifest of `out` names, and the cache of the site.

    Returns how many published files were removed. A file that is not in the manifest stays, with its folder. Raises
    NotOursError where `out` is not a site made by plansite, and LockedError while a build is publishing into it.
    """
    forget_last_build(root)
    _remove_cache(root / CACHE_FOLDER)
    output = resolve_output(out, root)
    if not out.exists() and output.is_clear:
        return 0
    with hold_lock(output.lock):
        recover(output)
        files = [output.out / path for path in (*read_published_files(output.out), MANIFEST)]
        removed = [file for file in files if _remove(file)]
        folders = {parent for file in files for parent in file.parents if parent.is_relative_to(output.out)}
        for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
            with suppress(OSError):
                folder.rmdir()
    return len(removed)


def _remove_cache(folder: Path) -> None:
    """Remove the cache. Where anything else lies in its folder, that stays, with the folder."""
    remove_leftovers(folder)
    values, templates = folder / VALUES_FOLDER, folder / TEMPLATES_FOLDER
    files = [*values.glob("*.memo"), *templates.glob("*.template"), folder / HISTORY_FILE, folder / ".gitignore"]
    for file in files:
        _remove(file)
    for empty in (values, templates, folder):
        with suppress(OSError):
            empty.rmdir()


def _remove(file: Path) -> bool:
    """Whether the file was there."""
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True
