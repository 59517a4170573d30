"""The script adds to complete pages: a filter, sorting, print, and the truth on the reader's own day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from plansite.model.settings import Settings
from plansite.pipeline.build import build_in_memory
from plansite.publish.headers import published_headers
from plansite.render.theme import default_theme_folder
from tests.sites import FixedClock, unpack, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AS_AT = date(2025, 1, 20)
NOON = "2025-01-20T12:00:00Z"
BOARD, REGISTER = "plans/falls/index.html", "plans/falls/register.html"
FILES = {
    "plansite.yaml": "title: Test site\ntimezone: Europe/London\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\nstart: 2025-01-01\nreview_every: 6 months\n---\n",
    "content/plans/falls/actions/late.md": (
        "---\ntitle: Mend the lights\nref: 10\nowner: Zoë\nstatus: in progress\ndue: 2025-01-10\n---\n"
        "## Steps\n- [x] Buy\n- [ ] Fit\n"
    ),
    "content/plans/falls/actions/near.md": (
        "---\ntitle: Fit rails\nref: 2\nowner: Porter\ndue: 2025-01-21\n---\n"
        "## Steps\n- [x] Buy\n- [ ] Fit\n- [ ] Try\n"
    ),
    "content/plans/falls/actions/far.md": "---\ntitle: Walk daily\nref: 1\nowner: Nurse\ndue: 2025-03-20\n---\n",
    "content/plans/falls/actions/done.md": (
        "---\ntitle: Clear the stairs\nref: 3\nowner: Porter\nstatus: done\ndue: 2025-01-05\n---\n"
    ),
    "content/plans/falls/actions/undated.md": "---\ntitle: Think\nref: 4\n---\n",
}


def _built(root: Path, files: dict[str, str]) -> Path:
    return unpack(build_in_memory(write(root / "source", files), clock=FixedClock(AS_AT)), root / "public")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site as at 20 January 2025, as from a zip file."""
    return _built(tmp_path_factory.mktemp("script"), FILES)


@contextmanager
def _opened(
    browser: Browser, file: Path, now: str = NOON, *, zone: str = "Europe/London", script: bool = True
) -> Iterator[Page]:
    """A page read from disk at a moment of the reader's clock; an error in a script fails the test."""
    context = browser.new_context(timezone_id=zone, java_script_enabled=script)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    if script:
        page.clock.set_fixed_time(now)
    page.goto(file.as_uri())
    yield page
    context.close()
    assert errors == []


def _card(page: Page, title: str) -> str:
    """A card's words in one line."""
    return " ".join(page.locator(".board .card", has_text=title).inner_text().split())


# The reader's own day


@pytest.mark.parametrize("now", [NOON, "2025-01-20T23:59:59Z", "2025-01-19T12:00:00Z", "2001-01-01T00:00:00Z"])
@pytest.mark.parametrize("path", [BOARD, "overdue.html", "plans/falls/actions/near.html"])
def test_on_its_own_day_a_page_stays_as_it_is(browser: Browser, site: Path, path: str, now: str) -> None:
    """On the as-at day, and with a clock that is behind it, the page is the one without script, apart from the filter."""
    without_tools = "() => { document.querySelectorAll('.filter, noscript').forEach((it) => it.remove()); return document.body.innerHTML; }"
    with _opened(browser, site / path, script=False) as plain:
        untouched = plain.evaluate(without_tools)
    with _opened(browser, site / path, now) as page:
        assert page.evaluate(without_tools) == untouched


def test_a_fixed_day_follows_no_clock(browser: Browser, tmp_path: Path) -> None:
    """A pinned copy stays as it is on every later day."""
    files = {**FILES, "plansite.yaml": "title: Test site\ntoday: 2025-01-20\n"}
    root = write(tmp_path / "source", files)
    site = unpack(build_in_memory(root, clock=FixedClock()), tmp_path / "public")
    with _opened(browser, site / BOARD, "2025-06-01T12:00:00Z") as page:
        assert "Overdue by 10 days" in _card(page, "Mend the lights")
        expect(page.locator(".banner")).to_have_count(0)


def test_what_becomes_late_is_late(browser: Browser, site: Path) -> None:
    """Tag, mark, role and words of an action whose date has passed; the days of one that was late already."""
    with _opened(browser, site / BOARD, "2025-01-29T12:00:00Z") as page:
        tag = page.locator(".board .card", has_text="Fit rails").locator(".tag")
        assert tag.inner_text() == "Overdue by 8 days"
        assert tag.get_attribute("class") == "tag tag--late"
        assert tag.locator("use").get_attribute("href") == "#m-late"
        assert "Overdue by 19 days" in _card(page, "Mend the lights")


