"""What hides in published files does not reach readers for whom it is not meant, on any way by which a copy is made."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.content.files import FileChangedError
from plansite.file_access import FileInFolder
from plansite.model.settings import Settings
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.preview_pages.preview_site import PreviewSite
from plansite.pipeline.published_build import BuildRequest, publish_site
from plansite.verify.rebuild import RebuildOptions, rebuild_working_tree
from tests.published_files.documents import PDF, build_pdf, build_text_document, build_workbook
from tests.published_files.pictures import CANARY, laden, picture, pixels, save
from tests.sites import FixedClock, write

CLOCK = FixedClock(date(2025, 1, 20))
_TEXT = CANARY.decode()
_PEOPLE = "http://schemas.openxmlformats.org/officeDocument/2006"
#: Files with the canary in what they do not show.
_LADEN: dict[str, str | bytes] = {
    "room.jpg": laden("JPEG", 6),
    "room.png": laden("PNG"),
    "room.webp": laden("WEBP"),
    "room.gif": laden("GIF"),
    "audit.xlsx": build_workbook(f'<sheet name="{_TEXT}" state="veryHidden"/>'),
    "notes.docx": build_text_document(
        **{"word/comments.xml": f'<w:comments xmlns:w="w"><w:comment>{_TEXT}</w:comment></w:comments>'}
    ),
    "names.docx": build_text_document(**{"docProps/core.xml": f'<c xmlns:d="d"><d:creator>{_TEXT}</d:creator></c>'}),
    "letter.pdf": build_pdf(info=f"/Author({_TEXT})"),
    "protected.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + CANARY,
}
#: Files that every reader gets.
_CLEAN: dict[str, str | bytes] = {
    "plain.pdf": PDF,
    "plain.xlsx": build_workbook(),
    "plain.png": save(picture(), "PNG"),
    "plain.csv": "date,value\n",
}
_PICTURES = ("room.jpg", "room.png", "room.webp", "room.gif")


def _site(**changes: str | bytes) -> dict[str, str | bytes]:
    files = {**_LADEN, **_CLEAN}
    evidence = "".join(f"  - {{label: {name}, url: evidence/{name}}}\n" for name in files)
    folder = "content/plans/p"
    return {
        "plansite.yaml": "title: T\n",
        f"{folder}/plan.md": "---\ntitle: P\naudience: public\n---\n",
        f"{folder}/actions/a.md": f"---\ntitle: A\nevidence:\n{evidence}---\n![Room](../evidence/room.jpg)\n",
        **{f"{folder}/evidence/{name}": data for name, data in files.items()},
        **changes,
    }


def _read(files: Mapping[str, bytes | FileInFolder]) -> dict[str, bytes]:
    return {path: data if isinstance(data, bytes) else data.read() for path, data in files.items()}


def _unpack(data: bytes) -> Iterator[bytes]:
    """The bytes themselves, and those of the parts of an archive."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)


def _find_canary(files: Mapping[str, bytes]) -> list[str]:
    return [path for path, data in files.items() if any(CANARY in each for each in _unpack(data))]


