"""The documentation keeps its word: its examples are read, its commands run, its links lead somewhere."""

from __future__ import annotations

import functools
import itertools
import re
import shlex
import shutil
import textwrap
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from plansite.checks.runner import run_all_checks
from plansite.cli.exit_codes import ExitCode
from plansite.cli.main import group, main
from plansite.content.documents import DOCUMENT_TYPES, DocumentLocation, parse_document, parse_front_page
from plansite.content.files import ASSET_SUFFIXES
from plansite.content.frameworks.framework_files import parse_framework
from plansite.content.settings import parse_settings
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding, Level
from plansite.model.settings import Settings
from plansite.model.status import STATUS_SYNONYMS
from plansite.publish.headers import netlify
from tests.sites import write

ROOT = Path(__file__).parents[1]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]
_COMMENT = re.compile(r"<!--\s*([^:]*?)(?::\s*(.*?))?\s*-->")
_INDENT = re.compile(rb"^", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. `notes` are the comments right above it, as `name` or `name: value`; they say what it is."""

    where: str
    language: str
    text: str
    notes: Mapping[str, str]


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@functools.cache
def _tokens(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))


def _blocks(page: Path) -> Iterator[Block]:
    notes: dict[str, str] = {}
    for token in _tokens(page):
        if token.type == "html_block":
            notes |= dict(_COMMENT.findall(token.content))
            continue
        if token.type == "fence":
            where = f"{_name(page)}:{token.map[0] + 1 if token.map else 0}"
            yield Block(where, token.info.strip(), token.content, notes)
        notes = {}


def _all(*languages: str) -> list[Block]:
    return [block for page in PAGES for block in _blocks(page) if block.language in languages]


def _whole(cls: str) -> Callable[[bytes], tuple[Finding, ...]]:
    return lambda data: parse_document(DocumentLocation(cls, "plan", "name", f"{cls}.md"), data).findings


#: How a whole file of each kind, or a part of one, is read; the name is that in the comment above a block.
_READERS: dict[str, Callable[[bytes], tuple[Finding, ...]]] = {
    **{kind: _whole(kind) for kind in DOCUMENT_TYPES},
    "framework": lambda data: parse_framework("content/frameworks/a.yaml", data, "Europe/London")[1],
    "front": lambda data: parse_front_page("content/index.md", data)[1],
    "site": lambda data: parse_settings(data)[1],
    "fields of an action": lambda data: _whole("action")(b"---\ntitle: Title\n" + data + b"---\n"),
    "part of a source": lambda data: parse_settings(b"title: T\nsources:\n- path: theirs\n" + _INDENT.sub(b"  ", data))[
        1
    ],
}


@pytest.mark.parametrize("block", _all("markdown", "yaml"), ids=lambda block: block.where)
def test_examples_of_files_are_read_without_a_finding(block: Block) -> None:
    """What people copy out of the documentation is right; a whole Markdown file says of which kind it is."""
    kinds = _READERS.keys() & block.notes.keys()
    for kind in kinds:
        assert [str(finding) for finding in _READERS[kind](block.text.encode())] == []
    if not kinds:
        assert block.language == "yaml", "a comment such as <!-- action --> is missing above this block"
        assert isinstance(yaml.safe_load(block.text), dict)


def _site(page: Path, root: Path) -> Path:
    """The site that the examples of one page make together."""
    for block in _blocks(page):
        paths = [block.notes[kind] for kind in (*_READERS, "file") if block.notes.get(kind)]
        write(root, dict.fromkeys(paths, block.text))
        write(root, {path: b"%PDF" for path in block.notes.get("also there", "").split(", ") if path})
    settings = next(block for block in _blocks(page) if block.notes.get("site"))
    return write(root, {"plansite.yaml": settings.text})


@pytest.mark.parametrize("page", [p for p in PAGES if any(block.notes.get("site") for block in _blocks(p))], ids=_name)
def test_the_examples_of_a_page_make_a_sound_site(page: Path, tmp_path: Path) -> None:
    """Put where the page says, its files refer to each other without an error or a warning, and build."""
    site = load_site(_site(page, tmp_path / "site"))
    assert site.settings.today is not None
    findings = run_all_checks(SiteOnDate(site, site.settings.today))
    assert [str(each) for each in findings if each.rule.level is not Level.HINT] == []
    assert main(["build", "--strict", "--site", str(tmp_path / "site")]) == ExitCode.SUCCESS


def _place(block: Block, page: Path, before: Path, fresh: Path) -> Path:
    """The folder in which a block's commands run."""
    if "in the same folder" in block.notes:
        return before
    if "in this site" in block.notes:
        return _site(page, fresh)
    assert block.notes, f"{block.where} does not say where its commands run"
    fresh.mkdir()
    if "in the demonstration" in block.notes:
        shutil.copytree(ROOT / "content", fresh / "content")
        shutil.copy(ROOT / "plansite.yaml", fresh)
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


@pytest.mark.parametrize("page", [p for p in PAGES if any(b.language == "console" for b in _blocks(p))], ids=_name)
def test_commands_do_as_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every `$ plansite …` ends with 0, or with the code in its comment, and says what is shown below it."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    folder = tmp_path
    for number, block in enumerate(_blocks(page)):
        if block.language != "console" or "$ plansite " not in block.text or "not run" in block.notes:
            continue
        folder = _place(block, page, folder, tmp_path / str(number))
        for command, shown in _runs(block.text):
            words = shlex.split(command)
            if words[0] == "cd":
                folder = folder / words[1]
            elif words[0] == "plansite":
                monkeypatch.chdir(folder)
                code = main(words[1:])
                said = capsys.readouterr()
                _compare(block, command, code, said.out + said.err, shown)


def _compare(block: Block, command: str, code: int, said: str, shown: list[str]) -> None:
    assert code == int(block.notes.get("exit", ExitCode.SUCCESS)), f"{block.where}: {command}\n{said}"
    lines = [line.rstrip() for line in said.splitlines()]
    for line in shown:
        found = any(each.startswith(line[:-1]) for each in lines) if line.endswith("…") else line in lines
        assert found, f"{block.where}: {command} does not print\n{line}\nbut\n{said}"


def _inlines(page: Path) -> Iterator[Token]:
    return (child for token in _tokens(page) for child in token.children or ())


def _anchors(page: Path) -> set[str]:
    """The fragments of a page's headings, as GitHub makes them."""
    headings = (inline for opening, inline in itertools.pairwise(_tokens(page)) if opening.type == "heading_open")
    texts = ("".join(child.content for child in inline.children or ()) for inline in headings)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A relative link or picture leads to a file of the project, and to a heading where it names one."""
    for token in _inlines(page):
        target = str(token.attrGet("href") or token.attrGet("src") or "")
        if not target or re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = unquote(target).partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_file(), f"{target} does not lead to a file"
        assert not fragment or fragment in _anchors(file), f"{target} leads to no heading"


def _tree(command: click.Command, name: str = "plansite") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            yield from _tree(command.get_command(context, each) or command, f"{name} {each}")


COMMANDS = dict(_tree(group))


def _options(name: str, *, hidden: bool = True) -> set[str]:
    """All that may be written behind a command, with or without what its help keeps to itself."""
    every = (param for param in COMMANDS[name].params if isinstance(param, click.Option) and param.hidden <= hidden)
    return {"-h", "--help", *(word for param in every for word in (*param.opts, *param.secondary_opts))}


def _sections(page: Path) -> dict[str, str]:
    parts = re.split(r"^#{2,3} +(.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_described(name: str) -> None:
    """A command has a part of its own, with each argument and option, or the option is among those shared."""
    parts = _sections(ROOT / "docs/commands.md")
    assert name == "plansite" or name in parts
    text = parts["Options that most commands share"] + parts.get(name, "")
    assert _options(name, hidden=False) <= set(_OPTION.findall(text))
    for param in COMMANDS[name].params:
        if isinstance(param, click.Argument):
            assert (param.metavar or str(param.name)).strip("[]").upper() in text


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
        assert not isinstance(COMMANDS[name], click.Group) or not words or not re.fullmatch("[a-z]+", words[0]), said
        assert {word.partition("=")[0] for word in words if word.startswith("-")} <= _options(name), said


def test_every_exit_code_is_described() -> None:
    """The table of exit codes has each of them and no other."""
    text = _sections(ROOT / "docs/commands.md")["Exit codes"]
    assert {int(number) for number in re.findall(r"^\| `(\d+)` \|", text, re.MULTILINE)} == {*map(int, ExitCode)}


def test_the_order_of_rooms_is_the_one_that_is_enforced() -> None:
    """The page for developers shows the import contract as it stands."""
    layers = (ROOT / ".importlinter").read_text("utf-8").partition("layers =\n")[2].replace("plansite.", "")
    assert textwrap.dedent(layers) in [block.text for block in _blocks(ROOT / "docs/architecture.md")]


def test_every_dependency_has_its_reason() -> None:
    """The tables name what pyproject.toml asks for, and nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = itertools.chain(project["dependencies"], *project["optional-dependencies"].values())
    names = {re.split(r"[^\w.-]", each, maxsplit=1)[0].lower() for each in wanted}
    told = re.findall(r"^\| `([\w.-]+)` \| \S.+ \|$", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE)
    assert {name.lower() for name in told} == names


def test_every_synonym_is_told() -> None:
    """The table of other words lists each beside the status it is read as."""
    text = _sections(ROOT / "docs/statuses.md")["Other words for them"]
    rows = re.findall(r"^\| (.+) \| ([a-z ]+) \|$", text, re.MULTILINE)
    assert {word: status for words, status in rows for word in words.split(", ")} == STATUS_SYNONYMS


def test_every_kind_of_attachment_is_told() -> None:
    """Writers know which files can be published."""
    assert set(re.findall(r"`(\.\w+)`", _sections(ROOT / "docs/content.md")["Links"])) - {".md"} == ASSET_SUFFIXES


@pytest.mark.parametrize("block", _all("nginx", "apache"), ids=lambda block: block.where)
def test_web_servers_send_the_published_headers(block: Block) -> None:
    """The settings for a web server name each header with the value that a build gives to hosts."""
    told = re.findall(r'^ +(?:add_header|Header always set) ([\w-]+) "(.*?)"', block.text, re.MULTILINE)
    given = re.findall(r"^  ([\w-]+): (.*)$", netlify(Settings()), re.MULTILINE)
    assert told == given
