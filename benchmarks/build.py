"""How long whole commands take: `python benchmarks/build.py [--sizes 100,1000] [--runs 5]`.

Makes a site of so many actions and times plansite as people start it, each time in a new process. Where `hugo` is on
the PATH, it builds the same actions in turn with plansite. Wants nothing but an installed plansite; on Unix alone.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from corpus import action_to_edit, write_site
from hugo import write_hugo_site

_EDITS = (
    ("Hang the coats where people can reach them", "2025-07-01"),
    ("Hang the coats beside the front door", "2025-08-11"),
)
_PROJECT = Path(__file__).parents[1]
#: The peak memory is told in bytes on macOS and in KiB elsewhere.
_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run took: seconds by the clock, processor seconds with all children, and the most memory in bytes.

    The memory is that of the largest process, not of all together. Less than this program itself takes cannot be told.
    """

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of work on a site of so many actions; `other` is what it is compared with."""

    actions: str
    work: str
    own: Cost
    other: Cost | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program with its copy of a site.

    `action` is the file to edit and `page` the one made from it; `made` is all that builds leave behind.
    """

    build: tuple[str, ...]
    action: Path
    out: Path
    page: Path
    made: tuple[Path, ...]

    def first(self) -> Cost:
        """Build with nothing left from earlier builds."""
        for folder in self.made:
            shutil.rmtree(folder, ignore_errors=True)
        return cost_of(self.build)

    def again(self) -> Cost:
        """Build the same again."""
        return cost_of(self.build)

    def edited(self) -> Cost:
        """Build after an edit; what does not show it has measured nothing."""
        title = self.edit()
        cost = cost_of(self.build)
        if title not in self.page.read_text("utf-8"):
            raise SystemExit(f"the edit does not show after {_said(self.build)}")
        return cost

    def edit(self) -> str:
        """Give the action another title and due date than it has; answers the title."""
        text = self.action.read_text("utf-8")
        title, due = next(each for each in _EDITS if each[0] not in text)
        text = re.sub("^title: .*$", f"title: {title}", text, count=1, flags=re.MULTILINE)
        self.action.write_text(re.sub("^due: .*$", f"due: {due}", text, count=1, flags=re.MULTILINE), "utf-8")
        return title


def cost_of(command: Sequence[str]) -> Cost:
    """Run a command to its end. Ends the measuring where it fails: the time of a failure says nothing."""
    os.sync()  # or what was written before would be paid for now
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"ended with {process.returncode}: {_said(command)}")
    return Cost(wall=wall, cpu=used.ru_utime + used.ru_stime, peak=used.ru_maxrss * _UNIT)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        wall=median(each.wall for each in costs),
        cpu=median(each.cpu for each in costs),
        peak=median(each.peak for each in costs),
    )


def in_turn(runs: int, *works: Callable[[], Cost]) -> list[Cost]:
    """The medians of each, run one after the other, so that whatever else the machine does falls on all of them."""
    costs = [[work() for work in works] for _ in range(runs)]
    return [middle(each) for each in zip(*costs, strict=True)]


def plansite_for(folder: Path, actions: int, start: str) -> Program:
    """plansite with a new site."""
    root, out = folder / "plansite", folder / "plansite" / "public"
    path = action_to_edit(actions)
    write_site(root, actions)
    return Program(
        build=(start, "build", "--site", str(root), "--quiet"),
        action=root / "content" / f"{path}.md",
        out=out,
        page=out / f"{path}.html",
        made=(out, root / ".plansite"),
    )


def hugo_for(folder: Path, actions: int, start: str) -> Program:
    """Hugo with the same actions."""
    root, out = folder / "hugo", folder / "hugo" / "public"
    path = action_to_edit(actions).replace("/actions/", "/")
    write_hugo_site(root, actions)
    return Program(
        build=(start, "--quiet", "--source", str(root)),
        action=root / "content" / f"{path}.md",
        out=out,
        page=out / path / "index.html",
        made=(out, root / "resources"),
    )


def rows_of(actions: int, runs: int, plansite: str, hugo: str | None) -> Iterator[Row]:
    """All work on a site of so many actions."""
    with tempfile.TemporaryDirectory() as name:
        own = plansite_for(Path(name), actions, plansite)
        programs = (own, *([hugo_for(Path(name), actions, hugo)] if hugo else []))
        for work, ways in (
            ("first build", [each.first for each in programs]),
            ("nothing changed", [each.again for each in programs]),
            ("one edit", [each.edited for each in programs]),
        ):
            yield Row(f"{actions:,}", work, *in_turn(runs, *ways))
        yield Row(f"{actions:,}", "check after one edit", *in_turn(runs, _checked(own, plansite)))
        print(f"{actions:,} actions: " + ", ".join(map(_left, programs)), file=sys.stderr)  # noqa: T201


