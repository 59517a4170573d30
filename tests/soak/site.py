"""A site of some hundred pages in several states, as people leave it between two builds."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STATES = 5
#: From so many plans on, a build works with several processes.
MANY = 21
_ACTIONS = 2
_ROLES = ("Cook", "Porter", "Night Lead")
_GIT = ("git", "-c", "user.name=Soak", "-c", "user.email=soak@example.org", "-c", "core.hooksPath=/dev/null")


def files_of(state: int, plans: int) -> dict[str, str]:
    """The files of a state by path. State 0 is what the others were made from, each by another kind of edit."""
    files = {"plansite.yaml": "title: Plans to soak\ntoday: 2025-06-02\n", "content/index.md": _page("Start", "Hello.")}
    for role in _ROLES:
        files[f"content/owners/{_slug(role)}.md"] = _page(role, "", "audience: public\n")
    for plan in range(plans):
        files.update(_plan(plan))
    files.update(_edit(state))
    return {path: text for path, text in files.items() if text}


def _edit(state: int) -> Mapping[str, str]:
    """What a state differs in; an empty text stands for a file that is gone."""
    first = "content/plans/part-01"
    edits: tuple[Mapping[str, str], ...] = (
        {},
        {f"{first}/actions/a1.md": _action(1, 1, "Mend the gate")},
        {f"{first}/actions/a1.md": "", f"{first}/actions/new.md": _action(1, 9, "Paint the gate")},
        {"plansite.yaml": "title: Other plans to soak\ntoday: 2025-06-03\n"},
        {f"{first}/actions/a0.md": "no front matter", f"{first}/evidence/log.csv": "day,count\n1,2\n"},
    )
    return edits[state]


def _plan(number: int) -> Mapping[str, str]:
    folder = f"content/plans/part-{number:02}"
    head = _page(f"Part {number}", "For all.", f"kind: service\nowner: {_ROLES[number % 3]}\naudience: public\n")
    files = {f"{folder}/plan.md": head, f"{folder}/evidence/log.csv": f"day,count\n1,{number}\n"}
    for action in range(_ACTIONS):
        files[f"{folder}/actions/a{action}.md"] = _action(number, action, f"Count the lamps {action}")
    return files


def _action(plan: int, number: int, title: str) -> str:
    after = f"depends_on: [part-{plan - 1:02}/a{number}]\n" if plan and number < _ACTIONS else ""
    fields = f"ref: {number}\nstatus: in progress\nowner: {_ROLES[number % 3]}\ndue: 2025-07-01\n{after}"
    evidence = "evidence: [{label: Log, url: evidence/log.csv}]\n"
    body = "It is dark at night.\n\n## Steps\n- [x] Ask\n- [ ] Order\n\n## Progress\n- 2025-05-01 (Cook): Begun."
    return _page(title, body, fields + evidence)


def _page(title: str, body: str, fields: str = "") -> str:
    return f"---\ntitle: {title}\n{fields}---\n{body}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a build ended: its exit code, negative for a signal, and what it said."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class Site:
    """A site in a folder of its own, with so many plans."""

    root: Path
    plans: int = MANY

    @property
    def out(self) -> Path:
        """Where it is published."""
        return self.root / "public"

    @property
    def words(self) -> list[str]:
        """The command line that builds it, as far as it is always the same."""
        return ["build", "--site", str(self.root)]

    @property
    def lock(self) -> Path:
        """The file that keeps a second build out."""
        return self.root / ".public.plansite-lock"

    def begin(self) -> None:
        """Make it, in state 0, kept in git with one commit."""
        self.root.mkdir(parents=True)
        self.lay(0)
        (self.root / ".gitignore").write_text("public/\n.plansite/\n", "utf-8")
        for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "The first plans")):
            subprocess.run([*_GIT, *words], cwd=self.root, check=True, capture_output=True)

    def lay(self, state: int) -> None:
        """Bring its files into a state; what is as it should be is left alone."""
        files = files_of(state, self.plans)
        for path, text in files.items():
            target = self.root / path
            if not target.is_file() or target.read_text("utf-8") != text:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8", newline="\n")
        for target in [path for path in (self.root / "content").rglob("*") if path.is_file()]:
            if target.relative_to(self.root).as_posix() not in files:
                target.unlink()

    def copy(self, to: Path) -> Site:
        """The same site elsewhere, without anything that builds left."""
        shutil.copytree(self.root, to, ignore=shutil.ignore_patterns("public", ".plansite", ".public.*"))
        return Site(to, self.plans)

    def forget(self, *, published: bool = False) -> None:
        """Take away what builds keep, and the published site as well if that is wanted."""
        shutil.rmtree(self.root / ".plansite", ignore_errors=True)
        if published:
            for left in self.root.glob("*public*"):
                shutil.rmtree(left, ignore_errors=True)


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")
