"""The files of the content editor's page: its HTML, its configuration, and the scripts that read and write files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from importlib.resources import files

from plansite.cms.backend import EditedRepository
from plansite.cms.configuration import EditorRequest, format_configuration
from plansite.cms.headers import editor_policy, format_headers_file
from plansite.cms.kinds import EditedKind, describe_kinds
from plansite.cms.widgets import EditorProgram

CONFIGURATION_FILE = "config.yml"
PAGE_FILE = "index.html"
KINDS_FILE = "kinds.js"
OWN_FILES = ("editor.css", "read-fields.js", "write-fields.js", "formats.js")
#: The scripts of the page in their order. The last one starts the editor.
_SCRIPTS = (KINDS_FILE, "js-yaml.js", "read-fields.js", "write-fields.js", "{program}-cms.js", "formats.js")


def build_page_files(request: EditorRequest) -> dict[str, bytes]:
    """The files of the page by name, without those of packages. They depend on the site, and not on the day."""
    page = {
        PAGE_FILE: format_page(request.site.settings.title, request.repository),
        CONFIGURATION_FILE: format_configuration(request),
        KINDS_FILE: format_kinds(request.kinds),
    }
    if request.repository:
        page["_headers"] = format_headers_file(request.repository)
    return {**{name: text.encode() for name, text in page.items()}, **{name: read_own_file(name) for name in OWN_FILES}}


def read_own_file(name: str) -> bytes:
    """One of OWN_FILES, which are the same for every site."""
    return files(__package__).joinpath("page", name).read_bytes()


def format_page(title: str, repository: EditedRepository | None) -> str:
    """The page that starts the editor of a site with this title."""
    policy = escape(editor_policy(repository, is_header=False))
    program = repository.program if repository else EditorProgram.SVELTIA
    scripts = "".join(f'<script src="{name.format(program=program)}"></script>\n' for name in _SCRIPTS)
    icons = '<link rel="stylesheet" href="editor.css">\n' if program is EditorProgram.SVELTIA else ""
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(f'Edit: {title}')}</title>\n"
        f'<link rel="cms-config-url" type="application/yaml" href="{CONFIGURATION_FILE}">\n'
        f"{icons}</head>\n<body>\n<noscript><p>The editor needs JavaScript.</p></noscript>\n{scripts}</body>\n</html>\n"
    )


def format_kinds(kinds: Mapping[str, EditedKind]) -> str:
    """A script with what the others know of the kinds of files. The editor starts when they are ready."""
    described = json.dumps(describe_kinds(kinds.values()), ensure_ascii=True)
    return f'"use strict";\nglobalThis.CMS_MANUAL_INIT = true;\nglobalThis.PLANSITE_KINDS = {described};\n'
