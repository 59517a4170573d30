"""Every listing of actions, on whatever page, in whatever file and from whatever command, is in one order."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plansite.cli.main import main
from tests.history.repo import Repo, action

_DAY = "2025-03-10"
#: Numbers of the actions of a kind in their order; those without a number go by the number in their title.
_REFS = ("{}.2", "{}.9", "{}.10", "A{}-9", "A{}-10", "", "")
#: What actions are like. Within a kind everything is equal but number, title and file.
_KINDS: dict[str, dict[str, str]] = {
    "late": {"due": "2025-03-01"},
    "soon": {"due": "2025-03-14"},
    "stuck": {"due": "2025-03-20", "status": "blocked"},
    "bare": {"owner": '""'},
    "odd": {"status": "sideways", "due": "2025-04-01"},
    "done": {"status": "completed", "completed": "2025-03-05", "verification": "{by: Bea, due: 2025-03-12}"},
    "sure": {
        "status": "embedded",
        "completed": "2025-02-05",
        "repeat": "every month for 6 months",
        "verification": "{by: Bea, date: 2025-03-05, result: passed}",
    },
    "off": {"status": "cancelled", "completed": "2025-03-05", "reason": "not possible"},
    "home": {"due": "2025-03-14", "homework": "{outcome: partly}"},
    "wait": {"due": "2025-05-01", "depends_on": "[first]"},
    "aim": {"due": "2025-05-02", "goal": "warm"},
}


def _files(seed: int) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """The files of a site before and after every action changed; their names say nothing about the order."""
    names = [f"{number:03}" for number in range(len(_KINDS) * len(_REFS))]
    random.Random(seed).shuffle(names)  # noqa: S311  (an order for a test)
    start: dict[str, str | None] = {
        "plansite.yaml": "title: T\nbase_url: https://example.org/\n",
        "content/plans/p/plan.md": action(
            "P", "", start="2025-01-01", review_every="4 weeks", owner="Ann", goals="[{key: warm, title: Warm}]"
        ),
        "content/plans/p/actions/first.md": action("First", "", status="in progress", due="2025-03-01"),
    }
    later: dict[str, str | None] = {}
    for kind, fields in _KINDS.items():
        for rank, ref in enumerate(_REFS):
            path = f"content/plans/p/actions/{names.pop()}.md"
            own = {"owner": "Ann", "supporters": "[Cy]", "created": "2025-01-02", **fields}
            given = own | ({"ref": f'"{ref.format(7)}-{kind}"'} if ref else {})
            title = f"Do {kind} no{rank + 5} so"  # 5 to 11, so that 10 comes after 9
            start[path] = action(title, "", **given)
            later[path] = action(title, "## Steps\n- [ ] One\n\n## Progress\n- 2025-03-08: News.\n", **given)
    return start, later


def _find_listings(text: str, kind: str) -> Iterator[list[int]]:
    """The ranks of the actions of a kind in the listings of a text; a listing ends where an action comes again."""
    listing: list[int] = []
    for found in re.finditer(rf"\bDo {kind} no(\d+) so\b", text):
        rank = int(found[1])
        if listing and rank == listing[-1]:
            continue
        if rank in listing:
            yield listing
            listing = []
        listing.append(rank)
    yield listing


def _read_output(folder: Path) -> Iterator[tuple[str, str]]:
    """All pages and data of a site, without the pages of the actions themselves, which name single others."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".html", ".csv", ".json", ".js", ".ics", ".xml") and path.parent.name != "actions":
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8").replace("\r\n ", "")


def _run_commands(root: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str]]:
    """What each command that lists actions prints."""
    for line in (
        "list",
        "list --format csv",
        "list --format json",
        "list --owner Ann",
        f"changes --since 2025-03-02 --today {_DAY}",
        f"changes --since 2025-03-02 --format json --today {_DAY}",
        f"changes --since 2025-03-02 --format markdown --today {_DAY}",
        f"changes --since HEAD~1 --today {_DAY}",
    ):
        words = line.split()
        assert main([words[0], "--site", str(root), *words[1:]]) == 0, line
        yield line, capsys.readouterr().out
    assert main(["new", "review", "p", "--date", _DAY, "--site", str(root), "--today", _DAY]) == 0
    capsys.readouterr()
    yield "new review", next((root / "content/plans/p/reviews").glob("*.md")).read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", [1, 2])
def test_every_listing_is_in_one_order(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By number as people count, then by title, however the files are called."""
    repo, out = Repo.new(tmp_path / "site"), tmp_path / "out"
    start, later = _files(seed)
    repo.commit("Begin", start, when="2025-03-01T12:00:00Z")
    repo.commit("Go on", later, when="2025-03-08T12:00:00Z")
    assert main(["build", "--site", str(repo.root), "--out", str(out), "--today", _DAY]) == 0
    capsys.readouterr()
    texts = {**dict(_read_output(out)), **dict(_run_commands(repo.root, capsys))}
    listings = {(name, kind): list(_find_listings(text, kind)) for name, text in texts.items() for kind in _KINDS}
    wrong = {place: found for place, lists in listings.items() for found in lists if found != sorted(found)}
    assert not wrong
    long = {name for (name, _), lists in listings.items() if any(len(found) > 2 for found in lists)}
    assert long >= {"attention.html", "awaiting.html", "calendar.html", "index.html", "plans/p/index.html"}, long
    assert long >= {"plans/p/register.html", "plans/p/goals.html", "plans/p/timeline.html", "changes.html"}, long
    assert long >= {
        "open.html",
        "verified.html",
        "finished.html",
        "owners/ann.html",
        "data/p.csv",
        "search-index.js",
    }, long
    assert long >= {"list", "list --format csv", f"changes --since HEAD~1 --today {_DAY}", "new review"}, long
