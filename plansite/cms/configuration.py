"""The configuration of the content editor, as the text of its `config.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from plansite.cms.backend import EditedRepository, build_backend, build_local_backend
from plansite.cms.collections import CollectionBuilder
from plansite.cms.kinds import EditedKind
from plansite.cms.widgets import EditorProgram, FormContext
from plansite.deferred_dataclass import dataclass
from plansite.model.content_editor.settings import ContentEditorSettings
from plansite.model.site import Site
from plansite.schema import Schema

#: How the text of a configuration begins; a folder whose configuration begins so may be written again.
GENERATED_NOTE = "# From `plansite cms`. Run it again when you add a plan, its first goal, or a new kind of file.\n"
_SVELTIA_SCHEMA = "# yaml-language-server: $schema=https://unpkg.com/@sveltia/cms/schema/sveltia-cms.json\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorRequest:
    """What a configuration is for: the site, its kinds of files, and its repository; without one, this computer.

    `top` is the folder of the site in its repository: empty, or with a `/` behind it.
    """

    site: Site
    kinds: Mapping[str, EditedKind]
    repository: EditedRepository | None
    top: str

    @property
    def program(self) -> EditorProgram:
        """The content editor."""
        return self.repository.program if self.repository else EditorProgram.SVELTIA


def build_configuration(request: EditorRequest) -> Schema:
    """The configuration as plain values."""
    site, program = request.site, request.program
    context = FormContext(program=program, has_owners=bool(site.owners), has_agencies=bool(site.agencies))
    builder = CollectionBuilder(site=site, kinds=request.kinds, context=context, top=request.top)
    sign_in = site.settings.content_editor or ContentEditorSettings()
    backend = build_backend(request.repository, sign_in) if request.repository else build_local_backend()
    address: Schema = {"site_url": site.settings.base_url} if site.settings.base_url else {}
    return {
        "backend": backend,
        "publish_mode": "editorial_workflow",
        **address,
        "show_preview_links": False,
        "media_folder": f"{request.top}content/files",
        **_build_options(program, site.settings.title),
        "collections": builder.build(),
    }


def _build_options(program: EditorProgram, title: str) -> Schema:
    """How names of files are made; in Sveltia also how files are written, so that empty fields are left out."""
    slug: Schema = {"encoding": "unicode", "clean_accents": True}
    if program is EditorProgram.DECAP:
        return {"slug": slug}
    output: Schema = {"omit_empty_optional_fields": True, "yaml": {"quote": "none", "indent_sequences": True}}
    return {"app_title": title, "slug": {**slug, "maxlength": 80}, "output": output}


def format_configuration(request: EditorRequest) -> str:
    """The configuration as YAML. Forms that several plans share are written once, and named where they come again."""
    text: str = yaml.dump(
        build_configuration(request), Dumper=_ConfigDumper, sort_keys=False, allow_unicode=True, width=120
    )
    schema = _SVELTIA_SCHEMA if request.program is EditorProgram.SVELTIA else ""
    return f"{GENERATED_NOTE}{schema}{text}"


class _ConfigDumper(yaml.SafeDumper):
    """Writes items of lists indented below their field, and names what is repeated after it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  (its own)
        super().increase_indent(flow, False)

    def generate_anchor(self, node: Any) -> str:
        """A name for a value that comes again: that of its field and a number."""
        self._named = getattr(self, "_named", 0) + 1
        names = [value.value for key, value in node.value if key.value == "name"] if node.id == "mapping" else []
        return f"{names[0] if names else 'form'}-{self._named}"
