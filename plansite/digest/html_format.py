"""A digest as an HTML page that needs no other file, for a browser or an e-mail."""

from __future__ import annotations

import functools
from importlib import resources
from urllib.parse import quote

from jinja2 import Environment, Template

from plansite.digest.addresses import is_deliverable
from plansite.digest.digest import Digest, describe_subject
from plansite.digest.text_format import NOTHING
from plansite.render.environment import create_environment


def format_html(digest: Digest) -> str:
    """The digest as a page. It has no script, loads nothing, and its style is in its head, as mailers need it."""
    contact = digest.contact
    return _load_template().render(
        digest=digest,
        subject=describe_subject(digest),
        nothing=NOTHING,
        contact_href=f"mailto:{quote(contact, safe='@')}" if is_deliverable(contact) else "",
    )


@functools.cache
def _load_template() -> Template:
    source = resources.files("plansite.digest").joinpath("digest.html").read_text("utf-8")
    return create_environment(Environment).from_string(source)
