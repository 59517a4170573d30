"""What a killed process had not finished writing beside the site."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

#: Whoever writes there writes under a name like these first, and moves the file into its place when it is whole.
_NAMES = {
    "": re.compile(r"last-build\.json\.\d+|\.history\.jsonl\w+"),
    "memo": re.compile(r"[0-9a-f]{40}\.\d+"),
    "templates": re.compile(r"new-\d+-.+\.template"),
}


def remove_leftovers(folder: Path) -> None:
    """Remove half-written files from what builds keep. Who is writing one just now keeps it for the next time."""
    for below, name in _NAMES.items():
        inner = folder / below
        if folder.is_symlink() or inner.is_symlink():
            continue  # what a link leads to is not ours to tidy
        with suppress(OSError), os.scandir(inner) as entries:
            for entry in entries:
                if name.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    with suppress(OSError):
                        Path(entry.path).unlink()
