"""Which answer a request gets: a file of the build that is shown, and of nothing else."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote, unquote

from plansite.serve.answers import Answer, kind_of, said
from plansite.serve.hosts import Hosts
from plansite.serve.preview import Shown
from plansite.serve.requests import Request
from plansite.site.shell import base_path

#: The preview's own addresses; no page of a site begins so.
OWN = "/_plansite/"
EVENTS = f"{OWN}events"
_CLIENT = ("client.js", "client.css")
_MOST_FAULTS = 20
_HTML = kind_of("a.html")


def refusal(request: Request, hosts: Hosts) -> Answer | None:
    """Why a request gets nothing at all; None where it may be answered."""
    if not all(hosts.allows(host) for host in request.hosts):
        return said(403, f"This preview answers at {hosts.address} only.")
    origin = request.fields.get("origin")
    if origin is not None and not hosts.own_origin(origin):
        return said(403, "This preview answers its own pages only.")
    foreign = request.fields.get("sec-fetch-site", "none") not in {"none", "same-origin"}
    followed = request.fields.get("sec-fetch-mode") == "navigate" and not request.path.startswith(OWN)
    if foreign and not followed:  # what another site may do is link to a page
        return said(403, "This preview answers its own pages only.")
    if request.method not in {"GET", "HEAD"}:
        return said(405, "Pages can be read only.", ("Allow", "GET, HEAD"))
    return None


def answer_of(request: Request, shown: Shown, run: str) -> Answer:
    """The answer to a request that was not refused; `run` names this run of the preview."""
    if request.path.startswith(OWN):
        return _own(request.path.removeprefix(OWN), shown, run)
    if shown.built is None:
        return _with_client(_nothing_yet(shown), shown, run, plain=True)
    files = shown.built.files
    base = unquote(base_path(shown.built.site.settings.base_url))
    if request.path in {"/", base.removesuffix("/")} and request.path != base:
        return _moved(base)
    key = _key(request.path, base)
    if key in files:
        return _with_client(Answer(kind=kind_of(key), content=files[key]), shown, run)
    if key and f"{key}/index.html" in files:
        return _moved(f"{base}{key}/")
    missing = files.get("404.html", b"There is no such page.\n")
    kind = _HTML if "404.html" in files else said(404, "").kind
    return _with_client(Answer(status=404, kind=kind, content=missing), shown, run)


def news(shown: Shown, run: str) -> str:
    """What is shown, as the script in the pages reads it: one line of JSON."""
    faults = [{"place": each.place, "what": each.what, "remedy": each.remedy} for each in shown.faults[:_MOST_FAULTS]]
    told = {
        "run": run,
        "edition": shown.edition,
        "turn": shown.turn,
        "faults": faults,
        "count": len(shown.faults),
        "held": shown.held is not None,
    }
    return json.dumps(told)


def asks_to_accept(request: Request, shown: Shown) -> bool:
    """Whether somebody pressed the button to see a held build.

    The header cannot be sent by a page of another site, and the turn says which build was meant.
    """
    asked = request.path == f"{OWN}accept" and request.fields.get("x-plansite") == "accept"
    return asked and request.method == "GET" and request.query == f"turn={shown.turn}"


def _key(path: str, base: str) -> str:
    """The output path that an address means; empty for one that lies outside the site's path."""
    if not path.startswith(base):
        return ""
    key = path.removeprefix(base)
    return f"{key}index.html" if not key or key.endswith("/") else key


def _own(name: str, shown: Shown, run: str) -> Answer:
    if name in _CLIENT:
        return Answer(kind=kind_of(name), content=_client_file(name))
    if name in {"status", "accept"}:
        return Answer(kind=kind_of("a.json"), content=news(shown, run).encode())
    if name == "events":
        return Answer(kind="text/event-stream; charset=utf-8")
    return said(404, "There is no such page.")


@cache
def _client_file(name: str) -> bytes:
    return (resources.files("plansite.serve") / name).read_bytes()


def _moved(path: str) -> Answer:
    return said(307, "The page is one step on.", ("Location", quote(path, safe="/-._~!$&'()*+,;=:@")))


def _with_client(answer: Answer, shown: Shown, run: str, *, plain: bool = False) -> Answer:
    """The page with the script that keeps it in step; published pages never hold it."""
    if answer.kind != _HTML:
        return answer
    page = answer.content.read_bytes() if isinstance(answer.content, Path) else answer.content
    marks = f'data-run="{run}" data-edition="{shown.edition}" data-turn="{shown.turn}"' + (" data-plain" * plain)
    added = f'<link rel="stylesheet" href="{OWN}client.css"><script src="{OWN}client.js" defer {marks}></script>'
    before, end, rest = page.rpartition(b"</body>")
    whole = b"".join((before, added.encode(), end, rest)) if end else page + added.encode()
    return replace(answer, content=whole)


def _nothing_yet(shown: Shown) -> Answer:
    """The page before there is any good build: it says why, with or without its script."""
    rows = "".join(f"<li>{html.escape(str(fault))}</li>" for fault in shown.faults)
    page = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>The site cannot be built yet</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main>'
        "<h1>The site cannot be built yet</h1><p>Mend what is listed and save. This page follows by itself.</p>"
        f"<ul>{rows}</ul></main></body></html>"
    )
    return Answer(status=503, kind=_HTML, content=page.encode())
