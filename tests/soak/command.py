"""The real command in a process of its own, with everything that it starts."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.forks import forked
from tests.soak.site import MANY, Ended, Site
from tests.soak.wholeness import Broken, Tree, same, tidy, tree_in

#: So often a waiting process looks again.
_PAUSE = 0.001


def build_words(site: Site, audience: str = "", *, module: str = "plansite", out: Path | None = None) -> list[str]:
    """The command line of a build; `module` is what is run in the place of `plansite`."""
    words = [sys.executable, "-m", module, *site.words, "--out", str(out or site.out)]
    return [*words, "--audience", audience] if audience else words


class Build:
    """A build at work. It leads a group of processes, which all hold one pipe: when that ends, all have ended."""

    def __init__(self, words: list[str], extra: Mapping[str, str] | None = None) -> None:
        """Start it; `extra` is put into its environment."""
        self._said = tempfile.TemporaryFile("w+b")  # noqa: SIM115  (closed when the build has ended)
        self.process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, **(extra or {})},
            start_new_session=True,
        )
        self.began = time.monotonic()

    @property
    def age(self) -> float:
        """How long ago it began, in seconds."""
        return time.monotonic() - self.began

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    def wait(self, seconds: float) -> bool:
        """Wait for its end, no longer than so many seconds; whether it has ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(seconds, 0))
        return not self.runs

    def pause(self) -> None:
        """A moment in which it goes on."""
        self.wait(_PAUSE)

    def kill(self) -> None:
        """End it and all its processes at once, without a chance to tidy up."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> Ended:
        """Wait until it has ended, and every process that it had started."""
        self.process.communicate()
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace")
        self._said.close()
        return Ended(code=self.process.returncode, said=said)


def built(site: Site, audience: str = "", *, out: Path | None = None) -> Ended:
    """A whole build."""
    return Build(build_words(site, audience, out=out)).end()


@dataclass(slots=True)
class Clean:
    """What a build of each state makes where nothing was ever built before; made once each, when asked for."""

    site: Site
    _trees: dict[tuple[int, str], Tree] = field(default_factory=dict)

    def tree(self, state: int, audience: str = "") -> Tree:
        """The files of a state for an audience."""
        known = self._trees.get((state, audience))
        return known if known is not None else self._made(state, audience)

    def _made(self, state: int, audience: str) -> Tree:
        with tempfile.TemporaryDirectory() as name:
            site = self.site.copy(Path(name) / "site")
            site.lay(state)
            ended = forked(site, audience)
            if ended.code:
                raise SystemExit(f"a clean build ended with {ended.code}: {ended.said}")
            tree = tree_in(site.out)
        self._trees[state, audience] = tree
        return tree


def stands(site: Site, clean: Clean, state: int, audience: str = "") -> None:
    """Build a state with nothing in the way. Fails unless that is as a clean build, and nothing is left behind."""
    site.lay(state)
    ended = forked(site, audience)
    if ended.code:
        raise Broken(f"the next build ended with {ended.code}: {ended.said}")
    same(tree_in(site.out), clean.tree(state, audience), "the next build")
    tidy(site, "the next build")


@contextlib.contextmanager
def ground(plans: int = MANY) -> Iterator[tuple[Site, Clean]]:
    """A new site of which nothing has been built, and what clean builds of it make."""
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        site = Site(Path(name) / "site", plans)
        site.begin()
        yield site, Clean(site)
