"""Web pages of a repository: where a file can be edited, the history of a file, and a commit."""

from __future__ import annotations

from urllib.parse import urlsplit

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.plan import Plan
from plansite.model.site import Site
from plansite.model.status import Audience, RepositoryHost

#: What the name of a computer may hold that tells which program shows repositories there.
_KNOWN_HOSTS = {
    "gitlab": RepositoryHost.GITLAB,
    "github": RepositoryHost.GITHUB,
    "codeberg": RepositoryHost.FORGEJO,
    "forgejo": RepositoryHost.FORGEJO,
    "gitea": RepositoryHost.FORGEJO,
}
#: What follows the address of a repository: for editing a file, the commits of a file, and a commit. GitHub and GitLab
#: open the editor at a line if `#L12` follows.
_EDIT = {RepositoryHost.GITLAB: "-/edit/{}/{}", RepositoryHost.FORGEJO: "_edit/{}/{}"}
_COMMITS = {RepositoryHost.GITLAB: "-/commits/{}/{}", RepositoryHost.FORGEJO: "commits/branch/{}/{}"}
_COMMIT = {RepositoryHost.GITLAB: "-/commit/{}"}


@dataclass(frozen=True, slots=True)
class _RepositoryFile:
    """A file in a repository: the web address of the repository, the program that shows it, the branch and the path."""

    repository: str
    host: RepositoryHost
    branch: str
    path: str


def find_host(repository: str) -> RepositoryHost | None:
    """The program that shows the repository with this web address, if the name of the computer tells."""
    try:
        name = urlsplit(repository).hostname or ""
    except ValueError:
        return None
    return next((host for word, host in _KNOWN_HOSTS.items() if word in name), None)


def edit_url(site: Site, path: str, line: int = 0) -> str:
    """The web page where a source file can be edited, at a line if one is given.

    Empty where the site names no repository for the file, and for audiences whose pages have no such links.
    """
    if site.audience.value not in site.settings.edit_links:
        return ""
    url = _format_url(_locate_file(site, path), _EDIT, "edit/{}/{}")
    return f"{url}#L{line}" if url and line else url


def edit_plan_url(site: Site, plan: Plan, field: str = "") -> str:
    """The web page where the file of a plan can be edited, at a field if it has one of that name; "" without a file."""
    line = next((line for name, line in plan.lines if name == field), 0)
    return edit_url(site, plan.path, line) if plan.lines else ""


def history_url(site: Site, path: str) -> str:
    """The web page with the commits of a source file. Empty without a repository, and for the public."""
    if site.audience is Audience.PUBLIC:
        return ""
    return _format_url(_locate_file(site, path), _COMMITS, "commits/{}/{}")


def commit_url(site: Site, commit: str) -> str:
    """The web page of a commit in the site's repository. Empty where either is unknown, and for the public."""
    base = site.settings.repository.rstrip("/")
    if not commit or site.audience is Audience.PUBLIC or not _is_web_address(base):
        return ""
    return f"{base}/{_COMMIT.get(site.settings.host or _find_host(base), 'commit/{}').format(commit)}"


def _locate_file(site: Site, path: str) -> _RepositoryFile:
    """The repository that holds a source file: the site's own, or that of the source whose folder it lies in."""
    settings = site.settings
    for source in reversed(settings.sources):
        if path.startswith(source.path.rstrip("/") + "/"):
            inner = path.removeprefix("../").split("/", 1)[-1] if path.startswith("../") else path
            host = source.host or _find_host(source.repository)
            return _RepositoryFile(source.repository, host, source.branch, inner)
    folder = settings.repository_folder.strip("/. ")
    host = settings.host or _find_host(settings.repository)
    return _RepositoryFile(settings.repository, host, settings.branch, f"{folder}/{path}" if folder else path)


def _find_host(repository: str) -> RepositoryHost:
    return find_host(repository) or RepositoryHost.GITHUB


def _format_url(file: _RepositoryFile, routes: dict[RepositoryHost, str], usual: str) -> str:
    base = file.repository.rstrip("/")
    if not _is_web_address(base):
        return ""
    return f"{base}/{routes.get(file.host, usual).format(_escape(file.branch), _escape(file.path))}"


def _is_web_address(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def _escape(path: str) -> str:
    """A path or branch without characters that would end it in an address, or begin an escape."""
    return path.replace("%", "%25").replace(" ", "%20").replace("?", "%3F").replace("#", "%23")
