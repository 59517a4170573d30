"""`plansite cms`: the configuration on standard output, and the page in a folder."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from plansite.cli.main import main
from tests.sites import write

SETTINGS = "title: Ours & theirs\nrepository: https://github.com/example/plans\n"
FILES = {
    "plansite.yaml": SETTINGS,
    "content/plans/house/plan.md": "---\ntitle: The house\n---\n",
    "content/plans/house/actions/door.md": "---\ntitle: Mend the door\n---\n",
}
NEEDED = {
    "@sveltia/cms": {"version": "0.221.1", "dist/sveltia-cms.js": "sveltia", "dist/chunks/react-dom.js": "chunk"},
    "js-yaml": {"version": "5.5.0", "dist/browser/js-yaml.umd.min.js": "yaml"},
    "@fontsource-variable/material-symbols-outlined": {
        "version": "5.3.8",
        "files/material-symbols-outlined-latin-wght-normal.woff2": "icons",
    },
}
Packages = Mapping[str, Mapping[str, str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one action, on GitHub."""
    return write(tmp_path / "site", FILES)


def _split(files: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a package, with its `package.json`."""
    own = {path: text.encode() for path, text in files.items() if path != "version"}
    return {**own, "package.json": json.dumps({"version": files["version"]}).encode(), "README.md": b"Read me."}


def _install(folder: Path, packages: Packages) -> Path:
    """A folder as `npm install` fills it."""
    for name, files in packages.items():
        for path, data in _split(files).items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_bytes(data)
    return folder


def _pack(folder: Path, packages: Packages) -> Path:
    """A folder with the archives of `npm pack`."""
    folder.mkdir(exist_ok=True)
    for name, files in packages.items():
        stem = name.removeprefix("@").replace("/", "-")
        with tarfile.open(folder / f"{stem}-{files['version']}.tgz", "w:gz") as tar:
            for path, data in _split(files).items():
                member = tarfile.TarInfo(f"package/{path}")
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
    return folder


def _run(site: Path, *words: str) -> int:
    return main(["cms", "--site", str(site), *words])


def test_the_configuration_is_printed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing else is on standard output, and nothing is written."""
    before = sorted(site.rglob("*"))
    assert _run(site) == 0
    said = capsys.readouterr()
    found = yaml.safe_load(said.out)
    assert found["backend"]["repo"] == "example/plans"
    assert [each.get("name") for each in found["collections"]][:1] == ["action-house"]
    assert said.err == ""
    assert sorted(site.rglob("*")) == before


def test_without_a_repository_it_says_what_to_add(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A usage error that names the file and the line to write."""
    write(site, {"plansite.yaml": "title: Ours\n"})
    assert _run(site) == 2
    assert "plansite.yaml: it has no `repository`; add the web address" in capsys.readouterr().err


@pytest.mark.parametrize("provide", [_install, _pack])
def test_the_page_is_written_with_the_packages(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], provide: Callable[[Path, Packages], Path]
) -> None:
    """Whether they were installed or packed: the page, its scripts, its configuration, and headers for a host."""
    packages, page = provide(tmp_path / "packages", NEEDED), tmp_path / "page"
    assert _run(site, "-o", str(page), "--packages", str(packages)) == 0
    assert str(page / "index.html") in capsys.readouterr().out
    text = (page / "index.html").read_text("utf-8")
    assert "<title>Edit: Ours &amp; theirs</title>" in text
    scripts = [part.split('"')[0] for part in text.split('<script src="')[1:]]
    assert scripts[-2:] == ["sveltia-cms.js", "formats.js"]
    assert {"config.yml", "icons.woff2", "chunks/react-dom.js", "_headers", *scripts} <= {
        path.relative_to(page).as_posix() for path in page.rglob("*")
    }
    assert (page / "sveltia-cms.js").read_text() == "sveltia"
    assert not (page / "README.md").exists()
    policy = (page / "_headers").read_text("utf-8")
    assert "script-src 'self';" in policy
    assert "connect-src 'self' data: blob: https://github.com https://api.github.com" in policy


def test_a_page_is_written_again_and_other_files_are_left(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with a page of ours may be written again, byte for byte the same; any other folder is refused."""
    packages, page = _install(tmp_path / "packages", NEEDED), tmp_path / "page"
    options = ("--packages", str(packages), "-o")
    assert _run(site, *options, str(page)) == 0
    before = {path: path.read_bytes() for path in page.rglob("*") if path.is_file()}
    assert _run(site, *options, str(page)) == 0
    assert {path: path.read_bytes() for path in page.rglob("*") if path.is_file()} == before
    capsys.readouterr()
    assert _run(site, *options, str(site)) == 2
    assert f"there are other files in {site}; name a new folder" in capsys.readouterr().err
    assert not (site / "index.html").exists()


def test_missing_packages_are_named(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says how to get those that are missing, in the version that was tried, and writes nothing."""
    packages = _install(tmp_path / "packages", {"js-yaml": NEEDED["js-yaml"]})
    assert _run(site, "-o", str(tmp_path / "page"), "--packages", str(packages)) == 2
    assert (
        "run npm pack @sveltia/cms@0.221.1 @fontsource-variable/material-symbols-outlined@5.3.8, and name the folder"
        in capsys.readouterr().err
    )
    assert not (tmp_path / "page").exists()


def test_another_version_is_said(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is used, because Sveltia changes often; where there are several, the one that was tried is taken."""
    newer = {"@sveltia/cms": {**NEEDED["@sveltia/cms"], "version": "0.300.0", "dist/sveltia-cms.js": "newer"}}
    packages = _pack(tmp_path / "packages", {**NEEDED, **newer})
    options = ("-o", str(tmp_path / "page"), "--packages", str(packages))
    assert _run(site, *options) == 0
    assert "plansite was tried with @sveltia/cms 0.221.1; this is 0.300.0." in capsys.readouterr().err
    _pack(packages, NEEDED)
    assert _run(site, *options) == 0
    assert "this is" not in capsys.readouterr().err
    assert (tmp_path / "page/sveltia-cms.js").read_text() == "sveltia"


def test_a_broken_archive_is_refused(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that is cut off, one without the files, and one whose file is a link to another."""
    packages = _pack(tmp_path / "packages", NEEDED)
    archive = packages / "sveltia-cms-0.221.1.tgz"
    whole = archive.read_bytes()
    options = ("-o", str(tmp_path / "page"), "--packages", str(packages))
    archive.write_bytes(whole[: len(whole) // 2])
    assert _run(site, *options) == 2
    assert f"{archive} cannot be read" in capsys.readouterr().err
    with tarfile.open(archive, "w:gz") as tar:
        member = tarfile.TarInfo("package/dist/sveltia-cms.js")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    assert _run(site, *options) == 2
    assert f"{archive} is not @sveltia/cms@0.221.1, or not whole" in capsys.readouterr().err
    assert not (tmp_path / "page").exists()


def test_forgejo_gets_decap(site: Path, tmp_path: Path) -> None:
    """Its page, with all parts of its script, and a policy under which it can check its configuration."""
    write(site, {"plansite.yaml": "title: Ours\nrepository: https://codeberg.org/example/plans\n"})
    decap = {"version": "3.16.3", "dist/decap-cms.js": "decap", "dist/103.decap-cms.js": "part", "dist/cms.js": "other"}
    packages = _install(tmp_path / "packages", {"decap-cms": decap, "js-yaml": NEEDED["js-yaml"]})
    page = tmp_path / "page"
    assert _run(site, "-o", str(page), "--packages", str(packages)) == 0
    assert 'src="decap-cms.js"' in (page / "index.html").read_text("utf-8")
    assert (page / "103.decap-cms.js").read_text() == "part"
    assert not (page / "cms.js").exists()
    assert "script-src 'self' 'unsafe-eval'; " in (page / "_headers").read_text("utf-8")
    assert "https://codeberg.org;" in (page / "_headers").read_text("utf-8")
