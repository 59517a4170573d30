"""Filters and sorting in a real browser: each field, the address, the way back, later days, paper, phones, the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, demonstration, unpack, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AS_AT = date(2025, 1, 20)
REGISTER, OPEN, OVERDUE, DUE_SOON = "plans/falls/register.html", "open.html", "overdue.html", "due-soon.html"


def _action(title: str, ref: str, *fields: str) -> str:
    return "---\n" + "\n".join([f"title: {title}", f"ref: {ref}" if ref else "", *fields]) + "\n---\n"


FILES = {
    "plansite.yaml": "title: Test site\ntimezone: Europe/London\n",
    "content/agencies/riverside.md": "---\ntitle: Riverside Care\n---\n",
    "content/agencies/council.md": "---\ntitle: The Council\n---\n",
    "content/owners/cook.md": "---\ntitle: Head Cook\nagency: riverside\n---\n",
    "content/owners/porter.md": "---\ntitle: Porter\nagency: council\n---\n",
    "content/plans/falls/plan.md": (
        "---\ntitle: Fewer falls\ngoals:\n  - {key: safe, title: Safe stairs}\n  - {key: calm, title: Calm nights}\n---\n"
    ),
    "content/plans/falls/actions/lights.md": _action(
        "Mend the lights",
        "10",
        "owner: cook",
        "status: in progress",
        "due: 2025-01-10",
        "created: 2024-12-01",
        "priority: high",
        "goal: safe",
        "tags: [night, Fire safety]",
    )
    + "## Progress\n- 2025-01-09: Parts are here.\n",
    "content/plans/falls/actions/rails.md": _action(
        "Fit rails",
        "2",
        "owner: Porter",
        "due: 2025-01-21",
        "priority: low",
        "goal: calm",
        "tags: [night]",
    ),
    "content/plans/falls/actions/stairs.md": _action(
        "Clear the stairs",
        "3",
        "owner: Porter",
        "status: done",
        "due: 2025-01-05",
        "goal: safe",
        "created: 2025-01-02",
    )
    + "## Progress\n- 2025-01-11: Cleared.\n",
    "content/plans/falls/actions/think.md": _action("Think", ""),
    "content/plans/falls/actions/torn.md": "---\ntitle: Torn: carpet\n---\n",
    "content/plans/meals/plan.md": "---\ntitle: Better meals\ngoals:\n  - {key: calm, title: Calm meals}\n---\n",
    "content/plans/meals/actions/menu.md": _action(
        "Print menus",
        "1",
        "owner: cook",
        "due: 2025-01-02",
        "goal: calm",
        "tags: [kitchen]",
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans as at 20 January 2025, as from a zip file."""
    root = tmp_path_factory.mktemp("filter")
    return unpack(build_in_memory(write(root / "source", FILES), clock=FixedClock(AS_AT)), root / "public")


@contextmanager
def _opened(browser: Browser, address: str, day: str = "2025-01-20", width: int = 1280) -> Iterator[Page]:
    """A page read from disk on a day; an error in a script fails the test."""
    context = browser.new_context(timezone_id="Europe/London", viewport={"width": width, "height": 800})
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.set_fixed_time(f"{day}T12:00:00Z")
    page.goto(address)
    yield page
    context.close()
    assert errors == []


def _titles(page: Page) -> list[str]:
    expect(page.locator("form.filter [role=status]")).not_to_be_empty()
    return page.locator("tr[data-f]:visible th a, .rows > li:visible h3 a").all_inner_texts()


def _query(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.search)"))


def _field(page: Page, label: str) -> Locator:
    return page.locator("form.filter label").filter(has_text=re.compile(rf"^\s*{label}\b")).locator("select")


def _choose(page: Page, field: str, label: str) -> None:
    button = page.get_by_role("button", name="Filter")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    _field(page, field).select_option(label=label)


