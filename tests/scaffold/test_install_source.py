"""Where a new site installs plansite from: what was typed, and where the plansite that runs came from."""

from __future__ import annotations

import json
import zipfile
from importlib.metadata import PathDistribution
from io import BytesIO
from pathlib import Path

import pytest

import plansite
from plansite.scaffold import install_source
from plansite.scaffold.field_values import FieldValueError
from plansite.scaffold.install_source import InstallSource, find_install_source, parse_install_source
from plansite.scaffold.own_wheel import pack_wheel

WHEEL = "./packages/plansite-0.1.0-py3-none-any.whl"


@pytest.mark.parametrize(
    ("typed", "requirement"),
    [
        ("0.1.0", "plansite==0.1.0"),
        (" plansite==0.2 ", "plansite==0.2"),
        ("==1.0rc1", "plansite==1.0rc1"),
        ("git+https://example.org/plansite.git@v0.1.0", "plansite @ git+https://example.org/plansite.git@v0.1.0"),
        ("git+ssh://git@example.org/plansite.git", "plansite @ git+ssh://git@example.org/plansite.git"),
        ("https://example.org/plansite-0.1.0.zip", "plansite @ https://example.org/plansite-0.1.0.zip"),
    ],
)
def test_a_version_or_an_address(typed: str, requirement: str) -> None:
    """It becomes the requirement, and nothing is copied."""
    source = parse_install_source(typed)
    assert (source.requirement, source.files, source.left_to_do) == (requirement, {}, "")


def test_a_wheel_is_copied(tmp_path: Path) -> None:
    """The site brings it along."""
    wheel = tmp_path / "plansite-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"PK")
    source = parse_install_source(str(wheel))
    assert (source.requirement, source.files) == (WHEEL, {WHEEL.removeprefix("./"): b"PK"})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "write a version"),
        ("newest", "write a version"),
        ("../other-1.0-py3-none-any.whl", "write a version"),
        ("ftp://example.org/plansite.whl", "write a version"),
        ("https://", "write a version"),
        ("https://me:secret@example.org/a.whl", "has a password in it"),
        ("git+https://token@example.org/a.git", "has a password in it"),
        (".", "make a package with “pip wheel"),
    ],
)
def test_what_pip_would_not_find_is_refused(typed: str, words: str) -> None:
    """The message says what to write, and never repeats a password."""
    with pytest.raises(FieldValueError, match=words) as error:
        parse_install_source(typed)
    assert "secret" not in str(error.value)


def _install(folder: Path, origin: object) -> PathDistribution:
    """An installation of a small package called plansite, as pip leaves it."""
    files = {
        "plansite/__init__.py": "A = 1\n",
        "plansite/__pycache__/__init__.cpython-311.pyc": "x",
        "plansite/themes/a.css": "b {}\n",
        "plansite-0.1.0.dist-info/METADATA": "Metadata-Version: 2.4\nName: plansite\nVersion: 0.1.0\n",
        "plansite-0.1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "plansite-0.1.0.dist-info/INSTALLER": "pip\n",
        "../../bin/plansite": "#!/bin/sh\n",
    }
    if origin is not None:
        files["plansite-0.1.0.dist-info/direct_url.json"] = json.dumps(origin)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    (folder / "plansite-0.1.0.dist-info/RECORD").write_text("".join(f"{path},,\n" for path in files), "utf-8")
    return PathDistribution(folder / "plansite-0.1.0.dist-info")


def _find(folder: Path, origin: object, monkeypatch: pytest.MonkeyPatch) -> InstallSource:
    installed = _install(folder / "lib/python", origin)
    monkeypatch.setattr(install_source, "distribution", lambda _: installed)
    monkeypatch.setattr(plansite, "__file__", str(folder / "lib/python/plansite/__init__.py"))
    return find_install_source()


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (None, "plansite==0.1.0"),
        (
            {"url": "https://example.org/p.git", "vcs_info": {"vcs": "git", "commit_id": "4f2a"}},
            "plansite @ git+https://example.org/p.git@4f2a",
        ),
        ({"url": "https://example.org/p.whl", "archive_info": {}}, "plansite @ https://example.org/p.whl"),
        ({"url": "file:///home/ann/plansite", "dir_info": {}}, WHEEL),
        ({"url": "file:///home/ann/plansite-0.1.0-py3-none-any.whl", "archive_info": {}}, WHEEL),
        ({"url": "file:///home/ann/p", "vcs_info": {"vcs": "git", "commit_id": "4f2a"}}, WHEEL),
    ],
)
def test_a_site_installs_what_its_author_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: object, requirement: str
) -> None:
    """From the index, the repository or the address it came from; what came from the computer itself is copied."""
    source = _find(tmp_path, origin, monkeypatch)
    assert source.requirement == requirement
    assert [f"./{path}" for path in source.files] == [requirement] * (requirement == WHEEL)
    assert source.left_to_do == ""


def test_a_source_folder_says_what_is_left_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the files that run are not those that are installed, the package is made by hand."""
    _find(tmp_path, None, monkeypatch)
    monkeypatch.setattr(plansite, "__file__", str(tmp_path / "source/plansite/__init__.py"))
    source = find_install_source()
    assert (source.requirement, source.files) == (WHEEL, {})
    assert f'pip wheel --no-deps --wheel-dir packages "{tmp_path / "source"}"' in source.left_to_do


def test_a_packed_wheel_holds_the_package_and_nothing_else(tmp_path: Path) -> None:
    """No caches, programs or notes of the installer; its record names every file with size and hash."""
    installed = _install(tmp_path / "a/lib", {"url": "file:///x", "dir_info": {}})
    name, data = pack_wheel(installed)
    assert name == "plansite-0.1.0-py3-none-any.whl"
    assert pack_wheel(_install(tmp_path / "b/lib", None)) == (name, data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        record = archive.read("plansite-0.1.0.dist-info/RECORD").decode()
    info = "plansite-0.1.0.dist-info"
    packed = ["plansite/__init__.py", "plansite/themes/a.css", f"{info}/METADATA", f"{info}/WHEEL"]
    assert names == [*packed, f"{info}/RECORD"]
    rows = dict(line.split(",", 1) for line in record.splitlines())
    assert rows["plansite/__init__.py"] == "sha256=Bu289DNhZaJx5lJAJaZDnDyqMkb9B5bxFncieXB6UyU,6"
    assert list(rows) == names
