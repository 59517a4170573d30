"""The documentation keeps its word: its examples are read, its commands run, its links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from plansite.checks.check import check
from plansite.cli.main import group, main
from plansite.cli.manners import Exit
from plansite.content.documents import KINDS, Place, document_of, front_of
from plansite.content.scan import ASSETS
from plansite.content.settings import settings_of
from plansite.content.site import load
from plansite.model.course import Outlook
from plansite.model.findings import Finding, Level
from plansite.model.status import SYNONYMS
from tests.sites import write

ROOT = Path(__file__).parents[1]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md"]
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->")
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block with the comments right above it, which say what it is and what to do with it."""

    where: str
    language: str
    text: str
    notes: tuple[str, ...]

    def note(self, name: str) -> str | None:
        """What stands behind `name:` in a comment; empty where the comment is the name alone."""
        for note in self.notes:
            key, _, value = note.partition(":")
            if key == name:
                return value.strip()
        return None


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _blocks(page: Path) -> Iterator[Block]:
    notes: list[str] = []
    for token in _MARKDOWN.parse(page.read_text("utf-8")):
        if token.type == "html_block":
            notes += _COMMENT.findall(token.content)
        else:
            if token.type == "fence":
                where = f"{_name(page)}:{token.map[0] + 1 if token.map else 0}"
                yield Block(where, token.info.strip(), token.content, tuple(notes))
            notes = []


def _all(*languages: str) -> list[Block]:
    return [block for page in PAGES for block in _blocks(page) if block.language in languages]


def _whole(cls: str) -> Callable[[bytes], tuple[Finding, ...]]:
    return lambda data: document_of(Place(cls, "plan", "name", f"{cls}.md"), data).findings


#: How a whole file of each kind, or a part of one, is read; the name is that in the comment above a block.
_READERS: dict[str, Callable[[bytes], tuple[Finding, ...]]] = {
    **{kind: _whole(kind) for kind in KINDS},
    "front": lambda data: front_of("content/index.md", data)[1],
    "site": lambda data: settings_of(data)[1],
    "fields of an action": lambda data: _whole("action")(b"---\ntitle: Title\n" + data + b"---\n"),
    "fields of a plan": lambda data: _whole("plan")(b"---\ntitle: Title\n" + data + b"---\n"),
    "part of the settings": lambda data: settings_of(b"title: Title\n" + data)[1],
    "part of a source": lambda data: settings_of(
        b"title: Title\nsources:\n- path: theirs\n" + textwrap.indent(data.decode(), "  ").encode()
    )[1],
}


def _kind(block: Block) -> str | None:
    return next((kind for kind in _READERS if block.note(kind) is not None), None)


@pytest.mark.parametrize("block", _all("markdown", "yaml"), ids=lambda block: block.where)
def test_examples_of_files_are_read_without_a_finding(block: Block) -> None:
    """What people copy out of the documentation is right; a whole Markdown file says of which kind it is."""
    kind = _kind(block)
    if kind:
        assert [str(finding) for finding in _READERS[kind](block.text.encode())] == []
    else:
        assert block.language == "yaml", "a comment such as <!-- action --> is missing above this block"
        assert isinstance(yaml.safe_load(block.text), dict)


@pytest.mark.parametrize("block", _all("toml", "json"), ids=lambda block: block.where)
def test_examples_in_other_notations_can_be_parsed(block: Block) -> None:
    """A configuration file of a host is at least well formed."""
    assert {"toml": tomllib.loads, "json": json.loads}[block.language](block.text)


def _site(page: Path, root: Path) -> Path:
    """The site that the examples of one page make together."""
    for block in _blocks(page):
        for kind in (*_READERS, "file"):
            path = block.note(kind)
            if path:
                write(root, {"plansite.yaml": "title: Title\n", path: block.text})
        for note in block.notes:
            if note.startswith("also there: "):
                write(root, {note.removeprefix("also there: "): b"%PDF"})
    for block in _blocks(page):
        if block.note("site") == "plansite.yaml":
            write(root, {"plansite.yaml": block.text})
    return root


_WITH_SITE = [page for page in PAGES if any(block.note("site") for block in _blocks(page))]


