"""Files beside the content that are published because a page shows or links to them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from plansite.markdown.dialect import is_relative
from plansite.model.site import Document, Site
from plansite.site.links import PUBLISHED, Addresses, plan_folder


def assets(site: Site, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """Output path and source path, relative to the site, of every file that something links to; each once."""
    seen: set[str] = set()
    places = addresses.by_path
    for targets, folders in _linked(site):
        for target in targets:
            for folder in folders:
                path = posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0].partition("?")[0])))
                if path not in seen and places.get(path, "").startswith(PUBLISHED):
                    seen.add(path)
                    yield places[path], path


def _linked(site: Site) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    yield [link.target for link in site.front.body.links], ("content",)
    people: tuple[Document, ...] = (*site.owners, *site.agencies)
    for person in people:
        yield _in_body(person), (posixpath.dirname(person.path),)
    for plan in site.plans:
        tables = [f"{posixpath.basename(measure.path)[:-3]}.csv" for measure in plan.measures]
        yield tables, tuple(posixpath.dirname(measure.path) for measure in plan.measures[:1])
        documents: tuple[Document, ...] = (plan, *plan.actions, *plan.reviews, *plan.incidents, *plan.measures)
        for document in documents:
            yield _in_body(document), (posixpath.dirname(document.path),)
            evidence = [item.url for item in getattr(document, "evidence", ()) if is_relative(item.url)]
            yield evidence, (plan_folder(document.path), posixpath.dirname(document.path))


def _in_body(document: Document) -> list[str]:
    return [link.target for link in document.body.links]