@pytest.mark.parametrize(
    ("path", "field", "label", "query", "titles"),
    [
        (REGISTER, "Status", "In progress", "?status=in-progress", ["Mend the lights"]),
        (REGISTER, "Priority", "High", "?priority=high", ["Mend the lights"]),
        (REGISTER, "Priority", "No priority", "?priority=-", ["Clear the stairs", "Think", "Torn"]),
        (REGISTER, "Owner", "Porter", "?owner=porter", ["Fit rails", "Clear the stairs"]),
        (REGISTER, "Owner", "Nobody yet", "?owner=-", ["Think", "Torn"]),
        (REGISTER, "Agency", "Riverside Care", "?agency=riverside", ["Mend the lights"]),
        (REGISTER, "Goal", "Safe stairs", "?goal=safe", ["Clear the stairs", "Mend the lights"]),
        (REGISTER, "Tag", "Fire safety", "?tag=fire-safety", ["Mend the lights"]),
        (REGISTER, "Tag", "night", "?tag=night", ["Fit rails", "Mend the lights"]),
        (REGISTER, "Show", "Open only", "?show=open", ["Fit rails", "Mend the lights", "Think", "Torn"]),
        (REGISTER, "Show", "Overdue only", "?show=late", ["Mend the lights"]),
        (OPEN, "Plan", "Better meals", "?plan=meals", ["Print menus"]),
        (OPEN, "Goal", "Calm nights", "?goal=falls/calm", ["Fit rails"]),
        (OPEN, "Agency", "The Council", "?agency=council", ["Fit rails"]),
        (OPEN, "Tag", "No tag", "?tag=-", ["Think"]),
        (OVERDUE, "Plan", "Fewer falls", "?plan=falls", ["Mend the lights"]),
    ],
)
def test_rows_are_filtered_by_each_field(
    browser: Browser, site: Path, path: str, field: str, label: str, query: str, titles: list[str]
) -> None:
    """The rows with that value are left, the count says so, and the address leads to the same rows."""
    with _opened(browser, (site / path).as_uri()) as page:
        everything = len(_titles(page))
        _choose(page, field, label)
        assert _titles(page) == titles
        assert page.locator("form.filter [role=status]").inner_text().startswith(f"{len(titles)} of {everything} ")
        assert _query(page) == query
        address = page.url
    with _opened(browser, address) as page:
        assert _titles(page) == titles


def test_fields_add_up_and_are_cleared_at_once(browser: Browser, site: Path) -> None:
    """Each choice narrows the rows; one button brings all of them back, and the address is plain again."""
    with _opened(browser, (site / REGISTER).as_uri()) as page:
        clear = page.get_by_role("button", name="Clear")
        expect(clear).to_be_hidden()
        _choose(page, "Tag", "night")
        _choose(page, "Owner", "Porter")
        page.get_by_label("Find in the register").fill("rail")
        assert _titles(page) == ["Fit rails"]
        assert _query(page) == "?q=rail&owner=porter&tag=night"
        clear.click()
        assert len(_titles(page)) == 5
        assert _query(page) == ""
        assert _field(page, "Owner").input_value() == ""


def test_the_way_back_goes_from_filter_to_filter(browser: Browser, site: Path) -> None:
    """Back and forward show the rows of each address; typed words are one step, not one for each letter."""
    with _opened(browser, (site / REGISTER).as_uri()) as page:
        _choose(page, "Owner", "Porter")
        page.get_by_label("Find in the register").press_sequentially("rails")
        assert _titles(page) == ["Fit rails"]
        page.go_back()
        assert _titles(page) == ["Fit rails", "Clear the stairs"]
        page.go_back()
        assert len(_titles(page)) == 5
        page.go_forward()
        assert _field(page, "Owner").input_value() == "porter"
        assert _titles(page) == ["Fit rails", "Clear the stairs"]


def test_an_old_address_shows_no_other_rows(browser: Browser, site: Path) -> None:
    """A value that no row has any more finds nothing, and says what it looked for; it is not passed over."""
    for field in ("owner", "agency", "tag", "plan"):
        with _opened(browser, f"{(site / OPEN).as_uri()}?{field}=gone") as page:
            assert _titles(page) == []
            expect(page.locator("form.filter [role=status]")).to_have_text("No action matches.")
            expect(page.locator(".filter__on")).to_contain_text("gone")
            page.get_by_role("button", name="Clear").click()
            assert len(_titles(page)) == 4


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        (REGISTER, ["Status", "Priority", "Owner", "Agency", "Goal", "Tag"]),
        (OPEN, ["Status", "Priority", "Owner", "Agency", "Goal", "Tag", "Plan"]),
        ("plans/meals/register.html", []),
    ],
)
def test_only_fields_with_a_choice_are_offered(browser: Browser, site: Path, path: str, labels: list[str]) -> None:
    """A field whose rows have one value is not there."""
    with _opened(browser, (site / path).as_uri()) as page:
        page.get_by_role("button", name="Filter").click()
        shown = page.locator(".filter__more label:visible")
        assert [text.split("\n")[0].split(" Any")[0].strip() for text in shown.all_inner_texts()] == labels


def test_choices_follow_the_day(browser: Browser, site: Path) -> None:
    """What is overdue on the reader's own day is counted and offered: Porter's action is late from the 22nd on."""
    with _opened(browser, (site / OVERDUE).as_uri()) as page:
        assert _titles(page) == ["Print menus", "Mend the lights"]
        assert page.locator("[name=owner] option:not([disabled])").all_inner_texts() == ["Any owner", "Head Cook"]
        expect(page.locator("form.filter [role=status]")).to_have_text("2 of 2 entries")
    with _opened(browser, (site / OVERDUE).as_uri(), "2025-01-22") as page:
        expect(page.locator("form.filter [role=status]")).to_have_text("3 of 3 entries")
        _choose(page, "Owner", "Porter")
        assert _titles(page) == ["Fit rails"]