@pytest.mark.parametrize("page", _WITH_SITE, ids=_name)
def test_the_examples_of_a_page_make_a_sound_site(page: Path, tmp_path: Path) -> None:
    """Put where the page says, its files refer to each other without an error or a warning, and build."""
    site = load(_site(page, tmp_path / "site"))
    assert site.settings.today is not None
    findings = check(Outlook(site, site.settings.today))
    assert [str(each) for each in findings if each.rule.level is not Level.HINT] == []
    assert list(site.actions)
    assert main(["build", "--strict", "--site", str(tmp_path / "site")]) == Exit.DONE


_WITH_CONSOLE = [page for page in PAGES if any(block.language == "console" for block in _blocks(page))]
_TIMES = re.compile(r"\d+\.\d+ s")
_AT_HOME = "/home/you/plans"


def _place(block: Block, page: Path, before: Path, fresh: Path) -> Path:
    """The folder in which a block's commands run."""
    if "in the same folder" in block.notes:
        return before
    fresh.mkdir(parents=True)
    if "in the demonstration" in block.notes:
        shutil.copytree(ROOT / "content", fresh / "content")
        shutil.copy(ROOT / "plansite.yaml", fresh)
    elif "in this site" in block.notes:
        return _site(page, fresh / "site")
    else:
        assert "in an empty folder" in block.notes, f"{block.where} does not say where its commands run"
    return fresh


