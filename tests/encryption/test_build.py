"""A whole build, encrypted: nothing of the site can be read in it, and it stands or falls as one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest

from plansite.cli.main import main
from plansite.encryption.cipher import decrypt_file
from plansite.encryption.keys import derive_keys
from plansite.encryption.output import PATH_LIST
from plansite.encryption.wrapped_key import WRAPPED_KEY_PATH, WrappedKey, unwrap_key
from plansite.file_access import FileInFolder
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.encrypted_build import EncryptedBuild, publish_encrypted_site
from plansite.pipeline.published_build import BuildRequest
from plansite.pipeline.refusals import StrictBuildError
from plansite.publish.stage import FileDigest, StagingFolder
from tests.encryption.sample import PHRASE, PICTURE, sample
from tests.history.repo import Repo
from tests.sites import FixedClock, write

#: The static files that only encrypted sites have.
_ADDED = {f"static/{name}" for name in ("encrypted-files.js", "encrypted-pages.js", "lock.css", "lock.js")}
CLOCK = FixedClock(date(2025, 1, 20))
#: What anybody may read.
OPEN = {
    "404.html",
    "_headers",
    "index.html",
    "sealed/lock.json",
    "static/icon.svg",
    "static/site.css",
    "static/tokens.css",
    "static/unlock.css",
    "static/unlock.js",
    "unlock-worker.js",
}
WORDS = (
    "zebra",
    "sample plans",
    "fewer falls",
    "mend the lights",
    "lights",
    "stairs",
    "porter",
    "plans/",
    "secret,audit",
)


def _build(root: Path, out: Path, **more: object) -> EncryptedBuild:
    return publish_encrypted_site(BuildRequest(root=root, out=out, **more), CLOCK, PHRASE, on_start=lambda: None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample."""
    return sample(tmp_path_factory.mktemp("sealing") / "site")


@pytest.fixture(scope="module")
def built(root: Path) -> EncryptedBuild:
    """Its encrypted build, beside it in `public`."""
    return _build(root, root.parent / "public")


@pytest.fixture
def out(built: EncryptedBuild, root: Path) -> Path:
    """Where that is."""
    assert built.pages
    return root.parent / "public"


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _inside(built: EncryptedBuild, out: Path) -> Iterator[tuple[str, bytes]]:
    """Every path that can be opened, with what is there."""
    for path in json.loads(
        decrypt_file(built.keys, PATH_LIST, (out / built.keys.encrypted_path(PATH_LIST)).read_bytes())
    ):
        yield path, decrypt_file(built.keys, path, (out / built.keys.encrypted_path(path)).read_bytes())


def test_no_word_of_the_site_is_in_the_output(out: Path) -> None:
    """Not in a file, not in a name, in capitals or not; pictures and attachments are encrypted like pages."""
    for path, data in _files(out).items():
        assert PICTURE not in data
        for word in WORDS:
            assert word.encode() not in data.lower().replace(b"these plans", b""), (word, path)
            assert word not in path


def test_names_and_manifest_tell_nothing(out: Path, built: EncryptedBuild) -> None:
    """Beside the known open files there are digests alone, and the manifest lists those very names."""
    files = _files(out)
    manifest = json.loads(files.pop(".plansite.json"))["files"]
    assert manifest.keys() == files.keys()
    hidden = files.keys() - OPEN
    assert files.keys() >= OPEN
    assert all(re.fullmatch(r"sealed/[0-9a-f]{32}\.bin", path) for path in hidden)
    assert len(hidden) == len([*_inside(built, out)]) + 1
    assert len({path.stat().st_mtime_ns for path in (out / "sealed").glob("*.bin")}) == 1


def test_the_passphrase_gives_back_the_site(out: Path, root: Path) -> None:
    """All pages and copies of the open build are there, but for search, data and feeds, and the lock is on each."""
    facts = json.loads((out / WRAPPED_KEY_PATH).read_bytes())
    facts.pop("form")
    lock = WrappedKey(**facts)
    keys = derive_keys(unwrap_key(lock, PHRASE), lock.build)
    listed = set(json.loads(decrypt_file(keys, PATH_LIST, (out / keys.encrypted_path(PATH_LIST)).read_bytes())))
    plain = build_in_memory(root, clock=CLOCK).files.keys()
    left = {path for path in plain if path.startswith("data/")} | {
        "_headers", "data.html", "robots.txt", "search-index.js", "search.html"
    }  # fmt: skip
    assert listed == plain - left | _ADDED
    for path in listed:
        data = decrypt_file(keys, path, (out / keys.encrypted_path(path)).read_bytes())
        assert not path.endswith(".html") or b'id="lock"' in data