def _published(root: Path, audience: Audience) -> dict[str, bytes]:
    publish_site(BuildRequest(root=root, out=root / "out", audience=audience), CLOCK, on_start=lambda: None)
    return {
        str(path.relative_to(root / "out")): path.read_bytes() for path in (root / "out").rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("audience", [Audience.PARTNERS, Audience.PUBLIC])
def test_no_byte_of_what_hides_reaches_narrower_copies(tmp_path: Path, audience: Audience) -> None:
    """Not in a build from nothing, not after an internal build with the same cache, and not in the preview."""
    root = write(tmp_path, _site())
    built = _read(build_in_memory(root, clock=CLOCK, audience=audience).files)
    assert _find_canary(built) == []
    _published(root, Audience.INTERNAL)
    assert _find_canary(_published(root, audience)) == []
    write(root, {"plansite.yaml": f"title: T\naudience: {audience}\n"})
    assert _find_canary(_read(PreviewSite(root, CLOCK).build().files)) == []


def test_what_is_harmless_is_still_there(tmp_path: Path) -> None:
    """Pictures show as they did, other files are byte for byte the same, and a file that is kept back is words."""
    files = _read(build_in_memory(write(tmp_path, _site()), clock=CLOCK, audience=Audience.PUBLIC).files)
    folder = "files/plans/p/evidence"
    for name in _PICTURES:
        assert pixels(files[f"{folder}/{name}"]) == pixels(bytes(_LADEN[name]))  # type: ignore[arg-type]
    for name, data in _CLEAN.items():
        assert files[f"{folder}/{name}"] == (data if isinstance(data, bytes) else data.encode())
    published = {path.rpartition("/")[2] for path in files if path.startswith("files/")}
    assert published == {*_PICTURES, *_CLEAN}
    page = files["plans/p/actions/a.html"].decode()
    assert '<span class="dead">audit.xlsx</span>' in page
    assert 'evidence/plain.xlsx"' in page


def test_internal_readers_get_the_files_without_places(tmp_path: Path) -> None:
    """Whatever is in them, but for where a picture was taken. The source stays as it is."""
    root = write(tmp_path, _site())
    files = _read(build_in_memory(root, clock=CLOCK, audience=Audience.INTERNAL).files)
    found = {path.rpartition("/")[2] for path in _find_canary(files) if path.startswith("files/")}
    assert found == _LADEN.keys() - set(_PICTURES)
    assert (root / "content/plans/p/evidence/room.jpg").read_bytes() == _LADEN["room.jpg"]
    camera = save(picture(), "JPEG", comment=b"no place")
    write(root, {"content/plans/p/evidence/room.jpg": camera})
    files = _read(build_in_memory(root, clock=CLOCK, audience=Audience.INTERNAL).files)
    assert files["files/plans/p/evidence/room.jpg"] == camera


_ALLOW = "allow: [{{rule: {}, reason: Meant to be so{}}}]\n"


@pytest.mark.parametrize(
    ("where", "rule", "is_published"),
    [
        ("content/plans/p/actions/a.md", "hidden-content-in-file", True),
        ("content/plans/p/plan.md", "PS454", True),
        ("plansite.yaml", "hidden-content-in-file", True),
        ("content/plans/p/actions/a.md", "names-in-file", False),
        ("content/plans/p/actions/b.md", "hidden-content-in-file", False),
    ],
)
def test_a_rule_may_be_set_aside(tmp_path: Path, where: str, rule: str, is_published: bool) -> None:
    """In the file with the link, in its plan, or for the site; in another file it makes no difference."""
    files = {
        "plansite.yaml": "title: T\n",
        "content/plans/p/plan.md": "---\ntitle: P\naudience: public\n---\n",
        "content/plans/p/actions/a.md": "---\ntitle: A\nevidence: [{label: E, url: evidence/audit.xlsx}]\n---\n",
        "content/plans/p/actions/b.md": "---\ntitle: B\n---\n",
        "content/plans/p/evidence/audit.xlsx": _LADEN["audit.xlsx"],
    }
    text = str(files[where])
    allow = _ALLOW.format(rule, "")
    files[where] = text + allow if where == "plansite.yaml" else text.replace("title:", f"{allow}title:", 1)
    built = build_in_memory(write(tmp_path, files), clock=CLOCK, audience=Audience.PUBLIC)
    assert ("files/plans/p/evidence/audit.xlsx" in built.files) is is_published
    allowed = "allowed" if is_published else "found"
    rules = {finding.rule.name for finding in built.findings}
    assert ("hidden-content-in-file" in rules) is (allowed == "found")


def test_a_waiver_that_has_ended_counts_no_more(tmp_path: Path) -> None:
    """Nor does one without a reason."""
    files = _site()
    for allow in (
        _ALLOW.format("hidden-content-in-file", ", until: 2025-01-19"),
        "allow: [{rule: PS454, reason: ''}]\n",
    ):
        plan = str(_site()["content/plans/p/plan.md"]).replace("title:", f"{allow}title:", 1)
        root = write(tmp_path, {**files, "content/plans/p/plan.md": plan})
        built = build_in_memory(root, clock=CLOCK, audience=Audience.PUBLIC)
        assert "files/plans/p/evidence/audit.xlsx" not in built.files


def test_every_document_that_shows_a_file_has_to_allow_it(tmp_path: Path) -> None:
    """But a document that the readers do not see makes no difference: the copy is as if it did not exist."""
    allow = _ALLOW.format("hidden-content-in-file", "")
    link = "evidence: [{label: E, url: evidence/audit.xlsx}]\n"
    files = {
        "content/plans/p/plan.md": "---\ntitle: P\naudience: public\n---\n",
        "content/plans/p/actions/a.md": f"---\ntitle: A\n{link}{allow}---\n",
        "content/plans/p/actions/b.md": f"---\ntitle: B\n{link}---\n",
        "content/plans/p/evidence/audit.xlsx": _LADEN["audit.xlsx"],
    }
    root = write(tmp_path, files)
    path = "files/plans/p/evidence/audit.xlsx"
    assert path not in build_in_memory(root, clock=CLOCK, audience=Audience.PUBLIC).files
    write(root, {"content/plans/p/actions/b.md": f"---\ntitle: B\naudience: internal\n{link}---\n"})
    hidden = _read(build_in_memory(root, clock=CLOCK, audience=Audience.PUBLIC).files)
    assert path in hidden
    (root / "content/plans/p/actions/b.md").unlink()
    assert _read(build_in_memory(root, clock=CLOCK, audience=Audience.PUBLIC).files) == hidden


@pytest.mark.parametrize("audience", list(Audience))
def test_a_copy_is_verified_with_the_same_bytes(tmp_path: Path, audience: Audience) -> None:
    """What `plansite verify` builds for comparison has the stripped pictures, and lacks what is kept back."""
    root = write(tmp_path, _site())
    published = _published(root, audience)
    rebuilt = rebuild_working_tree(
        root, RebuildOptions(audience=audience, day=date(2025, 1, 20), is_pinned=CLOCK.pinned(Settings()))
    )
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in published.items() if path != ".plansite.json"}
    assert rebuilt.hashes == hashes


