"""A fuzzer that is led by coverage, for a night: `python -m tests.fuzz.nightly [read|site] [libFuzzer's options]`.

`read` takes single files apart and looks at their HTML; `site` builds whole sites. Wants the extra `fuzz`. Options of
libFuzzer follow as they are, for instance `-max_total_time=3600`, and a folder that keeps what was found worth trying
again. Any exception that is not meant to be, any HTML that a sanitiser would change, and anything that takes longer
than ten seconds ends the run; the input lies in the folder it is started from.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["plansite", "markdown_it", "mdurl", "yaml"]):
    from plansite.content.documents import DOCUMENT_TYPES, DocumentLocation, parse_document
    from plansite.content.settings import SettingsError, parse_settings
    from plansite.markdown.html import resolve_links
    from plansite.model.body import Body
    from plansite.parallel import timeouts
    from tests.fuzz import sites

from tests.harmless import sanitiser_removes

_PROJECT = Path(__file__).parents[2]
_SEEDS = sites.seeds_of(_PROJECT)
_LIMIT = "-timeout=10"


def read(data: bytes) -> None:
    """One file: plain bytes, or fields and Markdown put together from pieces."""
    given = atheris.FuzzedDataProvider(data)
    kind = given.PickValueInList(list(DOCUMENT_TYPES))
    if given.ConsumeBool():
        content = given.ConsumeBytes(given.remaining_bytes())
    else:
        content = sites.document(lambda count: given.ConsumeIntInRange(0, max(count - 1, 0)), _SEEDS, kind)
    place = DocumentLocation(kind, "p", "a", f"content/plans/p/{kind}s/a.md")
    table = content if kind == "measure" else None
    body = getattr(parse_document(place, content, table).document, "body", None)
    if isinstance(body, Body):
        assert not sanitiser_removes(_html_of(body))
    try:
        parse_settings(content)
    except SettingsError:
        return


def _html_of(body: Body) -> str:
    parts = (body.intro, *(part.html for part in body.sections), *(step.html for step in body.steps))
    return "\n".join(resolve_links(part, str) for part in (*parts, *(note.html for note in body.progress)))


def site(data: bytes) -> None:
    """A whole site."""
    given = atheris.FuzzedDataProvider(data)
    files = sites.site(lambda count: given.ConsumeIntInRange(0, max(count - 1, 0)), _SEEDS)
    with tempfile.TemporaryDirectory() as folder:
        sites.built(sites.put(Path(folder), files))


def main() -> None:
    """Run until told to stop or something is found."""
    name, *options = sys.argv[1:] or ["read"]
    timeouts.TIME_LIMIT = None  # in this process, where coverage is seen
    atheris.Setup([sys.argv[0], _LIMIT, *options], {"read": read, "site": site}[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