def _runs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a block with the lines of output shown below it."""
    command, shown = "", list[str]()
    for line in (*text.splitlines(), "$ "):
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:].strip(), []
        elif line.strip() and line.strip() != "…":
            shown.append(line.rstrip())


@pytest.mark.parametrize("page", _WITH_CONSOLE, ids=_name)
def test_commands_do_as_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every `$ plansite …` ends with 0, or with the code in its comment, and says what is shown below it."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    folder = home = tmp_path
    for number, block in enumerate(_blocks(page)):
        if block.language != "console" or block.note("not run"):
            continue
        own = [command for command, _ in _runs(block.text) if command.startswith("plansite ")]
        if not own:
            continue
        folder = _place(block, page, folder, tmp_path / str(number))
        home = folder if "in the same folder" not in block.notes else home
        for command, shown in _runs(block.text):
            words = shlex.split(command)
            if words[0] == "cd":
                folder = folder / words[1]
            elif words[0] == "plansite":
                monkeypatch.chdir(folder)
                code = main(words[1:])
                said = capsys.readouterr()
                _compare(block, command, code, said.out + said.err, shown, folder)


def _compare(block: Block, command: str, code: int, said: str, shown: list[str], folder: Path) -> None:
    wanted = int(block.note("exit") or 0) if not block.note("only") or block.note("only") in command else 0
    assert code == wanted, f"{block.where}: {command}\n{said}"
    lines = [_TIMES.sub("0.0 s", line.rstrip()) for line in said.replace(str(folder), _AT_HOME).splitlines()]
    for line in shown:
        known = _TIMES.sub("0.0 s", line)
        start = known.removesuffix("…")
        found = known in lines or (start != known and any(each.startswith(start) for each in lines))
        assert found, f"{block.where}: {command} does not print\n{line}\nbut\n{said}"


def _inlines(page: Path) -> Iterator[Token]:
    for token in _MARKDOWN.parse(page.read_text("utf-8")):
        yield from token.children or ()


def _anchors(page: Path) -> set[str]:
    """The fragments of a page's headings, as GitHub makes them."""
    found: dict[str, int] = {}
    tokens = _MARKDOWN.parse(page.read_text("utf-8"))
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            text = "".join(child.content for child in inline.children or ())
            slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            found[slug] = found.get(slug, -1) + 1
    return {f"{slug}-{number}" if number else slug for slug, last in found.items() for number in range(last + 1)}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A relative link or picture leads to a file of the project, and to a heading where it names one."""
    for token in _inlines(page):
        target = str(token.attrGet("href") or token.attrGet("src") or "")
        if not target or re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = unquote(target).partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_file(), f"{target} leads to no file"
        assert not fragment or fragment in _anchors(file), f"{target} leads to no heading"


def _tree(command: click.Command, name: str = "plansite") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None
            yield from _tree(found, f"{name} {each}")


COMMANDS = dict(_tree(group))


def _options(name: str) -> set[str]:
    """All that may be written behind a command."""
    every = (param for param in COMMANDS[name].params if isinstance(param, click.Option))
    return {"-h", "--help", *(word for param in every for word in (*param.opts, *param.secondary_opts))}


def _shown_options(name: str) -> set[str]:
    every = (param for param in COMMANDS[name].params if isinstance(param, click.Option) and not param.hidden)
    return {"-h", "--help", *(word for param in every for word in (*param.opts, *param.secondary_opts))}


def _sections(page: Path) -> dict[str, str]:
    parts = re.split(r"^#{2,3} +(.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


SHARED = "Options that most commands share"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_described(name: str) -> None:
    """A command has a part of its own, with each argument and option, or the option is among those shared."""
    parts = _sections(ROOT / "docs/commands.md")
    if name != "plansite":
        assert name in parts, f"docs/commands.md has no part “{name}”"
    text = parts[SHARED] + parts.get(name, "")
    assert _shown_options(name) <= set(_OPTION.findall(text))
    for param in COMMANDS[name].params:
        if isinstance(param, click.Argument):
            assert f"`{param.make_metavar(click.Context(COMMANDS[name])).strip('[]').split('|')[0]}" in text or str(
                param.name
            ).upper() in text


def test_no_part_describes_an_option_that_is_not_there() -> None:
    """An option named in the part of a command is one of that command."""
    for name, text in _sections(ROOT / "docs/commands.md").items():
        if name in COMMANDS:
            plain = re.sub(r"plansite [^`\n]*", "", text)
            below = {word for other in COMMANDS if other.startswith(name) for word in _options(other)}
            assert set(_OPTION.findall(re.sub(r"[^`]*`([^`]*)`|[^`]+$", r" \1 ", plain))) <= below, name


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_no_page_names_a_command_that_is_not_there(page: Path) -> None:
    """What stands behind `plansite` in code is a command, and each option behind it is one of that command."""
    fences = [block.text for block in _blocks(page)]
    spans = [token.content for token in _inlines(page) if token.type == "code_inline"]
    for said in re.findall(r"(?:^|[\s/])plansite((?: +[^\s`|&;()]+)+)", "\n".join([*fences, *spans]), re.MULTILINE):
        words, name = said.split(), "plansite"
        while words and f"{name} {words[0]}" in COMMANDS:
            name = f"{name} {words.pop(0)}"
        assert not isinstance(COMMANDS[name], click.Group) or not words or words[0].startswith(("-", "…", "@", "=")), said
        assert {word.partition("=")[0] for word in words if word.startswith("-")} <= _options(name), said


def test_every_exit_code_is_described() -> None:
    """The table of exit codes has each of them and no other."""
    text = _sections(ROOT / "docs/commands.md")["Exit codes"]
    assert {int(number) for number in re.findall(r"^\| `(\d+)` \|", text, re.MULTILINE)} == {*map(int, Exit)}


def test_every_dependency_has_its_reason() -> None:
    """The tables name what pyproject.toml asks for, and nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    names = {re.split(r"[^\w.-]", each, maxsplit=1)[0].lower() for each in wanted}
    told = re.findall(r"^\| `([\w.-]+)` \| \S.+ \|$", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE)
    assert {name.lower() for name in told} == names


def test_every_synonym_is_told() -> None:
    """The table of other words lists each beside the status it is read as."""
    rows = re.findall(r"^\| (.+?) \| ([a-z ]+) \|$", (ROOT / "docs/statuses.md").read_text("utf-8"), re.MULTILINE)
    assert {word: status for words, status in rows for word in words.split(", ")} == SYNONYMS


def test_every_kind_of_attachment_is_told() -> None:
    """Writers know which files can be published."""
    text = (ROOT / "docs/content.md").read_text("utf-8")
    assert [ending for ending in sorted(ASSETS) if f"`{ending}`" not in text] == []
