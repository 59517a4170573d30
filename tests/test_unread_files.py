"""A file that was not read keeps its plan from being completed, on track or clear, and its text is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.content.files import SHOWN_SIZE
from plansite.model.status import Audience
from plansite.pipeline.build import BuiltSite, build_in_memory
from tests.independent_reading import read_page
from tests.sites import FixedClock, html_of, write

_DONE = (
    "---\ntitle: Mend the lamp\nref: 1\nowner: Ann\nstatus: completed\ncompleted: 2025-01-10\naudience: public\n---\n"
)
_OPEN = "---\ntitle: Hang the door\nref: 2\nowner: Ann\ndue: 2025-03-01\nresources: £5\n---\n## Steps\n- [ ] Ring\n"
_PLAN = "---\ntitle: Winter\nagencies: [Home]\nowner: Ann\naudience: public\n---\n"
_BROKEN = "---\ntitle: Fit: the lock\nowner: Ann\n---\nLast words.\n"
_SETTINGS = "title: Site\ntoday: 2025-01-20\naudiences: [internal, partners, public]\n"
#: A plan whose only action is finished, and one whose only action is on time.
_CLAIMS = {"completed": _DONE, "on track": _OPEN}
#: Pages that say how a plan stands.
_VERDICTS = [
    "index.html",
    "plans/winter/index.html",
    "plans/winter/register.html",
    "plans/winter/timeline.html",
    "agencies/home.html",
]


def _build(root: Path, files: Mapping[str, str | bytes], audience: Audience = Audience.INTERNAL) -> BuiltSite:
    content: dict[str, str | bytes] = {
        "plansite.yaml": _SETTINGS,
        "content/plans/winter/plan.md": _PLAN,
        "content/agencies/home.md": "---\ntitle: Home\n---\n",
        **files,
    }
    return build_in_memory(write(root, content), clock=FixedClock(), audience=audience)


@pytest.mark.parametrize("claim", _CLAIMS)
@pytest.mark.parametrize(
    "unread", ["actions/lock.md", "reviews/2025-01-16.md", "plan.md", "stray.md", "actions/lock.MD"]
)
def test_no_page_makes_a_claim_about_a_plan_with_an_unread_file(tmp_path: Path, claim: str, unread: str) -> None:
    """Where the verdict stands, it says that a file could not be read."""
    path = f"content/plans/winter/{unread}"
    action = {"content/plans/winter/actions/a.md": _CLAIMS[claim]}
    before = html_of(_build(tmp_path / "before", action))
    after = html_of(_build(tmp_path / "after", {**action, path: _BROKEN}))
    for page in _VERDICTS:
        if page == "agencies/home.html" and unread == "plan.md":
            continue  # nobody knows which agencies take part
        assert re.search(
            rf"class=\"tag(?: tag--\w+)?\"[^>]*>.{{0,400}}?{claim.capitalize()}</span>", before[page], re.DOTALL
        ), page
        assert "1 file could not be read. " in after[page], page
        head = after[page][: after[page].index("1 file could not be read. ")][-600:]
        assert "At risk" in head, page
    assert "Yes. " in before["plans/winter/index.html"]
    assert "Yes. " not in after["plans/winter/index.html"]


def test_lists_say_that_unread_files_may_belong_to_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Empty ones as well: they are no good news."""
    files = {"content/plans/winter/actions/a.md": _DONE, "content/plans/winter/actions/lock.md": _BROKEN}
    pages = html_of(_build(tmp_path, files))
    for page in ("overdue.html", "due-soon.html", "open.html", "unassigned.html", "awaiting.html"):
        assert "1 file could not be read and may belong here." in pages[page], page
        assert "Everything that was agreed is finished." not in pages[page], page
        assert "Good news" not in pages[page], page
    assert "no action that could be read is open" in pages["index.html"]
    assert "1 action file could not be read and may belong here." in pages["owners/ann.html"]
    assert "Good news" not in pages["plans/winter/index.html"]
    assert main(["list", "--site", str(tmp_path), "--status", "blocked"]) == 0
    printed = capsys.readouterr()
    assert "No action is blocked." in printed.out
    assert "good news" not in printed.out
    assert "1 file could not be read and may belong here" in printed.err