def test_groups_say_how_many_they_show(browser: Browser, site: Path) -> None:
    """A group without a row goes; another says how many of its rows are shown, and its own count comes back."""
    with _opened(browser, (site / OPEN).as_uri()) as page:
        _choose(page, "Priority", "High")
        assert page.locator(".section:visible h2").all_inner_texts() == ["Fewer falls"]
        assert page.locator(".section:visible header .note:visible").all_inner_texts() == ["1 of 3 shown"]
        page.get_by_role("button", name="Clear").click()
        assert page.locator(".section:visible header .note:visible").all_inner_texts() == ["1 action", "3 actions"]


def test_paper_shows_what_the_screen_shows(browser: Browser, site: Path) -> None:
    """The rows that are left, and by what they were chosen; an unfiltered page says nothing of a filter."""
    with _opened(browser, f"{(site / REGISTER).as_uri()}?owner=porter&show=open") as page:
        expect(page.locator(".filter__on")).to_have_text("Open only, Owner: Porter")
        page.emulate_media(media="print")
        assert page.locator("tr[data-f]:visible").count() == 1
        printed = " ".join(page.locator("form.filter").inner_text().split())
        assert printed == "1 of 5 actions Open only, Owner: Porter"
    with _opened(browser, (site / REGISTER).as_uri()) as page:
        page.emulate_media(media="print")
        expect(page.locator("form.filter")).to_be_hidden()


def test_a_phone_has_one_button(browser: Browser, site: Path) -> None:
    """On 320 pixels the fields are behind a button, which works by keyboard and says whether they are open."""
    with _opened(browser, (site / OPEN).as_uri(), width=320) as page:
        _titles(page)
        assert page.locator("form.filter").bounding_box()["height"] <= 48  # type: ignore[index]
        button = page.get_by_role("button", name="Filter")
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        expect(page.get_by_label("Find in this list")).to_be_visible()
        _field(page, "Owner").focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".filter__on")).to_contain_text("Owner: ")
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_columns_sort_by_what_they_hold(browser: Browser, site: Path) -> None:
    """Dates by time, words by letters, numbers by size; what is empty is last both ways; the caption says which."""
    up = {
        "Action No": ["Fit rails", "Clear the stairs", "Mend the lights"],
        "Action": ["Clear the stairs", "Fit rails", "Mend the lights", "Think", "Torn"],
        "Owner": ["Mend the lights", "Fit rails", "Clear the stairs"],
        "Created": ["Mend the lights", "Clear the stairs"],
        "Due": ["Clear the stairs", "Mend the lights", "Fit rails"],
        "Progress": ["Mend the lights", "Clear the stairs"],
        "Status": ["Fit rails", "Think", "Mend the lights", "Clear the stairs"],
    }
    with _opened(browser, (site / REGISTER).as_uri()) as page:
        caption = page.locator("[data-order]")
        for name, expected in up.items():
            head = page.locator("thead th", has=page.get_by_role("button", name=name, exact=True))
            head.get_by_role("button").click()
            assert _titles(page)[: len(expected)] == expected, name
            assert head.get_attribute("aria-sort") == "ascending"
            ascending = caption.inner_text()
            head.get_by_role("button").click()
            assert sorted(_titles(page)[: len(expected)]) == sorted(expected), f"{name}: what is empty is last"
            assert _titles(page)[0] in expected[-2:]
            assert head.get_attribute("aria-sort") == "descending"
            assert caption.inner_text() != ascending
        page.get_by_role("button", name="Due").click()
        assert caption.inner_text() == "Sorted by due, earliest first."


def test_the_order_is_in_the_address(browser: Browser, site: Path) -> None:
    """An address says how the table is sorted; the way back undoes it."""
    with _opened(browser, f"{(site / REGISTER).as_uri()}?sort=-due") as page:
        assert _titles(page)[:3] == ["Fit rails", "Mend the lights", "Clear the stairs"]
        page.get_by_role("button", name="Owner").click()
        assert _query(page) == "?sort=owner"
        page.go_back()
        assert _titles(page)[:3] == ["Fit rails", "Mend the lights", "Clear the stairs"]
        expect(page.locator("[data-order]")).to_have_text("Sorted by due, latest first.")
    with _opened(browser, (site / REGISTER).as_uri()) as page:
        page.get_by_role("button", name="Owner").click()
        page.go_back()
        assert _titles(page)[:3] == ["Fit rails", "Clear the stairs", "Mend the lights"]
        expect(page.locator("[data-order]")).to_have_text("In order of their numbers.")


