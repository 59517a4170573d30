"""Files are edited and saved in Sveltia CMS, as `plansite serve --cms` offers it, in a clone of a repository."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.cms.browser_files import offer_folder, take_files
from tests.cms.editor_texts import packages
from tests.history.repo import Repo
from tests.preview.process import Process

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROJECT = Path(__file__).parents[2]
MEAL = "content/plans/after-loss/actions/hot-meal.md"
#: The editor makes only the fields that are in the window.
TALL: ViewportSize = {"width": 1280, "height": 3600}


PARTS = ("owners", "agencies", "plans/after-loss", "plans/inspection")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Repo, str]]:
    """A scratch clone of a repository with part of the demonstration below its top, and the address of its editor."""
    origin = Repo.new(tmp_path_factory.mktemp("origin"))
    for part in PARTS:
        shutil.copytree(PROJECT / "content" / part, origin.root / "sites/plans/content" / part)
    origin.write("sites/plans/plansite.yaml", "title: Riverside\ntoday: 2025-01-20\n")
    origin.commit()
    folder = tmp_path_factory.mktemp("scratch") / "clone"
    origin.git("clone", "-q", str(origin.root), str(folder))
    process = Process(folder / "sites/plans", "--cms", str(packages()))
    try:
        address = process.address
        said = "".join(process.lines)
        assert f"Edit in Chrome or Edge: {address}_plansite/cms/\n" in said
        assert f"and then the folder {folder}." in said
        yield Repo(folder), f"{address}_plansite/cms/"
    finally:
        process.stop()


@pytest.fixture
def clone(preview: tuple[Repo, str]) -> Repo:
    """The clone as it was."""
    repo, _ = preview
    repo.git("checkout", "-q", "--force", ".")
    repo.git("clean", "-fdq")
    return repo


@pytest.fixture
def page(browser: Browser, preview: tuple[Repo, str], clone: Repo) -> Iterator[Page]:
    """The editor with the clone's files, signed in. An error of a script or a missing file fails the test."""
    faults: list[str] = []
    tab = browser.new_page(viewport=TALL)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("response", lambda answer: None if answer.ok else faults.append(f"{answer.status} {answer.url}"))
    offer_folder(tab, preview[1], clone.root)
    tab.get_by_role("button", name="Work with Local Repository").click()
    yield tab
    tab.close()
    assert [each for each in faults if "favicon" not in each] == []


def _field(page: Page, path: str) -> Locator:
    return page.locator(f'section[data-key-path="{path}"]')


def _save(page: Page, clone: Repo) -> list[str]:
    """The lines that git says are different after a click on Save."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile(r"#/collections/[a-z-]+$"))
    take_files(page, clone.root)
    return [line for line in clone.git("diff", "-U0").splitlines() if re.match(r"[+-](?![+-]{2} )", line)]


def test_what_is_saved_differs_only_where_it_was_changed(page: Page, clone: Repo) -> None:
    """A new date, a status, a progress note, an item of a list, a supporter: one pull request that anybody can read."""
    page.get_by_text("Eat one hot meal a day").click()
    _field(page, "due").locator("input").fill("2025-02-01")
    _field(page, "status").get_by_role("combobox").click()
    page.get_by_role("option", name="In progress").click()
    text = _field(page, "body").locator("textarea")
    text.fill(
        text.input_value().replace("\n\n## Outcome", "\n- 2025-01-20 (GP): He has gained a kilogram.\n\n## Outcome")
    )
    _field(page, "evidence").get_by_role("button", name="Add").click()
    _field(page, "evidence.1.label").locator("input").fill("What the GP wrote: all well")
    _field(page, "evidence.1.date").locator("input").fill("2025-01-20")
    assert _save(page, clone) == [
        "-status: completed",
        "+status: in progress",
        "-due: 2025-01-16",
        "+due: 2025-02-01",
        '+  - label: "What the GP wrote: all well"',
        "+    date: 2025-01-20",
        "+- 2025-01-20 (GP): He has gained a kilogram.",
    ]
    assert clone.git("status", "--short") == f"M sites/plans/{MEAL}"


FORMS = {
    "plans/entries/inspection": "objective",
    "review-inspection/entries/2025-01-09": "title",
    "measure-inspection/entries/care-plans-whole": "unit",
    "assessment-inspection/entries/2025-01-16": "framework",
    "owners/entries/gp": "role",
    "agencies/entries/riverside-council": "telephone",
}


def test_each_form_can_be_saved(page: Page, clone: Repo) -> None:
    """Whatever kind of file it is: one field is different, and no other line."""
    expect(page.get_by_text("Eat one hot meal a day")).to_be_visible()
    for place, field in FORMS.items():
        page.evaluate(f"location.hash = '#/collections/{place}'")
        box = _field(page, field).locator("input, textarea").first
        box.fill(f"{box.input_value()} (changed)".strip())
        *_, new = changed = _save(page, clone)
        assert [line[1:].split(":")[0] for line in changed] in ([field], [field, field])
        assert new.startswith(f"+{field}: ")
        assert new.rstrip('"').endswith("(changed)")
        clone.commit()


def test_a_new_action_is_a_file_of_its_plan(page: Page, clone: Repo) -> None:
    """Its name comes from its title, its text from the template, and fields that nobody filled in are left out."""
    page.get_by_role("button", name="New").first.click()
    expect(_field(page, "body").locator("textarea")).to_have_value(re.compile("## Steps"))
    _field(page, "title").locator("input").fill("Ring the allotment society: now")
    _field(page, "due").locator("input").fill("2025-05-01")
    assert _save(page, clone) == []
    made = "sites/plans/content/plans/after-loss/actions/ring-the-allotment-society-now.md"
    assert clone.git("status", "--short") == f"?? {made}"
    text = (clone.root / made).read_text("utf-8")
    assert text.startswith(
        '---\ntitle: "Ring the allotment society: now"\nstatus: not started\ndue: 2025-05-01\n---\n<!-- Why is this needed'
    )
    assert "\n## Steps\n" in text
