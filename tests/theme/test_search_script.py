"""Search finds as somebody types, from disk, and says how many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, unpack, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MANY = 120
FILES = {
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\nkind: service\n---\n",
    "content/plans/falls/actions/lights.md": (
        "---\ntitle: Mend the crèche café lights\nref: 7\nowner: Maintenance\nstatus: in progress\n---\n"
    ),
    "content/plans/falls/actions/rails.md": "---\ntitle: Fit rails\nref: 12\nowner: Maintenance\nstatus: done\n---\n",
    "content/plans/falls/actions/torn.md": "---\ntitle: [\n",
    "content/plans/falls/incidents/stairs.md": "---\ntitle: A tumble by night\n---\n",
    "content/plans/warm/plan.md": "---\ntitle: </script><b>Warm</b> & dry\n---\n",
    "content/owners/maintenance.md": "---\ntitle: Maintenance\nrole: Mends things\n---\n",
    "content/agencies/council.md": "---\ntitle: The Council\n---\n",
    **{
        f"content/plans/warm/actions/room-{n}.md": f"---\ntitle: Heat room {n}\nowner: Porter\nstatus: blocked\n---\n"
        for n in range(MANY)
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two plans, as from a zip file."""
    root = tmp_path_factory.mktemp("search")
    return unpack(build_in_memory(write(root / "source", FILES), clock=FixedClock(date(2025, 1, 20))), root / "public")


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """The search page, read from disk; an error in a script fails the test."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "search.html").as_uri())
    yield page
    context.close()
    assert errors == []


def _found(page: Page, words: str) -> list[str]:
    """The titles of what is found, in their order."""
    page.get_by_label("Words to look for").fill(words)
    return page.locator("#results a").all_inner_texts()


def test_an_empty_answer_leads_on(page: Page) -> None:
    """Where nothing is found the lists are offered, and what may have been meant; with results neither is."""
    near = page.locator("#search-near")
    for words, meant in (("maintenence", "maintenance"), ("raisl", "rails"), ("haet romo", "heat room"), ("xyz", "")):
        assert _found(page, words) == []
        expect(page.locator("#elsewhere")).to_be_visible()
        expect(page.locator("#elsewhere").get_by_role("link", name="Overdue", exact=True)).to_be_visible()
        if meant:
            expect(near).to_have_text(f"Did you mean {meant}?")
        else:
            expect(near).to_be_hidden()
    _found(page, "mend teh lihgts")
    expect(near).to_be_hidden()  # words of three letters are left alone
    _found(page, "mend lihgts")
    near.get_by_role("link").click()
    expect(page.locator("#results a")).to_have_text(["Mend the crèche café lights"])
    expect(page.locator("#elsewhere")).to_be_hidden()
    expect(near).to_be_hidden()


def test_the_number_of_an_action_is_known(page: Page) -> None:
    """Alone, with “action” or a hash before it: the action of that number comes first."""
    for words in ("12", "action 12", "Action 12", "#12"):
        assert _found(page, words)[0] == "Fit rails"
    assert _found(page, "action 7 fewer falls") == ["Mend the crèche café lights"]


def test_without_a_script_the_page_leads_on(browser: Browser, site: Path) -> None:
    """It says that search needs a script, shows no dead field, and lists plans, owners and states."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "search.html").as_uri())
    expect(page.locator("#without-script")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    for name in ("Fewer falls", "Maintenance", "Overdue"):
        expect(page.locator("#elsewhere").get_by_role("link", name=name, exact=True)).to_be_visible()
    context.close()


def test_nothing_is_asked_and_nothing_is_said(page: Page) -> None:
    """At first the field is there, no result, no count, and the lists to look in instead."""
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.locator("#without-script")).to_be_hidden()
    expect(page.locator("#elsewhere")).to_be_visible()
    assert page.get_by_role("status").inner_text() == ""


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("rails", ["Fit rails"]),
        ("RAI", ["Fit rails"]),
        ("ails", []),
        ("creche", ["Mend the crèche café lights"]),
        ("cafe", ["Mend the crèche café lights"]),
        ("CAFÉ LIGHTS", ["Mend the crèche café lights"]),
        ("lights café", ["Mend the crèche café lights"]),
        ("7", ["Mend the crèche café lights", "Heat room 7", *(f"Heat room {n}" for n in range(70, 80))]),
        ("in progress", ["Mend the crèche café lights"]),
        ("completed", ["Fit rails"]),
        ("council", ["The Council"]),
        ("agency", ["The Council"]),
        ("needs attention", ["Torn"]),
        ("service plan", ["Fewer falls"]),
        ("warm", ["</script><b>Warm</b> & dry"]),
        ("...", []),
        ("nothing like it", []),
    ],
)
def test_every_word_must_begin_a_word(page: Page, words: str, titles: list[str]) -> None:
    """Whatever the case, the accents and the order; by title, number, status, owner, kind."""
    assert sorted(_found(page, words)[: len(titles)]) == sorted(titles)
    if words not in ("warm",):
        assert len(_found(page, words)) == len(titles)


