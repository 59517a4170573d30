"""What one audience may not see has no part in anything that another audience gets."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.published_build import BuildRequest, publish_site
from tests.audiences.generated import TOKEN, world_of
from tests.sites import FixedClock

#: A thorough run takes its time.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200)]
CLOCK = FixedClock(date(2025, 1, 20))
NARROWER = st.sampled_from([Audience.PARTNERS, Audience.PUBLIC])
#: So many sites are made for each test. Set PLANSITE_LEAKS=300 for a thorough run.
WORLDS = int(os.environ.get("PLANSITE_LEAKS", "8"))
SEEDS = st.integers(0, 1_000_000)
#: A smaller number is no simpler world.
_FEW = settings(max_examples=WORLDS, phases=[Phase.explicit, Phase.generate])


def _bytes(root: Path, audience: Audience) -> dict[str, bytes]:
    files = build_in_memory(root, clock=CLOCK, audience=audience, history=True).files
    return {path: content if isinstance(content, bytes) else content.read() for path, content in files.items()}


@_FEW
@example(0, Audience.PARTNERS)  # an action in another plan than the hidden one that it waits for
@example(82900, Audience.PARTNERS)  # a link to a hidden file
@given(SEEDS, NARROWER)
def test_what_is_hidden_might_as_well_not_be_there(seed: int, audience: Audience) -> None:
    """The build for an audience is byte for byte that of the same site with everything hidden deleted by hand.

    Every hidden value has a word of its own; none is in a name or a byte of the build, however it is wrapped.
    """
    world = world_of(seed)
    with tempfile.TemporaryDirectory() as folder:
        root, without = world.written(Path(folder) / "whole"), world.deleted(Path(folder) / "deleted", audience)
        (texts, names), (left, called) = _words(root), _words(without)
        hidden = (texts - left - called) | (names - called - world.nameable)
        whole, deleted = _bytes(root, audience), _bytes(without, audience)
        assert sorted(whole) == sorted(deleted)
        for path, content in whole.items():
            assert content == deleted[path], path
            for form in (path.encode(), *_forms(content)):
                assert not hidden & _tokens(form), path


@_FEW
@given(SEEDS, st.permutations(list(Audience)))
def test_what_was_kept_for_others_is_never_shown(seed: int, order: list[Audience]) -> None:
    """Builds for one audience after another, with what they keep for each other, equal builds that kept nothing."""
    world = world_of(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = world.written(Path(folder) / "site")
        built = {audience: _bytes(root, audience) for audience in order}
        for audience in (*order, *order):
            out = Path(folder) / f"out-{audience}"
            publish_site(BuildRequest(root=root, out=out, audience=audience), CLOCK, on_start=lambda: None)
            found = {each.relative_to(out).as_posix(): each.read_bytes() for each in out.rglob("*") if each.is_file()}
            found.pop(".plansite.json")
            assert found == built[audience]


def _tokens(data: bytes) -> set[str]:
    return set(TOKEN.findall(data.decode("utf-8", "replace").lower()))


def _words(root: Path) -> tuple[set[str], set[str]]:
    """The words in the files of a site, and those of their names: a link may hold a name whose file is not there."""
    files = [each for each in root.rglob("*") if each.is_file()]
    names = {token for each in files for token in TOKEN.findall(each.relative_to(root).as_posix())}
    return {token for each in files for token in _tokens(each.read_bytes())}, names


def _forms(data: bytes) -> Iterator[bytes]:
    """The bytes as they are, and with what could wrap a word taken off."""
    yield data
    yield unquote_to_bytes(data)
    text = data.decode("utf-8", "replace")
    yield html.unescape(text).encode()
    yield re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text).encode("utf-8", "replace")
    yield re.sub(r"[^0-9a-z]", "", text.lower()).encode()
    for run in re.findall(rb"[A-Za-z0-9+/_-]{16,}={0,2}", data):
        try:
            yield base64.b64decode(run.replace(b"-", b"+").replace(b"_", b"/") + b"==")
        except (binascii.Error, ValueError):
            continue
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from map(packed.read, packed.namelist())
    for start in re.finditer(rb"\x1f\x8b", data):
        try:
            yield gzip.decompress(data[start.start() :])
        except (OSError, EOFError, zlib.error):
            continue
