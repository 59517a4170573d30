"""Which answer a request gets: a file of the build that is shown, and of nothing else."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote, unquote

from plansite.model.page_addresses import FRONT_PAGE, NOT_FOUND_PAGE
from plansite.preview.hosts import AllowedHosts
from plansite.preview.requests import HttpRequest
from plansite.preview.responses import HttpResponse, guess_content_type, text_response
from plansite.preview.state import PreviewState
from plansite.site.components.page import base_path

#: The preview's own addresses; no page of a site begins so.
RESERVED_PREFIX = "/_plansite/"
EVENTS_PATH = f"{RESERVED_PREFIX}events"
_CLIENT_FILES = ("client.js", "client.css")
_MAX_DIAGNOSTICS = 20
_HTML_TYPE = guess_content_type("a.html")


def refuse_request(request: HttpRequest, hosts: AllowedHosts) -> HttpResponse | None:
    """Why a request gets nothing at all; None where it may be answered."""
    if not all(hosts.allows_host(host) for host in request.hosts):
        return text_response(403, f"This preview answers at {hosts.url} only.")
    origin = request.headers.get("origin")
    if origin is not None and not hosts.allows_origin(origin):
        return text_response(403, "This preview answers its own pages only.")
    foreign = request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
    followed = request.headers.get("sec-fetch-mode") == "navigate" and not request.path.startswith(RESERVED_PREFIX)
    if foreign and not followed:  # what another site may do is link to a page
        return text_response(403, "This preview answers its own pages only.")
    if request.method not in {"GET", "HEAD"}:
        return text_response(405, "Pages can be read only.", ("Allow", "GET, HEAD"))
    return None


def respond(request: HttpRequest, state: PreviewState, run_id: str) -> HttpResponse:
    """The answer to a request that was not refused; `run` names this run of the preview."""
    if request.path.startswith(RESERVED_PREFIX):
        return _reserved_response(request.path.removeprefix(RESERVED_PREFIX), state, run_id)
    if state.built is None:
        return _add_client_script(_not_built_page(state), state, run_id, is_unstyled=True)
    files = state.built.files
    base = unquote(base_path(state.built.site.settings.base_url))
    if request.path in {"/", base.removesuffix("/")} and request.path != base:
        return _redirect(base)
    key = _output_path(request.path, base)
    if key in files:
        return _add_client_script(HttpResponse(content_type=guess_content_type(key), content=files[key]), state, run_id)
    if key and f"{key}/{FRONT_PAGE}" in files:
        return _redirect(f"{base}{key}/")
    missing = files.get(NOT_FOUND_PAGE, b"There is no such page.\n")
    kind = _HTML_TYPE if NOT_FOUND_PAGE in files else text_response(404, "").content_type
    return _add_client_script(HttpResponse(status=404, content_type=kind, content=missing), state, run_id)


def format_status(state: PreviewState, run_id: str) -> str:
    """What is shown, as the script in the pages reads it: one line of JSON."""
    faults = [
        {"place": each.location, "what": each.message, "remedy": each.remedy}
        for each in state.diagnostics[:_MAX_DIAGNOSTICS]
    ]
    told = {
        "run": run_id,
        "edition": state.edition,
        "turn": state.turn,
        "faults": faults,
        "count": len(state.diagnostics),
        "held": state.held_build is not None,
    }
    return json.dumps(told)


def is_accept_request(request: HttpRequest, state: PreviewState) -> bool:
    """Whether somebody pressed the button to see a held build.

    The header cannot be sent by a page of another site, and the turn says which build was meant.
    """
    asked = request.path == f"{RESERVED_PREFIX}accept" and request.headers.get("x-plansite") == "accept"
    return asked and request.method == "GET" and request.query == f"turn={state.turn}"


def _output_path(path: str, base: str) -> str:
    """The output path that an address means; empty for one that lies outside the site's path."""
    if not path.startswith(base):
        return ""
    key = path.removeprefix(base)
    return f"{key}{FRONT_PAGE}" if not key or key.endswith("/") else key


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
    return text_response(307, "The page is one step on.", ("Location", quote(path, safe="/-._~!$&'()*+,;=:@")))


def _add_client_script(
    response: HttpResponse, state: PreviewState, run_id: str, *, is_unstyled: bool = False
) -> HttpResponse:
    """The page with the script that keeps it in step; published pages never hold it."""
    if response.content_type != _HTML_TYPE:
        return response
    page = response.content.read_bytes() if isinstance(response.content, Path) else response.content
    marks = f'data-run="{run_id}" data-edition="{state.edition}" data-turn="{state.turn}"' + (
        " data-plain" * is_unstyled
    )
    added = (
        f'<link rel="stylesheet" href="{RESERVED_PREFIX}client.css"><script '
        f'src="{RESERVED_PREFIX}client.js" defer {marks}></script>'
    )
    before, end, rest = page.rpartition(b"</body>")
    whole = b"".join((before, added.encode(), end, rest)) if end else page + added.encode()
    return replace(response, content=whole)


def _not_built_page(state: PreviewState) -> HttpResponse:
    """The page before there is any good build: it says why, with or without its script."""
    rows = "".join(f"<li>{html.escape(str(fault))}</li>" for fault in state.diagnostics)
    page = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>The site cannot be built yet</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main>'
        "<h1>The site cannot be built yet</h1><p>Mend what is listed and save. This page follows by itself.</p>"
        f"<ul>{rows}</ul></main></body></html>"
    )
    return HttpResponse(status=503, content_type=_HTML_TYPE, content=page.encode())
