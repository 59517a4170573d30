"""What cannot be read is an error and never an absence: nothing is published, and the old site stays."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.content.folders import ContentFolderError
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.published_build import BuildRequest, ShrinkError, publish_site
from tests.history.repo import Repo
from tests.publish.versions import files_in
from tests.sites import FixedClock, write

CLOCK = FixedClock(date(2025, 1, 20))
SITE = {
    "plansite.yaml": "title: A site\ntheme: ours\n",
    "themes/ours/templates/note.html": "",
    "themes/ours/static/own.css": ":root {}",
    "content/index.md": "Words.\n",
    "content/owners/ann.md": "---\ntitle: Ann Brown\naudience: internal\n---\n",
    "content/agencies/home.md": "---\ntitle: The home\n---\n",
    "content/plans/falls/plan.md": "---\ntitle: Falls\naudience: public\n---\n",
    "content/plans/falls/actions/a.md": "---\ntitle: Mend\nowner: Ann Brown\n---\n[Log](../evidence/log.pdf)\n",
    "content/plans/falls/actions/b.md": "---\ntitle: Buy\n---\n",
    "content/plans/falls/reviews/2025-01-01.md": "---\ntitle: A review\n---\n",
    "content/plans/falls/evidence/log.pdf": "%PDF",
    "content/plans/falls/measures/count.md": "---\ntitle: Falls\n---\n",
    "content/plans/falls/measures/count.csv": "date,value\n2025-01-01,3\n",
}


def _without_privileges(command: list[str]) -> list[str]:
    """The command without the right of an administrator to read every file."""
    if os.geteuid() != 0:
        return command
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv to give up the rights of an administrator")
    rights = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", *command]


def _build_with_unreadable(project: Path, site: Path, *paths: str) -> list[tuple[str, int, int, bool, str]]:
    """For each path: it, the exit codes of a build and a check, whether the site is as it was, and the message."""
    command = [sys.executable, "-m", "tests.pipeline.unreadable", str(site), str(site.with_name("out")), *paths]
    environment = {name: value for name, value in os.environ.items() if name != "PLANSITE_NO_FAST_PATHS"}
    run = subprocess.run(
        _without_privileges(command), cwd=project, capture_output=True, text=True, check=True, env=environment
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_each_file_and_folder_in_turn(tmp_path: Path, project: Path) -> None:
    """A copy for partners is never published with a loss, and never with the name of a hidden owner."""
    site = write(tmp_path / "site", SITE)
    results = _build_with_unreadable(project, site)
    paths = [path for path in site.rglob("*") if ".plansite" not in path.parts]
    assert len(results) == len(paths)
    losses = sum(not is_unchanged for _, _, _, is_unchanged, _ in results)
    print(f"figure places = {len(results)}\nfigure losses = {losses}")  # noqa: T201
    for path, build_code, check_code, is_unchanged, message in results:
        assert build_code in (1, 4), (path, message)
        assert is_unchanged, path
        assert Path(path).name in message, (path, message)
        assert "Traceback" not in message
        assert check_code in (1, 4) or path.startswith("themes/ours/static"), path


def test_a_repository_that_cannot_be_read(tmp_path: Path, project: Path) -> None:
    """Git takes it for none, and the site would lose its history."""
    repo = Repo.new(tmp_path / "site")
    repo.commit("Begin", {name: str(text) for name, text in SITE.items()})
    paths = (".git", ".git/HEAD", ".git/config", ".git/objects", ".git/refs")
    results = _build_with_unreadable(project, repo.root, *paths)
    assert [path for path, *_ in results] == list(paths)
    for path, build_code, _, is_unchanged, message in results:
        assert (build_code, is_unchanged) == (4, True), (path, message)
        assert f"Permission denied: {repo.root / path}" in message


def test_external_sources_that_cannot_be_read(tmp_path: Path, project: Path) -> None:
    """Neither their folder, nor the one it lies in, nor a file."""
    sources = "sources:\n- path: ../tracker/open\n  files: '*.md'\n"
    site = write(tmp_path / "site", {**SITE, "plansite.yaml": f"{SITE['plansite.yaml']}{sources}"})
    write(tmp_path, {"tracker/open/x.md": "---\ntitle: Theirs\n---\n"})
    for path, build_code, check_code, is_unchanged, message in _build_with_unreadable(
        project, site, "../tracker", "../tracker/open", "../tracker/open/x.md"
    ):
        assert (build_code, check_code, is_unchanged) == (4, 4, True), (path, message)
        assert "tracker/open" in message
        assert "Traceback" not in message


def _fail_for(path: Path, call: Callable[..., object]) -> Callable[..., object]:
    def failing(name: object, *arguments: object, **options: object) -> object:
        if isinstance(name, str | os.PathLike) and os.fspath(name) in (str(path), path.name):
            raise OSError(errno.EIO, os.strerror(errno.EIO), os.fspath(name))
        return call(name, *arguments, **options)

    return failing


@pytest.mark.parametrize("path", ["content/owners", "content/plans/falls/actions", "content"])
def test_a_folder_with_an_input_output_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """As a failing disk or a network drive gives it."""
    site = write(tmp_path / "site", SITE)
    monkeypatch.setattr(os, "scandir", _fail_for(site / path, os.scandir))
    with pytest.raises(OSError, match="Input/output error"):
        build_in_memory(site, clock=CLOCK)


@pytest.mark.parametrize("path", [path for path in SITE if path.endswith((".md", ".yaml", ".csv", ".css"))])
def test_a_file_with_an_input_output_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Of every kind."""
    site = write(tmp_path / "site", SITE)
    monkeypatch.setattr(os, "open", _fail_for(site / path, os.open))
    with pytest.raises(OSError, match="Input/output error"):
        build_in_memory(site, clock=CLOCK).files["static/own.css"].read()  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["Content", "CONTENT", "cOntent"])