def test_cards_of_a_board_are_filtered(browser: Browser, site: Path) -> None:
    """Columns stay, each says how many of its cards are shown, and one that is folded and has such a card is open."""
    with _opened(browser, (site / "plans/falls/index.html").as_uri()) as page:
        _choose(page, "Goal", "Safe stairs")
        assert page.locator(".card[data-f]:visible h3 a").all_inner_texts() == ["Mend the lights", "Clear the stairs"]
        expect(page.locator("form.filter [role=status]")).to_have_text("2 of 4 actions")
        assert page.locator(".filter-count:visible").all_inner_texts() == ["0 of 2 shown"]
        page.get_by_role("button", name="Clear").click()
        expect(page.locator(".card[data-f]:visible")).to_have_count(4)
        expect(page.locator(".filter-count")).to_have_count(0)


def test_a_page_of_a_longer_list_says_so(browser: Browser, tmp_path: Path) -> None:
    """The count is of this page, and a link leads to the search for the rest."""
    actions = {
        f"content/plans/falls/actions/a{n}.md": _action(f"Do {n}", str(n), "priority: high" if n < 3 else "")
        for n in range(1002)
    }
    files = {path: text for path, text in FILES.items() if "/actions/" not in path}
    long_site = unpack(
        build_in_memory(write(tmp_path / "source", {**files, **actions}), clock=FixedClock(AS_AT)), tmp_path / "site"
    )
    with _opened(browser, f"{(long_site / REGISTER).as_uri()}?priority=high") as page:
        expect(page.locator("form.filter [role=status]")).to_have_text("3 of 1,000 actions on this page")
        expect(page.get_by_role("link", name="search all of them")).to_be_visible()
    with _opened(browser, f"{(long_site / 'plans/falls/register-2.html').as_uri()}?priority=high") as page:
        expect(page.locator("form.filter [role=status]")).to_have_text("No action matches on this page.")


def test_without_script_pages_of_owners_agencies_and_tags_stand_in(browser: Browser, site: Path) -> None:
    """There is no field that does nothing, and a sentence that leads to the same rows."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in (REGISTER, OPEN, OVERDUE):
        page.goto((site / path).as_uri())
        expect(page.locator("form.filter")).to_be_hidden()
        links = page.locator("#without-script a")
        assert links.all_inner_texts() == ["Owners", "Agencies", "Tags"]
        for heading in ("Owners", "Agencies", "Tags"):
            links.filter(has_text=heading).click()
            expect(page.locator("h1")).to_have_text(heading)
            page.go_back()
    context.close()


@pytest.fixture(scope="module")
def demonstration_site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, unpacked."""
    return unpack(demonstration(project), tmp_path_factory.mktemp("demonstration"))


@pytest.mark.parametrize("script", [True, False])
def test_ten_actions_fit_a_screen(browser: Browser, demonstration_site: Path, script: bool) -> None:
    """The largest register of the demonstration shows its ten actions at 1280 by 800 pixels without scrolling."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=script)
    page = context.new_page()
    page.goto((demonstration_site / "plans/inspection/register.html").as_uri())
    tenth = page.locator("tr[data-f]").nth(9).bounding_box()
    assert tenth and tenth["y"] + tenth["height"] <= 800
    context.close()


@pytest.mark.parametrize(("path", "most"), [("plans/inspection/register.html", 3200), ("open.html", 5000)])
def test_pages_are_short_on_a_phone(browser: Browser, demonstration_site: Path, path: str, most: int) -> None:
    """Ten rows of the register, and 26 of the list, at 320 pixels."""
    with _opened(browser, (demonstration_site / path).as_uri(), width=320) as page:
        assert page.evaluate("document.documentElement.scrollHeight") <= most


def test_full_texts_are_one_press_away(browser: Browser, demonstration_site: Path) -> None:
    """A screen shows two lines of each text, and no notes, until the reader asks; also without script. Paper has all."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto((demonstration_site / "plans/inspection/register.html").as_uri())
    steps = page.locator("tr[data-f]").nth(2).locator("td:nth-child(4) p")
    cut = "(it) => it.scrollHeight > it.clientHeight + 1"
    evidence = page.locator("tr[data-f]").nth(2).get_by_text("Evidence: ")
    assert steps.evaluate(cut)
    expect(evidence).to_be_hidden()
    page.get_by_label("Full texts").check()
    assert not steps.evaluate(cut)
    expect(evidence).to_be_visible()
    page.get_by_label("Full texts").uncheck()
    page.emulate_media(media="print")
    expect(evidence).to_be_visible()
    assert page.locator(".register p").evaluate_all(f"all => all.filter({cut}).length") == 0
    context.close()
