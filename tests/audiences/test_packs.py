"""What one audience may not see has no part in an evidence pack for another either."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from plansite.evidence_pack.pack_build import PackRequest, build_pack
from plansite.evidence_pack.plan_selection import NothingSelectedError
from plansite.evidence_pack.selection import PackKind, PackSubject
from plansite.lookup import UnknownNameError
from plansite.model.status import Audience
from tests.audiences.generated import PLANS, world_of
from tests.audiences.test_generated import _FEW, CLOCK, NARROWER, SEEDS, _forms, _tokens, _words
from tests.evidence_pack.packs import bytes_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200)]


def _packs(root: Path, audience: Audience) -> Iterator[tuple[str, dict[str, bytes]]]:
    """A pack of each plan and each incident that such readers may see, with the parts of its register unpacked."""
    incidents = sorted(f"{path.parts[-3]}/{path.stem}" for path in root.glob("content/plans/*/incidents/*.md"))
    asked = [(PackKind.PLAN, plan) for plan in PLANS] + [(PackKind.INCIDENT, name) for name in incidents]
    for kind, name in asked:
        request = PackRequest(root=root, subject=PackSubject(kind=kind, names=(name,)), audience=audience)
        try:
            files = bytes_of(build_pack(request, CLOCK))
        except (UnknownNameError, NothingSelectedError):
            continue
        with zipfile.ZipFile(io.BytesIO(files["register.xlsx"])) as register:
            files |= {f"register.xlsx/{part}": register.read(part) for part in register.namelist()}
        yield f"{kind} {name}", files


@_FEW
@given(SEEDS, NARROWER)
def test_a_pack_is_that_of_the_site_without_what_is_hidden(seed: int, audience: Audience) -> None:
    """Each pack for an audience is byte for byte that of the same site with everything hidden deleted by hand.

    Nor is a word of a hidden value in a name or a byte of it, however it is wrapped.
    """
    world = world_of(seed)
    with tempfile.TemporaryDirectory() as folder:
        root, without = world.written(Path(folder) / "whole"), world.deleted(Path(folder) / "deleted", audience)
        (texts, names), (left, called) = _words(root), _words(without)
        hidden = (texts - left - called) | (names - called - world.nameable)
        whole, deleted = dict(_packs(root, audience)), dict(_packs(without, audience))
        assert sorted(whole) == sorted(deleted)
        for name, files in deleted.items():
            assert sorted(files) == sorted(whole[name]), name
            for path, content in whole[name].items():
                assert content == files[path], (name, path)
                for form in (path.encode(), *_forms(content)):
                    assert not hidden & _tokens(form), (name, path)
