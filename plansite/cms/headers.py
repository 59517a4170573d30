"""The headers that a host sends with the page of the content editor. They differ from those of the site."""

from __future__ import annotations

from plansite.cms.backend import EditedRepository
from plansite.cms.widgets import EditorProgram
from plansite.model.status import RepositoryHost
from plansite.publish.headers import HSTS, Header, common_headers

#: What the editor asks besides the host of the repository: its state, and pictures of the people who signed in.
_STATE_PAGES = {
    RepositoryHost.GITHUB: "https://www.githubstatus.com",
    RepositoryHost.GITLAB: "https://status-api.hostedstatus.com",
}
_PICTURES = {RepositoryHost.GITHUB: "https://avatars.githubusercontent.com"}
#: Directives that browsers ignore in a `<meta>` and report in the console.
_HEADER_ONLY = ("frame-ancestors",)


def editor_policy(repository: EditedRepository | None, *, is_header: bool = True) -> str:
    """The content security policy: scripts from the same place alone, and requests to the repository's host alone.

    Without a repository nothing leaves the computer. The editors write styles into the page; Decap makes functions of
    texts, with which it checks its configuration.
    """
    asked, pictures = _list_origins(repository)
    is_decap = repository is not None and repository.program is EditorProgram.DECAP
    directives = {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-eval'" if is_decap else "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": " ".join(("'self' data: blob:", *pictures)),
        "media-src": "blob:",
        "font-src": "'self' data:",
        "connect-src": " ".join(("'self' data: blob:", *asked)),
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    named = directives if is_header else {name: directives[name] for name in directives if name not in _HEADER_ONLY}
    return "; ".join(f"{name} {value}" for name, value in named.items())


def _list_origins(repository: EditedRepository | None) -> tuple[list[str], list[str]]:
    """The addresses that the editor may ask, and those from which it may show pictures."""
    if repository is None:
        return [], []
    api = "/".join(repository.api.split("/")[:3])
    asked = dict.fromkeys((repository.origin, api, *filter(None, [_STATE_PAGES.get(repository.host)])))
    return list(asked), list(filter(None, [repository.origin, _PICTURES.get(repository.host)]))


def editor_headers(repository: EditedRepository | None) -> tuple[Header, ...]:
    """All headers of the page. Signing in opens a window of the host, which has to be able to answer."""
    opener = "same-origin-allow-popups" if repository else "same-origin"
    common = [(name, opener if name == "Cross-Origin-Opener-Policy" else value) for name, value in common_headers()]
    secure = [HSTS] if repository else []
    return (("Content-Security-Policy", editor_policy(repository)), *secure, *common)


def format_headers_file(repository: EditedRepository) -> str:
    """The text of a `_headers` file for Netlify and Cloudflare Pages."""
    lines = (f"  {name}: {value}\n" for name, value in editor_headers(repository))
    return "/*\n" + "".join(lines) + "  Cache-Control: private, no-cache\n"
