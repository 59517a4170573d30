"""A file that takes too long to read is named, kept in sight, and in nobody's way; nobody keeps that for later."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from plansite.cache.site_cache import memory_cache, open_cache
from plansite.content.source_tree import scan_site
from plansite.markdown import body as markdown_body
from plansite.model.status import Audience
from plansite.parallel import helper_process, timeouts
from plansite.pipeline.build import BuiltSite, build_in_memory, build_site
from plansite.pipeline.output import MemoryOutput
from plansite.pipeline.plan_checks import check_site
from plansite.pipeline.preview_pages.preview_site import PreviewSite
from tests.sites import FixedClock, write

pytestmark = pytest.mark.slow

_CLOCK = FixedClock(date(2025, 1, 20))
#: Takes the parser seconds, and is within the limits of size, depth and markup.
_SLOW = "a|b\n-|-\n\n" * 23_000
_GOOD = "---\ntitle: Good\nowner: Anna\n---\nWords.\n"
_PATH = "content/plans/p/actions/slow.md"
_FILES = {
    "content/plans/p/plan.md": "---\ntitle: P\n---\n",
    "content/plans/p/actions/good.md": _GOOD,
    _PATH: f"---\ntitle: Slow\n---\n{_SLOW}",
    "content/plans/q/actions/other.md": _GOOD,
}


@pytest.fixture(autouse=True)
def short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that small files never reach, and nothing given up by earlier tests."""
    monkeypatch.setattr(timeouts, "TIME_LIMIT", 0.3)
    monkeypatch.setattr(timeouts, "_timed_out", set())


def _said(built: BuiltSite) -> list[str]:
    return [finding.path for finding in built.findings if finding.rule.name == "file-too-slow"]


def test_the_others_are_read_as_usual(tmp_path: Path) -> None:
    """The file needs attention by name, in its plan and in the register; all else is on the site."""
    built = build_in_memory(write(tmp_path, _FILES), clock=_CLOCK)
    assert _said(built) == [_PATH]
    files = {path: content for path, content in built.files.items() if isinstance(content, bytes)}
    assert {"plans/p/actions/good.html", "plans/p/actions/slow.html", "plans/q/actions/other.html"} <= files.keys()
    assert b"too long" in files["plans/p/actions/slow.html"]
    assert b"slow.md" in files["attention.html"]


@pytest.mark.parametrize("name", ["content/index.md", "content/owners/anna.md", "content/plans/p/plan.md"])
def test_wherever_it_stands(tmp_path: Path, name: str) -> None:
    """The front page, a person and a plan's own file are read under the same limit."""
    files = {path: text for path, text in _FILES.items() if path != _PATH}
    built = build_in_memory(write(tmp_path, {**files, name: f"---\ntitle: S\n---\n{_SLOW}"}), clock=_CLOCK)
    assert _said(built) == [name]
    assert "plans/p/actions/good.html" in built.files


def test_a_file_of_others_as_well(tmp_path: Path) -> None:
    """An adopted file is given up like one of the site's own."""
    settings = "title: T\nsources: [{path: theirs, plan: t}]\n"
    root = write(tmp_path, {"plansite.yaml": settings, "theirs/a.md": _GOOD, "theirs/b.md": f"---\n---\n{_SLOW}"})
    built = build_in_memory(root, clock=_CLOCK)
    assert _said(built) == ["theirs/b.md"]
    assert "plans/t/actions/a.html" in built.files


def test_what_hangs_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that never comes back is ended from outside."""
    read = markdown_body.parse_markdown

    def never(text: str, *rest: object) -> object:
        while "for ever" in text:
            pass
        return read(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("plansite.content.documents.parse_markdown", never)
    built = build_in_memory(write(tmp_path, {**_FILES, _PATH: "---\ntitle: S\n---\nfor ever"}), clock=_CLOCK)
    assert _said(built) == [_PATH]


def test_check_names_it(tmp_path: Path) -> None:
    """`check` gives the file up as well, and goes on."""
    _, findings = check_site(write(tmp_path, _FILES), _CLOCK, memory_cache())
    assert [each.path for each in findings if each.rule.name == "file-too-slow"] == [_PATH]


def test_nothing_of_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the next build has more time, or runs on a quicker machine, the file is read; other plans stay kept."""
    root = write(tmp_path, _FILES)
    _, findings = check_site(root, _CLOCK, open_cache(root))
    assert _PATH in {finding.path for finding in findings}
    batches = {batch.slug: batch.fingerprint for batch in scan_site(root).plans}
    assert open_cache(root).store.get(f"plan {batches['p']}") is None
    assert open_cache(root).store.get(f"plan {batches['q']}") is not None
    monkeypatch.setattr(timeouts, "TIME_LIMIT", 3600.0)
    monkeypatch.setattr(timeouts, "_timed_out", set())
    again = build_site(root, _CLOCK, None, open_cache(root), MemoryOutput({}), history=False)
    whole = build_in_memory(root, clock=_CLOCK)
    assert [str(each) for each in again.findings] == [str(each) for each in whole.findings]
    assert not [each for each in again.findings if each.rule.name == "file-too-slow"]