def test_what_is_in_time_stays_so(browser: Browser, site: Path) -> None:
    """Due today is not overdue; on track, without date and closed stay as they were."""
    with _opened(browser, site / BOARD, "2025-01-21T12:00:00Z") as page:
        assert "At risk" in _card(page, "Fit rails")
        assert "On track" in _card(page, "Walk daily")
        assert "At risk" in _card(page, "Think")
        assert "Completed" in _card(page, "Clear the stairs")


@pytest.mark.parametrize(
    ("day", "title", "words"),
    [
        ("2025-01-20", "Fit rails", "Due tomorrow, 21 January 2025"),
        ("2025-01-21", "Fit rails", "Due today, 21 January 2025"),
        ("2025-01-22", "Fit rails", "Due 21 January 2025"),
        ("2025-03-18", "Walk daily", "Due 20 March 2025"),
        ("2025-03-19", "Walk daily", "Due tomorrow, 20 March 2025"),
    ],
)
def test_a_card_says_how_near_its_date_is(browser: Browser, site: Path, day: str, title: str, words: str) -> None:
    """The words before the date on a card follow the day."""
    with _opened(browser, site / BOARD, f"{day}T12:00:00Z") as page:
        assert words in _card(page, title)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("20", "At risk Not started Due tomorrow with 2 of 3 steps left."),
        ("21", "At risk Not started Due today with 2 of 3 steps left."),
        ("22", "Overdue by 1 day Not started 2 of 3 steps left."),
    ],
)
def test_an_action_says_in_a_sentence_where_it_stands(browser: Browser, site: Path, day: str, words: str) -> None:
    """The sentence beside the tag follows the day as well."""
    with _opened(browser, site / "plans/falls/actions/near.html", f"2025-01-{day}T12:00:00Z") as page:
        assert " ".join(page.locator(".verdict").first.inner_text().split()) == words


def test_lists_gain_and_lose_rows(browser: Browser, site: Path) -> None:
    """What has become late joins the overdue list and leaves the one of what is due; words and counts follow."""
    with _opened(browser, site / "overdue.html", "2025-01-22T12:00:00Z") as page:
        rows = [" ".join(each.split()) for each in page.locator(".rows__when:visible").all_inner_texts()]
        assert rows == ["Overdue by 12 days 10 January 2025", "Overdue by 1 day 21 January 2025"]
        assert page.locator(".lede").inner_text().startswith("2 of 4 open actions are late")
    with _opened(browser, site / "due-soon.html", "2025-01-22T12:00:00Z") as page:
        expect(page.locator(".rows > li:visible")).to_have_count(0)


def test_rows_say_how_soon(browser: Browser, site: Path) -> None:
    """The words above a row's date follow the day, and turn red when it has passed."""
    with _opened(browser, site / "open.html", "2025-01-22T12:00:00Z") as page:
        when = page.locator(".rows__when b")
        assert when.all_inner_texts() == ["Overdue by 12 days", "Overdue by 1 day", "Due in 57 days", "No date"]
        assert when.nth(1).get_attribute("class") == "late-text"


def test_bars_are_left_alone(browser: Browser, site: Path) -> None:
    """A bar shows the copy's own day, and the sentence above it says which that is."""
    with _opened(browser, site / BOARD) as page:
        bar, sentence = page.locator(".bar").first.inner_html(), page.locator(".verdict").first.inner_text()
    with _opened(browser, site / BOARD, "2025-01-29T12:00:00Z") as page:
        assert page.locator(".bar").first.inner_html() == bar
        assert page.locator(".verdict").first.inner_text() == f"{sentence} (On 20 January 2025.)"


def test_the_day_is_that_of_the_site(browser: Browser, site: Path, tmp_path: Path) -> None:
    """Not the reader's own zone counts but the site's: in Auckland it is the 21st while here it is the 20th."""
    with _opened(browser, site / BOARD, zone="Pacific/Auckland") as page:
        assert "Overdue by 10 days" in _card(page, "Mend the lights")
    files = {**FILES, "plansite.yaml": "title: Test site\ntimezone: Pacific/Auckland\n"}
    with _opened(browser, _built(tmp_path, files) / BOARD) as page:
        assert "Overdue by 11 days" in _card(page, "Mend the lights")


