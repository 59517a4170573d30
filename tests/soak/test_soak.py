"""The soak in short: what publishing has to bear, with real builds of a real site. `python -m tests.soak` is the whole."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.soak.disks import why_not

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step"),
    # The first of these tests waits for all of them, on a machine that may be busy.
    pytest.mark.timeout(1800),
]
PARTS = "kills,steps,calls,reading,reads,faults,disks,modes,pairs"
SHORT = "--kills 12 --reads 20000 --publishes 3 --readers 1 --every 90 --levels 3 --races 1"
Figures = Mapping[str, Mapping[str, int]]


@pytest.fixture(scope="module")
def figures(project: Path) -> Figures:
    """What the soak came to, part by part; nothing that must hold has failed."""
    command = [sys.executable, "-m", "tests.soak", "--json", "--parts", PARTS, *SHORT.split()]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert ran.stdout, ran.stderr
    told = json.loads(ran.stdout)
    assert [fault for part in told.values() for fault in part["faults"]] == []
    assert ran.returncode == 0
    return {name: part["figures"] for name, part in told.items()}


def test_killed_at_moments_of_every_part_of_a_build(figures: Figures) -> None:
    """After each of twelve kills the site is whole; the next build is as a clean one and leaves nothing behind."""
    kills = figures["kills"]
    assert (kills["kills"], kills["survived"]) == (12, 12)
    assert all(kills.get(part, 0) >= 2 for part in ("before the lock", "staging", "after the exchange"))


def test_killed_before_each_kind_of_call_to_the_disk(figures: Figures) -> None:
    """The same before the first and the last of each kind of call, on both sides of the exchange."""
    calls = figures["calls"]
    assert calls["survived"] == calls["calls"] >= 25
    assert all(calls.get(part, 0) >= 4 for part in ("before the exchange", "after the exchange"))


def test_killed_at_each_step(figures: Figures) -> None:
    """Up to the exchange the old site stands, after it the new one."""
    assert figures["steps"]["survived"] == figures["steps"]["steps"] == 8


def test_readers_beside_builds(figures: Figures) -> None:
    """Whoever opens pages while builds publish finds each of them whole, before and after."""
    assert figures["reads"]["reads"] >= 20_000
    assert figures["reads"]["changes"] > 0


def test_a_disk_that_fails_at_the_nth_call(figures: Figures) -> None:
    """A build stops, says why and leaves the old site, or does without; the next one mends all of it."""
    assert figures["faults"]["injected"] > figures["faults"]["stopped"] > 0


def test_disks_that_are_full_or_read_only(figures: Figures) -> None:
    """The old site stays and the message says why, however much room there is; with enough, the next build succeeds."""
    if reason := why_not():
        pytest.skip(f"this system lets no test mount a disk of its own: {reason}")
    disks = figures["disks"]
    assert disks["full"] >= 2
    assert disks["fitted"] >= 1
    assert disks["others"] == 3


def test_folders_whose_modes_forbid_writing(figures: Figures) -> None:
    """A build does without writing there, or says why it cannot; later ones are not hindered."""
    if not figures["modes"]:
        pytest.skip("nobody here is bound by the modes of folders")
    assert figures["modes"]["modes"] == 3


def test_two_builds_at_once(figures: Figures) -> None:
    """One of them waits or says why not, and the site is whole."""
    assert figures["pairs"]["waited"] >= 4
