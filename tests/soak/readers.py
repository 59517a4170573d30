"""Processes that open pages all the time while builds publish: `python -m tests.soak.readers OUT BESIDE NUMBER`."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.soak.command import Clean, built
from tests.soak.site import Site
from tests.soak.wholeness import Broken, Tree, digest_of, same, tree_in

#: The states that are published in turn; every page of the one differs from that of the other.
TURNS = (3, 0)
#: A reader looks whether it may stop after so many reads.
_BLOCK = 500
#: No reader goes on for ever, whatever becomes of who started it.
_MOST = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What readers met while so many builds were published: `changes` is how often a page was another than before."""

    publishes: int
    reads: int
    changes: int
    faults: tuple[str, ...]


def reads_during(site: Site, clean: Clean, *, least: int, publishes: int, readers: int) -> Reads:
    """Publish again and again, at least so often and until there were at least so many reads."""
    site.lay(TURNS[1])
    _publish(site, clean, TURNS[1])
    beside = site.root.parent
    (beside / "known.json").write_text(json.dumps(_versions([clean.tree(state) for state in TURNS])))
    words = [sys.executable, "-m", "tests.soak.readers", str(site.out), str(beside)]
    with contextlib.ExitStack() as stack:
        started = [stack.enter_context(subprocess.Popen([*words, str(each)])) for each in range(readers)]
        stack.callback((beside / "stop").touch)
        done = 0
        while done < publishes or sum(each["reads"] for each in _met(beside, readers)) < least:
            if any(reader.poll() is not None for reader in started):
                raise Broken("a reader has ended by itself")
            _publish(site, clean, TURNS[done % 2])
            done += 1
    met = _met(beside, readers)
    return Reads(
        publishes=done,
        reads=sum(each["reads"] for each in met),
        changes=sum(each["changes"] for each in met),
        faults=tuple(fault for each in met for fault in each["faults"]),
    )


def _met(beside: Path, readers: int) -> list[dict[str, Any]]:
    """What readers have met so far, as each last said."""
    nothing = {"reads": 0, "changes": 0, "faults": []}
    files = [beside / f"met-{number}.json" for number in range(readers)]
    return [json.loads(file.read_bytes()) if file.exists() else nothing for file in files]


def _versions(trees: Sequence[Tree]) -> dict[str, list[str]]:
    """The digests a page may have, for each page that every version has."""
    paths = sorted(set.intersection(*(set(tree) for tree in trees)))
    return {path: [tree[path] for tree in trees] for path in paths if path.endswith(".html")}


def _publish(site: Site, clean: Clean, state: int) -> None:
    site.lay(state)
    ended = built(site)
    if ended.code:
        raise Broken(f"a build beside readers ended with {ended.code}: {ended.said}")
    same(tree_in(site.out), clean.tree(state), "a build beside readers")


def read(out: Path, beside: Path, number: int) -> None:
    """Open pages by their paths, each time anew, until there is a file `stop`; note what was met."""
    versions: dict[str, list[str]] = json.loads((beside / "known.json").read_bytes())
    paths, chance = list(versions), random.Random(number)  # noqa: S311  (which page comes next, no secret)
    seen: dict[str, str] = {}
    faults: list[str] = []
    changes = 0
    for reads in range(_BLOCK, _MOST, _BLOCK):
        for path in chance.choices(paths, k=_BLOCK):
            found = _found(f"{out}/{path}")
            if found not in versions[path]:
                faults.append(f"{path}: {found}")
            changes += seen.get(path, found) != found
            seen[path] = found
        new = beside / f"met-{number}.new"
        new.write_text(json.dumps({"reads": reads, "changes": changes, "faults": faults[:20]}))
        new.replace(beside / f"met-{number}.json")
        if (beside / "stop").exists():
            return


def _found(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  (the plainest reader there is)
            return digest_of(file.read())
    except OSError as error:
        return f"error {error.errno}"


if __name__ == "__main__":
    read(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
