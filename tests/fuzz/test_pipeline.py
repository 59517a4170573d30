"""Whatever stands in the files, a site comes of it: nothing is raised but what is meant to be, and nothing acts."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plansite.parallel import timeouts
from tests.fuzz import sites
from tests.harmless import assert_harmless
from tests.sites import html_of

pytestmark = pytest.mark.slow

#: So many sites are made. Set PLANSITE_FUZZ=7000 for a thorough run.
SITES = int(os.environ.get("PLANSITE_FUZZ", "60"))
PROJECT = Path(__file__).parents[2]
_SEEDS = sites.seeds_of(PROJECT)


@st.composite
def _sites(draw: Callable[[st.SearchStrategy[int]], int]) -> dict[str, bytes]:
    return sites.site(lambda count: draw(st.integers(0, count - 1)) if count > 1 else 0, _SEEDS)


@pytest.fixture(autouse=True, scope="module")
def in_this_process() -> Iterator[None]:
    """So that a fault is raised where it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timeouts, "TIME_LIMIT", None)
        yield


#: A site is too large to be made smaller piece by piece: that would take hours.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=SITES, phases=_PHASES)
@given(_sites())
def test_every_site_is_built(files: dict[str, bytes]) -> None:
    """From arbitrary files to bytes; each file that lies in a plan has its page or its finding."""
    with tempfile.TemporaryDirectory() as folder:
        built = sites.built(sites.put(Path(folder), files))
    if built is not None:
        for path, content in built.files.items():
            assert not isinstance(content, bytes) or content.decode() is not None, path
            if path.endswith(".json") and isinstance(content, bytes):
                json.loads(content)


@settings(max_examples=8, phases=_PHASES)
@given(_sites())
def test_every_page_is_harmless(files: dict[str, bytes]) -> None:
    """An independent parser finds no error in any page, and a sanitiser nothing to remove."""
    with tempfile.TemporaryDirectory() as folder:
        built = sites.built(sites.put(Path(folder), files))
    for path, html in html_of(built).items() if built else ():
        assert_harmless(path, html)


@settings(max_examples=30, phases=_PHASES)
@given(st.dictionaries(st.sampled_from(["plansite.yaml", "content/index.md", "content/plans/p/plan.md"]), st.binary()))
def test_bytes_of_any_kind(files: dict[str, bytes]) -> None:
    """Files that are no text at all."""
    with tempfile.TemporaryDirectory() as folder:
        sites.built(sites.put(Path(folder), {"plansite.yaml": b"", **files}))
