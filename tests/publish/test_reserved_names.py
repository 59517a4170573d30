"""What hosts read as orders, `_headers`, `_redirects` and `robots.txt`, cannot be made or changed from content."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.pipeline.preview_pages.preview_site import PreviewSite
from tests.sites import FixedClock, write

ORDERS = {"_headers", "_redirects", "robots.txt"}
_SETTINGS = "title: Test site\ntoday: 2025-01-20\nbase_url: https://plans.example.org/\ndownloads: [calendars]\n"
_TEXT = "/* https://evil.example/:splat 302\n/*\n  X-Evil: yes\nUser-agent: *\nDisallow: /\n"


#: A name as some computer takes it for the same: other cases, other widths, endings that are hidden or cut off.
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "large letters": str.upper,
    "capitals": str.title,
    "dot behind": lambda name: f"{name}.",
    "space behind": lambda name: f"{name} ",
    "md": lambda name: f"{name}.md",
    "txt": lambda name: f"{name}.txt",
    "csv": lambda name: f"{name}.csv",
    "wide": lambda name: "".join(chr(ord(each) + 0xFEE0) for each in name),
    "wide first letter": lambda name: chr(ord(name[0]) + 0xFEE0) + name[1:],
    "long s": lambda name: name.replace("s", "\N{LATIN SMALL LETTER LONG S}"),
    "joiner within": lambda name: f"{name[:3]}\N{ZERO WIDTH JOINER}{name[3:]}",
}


def _folded(name: str) -> str:
    """A name as the laxest file system takes it."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(each for each in plain if unicodedata.category(each) != "Cf").rstrip(". ")


def _links(spelling: str) -> str:
    ways = ("", "/", "../", "../../", "../../../", "../../../../", "./")
    shown = spelling.replace(" ", "%20")
    return "".join(f"[a]({way}{shown}) ![b]({way}{shown})\n" for way in ways)


def _hostile(spelling: str) -> dict[str, str]:
    """A site in which every place that takes a name, a link or a value tries it."""
    quoted = f"'{spelling}'"
    action = (
        f"---\ntitle: A\naliases: [{quoted}, '../{spelling}', '../../../{spelling}', '/{spelling}', 'house/{spelling}', "
        f"'house/../../../{spelling}']\nevidence:\n  - {{label: a, url: {quoted}}}\n  - {{label: b, url: '/{spelling}'}}\n"
        f"---\n{_links(spelling)}"
    )
    document = f"---\ntitle: {quoted}\n---\n{_TEXT}"
    plans = "content/plans"
    return {
        "plansite.yaml": f"{_SETTINGS}theme: own\naudience: internal\n",
        "content/index.md": _links(spelling),
        f"content/{spelling}": _TEXT,
        f"content/{spelling}.md": document,
        f"content/owners/{spelling}.md": document,
        f"content/agencies/{spelling}.md": document,
        f"content/files/{spelling}": _TEXT,
        f"{plans}/house/plan.md": f"---\ntitle: The house\n---\n{_links(spelling)}",
        f"{plans}/house/{spelling}": _TEXT,
        f"{plans}/house/actions/one{len(spelling)}.md": action,
        f"{plans}/house/actions/{spelling}": _TEXT,
        f"{plans}/house/actions/{spelling}-1.md": document,
        f"{plans}/house/measures/{spelling}.md": document,
        f"{plans}/house/measures/{spelling}.csv": "date,value\n2025-01-01,1\n",
        f"{plans}/house/reviews/{spelling}.md": document,
        f"{plans}/{spelling}-plan/plan.md": document,
        f"{plans}/{spelling}/plan.md": document,
        f"{plans}/{spelling}/actions/{spelling}.md": document,
        f"themes/own/static/{spelling.rstrip('. ')}": _TEXT,
        f"themes/own/{spelling}": _TEXT,
        spelling: _TEXT,
    }


def _orders(site: Path) -> dict[str, bytes]:
    """What lies at the top of the build under these names or names like them."""
    return {path.name: path.read_bytes() for path in (site / "public").iterdir() if _folded(path.name) in ORDERS}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The orders of a site that tries nothing."""
    site = write(tmp_path_factory.mktemp("plain"), {"plansite.yaml": _SETTINGS})
    assert main(["build", "--quiet", "--site", str(site)]) == 0
    return _orders(site)


def test_a_site_gives_two_orders(plain: dict[str, bytes]) -> None:
    """A build holds headers and a word to search engines; it never leads anywhere by `_redirects`."""
    assert plain.keys() == {"_headers", "robots.txt"}
    assert plain["robots.txt"] == b"User-agent: *\nAllow: /\n"


@pytest.mark.slow
@pytest.mark.parametrize("spelt", SPELLINGS.values(), ids=SPELLINGS)
def test_no_name_or_link_reaches_them(spelt: Callable[[str], str], plain: dict[str, bytes], tmp_path: Path) -> None:
    """Files, folders, plans, people, aliases, evidence, links and static files of that name leave them as they are."""
    for name in ORDERS:
        write(tmp_path, _hostile(spelt(name)))
    assert main(["build", "--quiet", "--site", str(tmp_path)]) == 0
    assert _orders(tmp_path) == plain
    previewed = PreviewSite(tmp_path, FixedClock()).build().files
    assert {path: previewed[path] for path in previewed if _folded(path) in ORDERS} == plain


@pytest.mark.parametrize("key", ["title", "base_url", "repository", "contact", "branch", "timezone", "language"])
def test_no_value_reaches_them(key: str, plain: dict[str, bytes], tmp_path: Path) -> None:
    """Settings with line ends and orders in them add no line."""
    hostile = '"https://a.example/\\n/*\\n  X-Evil: yes\\r\\nDisallow: /"'
    kept = "".join(line for line in _SETTINGS.splitlines(keepends=True) if not line.startswith(f"{key}:"))
    site = write(tmp_path, {"plansite.yaml": f"{kept}{key}: {hostile}\n"})
    if main(["build", "--quiet", "--site", str(site)]) == 0:
        assert _orders(site) == plain
