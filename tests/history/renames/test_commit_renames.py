"""Renames in real commits: who keeps the past, and who begins anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.history.change import ChangeKind
from plansite.history.site_history import SiteHistory
from tests.history.repo import ACTIONS, RADIATOR, Repo, action

_OTHER = f"{ACTIONS}/other.md"
_PROSE = (
    "The radiator below the window in room 12 stays cold when all others on the corridor are warm. Mrs Shah sits beside "
    "it in the afternoon and asked twice for a blanket. The valve was replaced in the spring, so that is not the cause."
)
_ELSEWHERE = (
    "Two of the wall lights on the landing go out for a second whenever the lift starts. Night staff carry torches. An "
    "electrician looked at the fuse board in November and found nothing loose, and advised to watch the lift motor."
)
#: A template of a site, with texts that nobody has written for one action.
_TEMPLATE = (
    "---\ntitle: {title}\nowner: Deputy Manager\nstatus: not started\npriority: high\ndue: 2025-02-01\ngoal: warm-rooms\n"
    "resources: Two hours of one person and the usual tools\nsource: {{kind: inspection, ref: CQC}}\n---\n\n"
    "## Why this matters\n\nSay in two or three sentences what was found and what it means for the people who live here.\n\n"
    "## Steps\n\n- [ ] Agree who does it and by when\n- [ ] Tell the people whom it concerns\n"
    "- [ ] Ask whether it has worked\n\n## Barriers\n\nName what could stand in the way and who can help with it.\n"
)


def _template(title: str) -> str:
    return _TEMPLATE.format(title=title)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An empty one."""
    return Repo.new(tmp_path / "site")


def _inherits(history: SiteHistory, path: str) -> bool:
    """Whether the document at a path has a past under another name."""
    return any(change.did is ChangeKind.MOVED for change in history.changes_of_file(path))


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        (action(body=_PROSE), action(body=_PROSE), True),
        (action(body=_PROSE), action(body=f"{_PROSE} A plumber comes on Monday.", due="2025-02-01"), True),
        (action(body=_PROSE), action("Bleed the radiator", body=_PROSE), True),
        (action(body=_PROSE), action("Warmth for Mrs Shah", body=_PROSE), True),
        (action(body=_PROSE), action(body="All of it is written anew.\n"), True),
        (action(body=_PROSE, ref=3), action("Heating", body="All of it is written anew.\n", ref=3), True),
        (action(body=_PROSE), action("Heating", body="Anew.\n", aliases="[radiator]"), True),
        (action(body=_PROSE), action("Check the wall lights", body=_ELSEWHERE), False),
        (action(body=_PROSE, ref=3, owner="Ann"), action("Wall lights", body=_ELSEWHERE, ref=4, owner="Ann"), False),
        (action(body=""), action("Check the wall lights", body=""), False),
        (action(body=""), action("Mend the gate", body=""), False),
        (action(body=""), action(body="", due="2025-02-01"), True),
        (action("Check room 12", body=""), action("Check room 14", body=""), False),
        ("", "", False),
        ("---\n---\n", "---\n---\n", False),
        (_template("Mend the radiator"), _template("Order new beds"), False),
        (_template("Mend the radiator"), _template("Mend the gate"), False),
        (_template("Mend the radiator"), _template("Mend the radiator"), True),
        (action(body=_PROSE, created="2025-01-01"), action(body=_PROSE, created="2025-03-01"), False),
        ("---\ntitle: [\n---\nTorn.\n", "---\ntitle: [\n---\nTorn.\n", True),
        ("---\ntitle: [\n---\nTorn.\n", action(body=_PROSE), False),
    ],
)
def test_one_file_goes_and_another_comes(repo: Repo, before: str, after: str, is_same: bool) -> None:
    """What people wrote decides: title, number, alias and text; not fields, headings or the words of a template."""
    repo.commit("Begin", {RADIATOR: before, f"{ACTIONS}/third.md": _template("Call the surgery")})
    repo.commit("Another", {f"{ACTIONS}/fourth.md": _template("Ask the family")})
    repo.commit("Change", {RADIATOR: None, _OTHER: after})
    history = repo.history()
    assert _inherits(history, _OTHER) is is_same
    assert bool(history.changes_of_file(RADIATOR)) is not is_same


