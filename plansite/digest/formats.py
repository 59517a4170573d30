"""The forms in which a digest is written, and the names of the files of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plansite.content.text import encode
from plansite.deferred_dataclass import dataclass
from plansite.digest.digest import Digest
from plansite.digest.html_format import format_html
from plansite.digest.mail import format_mail
from plansite.digest.text_format import WIDTH, format_text
from plansite.model.slugs import collision_key


@dataclass(frozen=True, slots=True)
class DigestFormat:
    """The end of a file's name, and the function from a digest and the site's time zone to the bytes of the file."""

    suffix: str
    format: Callable[[Digest, str], bytes]


DIGEST_FORMATS = {
    "text": DigestFormat("txt", lambda digest, _: encode(format_text(digest))),
    "html": DigestFormat("html", lambda digest, _: encode(format_html(digest))),
    "eml": DigestFormat("eml", format_mail),
}


def join_texts(digests: Sequence[Digest]) -> str:
    """The texts of several digests, with a line between them."""
    return f"\n{'=' * WIDTH}\n\n".join(map(format_text, digests))


def find_file_names(digests: Sequence[Digest]) -> list[str]:
    """A name for the file of each digest, without its end: the slug, with a number behind where several have it."""
    names: dict[str, str] = {}
    for digest in digests:
        name, number = digest.slug, 2
        while collision_key(name) in names:
            name, number = f"{digest.slug}-{number}", number + 1
        names[collision_key(name)] = name
    return list(names.values())