def test_a_zone_that_the_browser_does_not_know_does_no_harm(browser: Browser, site: Path, tmp_path: Path) -> None:
    """Then the reader's own day counts."""
    html = (site / BOARD).read_text("utf-8").replace("Europe/London", "Mars/Base")
    unpacked = _built(tmp_path, FILES)
    (unpacked / BOARD).write_text(html, "utf-8")
    with _opened(browser, unpacked / BOARD, "2025-01-22T12:00:00Z") as page:
        assert "Overdue by 12 days" in _card(page, "Mend the lights")


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2025-01-27T12:00:00Z", None),
        ("2025-01-28T12:00:00Z", "This copy is 8 days old. What is late has been worked out again for today."),
        (
            "2025-03-01T12:00:00Z",
            "This copy is 40 days old. What is late has been worked out again for today. "
            "Lists look only 31 days ahead, so some may be too short.",
        ),
    ],
)
def test_an_old_copy_says_so(browser: Browser, site: Path, now: str, said: str | None) -> None:
    """Past a week, above the page; and past what its lists carry, that they may be short."""
    with _opened(browser, site / BOARD, now) as page:
        assert page.locator(".banner").all_inner_texts() == ([said] if said else [])


def test_the_date_of_the_copy_says_what_was_worked_out(browser: Browser, site: Path) -> None:
    """From the first later day on, beside the as-at date: nothing has passed, or for which day late is late."""
    with _opened(browser, site / BOARD, "2025-01-21T12:00:00Z") as page:
        assert (
            page.locator(".as-at").inner_text()
            == "As at 20 January 2025. Still right today, unless somebody has changed a plan"
        )
    with _opened(browser, site / BOARD, "2025-01-22T12:00:00Z") as page:
        expected = "As at 20 January 2025. What is late is worked out for 22 January 2025"
        assert page.locator(".as-at").inner_text() == expected


def test_an_old_copy_that_still_holds_says_so(browser: Browser, tmp_path: Path) -> None:
    """Where no date has passed since, the note says that as well, and what it cannot know."""
    files = {path: text for path, text in FILES.items() if not path.endswith("near.md")}
    with _opened(browser, _built(tmp_path, files) / BOARD, "2025-02-01T12:00:00Z") as page:
        assert page.locator(".banner").inner_text() == (
            "This copy is 12 days old. No dates have passed since, so it is still right, unless somebody has changed a plan."
        )


def test_a_page_left_open_overnight_wakes_up_right(browser: Browser, site: Path) -> None:
    """When it is looked at again on a later day, and on the one after that."""
    with _opened(browser, site / BOARD) as page:
        tag = page.locator(".board .card", has_text="Fit rails").locator(".tag")
        expect(tag).to_have_text("At risk")
        for day, words in (("22", "Overdue by 1 day"), ("30", "Overdue by 9 days")):
            page.clock.set_fixed_time(f"2025-01-{day}T08:00:00Z")
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            expect(tag).to_have_text(words)
        expect(page.locator(".banner")).to_have_count(1)
        assert page.locator(".verdict").first.inner_text().count("On 20 January 2025") == 1


def test_it_works_under_the_published_policy(browser: Browser, site: Path) -> None:
    """Served with our headers, the scripts that it loads itself are allowed, and nothing is reported.

    What comes in the wrong order is used in the right one: the day of the next change arrives last and is known.
    """
    headers = dict(published_headers(Settings()))
    held: list[Route] = []

    def serve(route: Route) -> None:
        if route.request.url.endswith("/next-change.js") and not held:
            held.append(route)
            return
        path = site / route.request.url.removeprefix("https://plans.test/")
        kind = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}[
            path.suffix
        ]
        route.fulfill(body=path.read_bytes(), headers={**headers, "Content-Type": f"{kind}; charset=utf-8"})
        if path.name == "later-day.js":
            serve(held[0])

    context = browser.new_context()
    context.route("https://plans.test/**", serve)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.clock.set_fixed_time("2025-01-21T12:00:00Z")
    page.goto(f"https://plans.test/{BOARD}")
    assert "Overdue by 11 days" in _card(page, "Mend the lights")
    assert page.locator(".as-at").inner_text().endswith("Still right today, unless somebody has changed a plan")
    context.close()
    assert said == []


# Filter and sorting


def _titles(page: Page) -> list[str]:
    return page.locator("#register-rows > tr:visible th a").all_inner_texts()