def test_a_file_that_changes_while_it_is_published_is_not(tmp_path: Path) -> None:
    """What was looked into is what is published to narrower readers, or nothing is."""
    root = write(tmp_path, _site())
    context = PreviewSite(write(root, {"plansite.yaml": "title: T\naudience: public\n"}), CLOCK).build()
    write(root, {"content/plans/p/evidence/plain.pdf": _LADEN["letter.pdf"]})
    with pytest.raises(FileChangedError):
        _ = context.files["files/plans/p/evidence/plain.pdf"]
    (root / "content/plans/p/evidence/plain.png").unlink()
    assert isinstance(context.files["files/plans/p/evidence/plain.png"], FileInFolder)


def test_a_changed_file_is_looked_into_again(tmp_path: Path) -> None:
    """A build that reuses the last one has the bytes of a build from nothing, whichever way a file changes."""
    root = write(tmp_path, _site())
    folder = "content/plans/p/evidence"
    for changes in (
        {},
        {f"{folder}/audit.xlsx": _CLEAN["plain.xlsx"]},
        {f"{folder}/audit.xlsx": _LADEN["audit.xlsx"], f"{folder}/room.jpg": laden("JPEG", 3)},
        {f"{folder}/room.jpg": _LADEN["room.png"], f"{folder}/plain.pdf": _LADEN["letter.pdf"]},
    ):
        write(root, changes)
        for audience in (Audience.PUBLIC, Audience.INTERNAL):
            published = _published(root, audience)
            clean = _read(build_in_memory(root, clock=CLOCK, audience=audience, history=True).files)
            assert {path: published[path] for path in clean} == clean
