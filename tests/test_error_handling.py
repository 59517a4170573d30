"""No handler may turn an error of the file system into an absence: what cannot be read is no reason to leave it out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import plansite

ROOT = Path(plansite.__file__).parent
#: Exceptions by which a handler would also catch a file that is there and cannot be read.
_BROAD = {"OSError", "PermissionError", "IOError", "EnvironmentError", "Exception", "BaseException"}
#: Calls that answer False or nothing for what cannot be read.
_SILENT_CALLS = {"rglob", "glob", "walk"}
#: Modules with such a handler that are not on the way from a site's files to its pages, and why it may stay.
_ALLOWED = {
    "cache/answers.py": "a cache; without it the command runs",
    "cache/clean.py": "removing empty folders",
    "cache/last_build.py": "without a readable record everything is built",
    "cache/layout.py": "removing half-written files",
    "cache/output_folders.py": "writing a record",
    "cache/recorded_settings.py": "without readable settings nothing stored is used",
    "cache/site_cache.py": "without a cache everything is built",
    "cache/unchanged.py": "an output that cannot be read is published again",
    "cli/commands/exchange/cms.py": "a folder with other files is not written into",
    "cli/commands/serve.py": "the first build reports them",
    "cli/fast_answer.py": "the command runs, and reports it",
    "cli/fast_build.py": "prints the error and exits",
    "cli/exit_codes.py": "prints the error and exits",
    "content/settings.py": "a time zone that the system does not know",
    "file_access.py": "removing a temporary file",
    "history/commit_changes.py": "a cache; without it git is read",
    "incremental/store.py": "a cache; without it values are computed",
    "parallel/helper_process.py": "the work is then done here",
    "parallel/timeouts.py": "closing a pipe",
    "preview/drives.py": "a system without a list of its mounts",
    "preview/editor.py": "says why the editor cannot start",
    "preview/file_watcher.py": "polls instead of watching",
    "preview/responses.py": "the reader is told 404",
    "preview/server.py": "the connection of a reader",
    "preview/state.py": "shows the error and keeps the last good build",
    "publish/listed_files.py": "a file that cannot be read does not count as ours",
    "publish/lock.py": "removing the lock file",
    "publish/stage.py": "a file that cannot be linked is written",
    "publish/swap.py": "removing what is left over",
    "render/compiled_templates.py": "a cache; without it templates are compiled",
    "render/page_renderer.py": "the page is rendered again",
    "scaffold/atomic_files.py": "removing a temporary file",
}


def _names(node: ast.expr | None) -> Iterator[str]:
    for each in ast.walk(node) if node else ():
        if isinstance(each, ast.Name | ast.Attribute):
            yield each.id if isinstance(each, ast.Name) else each.attr


def _swallows(node: ast.AST) -> bool:
    """Whether a node catches a broad error of the file system and does not raise again."""
    if isinstance(node, ast.ExceptHandler):
        is_broad = node.type is None or bool(_BROAD & set(_names(node.type)))
        return is_broad and not any(isinstance(each, ast.Raise) for each in ast.walk(node))
    if isinstance(node, ast.Call) and {"suppress"} & set(_names(node.func)):
        return any(_BROAD & set(_names(argument)) for argument in node.args)
    return False


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def test_no_error_of_reading_becomes_an_absence() -> None:
    """A handler of OSError raises again, or stands in a module of the list above with its reason."""
    found = {name for name, tree in _modules() for node in ast.walk(tree) if _swallows(node)}
    assert found - _ALLOWED.keys() == set()
    assert _ALLOWED.keys() - found == set(), "these reasons are no longer needed"


def test_no_silent_search_for_files() -> None:
    """`rglob` and its like leave out folders that they cannot read; `list_files` raises."""
    allowed = {
        "cache/clean.py",  # of the cache
        "cli/commands/exchange/digest.py",  # of the folder that a person names for new files
        "cms/packages.py",  # of packages that a person names; without its files a package is refused
        "history/loader.py",  # of plansite's own modules
        "render/compiled_templates.py",  # of plansite's own templates
        "publish/listed_files.py",  # of empty folders
        "publish/swap.py",  # of what is left over
    }
    found = {
        name
        for name, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SILENT_CALLS
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "ast")
    }
    assert found <= allowed, found - allowed


def test_files_are_opened_in_one_module() -> None:
    """All else reads through `file_access`, but for files of plansite itself and those that a person names."""
    allowed = {
        "cli/encrypted_build.py": "the passphrase file that a person names, which may be a pipe",
        "cli/extra_checks.py": "the list of names that a person names",
        "cms/editor_page.py": "plansite's own scripts",
        "digest/html_format.py": "plansite's own template",
        "cli/commands/spc.py": "the readings that a person names, which may be a pipe",
        "content/frameworks/framework_files.py": "plansite's own frameworks",
        "history/checkout.py": "git's own file",
        "history/loader.py": "plansite's own modules",
        "preview/drives.py": "the system's list of mounts",
        "preview/routes.py": "plansite's own script",
        "render/compiled_templates.py": "plansite's own templates",
        "render/template_loader.py": "plansite's own templates",
        "scaffold/install_source.py": "plansite's own files",
        "scaffold/new_document.py": "plansite's own templates",
        "scaffold/new_site.py": "plansite's own templates",
        "scaffold/own_wheel.py": "plansite's own files",
        "verify/rebuild.py": "a page that it has just built",
    }
    readers = {"read_bytes", "read_text"}
    found = {
        name
        for name, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in readers
    }
    assert found <= allowed.keys(), found - allowed.keys()


def test_no_silent_question_whether_a_file_is_there() -> None:
    """`is_present` and `is_folder` raise where that cannot be told; `os.path.lexists` and its like answer False."""
    questions = {"lexists", "exists", "isdir", "isfile", "islink", "is_dir", "is_file"}
    allowed = {
        "render/compiled_templates.py",  # of plansite's own files
        "render/template_loader.py",  # of plansite's own templates
        "render/theme.py",  # of plansite's own theme
    }
    found = {
        name
        for name, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in questions
        if name.startswith(("content/", "render/"))
    }
    assert found <= allowed, found - allowed
