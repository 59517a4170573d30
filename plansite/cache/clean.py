"""Taking away what builds made, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from plansite.cache.last_build import forget_last_build
from plansite.cache.leftovers import remove_leftovers
from plansite.incremental.store import FOLDER, HISTORY
from plansite.publish.lock import hold_lock
from plansite.publish.manifest import MANIFEST, read_published_files
from plansite.publish.output_folder import resolve_output
from plansite.publish.swap import recover


def clean_site(root: Path, out: Path) -> int:
    """Remove the files that the manifest of `out` names, and what the last build left beside the site.

    Answers how many files are gone. A file that somebody else put there stays, with its folder. Raises NotOurs
    where `out` is no site made by plansite, and Locked while a build is at work on it.
    """
    forget_last_build(root)
    _remove_cache(root / FOLDER)
    place = resolve_output(out, root)
    if not out.exists() and place.is_clear:
        return 0
    with hold_lock(place.lock):
        recover(place)
        files = [place.out / path for path in (*read_published_files(place.out), MANIFEST)]
        gone = [file for file in files if _remove(file)]
        folders = {parent for file in files for parent in file.parents if parent.is_relative_to(place.out)}
        for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
            with suppress(OSError):
                folder.rmdir()
    return len(gone)


def _remove_cache(folder: Path) -> None:
    """What was kept to spare work. Where something else lies beside it, that stays, with its folder."""
    remove_leftovers(folder)
    kept = [*folder.glob("memo/*.memo"), *folder.glob("templates/*.template")]
    for file in (*kept, folder / HISTORY, folder / ".gitignore"):
        _remove(file)
    for made in (folder / "memo", folder / "templates", folder):
        with suppress(OSError):
            made.rmdir()


def _remove(file: Path) -> bool:
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True
