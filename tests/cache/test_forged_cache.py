"""A cache folder that somebody else made: whatever its files hold, no code of theirs is run."""

from __future__ import annotations

import hashlib
import marshal
import pickle
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import plansite
from plansite.cache.layout import CACHE_FOLDER, TEMPLATES_FOLDER, VALUES_FOLDER
from plansite.cache.site_cache import create_codec
from plansite.incremental import store
from plansite.model.findings import Finding
from plansite.parallel import timeouts
from plansite.pipeline.published_build import BuildRequest, publish_site
from tests.publish.versions import files_in
from tests.sites import FixedClock, write

FILES = {
    "plansite.yaml": "title: T\n",
    "content/plans/p/plan.md": "---\ntitle: P\n---\nText\n",
    "content/plans/p/actions/a.md": "---\ntitle: A\nstatus: in progress\n---\nText\n",
}


@dataclass(frozen=True, slots=True)
class Calling:
    """Pickled as a call."""

    function: Any
    arguments: tuple[Any, ...]

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """The call."""
        return self.function, self.arguments


def _touch(path: Path) -> list[object]:
    """Pickles whose loading would leave a file behind, or run code of ours."""
    code = f"open({str(path)!r}, 'w')"
    return [
        Calling(exec, (code,)),
        Calling(eval, (code,)),
        Calling(import_module, ("this",)),
        Calling(Path.touch, (path,)),
        Calling(open, (str(path), "w")),
        Calling(getattr, (path, "touch")),
        Calling(publish_site, ()),
        Calling(BuildRequest, ()),
        Calling(store.FileStore, (path, None, "")),
        Calling(marshal.loads, (b"",)),
        {Calling(exec, (code,)): 1},
    ]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site with its cache."""
    _build(write(tmp_path / "site", FILES))
    return tmp_path / "site"


def _build(root: Path) -> dict[str, bytes]:
    publish_site(BuildRequest(root=root, out=root / "public"), FixedClock(date(2025, 1, 20)), on_start=lambda: None)
    return {name: data for name, data in files_in(root / "public").items() if name != ".plansite.json"}


@pytest.fixture
def watched() -> Iterator[Callable[[], list[tuple[str, Any]]]]:
    """Starts to watch; the events that the audit hooks of Python are told are appended to the list it returns."""
    events: list[tuple[str, Any]] = []
    watching = [False]

    def hook(event: str, arguments: Any) -> None:
        if watching[0]:
            events.append((event, arguments))

    def start() -> list[tuple[str, Any]]:
        watching[0] = True
        return events

    sys.addaudithook(hook)
    yield start
    watching[0] = False


def test_forged_values_run_nothing(
    site: Path, watched: Callable[[], list[tuple[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each stored value is replaced by a pickle that calls something, under a checksum that holds."""
    # Files are read in this process: what another one of this build has read comes as a pickle too, which is not stored.
    monkeypatch.setattr(timeouts, "TIME_LIMIT", None)
    expected, marker = files_in(site / "public"), site.parent / "marker"
    values = sorted((site / CACHE_FOLDER / VALUES_FOLDER).iterdir())
    assert len(values) > 3
    for forged in _touch(marker):
        body = pickle.dumps(forged)
        for file in values:
            file.write_bytes(store._checksum(file, hashlib.sha256(body)) + body)
        write(site, {"content/plans/p/plan.md": f"---\ntitle: P\n---\nText {len(body)}\n"})
        events = watched()
        built = _build(site)
        found = [arguments for event, arguments in events if event == "pickle.find_class"]
        assert [name for name, _ in found if not name.startswith("plansite.")] == []
        events.clear()
        assert not marker.exists()
        assert built.keys() == expected.keys() - {".plansite.json"}


def test_compiled_templates_in_a_site_are_not_even_opened(
    site: Path, watched: Callable[[], list[tuple[str, Any]]]
) -> None:
    """Whatever lies there, under whatever name."""
    marker = site.parent / "marker"
    code = marshal.dumps(compile(f"open({str(marker)!r}, 'w')", "x", "exec"))
    names = [hashlib.sha1(name.encode()).hexdigest() for name in ("base.html", "plan/board.html")]  # noqa: S324
    forged = {
        f"{CACHE_FOLDER}/{TEMPLATES_FOLDER}/{name}{ending}": hashlib.sha256(code).digest() + code
        for name in (*names, "__jinja2_base", "default_templates")
        for ending in (".template", ".cache", ".pyc", ".py")
    }
    write(site, {**forged, "content/plans/p/plan.md": "---\ntitle: P\n---\nChanged\n"})
    events = watched()
    _build(site)
    opened = [str(arguments[0]) for event, arguments in events if event == "open"]
    assert any(CACHE_FOLDER in path for path in opened)
    assert [path for path in opened if f"{CACHE_FOLDER}/{TEMPLATES_FOLDER}" in path] == []
    assert not marker.exists()


def test_every_stored_value_can_be_read_back(site: Path) -> None:
    """What is refused when it is read would be computed again each time."""
    for file in (site / CACHE_FOLDER / VALUES_FOLDER).iterdir():
        create_codec().decode(file.read_bytes()[store._CHECKSUM_SIZE :])


def test_a_stored_dataclass_is_not_called() -> None:
    """Its fields are set, and neither `__init__` nor `__post_init__` nor anything else of it is run."""
    with pytest.raises(TypeError, match="not callable"):
        create_codec().decode(pickle.dumps(Calling(Finding, ())))


def test_types_that_can_be_stored() -> None:
    """All types of the package that a cache can create are plain: no other class, and none that is only imported."""
    modules = [module.name for module in walk_packages(plansite.__path__, "plansite.") if "__main__" not in module.name]
    allowed = 0
    for module in map(import_module, modules):
        for name, value in vars(module).items():
            try:
                create_codec().decode(b"c" + f"{module.__name__}\n{name}\n.".encode())
            except Exception:  # noqa: S112
                continue
            allowed += 1
            own = getattr(value, "__module__", "") == module.__name__
            plain = is_dataclass(value) or (isinstance(value, type) and issubclass(value, Enum | tuple))
            assert (own and plain) or value is date or name in ("create_value", "shared_value"), (module, name)
    assert allowed > 50
