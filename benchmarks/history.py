"""How long history takes beside a plain `git log`: `python benchmarks/history.py [ACTIONS] [COMMITS]`.

Prints processor seconds, of children too, and the ratios to `git log --raw` of the same repository.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from plansite.content.settings import parse_settings
from plansite.history.loader import load_history

_STATUSES = ("not started", "in progress", "blocked", "completed")
_START = 1_600_000_000


class _Action:
    """An action that is edited in one of the ways that people edit them."""

    def __init__(self, number: int) -> None:
        self.path = f"content/plans/plan-{number // 100:03}/actions/action-{number:05}.md"
        self.number, self.status, self.day, self.ticked, self.notes = number, 0, 1, 0, 1

    def edit(self, chance: random.Random) -> None:
        match chance.randrange(4):
            case 0:
                self.status += 1
            case 1:
                self.day += 1
            case 2:
                self.ticked += 1
            case _:
                self.notes += 1

    def text(self) -> bytes:
        ticks = "".join(
            f"- [{'x' if self.ticked & (1 << step) else ' '}] Do part {step} of piece {self.number}\n"
            for step in range(4)
        )
        notes = "".join(
            f"- 2025-01-{note % 28 + 1:02} (Deputy Manager): Looked at piece {self.number} for the time {note}.\n"
            for note in range(self.notes)
        )
        return f"""---
title: Mend what the inspection found, piece {self.number}
ref: {self.number}
status: {_STATUSES[self.status % 4]}
owner: Owner {self.number % 40}
supporters: [Registered Manager, Falls Lead]
created: 2025-01-01
due: 2025-{self.day // 28 % 12 + 1:02}-{self.day % 28 + 1:02}
priority: high
---
Several care plans lacked key information when the service was inspected, and piece {self.number} is one of them.

## Steps
{ticks}
## Progress
{notes}""".encode()


def _stream(actions: int, commits: int) -> Iterator[bytes]:
    """What `git fast-import` reads: all actions at once, then one edit in each commit."""
    chance, all_actions = random.Random(1), [_Action(number) for number in range(actions)]  # noqa: S311  (a steady set)
    yield _commit(1, "Begin")
    for action in all_actions:
        yield _file(action)
    for number in range(2, commits + 1):
        action = chance.choice(all_actions)
        action.edit(chance)
        yield _commit(number, f"Update {action.path} (#{number})")
        yield _file(action)


def _commit(number: int, message: str) -> bytes:
    who = f"Editor {number % 7} <editor@example.org> {_START + number * 3600} +0000"
    return f"commit refs/heads/main\nmark :{number}\ncommitter {who}\ndata {len(message)}\n{message}\n".encode()


def _file(action: _Action) -> bytes:
    data = action.text()
    return f"M 100644 inline {action.path}\ndata {len(data)}\n".encode() + data + b"\n"


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Processor seconds of this process and its children, and seconds by the clock."""
    before, begun = _used(), time.perf_counter()
    work()
    return _used() - before, time.perf_counter() - begun


def _used() -> float:
    facts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(fact.ru_utime + fact.ru_stime for fact in facts)


def _git(root: Path, *words: str, data: bytes | None = None) -> None:
    subprocess.run(["git", "-C", str(root), *words], input=data, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607


def main(actions: int, commits: int) -> None:
    """Make the repository, and measure: a plain log, a first reading, one with a cache, one after a new commit."""
    settings, _ = parse_settings(b"title: T\n")
    with tempfile.TemporaryDirectory() as name:
        root, cache = Path(name) / "site", Path(name) / "cache"
        root.mkdir()
        _git(root, "init", "-q", "-b", "main")
        _git(root, "fast-import", "--quiet", data=b"".join(_stream(actions, commits)))
        _git(root, "reset", "-q", "--hard", "main")
        plain, by_clock = _seconds(lambda: _git(root, "log", "--raw"))
        print(f"{actions:,} actions, {commits:,} commits")  # noqa: T201
        _say("git log --raw", plain, by_clock, plain, by_clock)
        _say("first reading", *_seconds(lambda: load_history(root, settings, cache)), plain, by_clock)
        _say("nothing new", *_seconds(lambda: load_history(root, settings, cache)), plain, by_clock)
        file = root / "content/plans/plan-000/actions/action-00000.md"
        file.write_text(file.read_text().replace("due: 2025", "due: 2026"))
        _git(root, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "Move a date")
        _say("one new commit", *_seconds(lambda: load_history(root, settings, cache)), plain, by_clock)
        history = load_history(root, settings, cache)
        _say("all trails", *_seconds(lambda: history.changes_of_action("plan-000", "action-00000")), plain, by_clock)
        print(f"{len(history.changes):,} changes, cache of {cache.stat().st_size / 1e6:.1f} MB")  # noqa: T201


def _say(name: str, used: float, clock: float, plain: float, by_clock: float) -> None:
    print(f"{name:16} {used:6.2f} s ({used / plain:.2f}x)  by the clock {clock:6.2f} s ({clock / by_clock:.2f}x)")  # noqa: T201


if __name__ == "__main__":
    main(*(int(word.replace(",", "")) for word in (*sys.argv[1:], *("10000", "20000")[len(sys.argv) - 1 :])))
