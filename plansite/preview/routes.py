"""The response to a request: a file of the shown build, or one of the preview's own addresses."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from functools import cache
from importlib import resources
from urllib.parse import quote, unquote

from plansite.file_access import FileInFolder
from plansite.model.page_addresses import FRONT_PAGE, NOT_FOUND_PAGE
from plansite.preview.hosts import AllowedHosts
from plansite.preview.requests import HttpRequest
from plansite.preview.responses import HttpResponse, guess_content_type, text_response
from plansite.preview.state import PreviewState
from plansite.site.components.page import base_path

#: The prefix of the preview's own addresses. No page of a site has it.
RESERVED_PREFIX = "/_plansite/"
EVENTS_PATH = f"{RESERVED_PREFIX}events"
#: The address of the content editor.
EDITOR_PREFIX = f"{RESERVED_PREFIX}cms/"
_CLIENT_FILES = ("client.js", "client.css")
_MAX_DIAGNOSTICS = 20
_HTML_TYPE = guess_content_type("a.html")


def refuse_request(request: HttpRequest, hosts: AllowedHosts) -> HttpResponse | None:
    """The response that refuses a request for its host, origin or method; None where it is allowed."""
    if not all(hosts.allows_host(host) for host in request.hosts):
        return text_response(403, f"This preview is only available at {hosts.url}")
    origin = request.headers.get("origin")
    if origin is not None and not hosts.allows_origin(origin):
        return text_response(403, "This preview accepts requests only from its own pages.")
    is_cross_site = request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
    is_page_visit = request.headers.get("sec-fetch-mode") == "navigate" and not request.path.startswith(RESERVED_PREFIX)
    if is_cross_site and not is_page_visit:  # another site may link to a page, and nothing else
        return text_response(403, "This preview accepts requests only from its own pages.")
    if request.method not in {"GET", "HEAD"}:
        return text_response(405, "Pages can only be read.", ("Allow", "GET, HEAD"))
    return None


def respond(request: HttpRequest, state: PreviewState, run_id: str) -> HttpResponse:
    """The response to a request that `refuse_request` allows; `run_id` identifies this run of the preview."""
    if request.path.startswith(RESERVED_PREFIX):
        return _reserved_response(request.path.removeprefix(RESERVED_PREFIX), state, run_id)
    if state.built is None:
        return _add_client_script(_not_built_page(state), state, run_id, is_unstyled=True)
    files = state.built.files
    base = unquote(base_path(state.built.site.settings.base_url))
    if request.path in {"/", base.removesuffix("/")} and request.path != base:
        return _redirect(base)
    path = _output_path(request.path, base)
    if path in files:
        response = HttpResponse(content_type=guess_content_type(path), content=files[path])
        return _add_client_script(response, state, run_id)
    if path and f"{path}/{FRONT_PAGE}" in files:
        return _redirect(f"{base}{path}/")
    not_found = files.get(NOT_FOUND_PAGE, b"There is no such page.\n")
    content_type = _HTML_TYPE if NOT_FOUND_PAGE in files else text_response(404, "").content_type
    return _add_client_script(HttpResponse(status=404, content_type=content_type, content=not_found), state, run_id)


def format_status(state: PreviewState, run_id: str) -> str:
    """The state as one line of JSON, for the script in the pages."""
    diagnostics = [
        {"place": diagnostic.location, "what": diagnostic.message, "remedy": diagnostic.remedy}
        for diagnostic in state.diagnostics[:_MAX_DIAGNOSTICS]
    ]
    status = {
        "run": run_id,
        "edition": state.shown_turn,
        "turn": state.turn,
        "faults": diagnostics,
        "count": len(state.diagnostics),
        "held": state.held_build is not None,
    }
    return json.dumps(status)


def is_accept_request(request: HttpRequest, state: PreviewState) -> bool:
    """Whether a request is that of the button which shows a held build.

    A page of another site cannot send the header, and the turn says which build is meant.
    """
    is_button = request.path == f"{RESERVED_PREFIX}accept" and request.headers.get("x-plansite") == "accept"
    return is_button and request.method == "GET" and request.query == f"turn={state.turn}"


def _output_path(path: str, base: str) -> str:
    """The output path of a request's path; empty for one outside the path of `base_url`."""
    if not path.startswith(base):
        return ""
    relative = path.removeprefix(base)
    return f"{relative}{FRONT_PAGE}" if not relative or relative.endswith("/") else relative


def _reserved_response(name: str, state: PreviewState, run_id: str) -> HttpResponse:
    if name in _CLIENT_FILES:
        return HttpResponse(content_type=guess_content_type(name), content=_read_client_file(name))
    if name in {"status", "accept"}:
        return HttpResponse(content_type=guess_content_type("a.json"), content=format_status(state, run_id).encode())
    if name == "events":
        return HttpResponse(content_type="text/event-stream; charset=utf-8")
    return text_response(404, "There is no such page.")


@cache
def _read_client_file(name: str) -> bytes:
    return (resources.files("plansite.preview") / name).read_bytes()


def _redirect(path: str) -> HttpResponse:
    return text_response(
        307, "This page has been replaced by a newer one.", ("Location", quote(path, safe="/-._~!$&'()*+,;=:@"))
    )


def _add_client_script(
    response: HttpResponse, state: PreviewState, run_id: str, *, is_unstyled: bool = False
) -> HttpResponse:
    """The response, and in a page the script that reloads it. Published pages do not have the script."""
    if response.content_type != _HTML_TYPE:
        return response
    page = response.content.read() if isinstance(response.content, FileInFolder) else response.content
    attributes = f'data-run="{run_id}" data-edition="{state.shown_turn}" data-turn="{state.turn}"'
    if is_unstyled:
        attributes += " data-plain"
    script = (
        f'<link rel="stylesheet" href="{RESERVED_PREFIX}client.css"><script '
        f'src="{RESERVED_PREFIX}client.js" defer {attributes}></script>'
    )
    before, end, after = page.rpartition(b"</body>")
    content = b"".join((before, script.encode(), end, after)) if end else page + script.encode()
    return replace(response, content=content)


def _not_built_page(state: PreviewState) -> HttpResponse:
    """The page that is shown until a first build succeeds, with the diagnostics. It needs no script."""
    rows = "".join(f"<li>{html.escape(str(diagnostic))}</li>" for diagnostic in state.diagnostics)
    page = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>The site cannot be built yet</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main>'
        "<h1>The site cannot be built yet</h1><p>Correct the errors below and save. The page then updates itself.</p>"
        f"<ul>{rows}</ul></main></body></html>"
    )
    return HttpResponse(status=503, content_type=_HTML_TYPE, content=page.encode())
