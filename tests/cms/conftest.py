"""What the tests of the content editor share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cms.editor_texts import EditorTexts, start_editor_texts


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EditorTexts]:
    """The scripts of the page, in a process of their own."""
    texts = start_editor_texts(tmp_path_factory.mktemp("editor"))
    yield texts
    texts.process.terminate()
    texts.process.wait(20)
    for stream in (texts.process.stdin, texts.process.stdout):
        if stream:
            stream.close()