def test_no_page_links_to_what_was_left_out(tmp_path: Path) -> None:
    """Every relative link of a site with a past and feeds leads to a path that can be opened."""
    repo = Repo.new(tmp_path / "repo")
    files = {path.relative_to(tmp_path / "s").as_posix(): path for path in sample(tmp_path / "s").rglob("*.*")}
    texts = {path: file.read_text() for path, file in files.items() if file.suffix in (".md", ".yaml", ".csv")}
    repo.commit("Begin", {**texts, "plansite.yaml": "title: T\nbase_url: https://plans.example.org/\n"})
    repo.commit(
        "Move", {"content/plans/falls/actions/rails.md": "---\ntitle: Fit rails\nref: 2\ndue: 2025-03-01\n---\n"}
    )
    built = _build(repo.root, tmp_path / "public")
    pages = dict(_inside(built, tmp_path / "public"))
    assert built.result.renderer.histories.index.fingerprints
    for path, data in pages.items():
        for target in re.findall(r'(?:href|src)="([^"#?:]+)["#?]', data.decode() if path.endswith(".html") else ""):
            below = (
                target.removeprefix("/") if target.startswith("/") else normpath(join(dirname(path), unquote(target)))
            )
            assert below in pages or below.endswith("stairs.png"), (path, target)


def test_no_plain_byte_is_ever_staged(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written on the way to the new site is encrypted, or one of the open files."""
    staged: dict[str, bytes] = {}
    put = StagingFolder.put

    def watched(self: StagingFolder, path: str, source: bytes | FileInFolder) -> FileDigest:
        staged[path] = source if isinstance(source, bytes) else source.read()
        return put(self, path, source)

    monkeypatch.setattr(StagingFolder, "put", watched)
    _build(root, tmp_path / "public")
    assert staged.keys() >= OPEN
    for path, data in staged.items():
        assert path in OPEN or path.startswith("sealed/")
        assert b"zebra" not in data.lower()


def test_two_builds_share_nothing(out: Path, root: Path, tmp_path: Path) -> None:
    """The same site under the same passphrase: other names, other bytes; the number of files is the same."""
    _build(root, tmp_path / "public")
    first, second = (_files(folder) for folder in (out, tmp_path / "public"))
    same = {path for path in first.keys() & second.keys() if first[path] == second[path]}
    assert same == OPEN - {WRAPPED_KEY_PATH}
    assert len(first) == len(second)


def test_an_audience_gets_its_own(root: Path, tmp_path: Path) -> None:
    """What partners may not see is not in their encrypted build either."""
    write(tmp_path / "site", {path: data for path, data in _files(root).items() if ".plansite/" not in path})
    write(tmp_path / "site", {"content/plans/falls/plan.md": "---\ntitle: Fewer falls\naudience: internal\n---\n"})
    paths = [set[str](), set[str]()]
    for found, audience in zip(paths, (Audience.INTERNAL, Audience.PARTNERS), strict=True):
        built = _build(tmp_path / "site", tmp_path / "public", audience=audience)
        found |= {path for path, _ in _inside(built, tmp_path / "public")}
    assert "plans/falls/index.html" in paths[0]
    assert not any(path.startswith("plans/falls/") for path in paths[1])


def test_open_and_encrypted_take_each_others_place(root: Path, tmp_path: Path) -> None:
    """Nothing of the one is left in the other, and an open build afterwards is that of a fresh folder."""
    (tmp_path / "at").mkdir()
    copy, public = write(tmp_path / "at/site", _files(root)), tmp_path / "at/public"
    command = ["build", "--site", str(copy), "--out", str(public), "--today", "2025-01-20", "--quiet"]
    assert main(command) == 0
    plain = _files(public)
    _build(copy, public)
    assert _files(public).keys() - OPEN - {".plansite.json"} == {p for p in _files(public) if p.endswith(".bin")}
    assert main(command) == 0
    assert _files(public) == plain


def test_a_strict_build_with_errors_leaves_the_old_site(root: Path, tmp_path: Path) -> None:
    """Nothing is published, and nothing lies about."""
    copy = write(tmp_path / "site", {**_files(root), "content/plans/falls/actions/torn.md": "---\ntitle: [\n"})
    _build(copy, tmp_path / "public")
    before = _files(tmp_path / "public")
    with pytest.raises(StrictBuildError):
        _build(copy, tmp_path / "public", strict=True)
    assert _files(tmp_path / "public") == before
    assert {path.name for path in tmp_path.iterdir()} == {"site", "public"}


def test_nothing_is_kept_beside_the_site(root: Path, tmp_path: Path) -> None:
    """No store, no note: what an encrypted build found out is in memory alone."""
    copy = write(tmp_path / "site", {p: d for p, d in _files(root).items() if ".plansite/" not in p})
    before = _files(copy)
    _build(copy, tmp_path / "public")
    assert _files(copy) == before
