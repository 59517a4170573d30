"""Documents that were removed since a revision; those that only moved are not reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.checks.subjects import list_documents
from plansite.content.site_content import load_site
from plansite.history.checkout import RepositoryError
from plansite.history.removed_documents import find_removed_documents
from plansite.history.revisions import UnknownRevisionError
from tests.examples import examples
from tests.history.repo import ACTIONS, RADIATOR, Repo, action

PLAN = "content/plans/winter/plan.md"
WORDS = "".join(f"Line {number} says what is to be done about the radiator.\n" for number in range(30))
FILES: dict[str, str | None] = {
    "plansite.yaml": "title: T\n",
    PLAN: action("Winter"),
    RADIATOR: action(ref=3, body=WORDS),
    f"{ACTIONS}/door.md": action("Mend the door", ref=4),
    "content/plans/winter/reviews/2025-01-09.md": action("January review"),
    "content/plans/winter/incidents/fall.md": action("A fall"),
    "content/plans/winter/measures/warmth.md": action("Warmth"),
    "content/plans/winter/measures/warmth.csv": "date,value\n2025-01-01,17\n",
    "content/owners/maintenance.md": action("Maintenance"),
    "content/agencies/council.md": action("Council"),
}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A plan with one of each kind, tagged "before"."""
    made = Repo.new(tmp_path / "site")
    made.commit("Begin", FILES)
    made.git("tag", "before")
    return made


def _find_removed(repo: Repo, since: str = "before") -> list[tuple[str, str]]:
    site = load_site(repo.root)
    found = find_removed_documents(repo.root, site.settings, since, list_documents(site))
    return sorted((each.kind, each.title or each.path) for each in found)


def test_nothing_is_gone_where_nothing_was_deleted(repo: Repo) -> None:
    """New files, edits and a cancelled action are no loss."""
    repo.commit(files={RADIATOR: action("Another title", status="cancelled"), f"{ACTIONS}/new.md": action("New")})
    assert _find_removed(repo) == []


@pytest.mark.parametrize("committed", [True, False])
def test_each_kind_of_the_record_counts(repo: Repo, committed: bool) -> None:
    """Plans, actions, reviews, incidents and measures, whether it is committed yet or not."""
    for path in FILES:
        if path.startswith("content/plans"):
            (repo.root / path).unlink()
    if committed:
        repo.commit()
    assert _find_removed(repo) == [
        ("action", "Mend the door"),
        ("action", "Mend the radiator"),
        ("incident", "A fall"),
        ("measure", "Warmth"),
        ("plan", "Winter"),
        ("review", "January review"),
    ]


def test_people_may_go(repo: Repo) -> None:
    """The details of owners and agencies are no record of the work."""
    repo.commit(files={"content/owners/maintenance.md": None, "content/agencies/council.md": None})
    assert _find_removed(repo) == []


def test_a_table_of_readings_counts_alone(repo: Repo) -> None:
    """The measure still stands there, but its numbers are lost."""
    repo.commit(files={"content/plans/winter/measures/warmth.csv": None})
    assert _find_removed(repo) == [("readings", "content/plans/winter/measures/warmth.csv")]


def test_a_measure_moves_with_its_table(repo: Repo) -> None:
    """Both under another name are no loss; the measure alone has lost its numbers."""
    folder = "content/plans/winter/measures"
    repo.git("mv", f"{folder}/warmth.md", f"{folder}/heat.md")
    repo.git("mv", f"{folder}/warmth.csv", f"{folder}/heat.csv")
    repo.commit()
    assert _find_removed(repo) == []
    repo.commit(files={f"{folder}/heat.csv": None})
    assert _find_removed(repo) == [("readings", f"{folder}/warmth.csv")]


@pytest.mark.parametrize(
    "text",
    [
        action("Something else", body=WORDS),
        action("mend the  RADIATOR", body="All in new words.\n"),
        action("Something else", body="All in new words.\n", ref=3),
        action("Something else", body="All in new words.\n", aliases="[radiator]"),
        action("Something else", body="All in new words.\n", aliases="[winter/radiator]"),
    ],
    ids=["its words", "its title", "its number", "an alias", "an alias with its plan"],
)
def test_what_moved_is_known_by(repo: Repo, text: str) -> None:
    """A renamed action is the same one if any of these says so."""
    repo.commit(files={RADIATOR: None, f"{ACTIONS}/heating.md": text})
    assert _find_removed(repo) == []


def test_another_action_in_its_place_is_not_it(repo: Repo) -> None:
    """A new file with nothing in common but the form does not stand for the one that is gone."""
    repo.commit(files={f"{ACTIONS}/door.md": None, f"{ACTIONS}/gate.md": action("Mend the gate", ref=5)})
    assert _find_removed(repo) == [("action", "Mend the door")]


def test_a_file_that_was_there_before_is_not_where_it_went(repo: Repo) -> None:
    """An older action of the same title does not stand for it, unless an alias says so."""
    twin = f"{ACTIONS}/twin.md"
    repo.commit(files={twin: action("Mend the door", ref=9)})
    repo.git("tag", "-f", "before")
    repo.commit(files={f"{ACTIONS}/door.md": None})
    assert _find_removed(repo) == [("action", "Mend the door")]
    repo.commit(files={twin: action("Mend the door", ref=9, aliases="[door]")})
    assert _find_removed(repo) == []


def test_one_new_file_stands_for_one_that_is_gone(repo: Repo) -> None:
    """Two actions of one title cannot both have become the same new one."""
    repo.commit(files={f"{ACTIONS}/twin.md": action("Mend the door")})
    repo.git("tag", "-f", "before")
    repo.commit(
        files={f"{ACTIONS}/door.md": None, f"{ACTIONS}/twin.md": None, f"{ACTIONS}/a.md": action("Mend the door")}
    )
    assert len(_find_removed(repo)) == 1


