"""An action as the readers of a file may have it."""

from __future__ import annotations

from dataclasses import replace

from plansite.exports.body_markdown.file_links import remove_file_links
from plansite.markdown.dialect import is_local_url
from plansite.model.dependencies import list_shown_references
from plansite.model.documents.action import Action
from plansite.model.documents.records.evidence import Evidence
from plansite.model.site import Site
from plansite.model.status import Audience


def hide_references(site: Site, action: Action) -> Action:
    """The action without the names of files that its readers may not see.

    A file for readers inside the organisation has every reference as written, and can be imported again unchanged. For
    others there are no paths: neither of evidence nor in links, and in `depends_on` are only actions that they see.
    """
    if site.audience is Audience.INTERNAL:
        return action
    return replace(
        action,
        depends_on=list_shown_references(site, action),
        evidence=tuple(map(_hide_path, action.evidence)),
        body=remove_file_links(action.body),
    )


def _hide_path(evidence: Evidence) -> Evidence:
    return replace(evidence, url="") if is_local_url(evidence.url) else evidence
