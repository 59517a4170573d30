"""The configuration of the content editor: valid for Sveltia, and right for the files of a site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from plansite.cms.backend import UnknownRepositoryError, build_backend, find_edited_repository
from plansite.cms.configuration import GENERATED_NOTE, EditorRequest, format_configuration
from plansite.cms.editor_page import build_page_files
from plansite.cms.kinds import EDITED_KINDS, load_kinds
from plansite.cms.site_editor import load_editor_request
from plansite.cms.widgets import LONG_FIELDS
from plansite.content.settings import load_settings
from plansite.model.content_editor.settings import ContentEditorSettings
from plansite.model.fields import declared_fields
from plansite.model.status import Status
from tests.cms.editor_texts import packages
from tests.sites import write

PROJECT = Path(__file__).parents[2]
PLAN = "---\ntitle: The house\ngoals:\n  - {key: warm, title: Warm rooms}\n---\n"
ACTION = "---\ntitle: Mend the door\nowner: Anna\n---\n"
SETTINGS = "title: Ours\nrepository: https://github.com/example/plans\n"
HOUSE = {
    "plansite.yaml": SETTINGS,
    "content/plans/house/plan.md": PLAN,
    "content/plans/house/actions/door.md": ACTION,
}

Group = dict[str, Any]


def _configure(root: Path, files: Mapping[str, str]) -> Group:
    """The configuration of a site, as the editors read it."""
    configuration: Group = yaml.safe_load(format_configuration(load_editor_request(write(root, files))))
    return configuration


def _collect(configuration: Group) -> dict[str, Group]:
    """The collections by name, without the lines between them."""
    return {each["name"]: each for each in configuration["collections"] if "name" in each}


def _fields(configuration: Group, collection: str) -> dict[str, Group]:
    found = _collect(configuration)[collection]
    fields = found["fields"] if "fields" in found else found["files"][0]["fields"]
    return {field["name"]: field for field in fields}


def _walk(value: Any) -> Iterator[Group]:
    """Every group in a configuration."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _walk(inner)


@pytest.fixture(scope="module")
def demonstration() -> EditorRequest:
    """The project's own site."""
    return load_editor_request(PROJECT)


@pytest.fixture(scope="module")
def configuration(demonstration: EditorRequest) -> Group:
    """The configuration of the demonstration."""
    found: Group = yaml.safe_load(format_configuration(demonstration))
    return found


@pytest.mark.parametrize("repository", ["https://github.com/a/b", "https://gitlab.example.org/a/b/c"])
def test_the_schema_in_sveltias_package_accepts_it(configuration: Group, tmp_path: Path, repository: str) -> None:
    """The demonstration's configuration is valid, and so is that of a small site on either host."""
    schema = json.loads((packages() / "@sveltia/cms/schema/sveltia-cms.json").read_text("utf-8"))
    own = _configure(tmp_path, {**HOUSE, "plansite.yaml": f"title: Ours\nrepository: {repository}\n"})
    for each in (configuration, own):
        assert [error.message for error in Draft7Validator(schema).iter_errors(each)] == []


def test_the_schema_refuses_a_mistake(configuration: Group) -> None:
    """The schema is strict enough to notice an option that there is not."""
    schema = json.loads((packages() / "@sveltia/cms/schema/sveltia-cms.json").read_text("utf-8"))
    assert not Draft7Validator(schema).is_valid({**configuration, "publish_mode": "workflow"})


def test_each_file_is_in_one_collection(configuration: Group) -> None:
    """Every document of the demonstration is listed once, with the form of its kind."""
    listed: dict[str, list[str]] = {}
    for collection in _collect(configuration).values():
        files = [each["file"] for each in collection.get("files", ())]
        folder = PROJECT / collection.get("folder", "-")
        for path in (*files, *(path.relative_to(PROJECT).as_posix() for path in folder.glob("*.md"))):
            listed.setdefault(path, []).append(collection["format"])
    documents = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "content").rglob("*.md")}
    assert set(listed) == documents
    assert {path for path, formats in listed.items() if len(formats) > 1} == set()
    assert listed["content/plans/own-flat/plan.md"] == ["plansite-plan-frontmatter"]


@pytest.mark.parametrize("kind", list(EDITED_KINDS))
def test_a_form_has_all_fields_in_the_order_of_new(kind: str, tmp_path: Path) -> None:
    """First those of the template, as `plansite new` writes them, then all others as they are declared."""
    names = [field.name for field in load_kinds(tmp_path)[kind].fields]
    declared = [field.name for field in declared_fields(EDITED_KINDS[kind])]
    template = PROJECT / f"plansite/scaffold/new/{kind}.md"
    text = template.read_text("utf-8").split("\n---\n")[0] if template.exists() else ""
    first = re.findall(r"(?m)^(\w+):", text)
    assert names == [*first, *(name for name in declared if name not in first)]
    assert set(names) == set(declared)