def test_what_git_pairs_comes_first(repo: Repo) -> None:
    """A file that was renamed keeps its new one, though another that is gone had the title it has now."""
    repo.commit(files={f"{ACTIONS}/a.md": action("Mend the hinge"), f"{ACTIONS}/z.md": action("Old", body=WORDS)})
    repo.git("tag", "-f", "before")
    new = action("Mend the hinge", body=WORDS)
    repo.commit(files={f"{ACTIONS}/a.md": None, f"{ACTIONS}/z.md": None, f"{ACTIONS}/new.md": new})
    assert _find_removed(repo) == [("action", "Mend the hinge")]


def test_a_plan_that_moved_takes_all_with_it(repo: Repo) -> None:
    """A folder under another name is no loss, and neither is an action that went to another plan."""
    repo.git("mv", "content/plans/winter", "content/plans/cold")
    repo.commit(files={"content/plans/spring/plan.md": action("Spring")})
    (repo.root / "content/plans/spring/actions").mkdir()
    repo.git("mv", "content/plans/cold/actions/door.md", "content/plans/spring/actions/door.md")
    repo.commit()
    assert _find_removed(repo) == []


@pytest.mark.parametrize("where", [f"{ACTIONS}/.radiator.md", f"{ACTIONS}/radiator.txt", "content/radiator.md"])
def test_out_of_sight_is_gone(repo: Repo, where: str) -> None:
    """A file that no page shows any more is gone, though its words still lie somewhere."""
    repo.git("mv", RADIATOR, where)
    repo.commit()
    assert _find_removed(repo) == [("action", "Mend the radiator")]


def test_a_file_that_could_not_be_read_goes_by_its_name(repo: Repo) -> None:
    """It was in sight as "needs attention", so that its going is a loss too."""
    repo.commit(files={f"{ACTIONS}/torn.md": "---\ntitle: [\n"})
    repo.git("tag", "-f", "before")
    repo.commit(files={f"{ACTIONS}/torn.md": None})
    assert _find_removed(repo) == [("action", f"{ACTIONS}/torn.md")]


def test_only_what_this_branch_took_away(repo: Repo) -> None:
    """What the other side added or removed since is not laid to this branch."""
    repo.git("checkout", "-q", "-b", "theirs")
    repo.commit(files={f"{ACTIONS}/later.md": action("Later"), f"{ACTIONS}/door.md": None})
    repo.git("checkout", "-q", "main")
    repo.commit(files={RADIATOR: None})
    assert _find_removed(repo, "theirs") == [("action", "Mend the radiator")]


def test_a_site_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    """Paths are those of the site, and the rest of the repository does not matter."""
    repo = Repo.new(tmp_path)
    repo.commit(files={f"site/{path}": text for path, text in FILES.items()} | {"content/plans/x/plan.md": action("X")})
    repo.git("tag", "before")
    repo.commit(files={f"site/{RADIATOR}": None, "content/plans/x/plan.md": None})
    repo.root = tmp_path / "site"
    assert _find_removed(repo) == [("action", "Mend the radiator")]


def test_adopted_actions_count(repo: Repo) -> None:
    """A folder that others laid out in the same repository is read by its own map of fields."""
    settings = "title: T\nsources:\n- {path: theirs, plan: tracker, fields: {title: name}}\n"
    repo.commit(files={"plansite.yaml": settings, "theirs/one.md": "---\nname: One\n---\n"})
    repo.git("tag", "-f", "before")
    repo.commit(files={"theirs/one.md": None, "theirs/two.md": "---\nname: Two\n---\n"})
    assert _find_removed(repo) == [("action", "One")]


@pytest.mark.parametrize("revision", ["nowhere", "--all", "^before", ""])
def test_an_unknown_revision_is_said(repo: Repo, revision: str) -> None:
    """Nothing that is no branch, tag or commit is taken for one."""
    with pytest.raises(UnknownRevisionError):
        _find_removed(repo, revision)


def test_without_the_history_it_cannot_be_told(repo: Repo, tmp_path: Path) -> None:
    """A shallow copy and a folder without git say so, and are never taken for “nothing is gone”."""
    cut = tmp_path / "cut"
    repo.commit(files={RADIATOR: None})
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(cut))
    with pytest.raises(RepositoryError, match="newest commits"):
        _find_removed(Repo(cut), "HEAD")
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/plansite.yaml").write_text("title: T\n")
    with pytest.raises(RepositoryError, match="not kept in a git repository"):
        _find_removed(Repo(tmp_path / "plain"), "HEAD")


@settings(max_examples=examples(15))
@given(st.text(max_size=40), st.text(max_size=40))
def test_titles_of_any_kind(tmp_path_factory: pytest.TempPathFactory, before: str, after: str) -> None:
    """Whatever somebody typed as a title, a deleted file is gone, and nothing fails."""
    repo = Repo.new(tmp_path_factory.mktemp("site"))
    door = f"{ACTIONS}/door.md"
    repo.commit(files={"plansite.yaml": "title: T\n", PLAN: action("Winter"), door: action(repr(before))})
    repo.git("tag", "before")
    repo.commit(files={door: None, f"{ACTIONS}/gate.md": action(repr(after), body=WORDS)})
    assert len(_find_removed(repo)) <= 1
    repo.commit(files={f"{ACTIONS}/gate.md": None})
    assert len(_find_removed(repo)) == 1