def _checked(own: Program, start: str) -> Callable[[], Cost]:
    def checked() -> Cost:
        own.edit()
        return cost_of((start, "check", *own.build[2:4], "--level", "error"))

    return checked


def _left(program: Program) -> str:
    """What a program has made."""
    files = [file for file in program.out.rglob("*") if file.is_file()]
    pages = sum(file.suffix == ".html" for file in files)
    return f"{Path(program.build[0]).name} {pages:,} pages, {sum(file.stat().st_size for file in files) / 1e6:.0f} MB"


def start_rows(runs: int, plansite: str) -> Iterator[Row]:
    """What commands take on the demonstration, a small site, beside a Python that does nothing."""
    empty = (sys.executable, "-c", "")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "site"
        shutil.copytree(_PROJECT / "content", root / "content")
        shutil.copy(_PROJECT / "plansite.yaml", root)
        site = ("--site", str(root), "--quiet")
        made = (root / "public", root / ".plansite")
        days = iter(range(1, 10**9))
        for work, command, removed in (
            ("plansite --help", lambda: ("--help",), ()),
            ("first build", lambda: ("build", *site), made),
            ("nothing changed", lambda: ("build", *site), ()),
            ("list", lambda: ("list", *site), ()),
            ("list, another question each time", lambda: ("list", *site, "--due-within", str(next(days))), ()),
            ("check", lambda: ("check", *site, "--level", "error"), ()),
        ):
            yield Row("", work, *in_turn(runs, _start(plansite, command, removed), lambda: cost_of(empty)))


def _start(plansite: str, command: Callable[[], Sequence[str]], removed: Sequence[Path]) -> Callable[[], Cost]:
    """Measures a command of plansite, after it has removed what earlier ones have made."""

    def started() -> Cost:
        for folder in removed:
            shutil.rmtree(folder, ignore_errors=True)
        return cost_of((plansite, *command()))

    return started


def _said(command: Sequence[str]) -> str:
    """A command without the paths of this machine."""
    return " ".join(Path(word).name if "/" in word else word for word in command)


def table(rows: Iterable[Row], beside: str) -> Iterator[str]:
    """The rows as a table of Markdown; ratios are those of the seconds by the clock and of the processor."""
    heads = (f"{name}: seconds | processor | memory" for name in ("plansite", beside))
    yield " | ".join(("| actions | work", *heads, "ratio: clock | processor |"))
    yield "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for row in rows:
        other = _cells(row.other) if row.other else ("", "", "")
        yield "| " + " | ".join((row.actions, row.work, *_cells(row.own), *other, *_ratios(row))) + " |"


def _ratios(row: Row) -> tuple[str, str]:
    if row.other is None:
        return "", ""
    return f"{row.own.wall / row.other.wall:.2f}", f"{row.own.cpu / row.other.cpu:.2f}"


def _cells(cost: Cost) -> tuple[str, str, str]:
    return f"{cost.wall:.3f}", f"{cost.cpu:.3f}", f"{cost.peak / 2**20:.0f} MiB"


def main() -> None:
    """Measure what the command line asks for, and print the tables."""
    options = _options()
    plansite = shutil.which("plansite", path=str(Path(sys.executable).parent)) or shutil.which("plansite")
    if not plansite:
        raise SystemExit("plansite is not installed; try: pip install .")
    hugo = shutil.which(options.hugo)
    _say(f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, median of {options.runs}\n")
    sizes = [int(size) for size in options.sizes.split(",")]
    for line in table((row for size in sizes for row in rows_of(size, options.runs, plansite, hugo)), "Hugo"):
        _say(line)
    _say("")
    for line in table(start_rows(options.runs, plansite), "an empty Python"):
        _say(line)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000", help="how many actions, with commas between (100,1000)")
    parser.add_argument("--runs", type=int, default=5, help="how often each command is run (5)")
    parser.add_argument("--hugo", default="hugo", help="the program to compare with, by its name or path")
    return parser.parse_args()


if __name__ == "__main__":
    main()
