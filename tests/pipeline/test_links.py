"""Links inside a site: followed inside a plan, never into another one, and never out of a theme."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.content.settings import SettingsError, load_settings
from plansite.file_access import OutsideFolderError
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.published_build import BuildRequest, publish_site
from plansite.publish.errors import PublishError
from tests.publish.versions import files_in
from tests.sites import FixedClock, write

CLOCK = FixedClock(date(2025, 1, 20))
SECRET = b"a secret"
FILES: dict[str, str | bytes] = {
    "plansite.yaml": "title: A site\ntheme: ours\n",
    "content/index.md": "![Logo](logo.png) ![Other](images/b.png)\n",
    "content/plans/open/plan.md": "---\ntitle: Open\naudience: public\n---\n",
    "content/plans/open/actions/a.md": "---\ntitle: Mend\n---\n[Log](../evidence/log.pdf)\n",
    "content/plans/hidden/plan.md": "---\ntitle: Hidden\naudience: internal\n---\n",
    "content/plans/hidden/actions/a.md": "---\ntitle: a secret\n---\n",
    "content/plans/hidden/evidence/log.pdf": SECRET,
    "themes/ours/static/note.txt": "mine",
}


@pytest.mark.parametrize("target", ["plans/hidden/evidence/log.pdf", "plans/hidden/actions/a.md"])
@pytest.mark.parametrize(
    "link", ["plans/open/evidence/log.pdf", "plans/open/actions/b.md", "logo.png", "images/b.png", "plans/open/x.csv"]
)
def test_no_link_leads_into_another_plan(tmp_path: Path, link: str, target: str) -> None:
    """Since that may be hidden from those who see the link."""
    content = write(tmp_path, FILES) / "content"
    (content / link).parent.mkdir(exist_ok=True)
    (content / link).symlink_to(os.path.relpath(content / target, (content / link).parent))
    built = build_in_memory(tmp_path, clock=CLOCK, audience=Audience.PUBLIC)
    texts = [data if isinstance(data, bytes) else data.read() for data in built.files.values()]
    assert not any(SECRET in text for text in texts)
    assert "not-a-plain-file" in {finding.rule.name for finding in built.findings}


def test_a_link_inside_a_plan_is_followed(tmp_path: Path) -> None:
    """As one file under two names."""
    content = write(tmp_path, {**FILES, "content/plans/open/files/log.pdf": b"ours"}) / "content"
    (content / "plans/open/evidence").mkdir()
    (content / "plans/open/evidence/log.pdf").symlink_to("../files/log.pdf")
    built = build_in_memory(tmp_path, clock=CLOCK)
    data = built.files["files/plans/open/evidence/log.pdf"]
    assert not isinstance(data, bytes)
    assert data.read() == b"ours"


@pytest.mark.parametrize(
    "target", ["/proc/self/environ", "../../../content/plans/hidden/evidence/log.pdf", "/dev/zero"]
)
def test_a_static_file_of_a_theme_that_is_a_link(tmp_path: Path, target: str) -> None:
    """It is refused by name, and nothing is published; a link inside the theme is followed."""
    site = write(tmp_path, FILES)
    link = site / "themes/ours/static/x.txt"
    link.symlink_to("note.txt")
    request = BuildRequest(root=site, out=site / "public")
    publish_site(request, CLOCK, on_start=lambda: None)
    before = files_in(site / "public")
    assert before["static/x.txt"] == b"mine"
    link.unlink()
    link.symlink_to(target)
    with pytest.raises(PublishError, match=r"x\.txt is to be published, but the file is a link that leaves its folder"):
        publish_site(request, CLOCK, on_start=lambda: None)
    assert files_in(site / "public") == before


def test_a_theme_that_is_a_link(tmp_path: Path) -> None:
    """Its folder may not be elsewhere, nor the folder of its static files."""
    site = write(tmp_path / "site", FILES)
    (site / "themes/ours/static").rename(tmp_path / "static")
    (site / "themes/ours/static").symlink_to(tmp_path / "static")
    with pytest.raises((PublishError, OutsideFolderError)):
        publish_site(BuildRequest(root=site, out=site / "public"), CLOCK, on_start=lambda: None)
    (site / "themes/ours").rename(tmp_path / "ours")
    (site / "themes/ours").symlink_to(tmp_path / "ours")
    assert main(["build", "--site", str(site), "--today", "2025-01-20"]) == 1


@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "large"])
@pytest.mark.parametrize(
    "name",
    [
        ".plansite/last-build.json",
        ".plansite/history.jsonl",
        ".plansite/outputs.json",
        ".plansite/memo",
        ".plansite/.gitignore",
        ".public.plansite-lock",
        "public/.plansite.json",
        ".mailmap",
    ],
)
def test_kept_files_of_another_kind(tmp_path: Path, name: str, kind: str) -> None:
    """A build neither waits for them nor follows them; it ends as usual, or says what is in the way."""
    site = write(tmp_path / "site", FILES)
    options = ["--site", str(site), "--today", "2025-01-20"]
    assert main(["build", *options]) == 0
    secret = tmp_path / "secret.txt"
    secret.write_bytes(SECRET)
    places = sorted((site / name).glob("*")) if name.endswith("memo") else [site / name]
    for place in places:
        place.unlink(missing_ok=True)
        if kind == "pipe":
            os.mkfifo(place)
        elif kind == "folder":
            place.mkdir()
        elif kind == "link":
            place.symlink_to(secret)
        else:
            with place.open("wb") as file:
                file.truncate(1 << 40)
    write(site, {"content/plans/open/actions/a.md": "---\ntitle: Mend again\n---\n"})
    assert main(["build", *options]) in (0, 1, 4)
    assert main(["check", *options]) in (0, 1)
    assert main(["clean", "--site", str(site)]) in (0, 1, 4)
    assert secret.read_bytes() == SECRET


@pytest.mark.parametrize("kind", ["pipe", "large", "link"])
def test_settings_of_another_kind(tmp_path: Path, kind: str) -> None:
    """300 MB of settings are refused unread, and so is what is no file."""
    site = write(tmp_path / "site", FILES)
    settings = site / "plansite.yaml"
    settings.unlink()
    if kind == "pipe":
        os.mkfifo(settings)
    elif kind == "link":
        settings.symlink_to("/proc/self/environ")
    else:
        with settings.open("wb") as file:
            file.truncate(300_000_000)
    with pytest.raises(SettingsError, match=r"plansite\.yaml"):
        load_settings(site)
    for command in ("build", "check", "list", "clean", "changes"):
        assert main([command, "--site", str(site)]) in (0, 1, 2), command