def test_a_sites_own_template_decides_the_order(tmp_path: Path) -> None:
    """Its fields come first, its fixed values and its text are what a new file begins with."""
    template = (
        "---\ntitle: {title}\ndue: {due}\nstatus: in progress\npriority: high\nowner:\n---\n## Steps\n- [ ] {today}\n"
    )
    fields = _fields(_configure(tmp_path, {**HOUSE, "content/templates/action.md": template}), "action-house")
    assert list(fields)[:7] == ["title", "due", "status", "priority", "owner", "body", "ref"]
    assert fields["status"]["default"] == "in progress"
    assert fields["priority"]["default"] == "high"
    assert fields["body"]["default"] == "## Steps\n- [ ] 2025-01-14"


def test_dates_are_days(configuration: Group, tmp_path: Path) -> None:
    """No time, no format of their own, and no day that is filled in."""
    dates = [field for field in _walk(configuration) if field.get("widget") == "datetime"]
    assert len(dates) > 50
    assert {(date["type"], date["time_format"]) for date in dates} == {("date", False)}
    assert [date for date in dates if {"format", "date_format", "default"} & set(date)] == []
    on_forgejo = _configure(tmp_path, {**HOUSE, "plansite.yaml": SETTINGS.replace("github.com", "codeberg.org")})
    others = [field for field in _walk(on_forgejo) if field.get("widget") == "datetime"]
    assert {(date["date_format"], date["time_format"], "format" in date) for date in others} == {
        ("YYYY-MM-DD", False, False)
    }


def test_people_choose_from_what_there_is(tmp_path: Path) -> None:
    """Statuses from a list; owners, agencies and the plan's own goals from the files."""
    people = {
        "content/owners/anna.md": "---\ntitle: Anna\n---\n",
        "content/agencies/council.md": "---\ntitle: Council\n---\n",
    }
    found = _configure(tmp_path, {**HOUSE, **people})
    fields = _fields(found, "action-house")
    assert [option["value"] for option in fields["status"]["options"]] == [str(status) for status in Status]
    assert fields["status"]["default"] == "not started"
    owner = fields["owner"]
    assert (owner["widget"], owner["collection"], owner["value_field"]) == ("relation", "owners", "title")
    assert fields["supporters"]["multiple"] is True
    goal = fields["goal"]
    assert (goal["collection"], goal["file"], goal["value_field"]) == ("plans", "house", "goals.*.key")
    agencies = _fields(found, "plans")["agencies"]
    assert (agencies["collection"], agencies["value_field"]) == ("agencies", "{{slug}}")


def test_names_are_typed_where_there_is_nothing_to_choose(tmp_path: Path) -> None:
    """A site without files of owners, and a plan without goals."""
    fields = _fields(
        _configure(tmp_path, {**HOUSE, "content/plans/house/plan.md": "---\ntitle: A\n---\n"}), "action-house"
    )
    assert {name: fields[name]["widget"] for name in ("owner", "goal", "supporters")} == {
        "owner": "string", "goal": "string", "supporters": "list",
    }  # fmt: skip


def test_a_goal_without_a_key_is_chosen_by_its_title(tmp_path: Path) -> None:
    """All goals are then, because the choice has one field for its values."""
    plan = PLAN.replace("---\n", "  - {title: Dry rooms}\n---\n").replace(
        "  - {title: Dry rooms}\n---\ntitle", "---\ntitle"
    )
    fields = _fields(_configure(tmp_path, {**HOUSE, "content/plans/house/plan.md": plan}), "action-house")
    assert fields["goal"]["value_field"] == "goals.*.title"


def test_files_are_saved_for_review_without_empty_fields(configuration: Group) -> None:
    """Drafts, plain texts, names of files from titles, and nothing is deleted."""
    assert configuration["publish_mode"] == "editorial_workflow"
    assert configuration["output"]["omit_empty_optional_fields"] is True
    folders = [each for each in _collect(configuration).values() if "folder" in each]
    assert {(each["slug"], each["delete"]) for each in folders} == {("{{title}}", False)}
    bodies = [field for field in _walk(configuration) if field.get("name") == "body"]
    assert {field["widget"] for field in bodies} == {"text"}


