"""The lists of exact versions hold what `pyproject.toml` asks for, by digest, and say nothing of where it comes from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

_ALL = ("encrypt", "export", "release", "test")
_LISTS = {"build.txt": (), "ci.txt": _ALL, "runtime.txt": ("encrypt", "export"), "lowest.txt": _ALL}
_RENEW = "run requirements/renew"


@pytest.fixture(scope="module")
def facts(project: Path) -> dict[str, Any]:
    """What `pyproject.toml` says."""
    return tomllib.loads((project / "pyproject.toml").read_text())


def _pins(file: Path) -> dict[str, tuple[Requirement, int]]:
    """Each package of a list: what the list asks for, and how many digests it knows."""
    text = file.read_text().replace("\\\n", " ")
    rows = [row for row in text.splitlines() if row and not row.lstrip().startswith("#")]
    found: dict[str, tuple[Requirement, int]] = {}
    for row in rows:
        asked, *digests = re.split(r"\s+--hash=sha256:(?=[0-9a-f]{64})", row.strip())
        pin = Requirement(asked)
        found[canonicalize_name(pin.name)] = (pin, len(digests))
    return found


def _asked(facts: dict[str, Any], extras: tuple[str, ...]) -> Iterator[Requirement]:
    """What the package asks for with these extras."""
    project = facts["project"]
    yield from map(Requirement, project["dependencies"])
    for extra in extras:
        yield from map(Requirement, project["optional-dependencies"][extra])


def _version(pin: Requirement) -> Version:
    (exactly,) = pin.specifier
    assert exactly.operator == "=="
    return Version(exactly.version)


@pytest.mark.parametrize("name", _LISTS)
def test_a_list_holds_what_is_asked_for(name: str, project: Path, facts: dict[str, Any]) -> None:
    """Each dependency is there, in a version within its bounds."""
    pins = _pins(project / "requirements" / name)
    asked = list(_asked(facts, _LISTS[name])) if name != "build.txt" else []
    if name in ("build.txt", "ci.txt"):
        asked += map(Requirement, facts["build-system"]["requires"])
    missing = [f"{each.name} is missing" for each in asked if canonicalize_name(each.name) not in pins]
    outside = [
        f"{pin} does not meet {each}"
        for each in asked
        if (pin := pins.get(canonicalize_name(each.name), (None, 0))[0]) and _version(pin) not in each.specifier
    ]
    assert not missing + outside, "; ".join((*missing, *outside, _RENEW))


@pytest.mark.parametrize("name", _LISTS)
def test_a_list_is_whole(name: str, project: Path) -> None:
    """What a listed package asks for itself is listed too, as far as those installed here can tell."""
    pins = _pins(project / "requirements" / name)
    missing = [
        f"{each.name}, for {pin.name}"
        for pin, _ in pins.values()
        for each in _needs(pin)
        if canonicalize_name(each.name) not in pins
    ]
    assert not missing, "; ".join((*missing, _RENEW))


def _needs(pin: Requirement) -> Iterator[Requirement]:
    """What the same version asks for where it is installed here; nothing where it is not."""
    try:
        installed = distribution(pin.name)
    except PackageNotFoundError:
        return
    if Version(installed.version) == _version(pin):
        needs = map(Requirement, installed.requires or ())
        yield from (each for each in needs if each.marker is None or each.marker.evaluate({"extra": ""}))


@pytest.mark.parametrize("name", _LISTS)
def test_a_list_names_bytes_and_no_place(name: str, project: Path) -> None:
    """Each package is one exact version with digests; no address, no index, no option is in it."""
    file = project / "requirements" / name
    assert [pin.name for pin, digests in _pins(file).values() if not digests] == []
    assert [pin.name for pin, _ in _pins(file).values() if pin.url] == []
    assert re.findall(r"https?:|file:|\s-i\b|--(?!hash=)\S+", file.read_text()) == []


@pytest.mark.parametrize("name", ["build.txt", "runtime.txt"])
def test_what_is_published_was_tested(name: str, project: Path) -> None:
    """People build and install with the versions that the tests ran with."""
    tested, used = (_pins(project / "requirements" / each) for each in ("ci.txt", name))
    versions = {each: str(tested[each][0].specifier) for each in used}
    assert {each: str(pin.specifier) for each, (pin, _) in used.items()} == versions, _RENEW


def test_the_oldest_versions_are_the_bounds(project: Path, facts: dict[str, Any]) -> None:
    """A lower bound is a version that was tried, not one that cannot be had or that something else rules out."""
    pins = _pins(project / "requirements/lowest.txt")
    untried = []
    for each in _asked(facts, _LISTS["lowest.txt"]):
        (bound,) = (Version(part.version) for part in each.specifier if part.operator == ">=")
        tried = _version(pins[canonicalize_name(each.name)][0])
        if tried.release[: len(bound.release)] != bound.release:
            untried.append(f"{each}: {tried} is the oldest that was tried")
    assert not untried, "; ".join((*untried, "raise the bound"))


def test_what_builds_the_package_is_said_once(project: Path, facts: dict[str, Any]) -> None:
    """The file that the list is made from agrees with `pyproject.toml`."""
    rows = (project / "requirements/build.in").read_text().splitlines()
    assert [row for row in rows if not row.startswith("#")] == facts["build-system"]["requires"]