def test_a_template_is_told_by_other_documents_of_the_commit(repo: Repo) -> None:
    """Where several come and go together, what they share is no evidence, even if no other document has it."""
    old: dict[str, str | None] = {
        f"{ACTIONS}/old-{number}.md": _template(f"{word} it") for number, word in enumerate(("Mend", "Paint", "Sell"))
    }
    new = {
        f"{ACTIONS}/new-{number}.md": _template(f"{word} them") for number, word in enumerate(("Call", "Ask", "Move"))
    }
    repo.commit("Begin", old)
    repo.commit("Change", {**dict.fromkeys(old), **new})
    assert {change.did for change in repo.history().changes} == {ChangeKind.ADDED, ChangeKind.REMOVED}


def test_two_names_are_exchanged(repo: Repo) -> None:
    """Each of the two keeps its past, and nothing in them is told as changed."""
    one, two = action(body=_PROSE), action("Check the lights", body=_ELSEWHERE)
    repo.commit("Begin", {RADIATOR: one, _OTHER: two})
    repo.commit("Exchange", {RADIATOR: two, _OTHER: one})
    history = repo.history()
    assert [(change.did, change.old_path, change.path) for change in history.commits[0].changes] == [
        (ChangeKind.MOVED, RADIATOR, _OTHER),
        (ChangeKind.MOVED, _OTHER, RADIATOR),
    ]
    assert [change.after for change in history.changes_of_file(RADIATOR)] == ["winter/radiator", "Check the lights"]


def test_one_takes_the_name_of_another(repo: Repo) -> None:
    """The one whose name it was is removed, and its past stays apart."""
    repo.commit("Begin", {RADIATOR: action(body=_PROSE), _OTHER: action("Check the lights", body=_ELSEWHERE)})
    repo.commit("Replace", {RADIATOR: None, _OTHER: action(body=_PROSE)})
    history = repo.history()
    assert {(change.did, str(change.before)) for change in history.commits[0].changes} == {
        (ChangeKind.MOVED, "winter/radiator"),
        (ChangeKind.REMOVED, "Check the lights"),
    }
    assert [change.did for change in history.changes_of_file(_OTHER)] == [ChangeKind.MOVED, ChangeKind.ADDED]
    assert sorted(map(len, history.changes_by_path.values())) == [2, 2]


def test_a_new_one_takes_the_old_name(repo: Repo) -> None:
    """A file that was renamed, and a new one in its place: the new one begins with the day it came."""
    repo.commit("Begin", {RADIATOR: action(body=_PROSE)})
    repo.commit("Replace", {RADIATOR: action("Check the lights", body=_ELSEWHERE), _OTHER: action(body=_PROSE)})
    history = repo.history()
    assert _inherits(history, _OTHER)
    assert [change.did for change in history.changes_of_file(RADIATOR)] == [ChangeKind.ADDED]


def test_a_rewrite_in_place_is_none(repo: Repo) -> None:
    """A file that was written anew under its name, while others change too, is the same file."""
    repo.commit("Begin", {RADIATOR: action(body=_PROSE), _OTHER: action("Other", body="A\n")})
    repo.commit("Rewrite", {RADIATOR: action("Check the lights", body=_ELSEWHERE), _OTHER: action("Other", body="B\n")})
    assert {change.did for change in repo.history().commits[0].changes} == {
        ChangeKind.FIELD_CHANGED,
        ChangeKind.TEXT_CHANGED,
    }


def test_a_copy_begins_anew(repo: Repo) -> None:
    """The original keeps its past, and the copy has none."""
    repo.commit("Begin", {RADIATOR: action(body=_PROSE)})
    repo.commit("Copy", {_OTHER: action(body=_PROSE)})
    history = repo.history()
    assert [change.did for change in history.changes_of_file(_OTHER)] == [ChangeKind.ADDED]
    assert len(history.changes_of_file(RADIATOR)) == 1


def test_a_new_one_under_an_old_name_later(repo: Repo) -> None:
    """A document does not inherit the past of one that was removed long before, unless it is that one."""
    repo.commit("Begin", {RADIATOR: action(body=_PROSE)})
    repo.commit("Drop", {RADIATOR: None})
    repo.commit("New", {RADIATOR: action("Check the lights", body=_ELSEWHERE)})
    assert [change.did for change in repo.history().changes_of_file(RADIATOR)] == [ChangeKind.ADDED]
    repo.commit("Drop", {RADIATOR: None})
    repo.commit("Again", {RADIATOR: action("Check the lights", body=_ELSEWHERE)})
    assert len(repo.history().changes_of_file(RADIATOR)) == 3


def test_between_plans_under_another_name(repo: Repo) -> None:
    """An action that goes to another plan, is renamed and edited, is one move."""
    repo.commit("Begin", {RADIATOR: action(body=_PROSE, ref=3)})
    there = "content/plans/summer/actions/heating.md"
    repo.commit("Move", {RADIATOR: None, there: action(body=f"{_PROSE} Later.", ref=1)})
    assert _inherits(repo.history(), there)


