"""Taking away what builds made, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from plansite.publish.exchange import repair
from plansite.publish.last import forget
from plansite.publish.lock import locked
from plansite.publish.manifest import MANIFEST, live_files
from plansite.publish.place import place_of
from plansite.publish.store import FOLDER, HISTORY
from plansite.publish.unfinished import sweep


def clean(root: Path, out: Path) -> int:
    """Remove the files that the manifest of `out` names, and what the last build left beside the site.

    Answers how many files are gone. A file that somebody else put there stays, with its folder. Raises NotOurs
    where `out` is no site made by plansite, and Locked while a build is at work on it.
    """
    forget(root)
    _forget_memo(root / FOLDER)
    place = place_of(out, root)
    if not out.exists() and place.is_clear:
        return 0
    with locked(place.lock):
        repair(place)
        files = [place.out / path for path in (*live_files(place.out), MANIFEST)]
        gone = [file for file in files if _removed(file)]
        folders = {parent for file in files for parent in file.parents if parent.is_relative_to(place.out)}
        for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
            with suppress(OSError):
                folder.rmdir()
    return len(gone)


def _forget_memo(folder: Path) -> None:
    """What was kept to spare work. Where something else lies beside it, that stays, with its folder."""
    sweep(folder)
    kept = [*folder.glob("memo/*.memo"), *folder.glob("templates/*.template")]
    for file in (*kept, folder / HISTORY, folder / ".gitignore"):
        _removed(file)
    for made in (folder / "memo", folder / "templates", folder):
        with suppress(OSError):
            made.rmdir()


def _removed(file: Path) -> bool:
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True
