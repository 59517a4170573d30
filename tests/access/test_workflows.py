"""The recipes for hosts that build: they can be read, they run, and each publishes one copy and no other."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.access.recipes import recipe
from tests.sites import write

#: Stands for pip: it takes nothing but what the site says, and fetches nothing.
_PIP = '#!/bin/sh\n[ "$*" = "install -r requirements.txt" ]\n'
#: Stands for rsync: it keeps what it was told, and puts a copy of the folder where the last word says.
_RSYNC = '#!/bin/sh\nprintf "%s\\n" "$@" > told\nfor last; do :; done\ncp -R internal/. "$last"\n'


@pytest.fixture
def demonstration(project: Path, tmp_path: Path) -> Path:
    """A checkout of it, with programs beside it that stand for those that use the network."""
    checkout = tmp_path / "checkout"
    shutil.copytree(project / "content", checkout / "content")
    shutil.copy(project / "plansite.yaml", checkout)
    for program in write(tmp_path / "bin", {"pip": _PIP, "rsync": _RSYNC}).iterdir():
        program.chmod(0o755)
    return checkout


def _run(line: str, checkout: Path, **environment: str) -> int:
    """The exit code of what a workflow says, in a shell as hosts use it."""
    places = (str(checkout.parent / "bin"), str(Path(sys.executable).parent), os.environ["PATH"])
    ran = subprocess.run(
        ["bash", "-e", "-c", line],
        cwd=checkout,
        env={"PATH": os.pathsep.join(places), "PYTHONPATH": os.environ["PYTHONPATH"], **environment},
        capture_output=True,
        check=False,
    )
    return ran.returncode


def _made_for(copy: Path) -> str:
    """For whom a copy says that it was made."""
    page = (copy / "about.html").read_text("utf-8")
    said = re.search(r"<dt>Made for</dt>\s*<dd>(.*?)\.", page)
    assert said
    return said[1]


def _runs(steps: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    return (step["run"] for step in steps if "run" in step)


def _used(workflow: Mapping[str, Any]) -> list[str]:
    return [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]


@pytest.fixture
def workflow(project: Path) -> Mapping[str, Any]:
    """The recipe for GitHub."""
    read: Mapping[str, Any] = yaml.load(recipe(project, "GitHub workflow"), yaml.BaseLoader)  # noqa: S506  (texts)
    return read


def test_the_workflow_uses_what_the_others_use(project: Path, workflow: Mapping[str, Any]) -> None:
    """The same actions in the same versions as the files of `init` and the page about hosting, and no other."""
    written = [*(project / "plansite/scaffold/site/dot-github/workflows").glob("*.yml"), project / "docs/hosting.md"]
    known = {each for file in written for each in re.findall(r"uses: (\S+)", file.read_text("utf-8"))}
    assert {*_used(workflow)} <= known
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", each) for each in _used(workflow))


def test_no_job_may_do_more_than_it_needs(workflow: Mapping[str, Any]) -> None:
    """Rights to write are with the job that publishes, and secrets with one that runs no program of ours."""
    assert workflow["permissions"] == {"contents": "read"}
    jobs = workflow["jobs"]
    assert [job.get("permissions") for job in jobs.values()] == [None, {"pages": "write", "id-token": "write"}, {}]
    assert [name for name, job in jobs.items() if "secrets." in str(job)] == ["internal"]
    assert "plansite" not in str(jobs["internal"]["steps"])
    assert "pull_request" not in str(workflow["on"])
    assert all("timeout-minutes" in job for job in jobs.values())


@pytest.mark.slow
def test_the_workflow_publishes_one_copy_to_each_place(workflow: Mapping[str, Any], demonstration: Path) -> None:
    """Run on the demonstration, Pages is given the public copy alone, and the server the internal one."""
    build, internal = workflow["jobs"]["build"]["steps"], workflow["jobs"]["internal"]["steps"]
    assert [_run(each, demonstration) for each in _runs(build)] == [0, 0]
    given = {step["uses"].split("@")[0]: step["with"] for step in build if "upload" in step.get("uses", "")}
    assert _made_for(demonstration / given["actions/upload-pages-artifact"]["path"]) == "Everybody"
    kept = given["actions/upload-artifact"]
    fetched = internal[0]["with"]
    assert fetched["name"] == kept["name"]
    server = demonstration.parent / "server"
    shutil.copytree(demonstration / kept["path"], server / fetched["path"])
    secrets = {"KEY": "the key", "KNOWN_HOST": "the host", "PLACE": str(server / "there")}
    assert {**internal[1]["env"]} == {name: f"${{{{ secrets.{name} }}}}" for name in secrets}
    (server / "there").mkdir()
    assert _run(internal[1]["run"], server, **secrets) == 0
    assert _made_for(server / "there") == "Internal readers"
    assert stat.S_IMODE((server / "key").stat().st_mode) == 0o600
    assert "the key" not in (server / "told").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("audience", "readers"), [("internal", "Internal readers"), ("public", "Everybody")])
def test_each_project_at_netlify_makes_its_own_copy(
    project: Path, demonstration: Path, audience: str, readers: str
) -> None:
    """Every command makes the copy that the project's variable names; previews as well."""
    settings = tomllib.loads(recipe(project, "netlify.toml"))
    commands = [settings["build"]["command"], *(each["command"] for each in settings["context"].values())]
    assert len(commands) == 3
    for command in commands:
        shutil.rmtree(demonstration / "public", ignore_errors=True)
        assert _run(command, demonstration, PLAN_AUDIENCE=audience) == 0
        assert _made_for(demonstration / settings["build"]["publish"]) == readers


@pytest.mark.slow
def test_a_project_at_netlify_that_names_no_copy_makes_none(project: Path, demonstration: Path) -> None:
    """No variable, an empty one, or a word that is no audience: the build ends with an error."""
    command = tomllib.loads(recipe(project, "netlify.toml"))["build"]["command"]
    for environment in ({}, {"PLAN_AUDIENCE": ""}, {"PLAN_AUDIENCE": "everybody"}):
        assert _run(command, demonstration, **environment) != 0
    assert not (demonstration / "public").exists()


@pytest.mark.slow
def test_gitlab_makes_the_internal_copy_for_members(project: Path, demonstration: Path) -> None:
    """Run on the demonstration, its lines make the folder that is published, for the main branch alone."""
    settings = yaml.safe_load(recipe(project, ".gitlab-ci.yml"))
    assert [*settings] == ["pages"]
    pages = settings["pages"]
    assert [_run(line, demonstration) for line in pages["script"]] == [0, 0]
    (folder,) = pages["artifacts"]["paths"]
    assert _made_for(demonstration / folder) == "Internal readers"
    assert pages["artifacts"]["public"] is False
    assert pages["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


@pytest.mark.slow
def test_the_server_that_builds_makes_all_copies(project: Path, demonstration: Path) -> None:
    """The line for fixed times makes each folder that the recipe for nginx names."""
    line = recipe(project, "a task on the server")
    line = line.replace("/srv/plans", str(demonstration)).replace("git pull --quiet", "true")
    assert _run(line.replace("/srv/tools/bin/", ""), demonstration) == 0
    named = re.findall(r"root /srv/plans/(\S+);", recipe(project, "nginx for each audience"))
    assert len(named) == 3
    assert {_made_for(demonstration / each) for each in named} == {"Everybody", "Partners", "Internal readers"}