@pytest.mark.parametrize("edit", ["", "\nMore was found out.\n"])
def test_a_plan_under_another_name(repo: Repo, edit: str) -> None:
    """All documents of a folder keep their past, blank and edited ones as well, and one change tells it."""
    files = {
        "plan.md": action("A warm winter", body="For all who live here.\n"),
        "actions/radiator.md": action(body=_PROSE),
        "actions/blank.md": "---\n---\n",
        "actions/lights.md": action("Lights", body=_ELSEWHERE),
        "actions/gate.md": action("Mend the gate", body=""),
        "reviews/2025-01-09.md": action("January review", date="2025-01-09"),
    }
    old, new = "content/plans/winter", "content/plans/cold"
    repo.commit("Begin", {f"{old}/{name}": text for name, text in files.items()})
    moved = {name: f"{text}{edit}" for name, text in files.items()}
    moved["actions/lights.md"] = action("Something else", body="Wholly new.\n") if edit else files["actions/lights.md"]
    repo.commit(
        "Rename", {**{f"{old}/{name}": None for name in files}, **{f"{new}/{name}": moved[name] for name in files}}
    )
    history = repo.history()
    assert all(_inherits(history, f"{new}/{name}") for name in files)
    told = [change for change in history.commits[0].changes if change.did is ChangeKind.MOVED and change.is_reportable]
    assert [(change.document, change.path) for change in told] == [("plan", f"{new}/plan.md")]


@pytest.mark.parametrize("edit", ["", "\nMore was found out.\n"])
def test_only_the_case_of_a_name_changes(repo: Repo, edit: str) -> None:
    """The page keeps its address, so it keeps its past, however little of the text stays."""
    repo.commit("Begin", {f"{ACTIONS}/Radiator.md": action(body="" if edit else _PROSE)})
    after = action("All anew", body=edit) if edit else action(body=_PROSE)
    repo.commit("Rename", {f"{ACTIONS}/Radiator.md": None, RADIATOR: after})
    assert _inherits(repo.history(), RADIATOR)


def test_renamed_and_rewritten_over_several_commits(repo: Repo) -> None:
    """Step by step it is one document, on the mainline and on a branch that is merged."""
    steps: list[dict[str, str | None]] = [
        {RADIATOR: None, f"{ACTIONS}/a.md": action(body=_PROSE)},
        {f"{ACTIONS}/a.md": action("Warm room 12", body=_ELSEWHERE)},
        {f"{ACTIONS}/a.md": None, _OTHER: action("Warm room 12", body="Short now.\n")},
    ]
    repo.commit("Begin", {RADIATOR: action(body=_PROSE)})
    repo.git("checkout", "-q", "-b", "branch")
    for files in steps:
        repo.commit("Step", files, who="Ben")
    assert [change.did for change in repo.history().changes_of_file(_OTHER)].count(ChangeKind.MOVED) == 2
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {"content/plans/summer/plan.md": action("Summer")})
    repo.git("merge", "-q", "--no-ff", "branch", "-m", "Land")
    changes = repo.history().changes_of_file(_OTHER)
    assert {change.did for change in changes[:-1]} >= {ChangeKind.MOVED}
    assert (changes[-1].did, changes[-1].path, {change.who for change in changes[:-1]}) == (
        ChangeKind.ADDED,
        RADIATOR,
        {"Ben"},
    )


def test_each_has_one_successor(repo: Repo) -> None:
    """Of two with the same title, that with the text is the one; of two equal ones that with the file's name."""
    summer, autumn = "content/plans/summer/actions", "content/plans/autumn/actions"
    repo.commit("Begin", {RADIATOR: action(body=_PROSE), _OTHER: action(body=_ELSEWHERE)})
    texts = {f"{summer}/one.md": action(body=_ELSEWHERE), f"{summer}/two.md": action(body=_PROSE)}
    repo.commit("Move", {RADIATOR: None, _OTHER: None, **texts})
    moves = {change.old_path: change.path for change in repo.history().changes if change.did is ChangeKind.MOVED}
    assert moves == {RADIATOR: f"{summer}/two.md", _OTHER: f"{summer}/one.md"}
    same = {f"{autumn}/a.md": action(body=_ELSEWHERE), f"{autumn}/one.md": action(body=_ELSEWHERE)}
    repo.commit("Move", {**dict.fromkeys(texts), **same})
    newest = {change.old_path: change.path for change in repo.history().commits[0].changes if change.old_path}
    assert newest[f"{summer}/one.md"] == f"{autumn}/one.md"
