"""The same actions as a site for Hugo: a section for each plan, a term for each owner, two templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus import Text, put, texts, written

_SETTINGS = """\
baseURL = "https://example.org/"
title = "Plans to measure with"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404"]
[taxonomies]
owner = "owners"
"""

_HEAD = """\
<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<nav><a href="/">Plans</a> <a href="/owners/">Owners</a></nav>
<main>
<h1>{{ .Title }}</h1>
"""

_END = "</main>\n</body>\n</html>\n"

_LIST = (
    _HEAD
    + """\
{{ .Content }}
<table>
<thead><tr><th>No</th><th>What</th><th>Who</th><th>Status</th><th>By</th></tr></thead>
<tbody>
{{ range .Pages -}}
<tr><td>{{ .Params.ref }}</td><td><a href="{{ .RelPermalink }}">{{ .Title }}</a></td>
<td>{{ delimit (.Params.owners | default slice) ", " }}</td><td>{{ .Params.status }}</td><td>{{ .Params.due }}</td></tr>
{{ end -}}
</tbody>
</table>
"""
    + _END
)

_SINGLE = (
    _HEAD
    + """\
<dl>
{{ range $name := slice "ref" "status" "reason" "goal" "created" "due" "completed" "priority" -}}
{{ with index $.Params $name }}<dt>{{ $name }}</dt><dd>{{ . }}</dd>{{ end }}
{{ end -}}
</dl>
<p>{{ range .Params.owners }}<a href="/owners/{{ . | urlize }}/">{{ . }}</a>{{ end }}
{{ delimit (.Params.supporters | default slice) ", " }}</p>
{{ .Content }}
<ul>{{ range .Params.evidence }}<li><a href="{{ .url }}">{{ .label }}</a></li>{{ end }}</ul>
"""
    + _END
)


def write_hugo_site(root: Path, actions: int) -> None:
    """A site for Hugo in a new folder."""
    put(root, "hugo.toml", _SETTINGS)
    put(root, "layouts/_default/list.html", _LIST)
    put(root, "layouts/_default/single.html", _SINGLE)
    for text in texts(actions):
        for path, page in _pages(text):
            put(root, f"content/{path}", page)


def _pages(text: Text) -> Iterator[tuple[str, str]]:
    """What becomes of one file. Of agencies Hugo makes nothing, of owners a page by the field that names them."""
    kind = text.path.partition("/")[0]
    if kind == "index.md":
        yield "_index.md", written(text.fields, text.body)
    elif text.path.endswith("/plan.md"):
        # `kind` and `goals` mean something else to Hugo, or nothing.
        shown = {name: value for name, value in text.fields.items() if name in ("title", "start", "end")}
        yield text.path.replace("plan.md", "_index.md"), written(shown, text.body)
    elif kind == "plans":
        owner = text.fields["owner"]
        yield text.path.replace("/actions/", "/"), written({**text.fields, "owners": [owner]}, text.body)
