"""Exchanging two folders, and putting right what a killed build left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plansite.publish import swap
from plansite.publish.errors import PublishError
from plansite.publish.output_folder import OutputFolder
from plansite.publish.publish import PublishCounts, publish_files
from plansite.publish.steps import Step
from plansite.publish.swap import exchange_folders, recover
from tests.publish.versions import PAGES, beside, version, whole

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")


@pytest.fixture
def in_two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot exchange two folders in one step."""
    monkeypatch.setattr(swap, "exchange_folders", lambda *_: False)


@linux
def test_two_folders_change_places(tmp_path: Path) -> None:
    """Each is afterwards where the other was."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert exchange_folders(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one/other").exists()
    assert (tmp_path / "other/one").exists()


@linux
def test_what_the_system_refuses_is_told_from_what_fails(tmp_path: Path) -> None:
    """EINVAL, as from a file system without the exchange, is an answer; a missing folder is a fault with its name."""
    (tmp_path / "one/inner").mkdir(parents=True)
    assert not exchange_folders(tmp_path / "one", tmp_path / "one/inner")
    with pytest.raises(FileNotFoundError, match="missing"):
        exchange_folders(tmp_path / "one", tmp_path / "missing")


@pytest.mark.usefixtures("in_two_steps")
def test_it_works_in_two_steps(tmp_path: Path) -> None:
    """Without an exchange in one step the outcome is the same, links and all."""
    out = tmp_path / "public"
    steps: list[Step] = []
    publish_files(out, version("a"))
    assert publish_files(out, version("b"), observe=steps.append) == PublishCounts(
        written=PAGES + 2, unchanged=1, removed=1
    )
    assert [step for step in steps if step is not Step.FILE_STAGED] == [
        step for step in Step if step is not Step.FILE_STAGED
    ]
    assert whole(out, "b") == "b"
    assert beside(out) == []


@pytest.mark.usefixtures("in_two_steps")
def test_a_failed_second_step_is_taken_back(tmp_path: Path) -> None:
    """If the new site cannot be put in place, the old one is put back."""
    out = tmp_path / "public"
    publish_files(out, version("a"))

    def watch(step: Step) -> None:
        if step is Step.MOVED_ASIDE:
            (tmp_path / ".public.plansite-next").rename(tmp_path / "taken")

    with pytest.raises(PublishError, match="nothing was published"):
        publish_files(out, version("b"), observe=watch)
    assert whole(out, "a") == "a"
    assert beside(out) == ["taken"]


@pytest.mark.usefixtures("in_two_steps")
def test_who_is_interrupted_between_two_steps_has_a_site(tmp_path: Path) -> None:
    """Ctrl+C at the moment without a site puts the old one back before anything else."""
    out = tmp_path / "public"
    publish_files(out, version("a"))

    def interrupt(step: Step) -> None:
        if step is Step.MOVED_ASIDE:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish_files(out, version("b"), observe=interrupt)
    assert whole(out, "a") == "a"
    assert beside(out) == []


@pytest.mark.skipif(os.name != "posix", reason="this system has no modes")
def test_folders_that_somebody_has_closed_are_removed(tmp_path: Path, project: Path) -> None:
    """A site whose folders may not be written to is published over all the same, and no later build is hindered."""
    out = tmp_path / "public"
    publish_files(out, version("a"))
    for folder in (path for path in (out, *out.rglob("*")) if path.is_dir()):
        folder.chmod(0o555)
    words = [*_bound(tmp_path), sys.executable, "-m", "tests.publish.publisher", "once", str(out)]
    ran = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert whole(out, "b") == "b"
    assert beside(out) == []


def _bound(tmp_path: Path) -> list[str]:
    """What a command begins with so that modes hold for it, even where root runs the tests."""
    words = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if words and not shutil.which("setpriv"):
        pytest.skip("root is above all modes, and there is no setpriv here")
    closed = tmp_path / "closed"
    closed.mkdir(0o555)
    ran = subprocess.run([*words, "touch", str(closed / "file")], capture_output=True, check=False)
    closed.rmdir() if ran.returncode else pytest.skip("nobody here is bound by the modes of folders")
    return words


def test_repair_touches_nothing_else(tmp_path: Path) -> None:
    """What bears a name like ours beside the folder, but is not ours, stays."""
    out = tmp_path / "public"
    others = [
        ".public.plansite-notes",
        ".public.plansite-next2",
        ".other.plansite-next",
        "public.plansite-next",
        ".public",
    ]
    publish_files(out, version("a"))
    for name in (".public.plansite-next", ".public.plansite-old", *others):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    recover(OutputFolder(out))
    assert beside(out) == sorted(others)
    assert all((tmp_path / name / "file").exists() for name in others)
    assert whole(out, "a") == "a"


def test_an_old_site_half_removed_is_not_put_back(tmp_path: Path) -> None:
    """What is left of an old site without its manifest is removed, even if the folder itself is gone since."""
    (tmp_path / ".public.plansite-old/plans").mkdir(parents=True)
    (tmp_path / ".public.plansite-old/plans/a.html").touch()
    publish_files(tmp_path / "public", version("a"))
    assert whole(tmp_path / "public", "a") == "a"
    assert beside(tmp_path / "public") == []


@pytest.mark.parametrize("name", [".public.plansite-next", ".public.plansite-old"])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_in_our_place_is_not_followed(tmp_path: Path, name: str, there: bool) -> None:
    """A link where a build would stage is refused by name; what it leads to is untouched."""
    out = tmp_path / "public"
    publish_files(tmp_path / "precious", version("c"))
    if there:
        publish_files(out, version("a"))
    (tmp_path / name).symlink_to("precious")
    with pytest.raises(PublishError, match=f"{name} is in the way"):
        publish_files(out, version("b"))
    assert not there or whole(out, "a") == "a"
    assert out.exists() is there
    assert whole(tmp_path / "precious", "c") == "c"
