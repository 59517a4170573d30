"""Where the content editor saves files, and how people sign in there."""

from __future__ import annotations

from urllib.parse import urlsplit

from plansite.cms.widgets import EditorProgram
from plansite.deferred_dataclass import dataclass
from plansite.model.content_editor.settings import ContentEditorSettings
from plansite.model.formatting import format_list
from plansite.model.links.repository import find_host
from plansite.model.settings import Settings
from plansite.model.status import RepositoryHost
from plansite.schema import Schema

_GITHUB = "github.com"
_GITHUB_API = "https://api.github.com"


_EXAMPLE = "https://github.com/example/plans"


class UnknownRepositoryError(Exception):
    """The settings do not say which repository the files are in, or of what kind. The message says what to add."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"plansite.yaml: {fault}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRepository:
    """The repository of a site: the program that shows it, the address of that program, and its name there."""

    host: RepositoryHost
    origin: str
    name: str
    branch: str

    @property
    def program(self) -> EditorProgram:
        """The content editor that can keep changes for review there: Sveltia, or Decap for Forgejo."""
        return EditorProgram.DECAP if self.host is RepositoryHost.FORGEJO else EditorProgram.SVELTIA

    @property
    def api(self) -> str:
        """The address of its programming interface."""
        if self.host is RepositoryHost.GITHUB:
            return _GITHUB_API if self.origin == f"https://{_GITHUB}" else f"{self.origin}/api/v3"
        return f"{self.origin}/api/{'v4' if self.host is RepositoryHost.GITLAB else 'v1'}"


def find_edited_repository(settings: Settings) -> EditedRepository:
    """The repository that the settings name. Raises UnknownRepositoryError."""
    address = settings.repository
    if not address:
        raise UnknownRepositoryError(f"it has no `repository`; add the web address of these files, such as {_EXAMPLE}")
    parts = urlsplit(address)
    name = parts.path.strip("/").removesuffix(".git")
    host = settings.host or find_host(address)
    if "/" not in name or not parts.netloc:
        raise UnknownRepositoryError(
            f"`repository` is {address}; write the address of the repository itself, such as {_EXAMPLE}"
        )
    if host is None:
        hosts = format_list([f"`host: {each}`" for each in RepositoryHost], "or")
        raise UnknownRepositoryError(f"{parts.netloc} does not tell which program shows the repository; add {hosts}")
    return EditedRepository(host=host, origin=f"{parts.scheme}://{parts.netloc}", name=name, branch=settings.branch)


def build_backend(repository: EditedRepository, sign_in: ContentEditorSettings) -> Schema:
    """The group `backend` of the configuration.

    Without an application or a service for signing in, people sign in with an access token, which needs no server.
    """
    common: Schema = {"repo": repository.name, "branch": repository.branch}
    match repository.host:
        case RepositoryHost.GITHUB:
            return {"name": "github", **common, **_reach_github(repository), **_sign_in_to_github(sign_in)}
        case RepositoryHost.GITLAB:
            origin: Schema = {"api_root": repository.api, "base_url": repository.origin}
            return {"name": "gitlab", **common, **origin, **_sign_in_to_gitlab(sign_in)}
        case RepositoryHost.FORGEJO:
            app: Schema = {"app_id": sign_in.app_id} if sign_in.app_id else {}
            return {"name": "forgejo", **common, "api_root": repository.api, **app}


def build_local_backend() -> Schema:
    """The group `backend` for editing the files on this computer. It must name a repository, which is not used."""
    return {"name": "github", "repo": "local/files", "auth_methods": ["token"]}


def _reach_github(repository: EditedRepository) -> Schema:
    return {} if repository.api == _GITHUB_API else {"api_root": repository.api}


def _sign_in_to_github(sign_in: ContentEditorSettings) -> Schema:
    return {"base_url": sign_in.sign_in.rstrip("/")} if sign_in.sign_in else {"auth_methods": ["token"]}


def _sign_in_to_gitlab(sign_in: ContentEditorSettings) -> Schema:
    return {"auth_type": "pkce", "app_id": sign_in.app_id} if sign_in.app_id else {"auth_methods": ["token"]}
