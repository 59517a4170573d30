"""The real preview that strangers speak to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.preview.strangers import Running, previewing


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One for the tests of a file: a process of its own over a real repository."""
    with previewing(tmp_path_factory.mktemp("top")) as running:
        yield running


@pytest.fixture
def next_is_answered(preview: Running) -> Iterator[None]:
    """After the test the process lives, and answers."""
    yield
    preview.is_well()
