"""`check` and `list` print again what they printed, for as long as nothing they read has changed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.cache.build_inputs import BuildInputs, collect_inputs
from plansite.cli.fast_answer import parse_question, run_fast_answer
from plansite.cli.main import main
from tests.examples import examples
from tests.sites import write

pytestmark = pytest.mark.usefixtures("fast_paths")

_FILES = {
    "content/owners/cook.md": "---\ntitle: Cook\n---\n",
    "content/plans/p/plan.md": "---\ntitle: P\n---\n",
    "content/plans/p/actions/a.md": "---\ntitle: A\nowner: Cook\ndue: 2025-01-20\n---\n",
    "content/plans/p/actions/torn.md": "---\ntitle: [\n",
}
_COMMANDS = (
    ("check",),
    ("check", "--format", "json"),
    ("check", "--level", "error", "-q"),
    ("list",),
    ("list", "--format", "csv", "--owner", "Cook"),
    ("list", "--overdue", "-q"),
)


class Terminal:
    """Runs command lines about a site as the program does, and says whether the stored answer was printed."""

    def __init__(self, root: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.root, self.capfd = root, capfd

    def run(self, *arguments: str, day: str = "2025-01-20") -> tuple[bool, int, str, str]:
        """Whether it was stored, exit code, output and messages."""
        line = [*arguments, "--site", str(self.root), "--today", day]
        code, collected = run_fast_answer(line)
        is_stored = code is not None
        if code is None:
            code = main(line, collected=collected)
        return is_stored, code, *self.capfd.readouterr()


@pytest.fixture
def terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal with a small site."""
    return Terminal(write(tmp_path / "site", _FILES), capfd)


@pytest.mark.parametrize("arguments", _COMMANDS, ids=" ".join)
def test_the_second_time_it_is_stored(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    """Output, messages and exit code are those of the first time, which are those without the fast path."""
    first, second = terminal.run(*arguments), terminal.run(*arguments)
    assert (first[0], second[0]) == (False, True)
    assert first[1:] == second[1:]


def _write(path: str, text: str) -> Callable[[Path], object]:
    return lambda root: write(root, {path: text})


def _commit(root: Path) -> None:
    git = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "content", "plansite.yaml"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], check=True, env={"PATH": os.environ["PATH"], "HOME": str(root)})


@pytest.mark.parametrize(
    "change",
    [
        _write("content/plans/p/actions/a.md", "---\ntitle: Another\nowner: Cook\ndue: 2025-01-19\n---\n"),
        _write("content/plans/p/actions/b.md", "---\ntitle: B\n---\n"),
        _write("content/owners/porter.md", "---\ntitle: Porter\n---\n"),
        _write("plansite.yaml", "title: Other\ndue_soon: 3\n"),
        lambda root: (root / "content/plans/p/actions/torn.md").unlink(),
        _commit,
    ],
    ids=["an action", "a new file", "an owner", "the settings", "a file less", "a commit"],
)
def test_any_change_is_read(terminal: Terminal, change: Callable[[Path], object]) -> None:
    """Then the command runs, and prints what it prints of a site that it never saw."""
    for command in ("check", "list"):
        terminal.run(command)
    change(terminal.root)
    for command in ("check", "list"):
        is_stored, *printed = terminal.run(command)
        assert not is_stored
        (terminal.root / ".plansite/answers.json").unlink()
        assert list(terminal.run(command)[1:]) == printed


def test_another_question_is_answered(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another day, form, width or choice of colours is another question."""
    terminal.run("list")
    assert terminal.run("list", day="2025-01-21")[0] is False
    assert terminal.run("list", "--format", "json")[0] is False
    monkeypatch.setenv("COLUMNS", "60")
    assert terminal.run("list")[0] is False
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.run("list")[0] is False
    assert terminal.run("list")[0] is True


def test_what_asks_for_more_is_never_stored(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names in another file, messages of commits and what was removed since are looked for each time."""
    names = tmp_path / "names.txt"
    names.write_text("Cook\n")
    for arguments in (("--names", str(names)), ("--since", "HEAD"), ("--commits", "HEAD")):
        assert parse_question(["check", *arguments, "--site", str(terminal.root)]) is None
    assert parse_question(["check", "--site", str(terminal.root)])
    monkeypatch.setenv("PLANSITE_NAMES", str(names))
    assert parse_question(["check", "--site", str(terminal.root)]) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["check", "--help"],
        ["check", "--format=json"],
        ["list", "extra"],
        ["list", "--today", "soon"],
        ["list", "--owner", ""],
    ],
    ids=" ".join,
)
def test_other_forms_are_left_to_click(terminal: Terminal, arguments: list[str]) -> None:
    """Other commands, and options that are not written plainly or lack their value."""
    site = ["--site", str(terminal.root)]
    assert parse_question([*arguments, *site]) is None
    assert parse_question([*site, *arguments]) is None
    assert parse_question([]) is None
    assert parse_question(["list", *site, "--owner"]) is None