#: Actions whose titles people type in other ways.
SPELLINGS = {
    "Heat Room 12": ["room12", "room-12", "ROOM 12", "12", "heat room12"],
    "Paint the Sun-Room": ["sunroom", "sun room", "sun-room", "room"],
    "Ask Mr O’Neill": ["oneill", "o'neill", "o’neill", "O Neill", "neill", "ask mr oneill"],
    "Ask Mrs D'Arcy": ["darcy", "d’arcy", "d arcy"],
    "Send the e-mail": ["email", "e-mail", "e mail", "send email", "mail"],
    "Answer emails": ["email", "e-mail", "e mail"],
    "Do step 1.10": ["1.10", "step 1.10", "10"],
    "Meet Søren Þórsson": ["soren", "søren", "SØREN", "thorsson"],
    "Zadzwonić do Łukasza": ["lukasza", "zadzwonic", "Łukasza"],
    "Straße kehren": ["strasse", "STRASSE", "straße"],
    "Læs om Œuvre": ["laes", "oeuvre"],
    "Đorđe pita": ["dorde", "đorđe"],
    "Kapıyı aç": ["kapiyi", "kapıyı", "ac"],
    "Ｒｅｐａｉｒ ｔｈｅ ｌｉｆｔ": ["repair", "lift", "ｌｉｆｔ"],
    "修理大厅的暖气": ["暖气", "大厅", "修理", "修理大厅"],
    "エレベーターを直す": ["エレベーター", "ベーター", "直す", "ｴﾚﾍﾞｰﾀｰ"],
    "ซ่อมลิฟต์ตัวใหญ่": ["ลิฟต์", "ซ่อม", "ใหญ่"],
    "승강기 수리": ["승강기", "수리"],
    "मरम्मत करें": ["मरम्मत", "करें"],
    "إصلاح المِصعد": ["المصعد", "إصلاح"],
    "Συντήρηση ανελκυστήρας": ["συντηρηση", "ΑΝΕΛΚΥΣΤΉΡΑΣ"],
}
#: Words that look a little like one of these, and are in none.
NEAR_WORDS = ["room 2", "1.2", "ails", "eneill", "暖大", "厅大", "sun-rooms", "110"]