def test_a_content_folder_of_another_name(tmp_path: Path, name: str) -> None:
    """The message says how it is to be called."""
    site = write(tmp_path, SITE)
    (site / "content").rename(site / "elsewhere")
    (site / "elsewhere").rename(site / name)
    with pytest.raises(ContentFolderError, match=f"{name} must be named “content”"):
        build_in_memory(site, clock=CLOCK)


def test_a_content_folder_that_is_a_link(tmp_path: Path) -> None:
    """It may not leave the site."""
    site = write(tmp_path / "site", {})
    write(tmp_path / "other", SITE)
    (site / "content").symlink_to("../other/content")
    with pytest.raises(ContentFolderError, match="is a link that leaves the site"):
        build_in_memory(site, clock=CLOCK)


def _publish(site: Path) -> None:
    request = BuildRequest(root=site, out=site / "public")
    publish_site(request, CLOCK, on_start=lambda: None)


def _many_actions(site: Path, number: int) -> Path:
    actions = {f"content/plans/falls/actions/n{each}.md": "---\ntitle: Act\n---\n" for each in range(number)}
    return write(site, {**SITE, **actions})


def test_a_build_that_would_lose_most_pages_stops(tmp_path: Path) -> None:
    """And names both numbers; with --allow-shrink it is published."""
    site = _many_actions(tmp_path, 60)
    _publish(site)
    before = files_in(site / "public")
    (site / "content/plans/falls").rename(tmp_path / "away")
    with pytest.raises(ShrinkError, match=r"has \d+ pages, and this build has \d+.*--allow-shrink"):
        _publish(site)
    assert files_in(site / "public") == before
    assert main(["build", "--site", str(site), "--today", "2025-01-20"]) == 1
    assert main(["build", "--site", str(site), "--today", "2025-01-20", "--allow-shrink"]) == 0
    assert len(files_in(site / "public")) < len(before) / 2


def test_losing_some_pages_is_nothing_special(tmp_path: Path) -> None:
    """Less than half."""
    site = _many_actions(tmp_path, 60)
    _publish(site)
    for number in range(20):
        (site / f"content/plans/falls/actions/n{number}.md").unlink()
    _publish(site)


def test_another_audience_is_no_measure(tmp_path: Path) -> None:
    """A copy for the public may have few pages; the next one of the same audience is measured by it."""
    site = _many_actions(tmp_path, 60)
    write(site, {"content/plans/falls/plan.md": "---\ntitle: Falls\naudience: internal\n---\n"})
    command = ["build", "--site", str(site), "--today", "2025-01-20"]
    assert main([*command, "--audience", "internal"]) == 0
    assert main([*command, "--audience", "public"]) == 0
    assert main([*command, "--audience", "internal"]) == 0
    (site / "content/plans/falls").rename(tmp_path / "away")
    assert main([*command, "--audience", "internal"]) == 1


def test_an_encrypted_site_is_no_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts all files as pages. Of its own kind it is one."""
    site = _many_actions(tmp_path / "site", 5)
    links = "".join(f"[{each}](evidence/{each}.pdf)\n\n" for each in range(60))
    write(site, {f"content/plans/falls/evidence/{each}.pdf": f"%PDF {each}" for each in range(60)})
    write(site, {"content/plans/falls/plan.md": f"---\ntitle: Falls\n---\n{links}"})
    monkeypatch.setenv("PLANSITE_PASSPHRASE", "clarinet unbuckle moisture gizmo tavern swoop")
    command = ["build", "--site", str(site), "--today", "2025-01-20"]
    assert main([*command, "--encrypt"]) == 0
    assert main(command) == 0
    assert main([*command, "--encrypt"]) == 0
    (site / "content/plans/falls").rename(tmp_path / "away")
    assert main([*command, "--encrypt"]) == 1
    assert main(command) == 0
