"""The content editor under `plansite serve --cms`: its page, and the responses to requests for its files."""

from __future__ import annotations

from pathlib import Path

from plansite.cms import editor_page
from plansite.cms.configuration import format_configuration
from plansite.cms.editor_page import OWN_FILES, PAGE_FILE, format_kinds, format_page, read_own_file
from plansite.cms.headers import editor_headers
from plansite.cms.kinds import load_kinds
from plansite.cms.packages import EditorPackages
from plansite.cms.site_editor import load_editor_request
from plansite.content.settings import load_settings
from plansite.deferred_dataclass import dataclass
from plansite.model.findings import SiteError
from plansite.preview.responses import HttpResponse, guess_content_type, text_response
from plansite.publish.headers import Header
from plansite.scaffold.new_document import TemplateError

_YAML_TYPE = "application/yaml; charset=utf-8"
_HEADERS: tuple[Header, ...] = editor_headers(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEditor:
    """The editor of the files of the site in `root`, on this computer. It sends nothing to anybody else."""

    root: Path
    packages: EditorPackages

    def respond(self, name: str) -> HttpResponse:
        """The response for a file of the page by its name; its configuration is that of the files as they are now."""
        name = name or PAGE_FILE
        content_type = _YAML_TYPE if name.endswith(".yml") else guess_content_type(name)
        try:
            content = self.packages.files.get(name) or self._read_own(name)
        except (SiteError, TemplateError, OSError) as error:
            return text_response(503, f"The editor cannot start: {error}")
        if content is None:
            return text_response(404, "There is no such file.")
        return HttpResponse(content_type=content_type, content=content, security=_HEADERS)

    def _read_own(self, name: str) -> bytes | None:
        """A file of the page that is not of a package; None where there is no such file."""
        if name in OWN_FILES:
            return read_own_file(name)
        match name:
            case editor_page.PAGE_FILE:
                return format_page(load_settings(self.root).title, None).encode()
            case editor_page.KINDS_FILE:
                return format_kinds(load_kinds(self.root)).encode()
            case editor_page.CONFIGURATION_FILE:
                return format_configuration(load_editor_request(self.root, is_local=True)).encode()
        return None
