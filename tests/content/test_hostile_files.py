"""What is no file, and front matter made to harm: refused by name, and the rest of the site is read."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from plansite.content.files import MAX_FILE_SIZE
from plansite.content.report import Report
from plansite.content.site_content import load_site
from plansite.content.yaml.front_matter import parse_file
from plansite.content.yaml.nodes import ScalarNode
from plansite.model.site import Site
from tests.sites import write

_ACTIONS = "content/plans/p/actions"


def _site(root: Path) -> Site:
    return load_site(write(root, {f"{_ACTIONS}/good.md": "---\ntitle: Good\n---\n"}))


def _refused(site: Site) -> list[tuple[str, str]]:
    assert [action.title for action in site.actions if action.slug == "good"] == ["Good"]
    return [(each.slug, each.findings[0].rule.name) for each in site.unreadable]


def _folder(root: Path) -> Path:
    folder = root / _ACTIONS
    folder.mkdir(parents=True)
    return folder


def test_a_device_is_never_opened(tmp_path: Path) -> None:
    """It might never end."""
    try:
        os.mknod(_folder(tmp_path) / "zero.md", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except (OSError, AttributeError):
        pytest.skip("only the administrator makes devices")
    assert _refused(_site(tmp_path)) == [("zero", "not-a-plain-file")]


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no file."""
    monkeypatch.chdir(_folder(tmp_path))
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("s.md")
        assert _refused(_site(tmp_path)) == [("s", "not-a-plain-file")]


@pytest.mark.parametrize("to", ["/dev/zero", "/etc/hostname", "../../../../out.md", "loop.md", "nowhere.md"])
def test_a_link_that_leads_astray_is_refused(tmp_path: Path, to: str) -> None:
    """Out of the folder, to a device, in a circle or to nothing."""
    root = tmp_path / "site"
    (_folder(root) / "loop.md").symlink_to(to)
    (tmp_path / "out.md").write_text("---\ntitle: Secret\n---\n")
    assert _refused(_site(root)) == [("loop", "not-a-plain-file")]


def test_a_folder_behind_a_link_is_not_read(tmp_path: Path) -> None:
    """However it is called; nothing in it becomes part of the site."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.md").write_text("---\ntitle: Secret\n---\n")
    (_folder(tmp_path / "site") / "deep").symlink_to(tmp_path / "out")
    assert [action.title for action in _site(tmp_path / "site").actions] == ["Good"]


@pytest.mark.parametrize(("size", "refused"), [(MAX_FILE_SIZE, False), (MAX_FILE_SIZE + 1, True)])
def test_the_largest_file(tmp_path: Path, size: int, refused: bool) -> None:
    """256 KiB to the byte."""
    head = b"---\ntitle: L\n---\n"
    (_folder(tmp_path) / "l.md").write_bytes(head + b"x" * (size - len(head)))
    assert _refused(_site(tmp_path)) == ([("l", "file-too-large")] if refused else [])


def _read(text: str) -> tuple[list[str], str]:
    report = Report("a.md")
    page = parse_file(f"---\n{text}\n---\n".encode("utf-8", "surrogatepass"), report)
    value = page.fields.get("title") if page else None
    return [finding.rule.name for finding in report.findings], value.text if isinstance(value, ScalarNode) else ""


@pytest.mark.parametrize("escape", ["\\0", "\\x07", "\\x7f", "\\x85", "\\uFFFE", "\\uFDD0", "\\U0010FFFF"])
def test_what_nobody_can_see_is_found_behind_escapes(escape: str) -> None:
    """YAML makes the character only when it reads the value, so it is looked for after that."""
    said, value = _read(f'title: "a{escape}b"')
    assert said == ["control-character"]
    assert value == "a\ufffdb"


@pytest.mark.parametrize("escape", ["\\uD800", "\\uDFFF", "\\uD83D\\uDE00"])
def test_half_a_character_never_gets_through(escape: str) -> None:
    """The two halves that other notations write one after the other are no characters in YAML."""
    said, value = _read(f'title: "a{escape}b"')
    assert said
    value.encode()


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
@pytest.mark.parametrize("form", ['title: "a{}b"', "title: a{}b", "title: 'a{}b'"])
def test_no_sign_turns_the_writing(sign: str, form: str) -> None:
    """Written as it is or as an escape, in any kind of value."""
    for written in (sign, f"\\u{ord(sign):04x}") if '"' in form else (sign,):
        said, value = _read(form.format(written))
        assert (said, value) == (["hidden-direction"], "a\ufffdb")


@pytest.mark.parametrize(
    "text", ["a\u200eb", "\u200fשלום", "\u061c1", "a \u2067שלום\u2069 b", "\u2068a \u2066b\u2069\u2069"]
)
def test_marks_of_direction_are_text(text: str) -> None:
    """Marks of direction, and isolates that are closed again, stay in a title as they are."""
    assert _read(f"title: {text}") == ([], text)
    assert _read(f'title: "{text}"') == ([], text)


def test_a_bomb_of_aliases_is_refused_at_its_first() -> None:
    """650 bytes that would become millions of values are not even begun."""
    bomb = "a0: &a0 {x: 1}\n" + "".join(
        f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}]}}\n" for level in range(1, 10)
    )
    assert _read(f"title: T\n{bomb}")[0] == ["refused-notation"]


@pytest.mark.parametrize(("depth", "said"), [(8, []), (9, ["refused-notation"]), (30_000, ["refused-notation"])])
def test_depth(depth: int, said: list[str]) -> None:
    """Eight levels of lists at most; the parser never gets to the thirty-thousandth."""
    assert [each for each in _read(f"x: {'[' * depth}{']' * depth}")[0] if each != "unknown-field"] == said