def test_a_wrong_answer_is_not_stored(terminal: Terminal) -> None:
    """An unknown name, or settings that cannot be read, are reported each time."""
    for _ in range(2):
        assert terminal.run("list", "--owner", "Nobody")[:2] == (False, 2)
    write(terminal.root, {"plansite.yaml": "title: ["})
    for _ in range(2):
        assert terminal.run("check")[:2] == (False, 1)


def test_a_committed_answer_is_not_printed(terminal: Terminal) -> None:
    """Whoever can write to the repository could hide what is wrong."""
    _commit(terminal.root)
    terminal.run("check")
    assert terminal.run("check")[0] is True
    subprocess.run(["git", "-C", str(terminal.root), "add", "-f", ".plansite"], check=True)
    assert terminal.run("check")[0] is False


@pytest.mark.parametrize("damage", ["", "{", "{}", "[3]", '[{"question": []}]', '[{"settings": {"sources": 1}}]'])
def test_damage_costs_only_time(terminal: Terminal, damage: str) -> None:
    """What is stored may be missing, foreign or broken: then the command runs."""
    terminal.run("check")
    (terminal.root / ".plansite/answers.json").write_text(damage)
    assert terminal.run("check")[0] is False
    assert terminal.run("check")[0] is True


def test_inputs_are_collected_once(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that has to run takes the inputs that its stored answer was compared with."""
    terminal.run("check")
    write(terminal.root, {"content/plans/p/actions/new.md": "---\ntitle: New\n---\n"})
    line = ["check", "--site", str(terminal.root), "--today", "2025-01-20"]
    code, collected = run_fast_answer(line)
    assert code is None
    assert collected

    days = []

    def record(*arguments: Any, **options: Any) -> BuildInputs:
        days.append(arguments[3])
        return collect_inputs(*arguments, **options)

    monkeypatch.setattr("plansite.cli.answer_recorder.collect_inputs", record)
    main(line, collected=collected)
    assert not days
    main([*line[:-1], "2025-01-21"], collected=collected)  # the inputs of another day
    assert days == [date(2025, 1, 21)]
    assert terminal.run("check")[0]


def test_nothing_large_is_imported(terminal: Terminal) -> None:
    """A stored answer is printed without the parsers, the rules or the library of the command line."""
    terminal.run("check")
    line = ["check", "--site", str(terminal.root), "--today", "2025-01-20"]
    code = (
        "import os, sys; os.environ['COLUMNS'] = sys.argv[1]\n"
        "from plansite.cli.fast_answer import run_fast_answer\n"
        f"assert run_fast_answer({line!r})[0] == 1\n"
        "large = ('jinja2', 'markdown_it', 'yaml', 'click', 'plansite.checks')\n"
        "print([name for name in large if name in sys.modules], file=sys.stderr)"
    )
    columns = os.environ.get("COLUMNS", "100")
    ran = subprocess.run([sys.executable, "-c", code, columns], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "[]"


def test_a_pipe_that_nobody_reads_is_no_error(terminal: Terminal) -> None:
    """As with the command itself, `plansite check | head` prints no lines of Python."""
    columns = {**os.environ, "COLUMNS": "100"}
    line = [sys.executable, "-m", "plansite", "check", "--site", str(terminal.root), "--today", "2025-01-20"]
    subprocess.run(line, env=columns, capture_output=True, check=False)
    ends = []
    for _ in range(2):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as nobody:
            ran = subprocess.run(line, env=columns, stdout=nobody, stderr=subprocess.PIPE, check=False)
        ends.append((ran.returncode, ran.stderr))
    assert ends == [(0, b"")] * 2


_EDITS = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["", "One", "Two", "["]), st.sampled_from(_COMMANDS)),
    min_size=1,
    max_size=6,
)


@pytest.mark.slow
@settings(max_examples=examples(10))
@given(_EDITS)
def test_any_edits_print_what_a_new_site_prints(edits: list[tuple[str, str, tuple[str, ...]]]) -> None:
    """After any sequence of edits and questions, the answer is that of a site which nobody asked before."""
    with tempfile.TemporaryDirectory() as folder:
        root, new = write(Path(folder) / "site", _FILES), Path(folder) / "new"
        for name, title, arguments in edits:
            write(root, {f"content/plans/p/actions/{name}.md": f"---\ntitle: {title}\n---\n"})
            for path in root.rglob("content/**/*.md"):
                write(new, {path.relative_to(root).as_posix(): path.read_bytes()})
            write(new, {"plansite.yaml": (root / "plansite.yaml").read_bytes()})
            answers = []
            for site in (root, new):
                line = [*arguments, "--site", str(site), "--today", "2025-01-20"]
                script = "import sys; from plansite.__main__ import main; sys.argv[0] = 'plansite'; main()"
                ran = subprocess.run([sys.executable, "-c", script, *line], capture_output=True, check=False)
                answers.append((ran.returncode, ran.stdout, ran.stderr))
            assert answers[0] == answers[1]
