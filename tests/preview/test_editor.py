"""The content editor that the preview offers: its files, their headers, and what it does not answer."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from plansite.cms.packages import EditorPackages
from plansite.file_access import FileInFolder
from plansite.preview.editor import LocalEditor
from plansite.publish.headers import preview_headers
from tests.sites import write

PLAN = "content/plans/house/plan.md"


@pytest.fixture
def editor(tmp_path: Path) -> LocalEditor:
    """The editor of a small site that names no repository."""
    site = write(tmp_path / "site", {PLAN: "---\ntitle: The house\n---\n"})
    script = write(tmp_path / "packages", {"sveltia-cms.js": "started()"}) / "sveltia-cms.js"
    files: dict[str, bytes | FileInFolder] = {
        "sveltia-cms.js": FileInFolder(script.parent, script.name),
        "js-yaml.js": b"read()",
    }
    return LocalEditor(root=site, packages=EditorPackages(files=files))


def _read(editor: LocalEditor, name: str) -> str:
    found = editor.respond(name)
    assert found.status == 200
    return (found.content if isinstance(found.content, bytes) else found.content.read()).decode()


def test_the_page_and_its_parts_are_served(editor: LocalEditor) -> None:
    """The page at the folder's address, the packages' scripts and those of plansite, each with its type."""
    assert _read(editor, "") == _read(editor, "index.html")
    assert _read(editor, "sveltia-cms.js") == "started()"
    assert _read(editor, "js-yaml.js") == "read()"
    assert "PLANSITE_KINDS" in _read(editor, "kinds.js")
    assert editor.respond("formats.js").content_type == "text/javascript; charset=utf-8"
    assert editor.respond("config.yml").content_type == "application/yaml; charset=utf-8"


def test_the_configuration_is_that_of_the_files_now(editor: LocalEditor) -> None:
    """A plan that was added since is in it; and it works without a repository in the settings."""
    assert yaml.safe_load(_read(editor, "config.yml"))["backend"]["name"] == "github"
    write(editor.root, {"content/plans/garden/plan.md": "---\ntitle: The garden\n---\n"})
    assert "Actions: The garden" in _read(editor, "config.yml")


def test_its_headers_are_its_own(editor: LocalEditor) -> None:
    """Only its own scripts, and no other computer; what is the same for each page of the preview stays."""
    head = editor.respond("").format_head(1).decode()
    policies = [line for line in head.split("\r\n") if line.startswith("Content-Security-Policy:")]
    assert len(policies) == 1
    assert "default-src 'none'; script-src 'self'; " in policies[0]
    assert "connect-src 'self' data: blob:; " in policies[0]
    assert "https:" not in policies[0]
    for name, value in preview_headers()[1:]:
        assert f"{name}: {value}\r\n" in head


@pytest.mark.parametrize("name", ["other.js", "../plansite.yaml", "_headers", "/etc/passwd", "index.html/"])
def test_there_is_nothing_else(editor: LocalEditor, name: str) -> None:
    """No file of the site or of the computer is reached."""
    assert editor.respond(name).status == 404


def test_a_site_that_cannot_be_read_is_said(editor: LocalEditor) -> None:
    """The answer names the mistake, and the server goes on."""
    write(editor.root, {"plansite.yaml": "title: [\n"})
    found = editor.respond("config.yml")
    assert found.status == 503
    assert isinstance(found.content, bytes)
    assert "plansite.yaml" in found.content.decode()