def test_another_file_of_its_plan_may_change_meanwhile(tmp_path: Path) -> None:
    """What was drawn around a file given up is drawn again when something else in the plan has changed."""
    root = write(tmp_path, _FILES)
    build_site(root, _CLOCK, None, open_cache(root), MemoryOutput({}), history=False)
    write(root, {"content/plans/p/actions/good.md": _GOOD.replace("Good", "Better")})
    held = MemoryOutput({})
    build_site(root, _CLOCK, None, open_cache(root), held, history=False)
    assert {path: bytes(data) for path, data in held.files.items() if isinstance(data, bytes)} == {
        path: data for path, data in build_in_memory(root, clock=_CLOCK).files.items() if isinstance(data, bytes)
    }


def test_it_is_hidden_from_the_public(tmp_path: Path) -> None:
    """Nobody knows for whom a file is that nobody could read."""
    built = build_in_memory(write(tmp_path, _FILES), clock=_CLOCK, audience=Audience.PUBLIC)
    assert not [path for path in built.files if "slow" in path]
    assert _said(built) == [_PATH]


def test_the_preview_goes_on(tmp_path: Path) -> None:
    """Where there are further threads, a process beside this one reads what has changed."""
    root = write(tmp_path, {**_FILES, _PATH: _GOOD})
    workshop = PreviewSite(root, _CLOCK)
    found: list[list[str]] = []

    def save_and_build() -> None:
        found.append(_said(workshop.build()))
        write(root, {_PATH: _FILES[_PATH]})
        found.append(_said(workshop.build()))
        write(root, {_PATH: _GOOD})
        found.append(_said(workshop.build()))

    try:
        thread = threading.Thread(target=save_and_build)
        thread.start()
        thread.join()
    finally:
        helper_process.close()
    assert found == [[], [_PATH], []]


_BUILD = """
import sys
from plansite.parallel import timeouts
timeouts.TIME_LIMIT = 0.3
from plansite.cli.main import main
sys.argv = ["plansite", *sys.argv[1:]]
sys.exit(main())
"""


def test_the_commands_end_and_name_it(tmp_path: Path) -> None:
    """`build` publishes, `check` ends with 1; both name the file."""
    root = write(tmp_path, _FILES)
    for command, code in (("build", 0), ("check", 1)):
        ran = subprocess.run(
            [sys.executable, "-c", _BUILD, command, "--site", str(root)], capture_output=True, text=True, check=False
        )
        assert ran.returncode == code, ran.stderr
        assert f"{_PATH}: PS006 file-too-slow" in ran.stdout + ran.stderr
    assert (root / "public/plans/p/actions/slow.html").exists()


def test_the_past_is_told_without_it(tmp_path: Path) -> None:
    """Its versions in git are given up as well; those of all other files are told, and none of it is kept."""
    root = write(tmp_path, {**_FILES, _PATH: _GOOD})
    for words in ("init -q", "add -A", "commit -qm one"):
        subprocess.run(["git", *_WHO, *words.split()], cwd=root, check=True)
    write(root, {_PATH: _FILES[_PATH], "content/plans/p/actions/good.md": _GOOD.replace("Anna", "Ben")})
    subprocess.run(["git", *_WHO, "commit", "-qam", "two"], cwd=root, check=True)
    result = build_site(root, _CLOCK, None, open_cache(root), MemoryOutput({}))
    assert "Ben" in str(result.renderer.histories.plan_history("p"))
    assert not (root / ".plansite/history.jsonl").exists()


def test_a_build_with_one_is_never_the_last_word(tmp_path: Path) -> None:
    """The next build looks again, though nothing has changed."""
    root = write(tmp_path, _FILES)
    command = [sys.executable, "-c", _BUILD, "build", "--site", str(root)]
    subprocess.run(command, capture_output=True, check=True)
    assert not (root / ".plansite/last-build.json").exists()


_WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