@pytest.mark.parametrize(
    "data",
    [
        "---\ntitle: A\nstatus: nearly\ndue: 2025-03-01\n---\n",
        "---\ntitle: A\ndue: 2025-03-01\ndue: 2025-04-01\n---\n",
        "---\ntitle: A\ndue: 2025-03-01\ndepends_on: {a: b}\n---\n",
        "---\ntitle: A\ndue: 2025-03-01\n---\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> b\n",
        "---\ntitle: A\ndue: 2025-03-01\n---\n## Steps\nRing the engineer.\n",
        "---\ntitle: A\ndue: 2025-03-01\n---\n" + "> " * 70 + "deep\n",
        "---\ntitle: A\ndue: 2025-03-01\n---\n## Steps\n" + "- [ ] a\n" * 2_000,
    ],
)
def test_an_action_read_in_part_is_not_on_track(tmp_path: Path, data: str) -> None:
    """Nor is its plan, on any page."""
    pages = html_of(_build(tmp_path, {"content/plans/winter/actions/a.md": data}))
    for page in ("plans/winter/actions/a.html", *_VERDICTS):
        assert ">On track" not in pages[page], page
        assert "At risk" in pages[page], page


def test_the_whole_text_of_an_unread_file_is_shown(tmp_path: Path) -> None:
    """However long it is, up to the size that is read."""
    text = _BROKEN + "".join(f"word{number}x\n" for number in range(18_000))
    pages = html_of(_build(tmp_path, {"content/plans/winter/actions/lock.md": text}))
    words, _ = read_page(pages["plans/winter/actions/lock.html"])
    assert all(words[f"word{number}x"] == 1 for number in range(18_000))


@pytest.mark.parametrize(
    "path", ["content/plans/winter/actions/lock.md", "content/owners/bob.md", "content/plans/winter/odd.md"]
)
def test_a_file_that_is_too_large_is_cut_and_linked(tmp_path: Path, path: str) -> None:
    """The page says that it is cut and where, and leads to all of it; a character is never cut in two."""
    data = ("---\ntitle: Bob\n---\né" + "éé\n" * 100_000 + "last\n").encode()
    built = _build(tmp_path, {path: data, "content/plans/winter/actions/a.md": _OPEN})
    (page,) = [text for name, text in html_of(built).items() if "The text is cut here." in text]
    assert f"The first {SHOWN_SIZE // 1024} KiB of {len(data) // 1024} are shown." in page
    assert "Its text is shown below" not in page
    assert "�" not in page
    assert page.count("é") > SHOWN_SIZE // 2 - 20_000
    (address,) = re.findall(r'href="[./]*(files/[^"]+\.md\.txt)"', page)
    content = built.files[address]
    assert (content if isinstance(content, bytes) else content.read()) == data


@pytest.mark.parametrize("audience", [Audience.PARTNERS, Audience.PUBLIC])
def test_narrower_copies_hold_nothing_of_an_unread_file(tmp_path: Path, audience: Audience) -> None:
    """Neither its text, nor a copy of it, nor that it is there."""
    large = "---\ntitle: Bob\n---\nsecret\n" + "x\n" * 200_000
    files: dict[str, str | bytes] = {
        "content/plans/winter/actions/a.md": _DONE,
        "content/plans/winter/actions/lock.md": _BROKEN.replace("Last", "secret"),
        "content/plans/winter/actions/large.md": large,
    }
    built = _build(tmp_path / "with", files, audience)
    without = _build(tmp_path / "without", {"content/plans/winter/actions/a.md": _DONE}, audience)
    assert {name for name in built.files if "large" in name or "lock" in name} == set()
    assert html_of(built) == html_of(without)