def test_the_filter_is_there_only_with_a_script(browser: Browser, site: Path) -> None:
    """Without script there is no field that does nothing, and every row is there."""
    with _opened(browser, site / REGISTER, script=False) as page:
        expect(page.locator(".filter")).to_be_hidden()
        assert len(_titles(page)) == 5
    with _opened(browser, site / REGISTER) as page:
        expect(page.locator(".filter")).to_be_visible()
        expect(page.locator(".filter [role=status]")).to_have_text("5 of 5 actions")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("rails", ["Fit rails"]),
        ("PORTER", ["Fit rails", "Clear the stairs"]),
        ("porter stairs", ["Clear the stairs"]),
        ("stairs porter", ["Clear the stairs"]),
        ("fit-rails", ["Fit rails"]),
        ("fitrails", ["Fit rails"]),
        ("ﬁt raıls", ["Fit rails"]),
        ("zoe", ["Mend the lights"]),
        ("in progress", ["Mend the lights"]),
    ],
)
def test_rows_are_found_by_their_words(browser: Browser, site: Path, words: str, titles: list[str]) -> None:
    """Every word must be there, in any order, whatever the case and the accents."""
    with _opened(browser, site / REGISTER) as page:
        page.get_by_label("Find in the register").fill(words)
        assert _titles(page) == titles
        expect(page.locator(".filter [role=status]")).to_have_text(f"{len(titles)} of 5 actions")


def test_labels_for_narrow_screens_are_not_found(browser: Browser, site: Path) -> None:
    """A word that only names a column is in no row."""
    with _opened(browser, site / REGISTER) as page:
        page.get_by_label("Find in the register").fill("resources")
        expect(page.locator(".filter [role=status]")).to_have_text("No action matches. Try fewer words.")
        assert _titles(page) == []
        page.get_by_label("Find in the register").fill("")
        expect(page.locator(".filter [role=status]")).to_have_text("5 of 5 actions")


def test_rows_are_chosen_by_how_they_stand(browser: Browser, site: Path) -> None:
    """Open only, and overdue only as on the reader's day."""
    with _opened(browser, site / REGISTER, "2025-01-22T12:00:00Z") as page:
        page.get_by_label("Show").select_option("open")
        assert _titles(page) == ["Walk daily", "Fit rails", "Think", "Mend the lights"]
        page.get_by_label("Show").select_option("late")
        assert _titles(page) == ["Fit rails", "Mend the lights"]


def test_columns_sort_both_ways(browser: Browser, site: Path) -> None:
    """Numbers as people count, then the other way round; the head says which way it is."""
    with _opened(browser, site / REGISTER) as page:
        head = page.locator("th", has=page.get_by_role("button", name="Action No"))
        head.get_by_role("button").click()
        assert _titles(page) == ["Walk daily", "Fit rails", "Clear the stairs", "Think", "Mend the lights"]
        assert head.get_attribute("aria-sort") == "ascending"
        head.get_by_role("button").click()
        assert _titles(page)[0] == "Mend the lights"
        assert head.get_attribute("aria-sort") == "descending"


def test_one_column_sorts_at_a_time_and_empty_stays_last(browser: Browser, site: Path) -> None:
    """Another column takes over; what has no date stands last both ways. It works by keyboard."""
    with _opened(browser, site / REGISTER) as page:
        page.get_by_role("button", name="Owner").click()
        due = page.get_by_role("button", name="Due")
        due.focus()
        page.keyboard.press("Enter")
        assert _titles(page) == ["Clear the stairs", "Mend the lights", "Fit rails", "Walk daily", "Think"]
        page.keyboard.press("Space")
        assert _titles(page) == ["Walk daily", "Fit rails", "Mend the lights", "Clear the stairs", "Think"]
        expect(page.locator("th[aria-sort]")).to_have_count(1)


# Print


def test_print_opens_what_is_folded(browser: Browser, tmp_path: Path) -> None:
    """Folded parts are open on paper and folded again afterwards; one that was open stays so."""
    script = (default_theme_folder() / "static/script.js").read_text("utf-8")
    html = (
        "<!doctype html><body data-as-at='2025-01-20' data-timezone='Europe/London'>"
        "<details><summary>A</summary>a</details><details open><summary>B</summary>b</details>"
        "<script defer src='static/script.js'></script>"
    )
    site = write(tmp_path, {"page.html": html, "static/script.js": script})
    states = "[...document.querySelectorAll('details')].map((each) => each.open)"
    with _opened(browser, site / "page.html") as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(states) == [True, True]
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate(states) == [False, True]