def test_a_group_that_may_be_left_out_asks_for_nothing(configuration: Group) -> None:
    """Decap asks for the fields of a group even where the group is left out; an item of a list has what it needs."""
    fields = _fields(configuration, "action-inspection")
    assert {inner["required"] for inner in fields["interim"]["fields"]} == {False}
    assert fields["evidence"]["fields"][0]["required"] is True


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("repository: https://github.com/a/b.git\nbranch: live",
         {"name": "github", "repo": "a/b", "branch": "live", "auth_methods": ["token"]}),
        ("repository: https://github.com/a/b\ncontent_editor: {sign_in: 'https://sign-in.example.org/'}",
         {"name": "github", "repo": "a/b", "branch": "main", "base_url": "https://sign-in.example.org"}),
        ("repository: https://git.example.org/a/b\nhost: github enterprise",
         {"name": "github", "repo": "a/b", "branch": "main", "api_root": "https://git.example.org/api/v3",
          "auth_methods": ["token"]}),
        ("repository: https://gitlab.com/a/b/c/\ncontent_editor: {app_id: 1a}",
         {"name": "gitlab", "repo": "a/b/c", "branch": "main", "api_root": "https://gitlab.com/api/v4",
          "base_url": "https://gitlab.com", "auth_type": "pkce", "app_id": "1a"}),
        ("repository: https://codeberg.org/a/b\ncontent_editor: {app_id: 1a}",
         {"name": "forgejo", "repo": "a/b", "branch": "main", "api_root": "https://codeberg.org/api/v1",
          "app_id": "1a"}),
    ],
)  # fmt: skip
def test_the_backend_is_that_of_the_repository(tmp_path: Path, settings: str, expected: Group) -> None:
    """Its kind, its address and the way to sign in follow from the settings."""
    found = load_settings(write(tmp_path, {"plansite.yaml": f"title: A\n{settings}\n"}))
    assert build_backend(find_edited_repository(found), found.content_editor or ContentEditorSettings()) == expected


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("", "it has no `repository`; add the web address of these files, such as https://github.com/example/plans"),
        ("repository: https://github.com/example",
         "`repository` is https://github.com/example; write the address of the repository itself, such as "
         "https://github.com/example/plans"),
        ("repository: https://git.example.org/a/b",
         "git.example.org does not tell which program shows the repository; add `host: github`, `host: gitlab` or "
         "`host: forgejo`"),
    ],
)  # fmt: skip
def test_a_repository_that_is_not_known_is_named(tmp_path: Path, settings: str, message: str) -> None:
    """The message says what to add to the settings."""
    found = load_settings(write(tmp_path, {"plansite.yaml": f"title: A\n{settings}\n"}))
    with pytest.raises(UnknownRepositoryError) as raised:
        find_edited_repository(found)
    assert str(raised.value) == f"plansite.yaml: {message}"


def test_a_site_below_the_top_of_its_repository(tmp_path: Path) -> None:
    """All paths are those of the repository."""
    found = _configure(tmp_path, {**HOUSE, "plansite.yaml": f"{SETTINGS}repository_folder: sites/plans/\n"})
    collections = _collect(found)
    assert collections["action-house"]["folder"] == "sites/plans/content/plans/house/actions"
    assert collections["plans"]["files"][0]["file"] == "sites/plans/content/plans/house/plan.md"
    assert collections["owners"]["folder"] == "sites/plans/content/owners"


def test_what_other_sources_bring_is_not_edited(tmp_path: Path) -> None:
    """A plan whose files somebody else keeps has no collection."""
    files = {
        **HOUSE,
        "plansite.yaml": f"{SETTINGS}sources:\n  - {{path: theirs, plan: theirs}}\n",
        "theirs/a.md": ACTION,
    }
    assert [name for name in _collect(_configure(tmp_path, files)) if "theirs" in name] == []


def test_a_configuration_stays_small(demonstration: EditorRequest, tmp_path: Path) -> None:
    """Forms that plans share are written once: a further plan adds a few lines, and not a further form."""
    one = format_configuration(load_editor_request(write(tmp_path / "one", HOUSE)))
    more = {
        path.replace("house", f"house{at}"): text for at in range(20) for path, text in HOUSE.items() if "/" in path
    }
    many = format_configuration(load_editor_request(write(tmp_path / "many", {**HOUSE, **more})))
    assert len(many) - len(one) < 20 * 3_000
    assert format_configuration(demonstration).startswith(GENERATED_NOTE)


@pytest.mark.parametrize(
    "title",
    [
        "</title><script>x</script>",
        "{{title}} *a* [b](javascript:x)",
        "a: b #c",
        "- & * ! %",
        "'\"`",
        "\u202eeltit",
        "é\u2028",
    ],
)
def test_titles_are_texts(tmp_path: Path, title: str) -> None:
    """Whatever a plan or a site is called, the configuration says it as it is, and the page escapes it."""
    plan = f"---\ntitle: {json.dumps(title)}\n---\n"
    files = {
        **HOUSE,
        "plansite.yaml": f"{SETTINGS}".replace("Ours", json.dumps(title)),
        "content/plans/house/plan.md": plan,
    }
    request = load_editor_request(write(tmp_path, files))
    found = yaml.safe_load(format_configuration(request))
    assert found["app_title"] == request.site.settings.title
    assert _collect(found)["action-house"]["label"] == f"Actions: {request.site.plans[0].title}"
    assert "<script>x" not in build_page_files(request)["index.html"].decode()


def test_long_texts_have_several_lines(configuration: Group) -> None:
    """Fields that are written in sentences get a box of several lines; each name in the list is that of a text."""
    widgets = {name: set[str]() for name in LONG_FIELDS}
    for field in _walk(configuration):
        if field.get("name") in LONG_FIELDS and "widget" in field:
            widgets[field["name"]].add(field["widget"])
    assert {name for name, kinds in widgets.items() if "text" not in kinds} == set()
