"""What one audience may not see has no part in a Word document for another either."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from plansite.exports.word.plan_document import format_word_register
from plansite.lookup import UnknownNameError
from plansite.model.status import Audience
from plansite.pipeline.export_site import load_export_build, load_selection
from tests.audiences.generated import PLANS, world_of
from tests.audiences.test_generated import _FEW, CLOCK, NARROWER, SEEDS, _forms, _tokens, _words

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200)]


def _documents(root: Path, audience: Audience) -> Iterator[tuple[str, bytes]]:
    """The document of everything, and that of each plan that such readers may see."""
    build = load_export_build(root, CLOCK, audience, is_lenient=True)
    for plan in (None, *PLANS):
        try:
            yield plan or "everything", format_word_register(load_selection(build, plan, None))
        except UnknownNameError:
            continue


def _parts(document: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())


@_FEW
@given(SEEDS, NARROWER)
def test_a_document_is_that_of_the_site_without_what_is_hidden(seed: int, audience: Audience) -> None:
    """Each document is byte for byte that of the same site with everything hidden deleted by hand."""
    world = world_of(seed)
    with tempfile.TemporaryDirectory() as folder:
        whole = dict(_documents(world.written(Path(folder) / "whole"), audience))
        deleted = dict(_documents(world.deleted(Path(folder) / "deleted", audience), audience))
    assert sorted(whole) == sorted(deleted)
    for name, document in deleted.items():
        assert dict(_parts(whole[name])) == dict(_parts(document)), name


@_FEW
@given(SEEDS, NARROWER)
def test_no_hidden_word_is_in_a_document(seed: int, audience: Audience) -> None:
    """No word of a hidden value is in a byte of a document."""
    world = world_of(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = world.written(Path(folder) / "whole")
        (texts, names), (left, called) = _words(root), _words(world.deleted(Path(folder) / "deleted", audience))
        hidden = (texts - left - called) | (names - called - world.nameable)
        for name, document in _documents(root, audience):
            for part, content in _parts(document):
                for form in _forms(content):
                    assert not hidden & _tokens(form), (name, part)