@pytest.fixture(scope="module")
def spellings(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The search page of a site with one action for each spelling."""
    root = tmp_path_factory.mktemp("spellings")
    files = {"content/plans/words/plan.md": "---\ntitle: Plan\n---\n"}
    for number, title in enumerate(SPELLINGS):
        files[f"content/plans/words/actions/a{number}.md"] = f'---\ntitle: "{title}"\n---\n'
    built = build_in_memory(write(root / "source", files), clock=FixedClock(date(2025, 1, 20)))
    page = browser.new_context().new_page()
    page.goto((unpack(built, root / "public") / "search.html").as_uri())
    yield page
    page.context.close()


@pytest.mark.parametrize(("title", "words"), [(title, words) for title, all in SPELLINGS.items() for words in all])
def test_words_are_found_however_they_are_spelt(spellings: Page, title: str, words: str) -> None:
    """With or without apostrophe, hyphen and space, accents and wide forms; any part where there are no spaces."""
    assert title in _found(spellings, words)


@pytest.mark.parametrize("words", NEAR_WORDS)
def test_near_words_are_not_found(spellings: Page, words: str) -> None:
    """Numbers are whole numbers, and letters of a script without spaces stand beside each other."""
    assert _found(spellings, words) == []


#: How actions stand on 20 January and on 1 February.
COURSES = {
    "late": "status: in progress\ndue: 2025-01-10",
    "soon": "status: in progress\ndue: 2025-01-29",
    "far": "status: in progress\ndue: 2025-05-01",
    "steps": "status: in progress\ndue: 2025-02-10\n---\n## Steps\n- [ ] One\n",
    "stuck": "status: blocked\ndue: 2025-05-01",
    "undated": "status: in progress",
    "checked": "status: completed\ncompleted: 2025-01-02\nverification: {by: Porter}",
    "finished": "status: completed\ncompleted: 2025-01-02",
}


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an action of every course, as at 20 January 2025."""
    root = tmp_path_factory.mktemp("courses")
    files = {"content/plans/one/plan.md": "---\ntitle: Plan\n---\n"}
    for title, fields in COURSES.items():
        text = f"---\ntitle: {title} one\n{fields}\n"
        files[f"content/plans/one/actions/{title}.md"] = text if "## Steps" in text else f"{text}---\n"
    return unpack(build_in_memory(write(root / "source", files), clock=FixedClock(date(2025, 1, 20))), root / "public")


@pytest.mark.parametrize(
    ("day", "words", "titles"),
    [
        ("2025-01-20", "overdue", ["late"]),
        ("2025-01-20", "due soon", ["soon"]),
        ("2025-01-20", "at risk", ["stuck", "undated"]),
        ("2025-01-20", "on track", ["far", "soon", "steps"]),
        ("2025-01-20", "blocked", ["stuck"]),
        ("2025-01-20", "awaiting verification", ["checked"]),
        ("2025-01-20", "completed", ["checked", "finished"]),
        ("2025-02-01", "overdue", ["late", "soon"]),
        ("2025-02-01", "late", ["late", "soon"]),
        ("2025-02-01", "due soon", ["steps"]),
        ("2025-02-01", "at risk", ["steps", "stuck", "undated"]),
        ("2025-02-01", "on track", ["far"]),
    ],
)
def test_how_an_action_stands_is_found(
    browser: Browser, courses: Path, day: str, words: str, titles: list[str]
) -> None:
    """On the day on which the page is read, and the result says so."""
    page = browser.new_context(timezone_id="Europe/London").new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00Z")
    page.goto((courses / "search.html").as_uri())
    assert sorted(title.removesuffix(" one") for title in _found(page, words)) == titles
    if words != "late":
        assert all(words in note.lower() for note in page.locator("#results .note").all_inner_texts())
    page.context.close()


def test_an_open_action_says_when_it_is_due(browser: Browser, courses: Path) -> None:
    """As a tag with the day, as at the day on which it is read; what is closed has neither."""
    page = browser.new_context(timezone_id="Europe/London").new_page()
    page.clock.set_fixed_time("2025-02-01T12:00:00Z")
    page.goto(f"{(courses / 'search.html').as_uri()}?q=one")
    said = {row.locator("a").inner_text(): row.locator(".found__how") for row in page.locator("#results li").all()}
    expected = {
        "late one": "Overdue by 22 days Due 10 January 2025",
        "soon one": "Overdue by 3 days Due 29 January 2025",
        "stuck one": "At risk Due 1 May 2025",
        "far one": "On track Due 1 May 2025",
        "undated one": "At risk No due date",
    }
    for title, words in expected.items():
        assert " ".join(said[title].inner_text().split()) == words
    assert said["finished one"].count() == said["checked one"].count() == 0
    page.context.close()


def test_a_page_left_open_overnight_finds_what_has_become_late(browser: Browser, courses: Path) -> None:
    """The results on the screen follow the day as well."""
    page = browser.new_context(timezone_id="Europe/London").new_page()
    page.clock.set_fixed_time("2025-01-20T12:00:00Z")
    page.goto((courses / "search.html").as_uri())
    assert _found(page, "overdue") == ["late one"]
    page.clock.set_fixed_time("2025-02-01T12:00:00Z")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#results a")).to_have_text(["late one", "soon one"])
    page.context.close()


def test_what_is_called_so_stands_first(page: Page) -> None:
    """An owner of that name before the actions that only belong to them."""
    assert _found(page, "maintenance") == ["Maintenance", "Mend the crèche café lights", "Fit rails"]


def test_the_count_is_said(page: Page) -> None:
    """One, several, none, and more than are shown."""
    for words, said in (
        ("rails", "1 result"),
        ("maintenance", "3 results"),
        ("xyz", "Nothing found. Try fewer words, or only the beginning of a word."),
        ("heat room", f"{MANY} results. The first 50 are shown."),
        ("  ", ""),
    ):
        page.get_by_label("Words to look for").fill(words)
        expect(page.get_by_role("status")).to_have_text(said)


def test_more_are_shown_on_demand(page: Page) -> None:
    """Fifty at a time; the focus goes to the first new one, and the button leaves when all are there."""
    more = page.get_by_role("button", name="Show more")
    assert len(_found(page, "heat room")) == 50
    more.click()
    assert page.locator("#results li").count() == 100
    assert page.evaluate("document.activeElement === document.querySelectorAll('#results a')[50]")
    more.click()
    assert page.locator("#results li").count() == MANY
    expect(more).to_be_hidden()


def test_results_lead_to_pages_that_are_there(page: Page) -> None:
    """Plans, owners, agencies, actions and files that could not be read."""
    for words in ("fewer", "maintenance", "council", "rails", "torn", "room 119"):
        assert _found(page, words)
        for href in page.locator("#results a").evaluate_all("(all) => all.map((each) => each.href)"):
            assert Path(href.removeprefix("file://")).is_file()


def test_a_result_says_what_it_is(page: Page) -> None:
    """Under each title: plan, number, owner and status; of an owner, what they do."""
    for words, note in (
        ("rails", "Action 12 of Fewer falls. Maintenance. Completed."),
        ("torn", "Fewer falls. Needs attention."),
        ("mends things", "Owner: Mends things"),
        ("council", "Agency"),
    ):
        _found(page, words)
        expect(page.locator("#results .note").first).to_have_text(note)


def test_the_address_keeps_the_words(page: Page) -> None:
    """A search can be kept and sent: the words stand in the address, and an address with words searches."""
    _found(page, "café & rails")
    assert page.url.endswith("search.html?q=caf%C3%A9%20%26%20rails")
    _found(page, "rails")
    page.reload()
    expect(page.get_by_label("Words to look for")).to_have_value("rails")
    assert page.locator("#results a").all_inner_texts() == ["Fit rails"]
    _found(page, "")
    assert page.url.endswith("search.html")


def test_arrow_keys_walk_through_the_results(page: Page) -> None:
    """Down from the field to the results, up and back again; Escape leads back; Enter in the field goes nowhere."""
    _found(page, "maintenance")
    focused = "document.activeElement.textContent || document.activeElement.id"
    page.get_by_label("Words to look for").focus()
    seen = []
    for key in (
        "Enter",
        "ArrowUp",
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowUp",
        "Escape",
        "ArrowDown",
    ):
        page.keyboard.press(key)
        seen.append(page.evaluate(focused))
    lights, rails = "Mend the crèche café lights", "Fit rails"
    assert seen == ["q", "q", "Maintenance", lights, rails, rails, lights, "q", "Maintenance"]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "q"


def test_other_documents_are_found(page: Page) -> None:
    """By title, by kind and by plan; the link leads to their page."""
    for words in ("tumble", "incident", "incident fewer falls"):
        assert _found(page, words) == ["A tumble by night"]
    expect(page.locator("#results a")).to_have_attribute("href", "plans/falls/incidents/stairs.html")
    expect(page.locator("#results li")).to_contain_text("Incident, Fewer falls")


def test_words_of_content_are_words(page: Page) -> None:
    """A title that looks like markup is shown as it is written."""
    assert "</script><b>Warm</b> & dry" in _found(page, "warm")
    assert page.locator("#results b").count() == 0


def test_ten_thousand_actions_are_searched_whole(browser: Browser, site: Path, tmp_path: Path) -> None:
    """Each of them is looked at: as many are found as hold both words."""
    rows = ",".join(f'["Heat room {n} of house {n % 97}","{n}",0,1,"actions/{n}.html"]' for n in range(10_000))
    index = (
        'window.plansiteIndex = {"people":[],"plans":[{"title":"Warm","kind":"Plan","words":["Porter","Blocked"],'
        f'"folder":"plans/warm/","actions":[{rows}]}}]}};'
    )
    for name in ("search.html", "static/search.js", "static/script.js"):
        write(tmp_path, {name: (site / name).read_bytes()})
    write(tmp_path, {"search-index.js": index})
    context = browser.new_context()
    page = context.new_page()
    page.goto((tmp_path / "search.html").as_uri())
    holding = sum(str(n).startswith("96") or n % 97 == 96 for n in range(10_000))
    assert len(_found(page, "house 96")) == 50
    expect(page.get_by_role("status")).to_have_text(f"{holding} results. The first 50 are shown.")
    context.close()
