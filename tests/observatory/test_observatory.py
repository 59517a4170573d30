"""A published site gets the best mark, A+, from the scanner of the HTTP Observatory, whichever host sends it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import crossplane
import pytest

from plansite.cli.main import main
from plansite.model.settings import Settings
from plansite.publish.headers import response_headers
from tests.observatory.host import Headers, Papers, hosting
from tests.observatory.observatory import Mark, read_by_netlify, scanned
from tests.sites import write

pytestmark = pytest.mark.slow

SITE = Settings(base_url="https://plans.example.org/")
#: Of 100, what the scanner adds for the policy (10), for frames (5), for the referrer (5) and for other sites (10).
BEST = Mark(
    grade="A+",
    score=130,
    results={
        "content-security-policy": "csp-implemented-with-no-unsafe-default-src-none",
        "cookies": "cookies-not-found",
        "cross-origin-resource-sharing": "cross-origin-resource-sharing-not-implemented",
        "redirection": "redirection-to-https",
        "referrer-policy": "referrer-policy-private",
        "strict-transport-security": "hsts-implemented-max-age-at-least-six-months",
        "subresource-integrity": "sri-not-implemented-but-all-scripts-loaded-from-secure-origin",
        "x-content-type-options": "x-content-type-options-nosniff",
        "x-frame-options": "x-frame-options-implemented-via-csp",
        "cross-origin-resource-policy": "corp-implemented-with-same-origin",
    },
)


_OWN_WORDS = re.compile(r'<meta (?:http-equiv="Content-Security-Policy"|name="referrer")[^>]*>')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one action, built."""
    files = {
        "plansite.yaml": f"title: Test site\ntoday: 2025-01-20\nbase_url: {SITE.base_url}\n",
        "content/plans/house/plan.md": "---\ntitle: The house\nobjective: A sound house.\n---\n",
        "content/plans/house/actions/door.md": "---\ntitle: Mend the door\n---\nWords.\n",
    }
    root = write(tmp_path_factory.mktemp("site"), files)
    assert main(["build", "--site", str(root)]) == 0
    return root


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """A certificate that the scanner believes."""
    return Papers(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def bare(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The front page of that site without what it says to browsers itself, so that the headers alone are judged."""
    page, taken = _OWN_WORDS.subn("", (site / "public" / "index.html").read_text("utf-8"))
    assert taken == 2
    return write(tmp_path_factory.mktemp("bare"), {"index.html": page, "404.html": page})


Marked = Callable[[Path, Headers], Mark]


@pytest.fixture
def mark(papers: Papers) -> Marked:
    """What a folder of pages is given when a host sends these headers with it."""

    def marked(folder: Path, headers: Headers) -> Mark:
        with hosting(folder, headers, papers) as port:
            return scanned(port, papers.authority)

    return marked


def _printed(site: Path, host: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["headers", host, "--site", str(site), "--quiet"]) == 0
    return capsys.readouterr().out


def _for_netlify(site: Path) -> Headers:
    """The headers that Netlify's own reader finds in the build."""
    rules = read_by_netlify(site / "public" / "_headers")
    assert [rule["for"] for rule in rules] == ["/*"]
    return tuple(rules[0]["values"].items())


def _for_nginx(site: Path, capsys: pytest.CaptureFixture[str], folder: Path) -> Headers:
    """The headers that a reader of nginx's settings, not ours, finds in what is printed for it."""
    file = folder / "headers.conf"
    file.write_text(_printed(site, "nginx", capsys))
    found = crossplane.parse(str(file), check_ctx=False)
    assert found["errors"] == []
    directives = [each for each in found["config"][0]["parsed"] if each["directive"] != "#"]
    assert {(each["directive"], *each["args"][2:]) for each in directives} == {("add_header", "always")}
    return tuple((name, value) for name, value, _ in (each["args"] for each in directives))


def test_netlify_reads_the_headers_back(site: Path) -> None:
    """Netlify's own reader finds each header in the build, with its value, for every path."""
    assert _for_netlify(site) == response_headers(SITE)


def test_cloudflare_is_printed_what_the_build_holds(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both hosts that read `_headers` are told the bytes of the build."""
    held = (site / "public" / "_headers").read_text("utf-8")
    assert _printed(site, "netlify", capsys) == _printed(site, "cloudflare", capsys) == held


def test_nginx_reads_the_headers_back(site: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A reader of nginx's settings finds each header with its value, sent with faults as well."""
    assert _for_nginx(site, capsys, tmp_path) == response_headers(SITE)


def test_apache_reads_the_headers_back(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Taken apart by the rules of quoting that Apache shares with shells, each line sets one header."""
    lines = [shlex.split(line, comments=True) for line in _printed(site, "apache", capsys).splitlines()]
    assert [line[:3] for line in lines if line] == [["Header", "always", "set"]] * len(response_headers(SITE))
    assert [tuple(line[3:]) for line in lines if line] == list(response_headers(SITE))


def test_github_is_printed_what_each_page_holds(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every page of the build holds the line that is printed for hosts without headers."""
    line = _printed(site, "github", capsys).strip()
    pages = sorted((site / "public").rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        assert line in page.read_text("utf-8"), page


def test_netlify_gets_the_best_mark(site: Path, bare: Path, mark: Marked) -> None:
    """A host that reads `_headers` from the build is given A+, for the site as it is and for the headers alone."""
    assert mark(site / "public", _for_netlify(site)) == BEST
    assert mark(bare, _for_netlify(site)) == BEST


def test_nginx_gets_the_best_mark(
    site: Path, bare: Path, mark: Marked, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A host that reads what is printed for nginx is given A+ in the same way."""
    headers = _for_nginx(site, capsys, tmp_path)
    assert mark(site / "public", headers) == BEST
    assert mark(bare, headers) == BEST


@pytest.mark.parametrize(
    "name",
    [
        "Content-Security-Policy",
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Resource-Policy",
    ],
)
def test_each_header_counts(name: str, bare: Path, mark: Marked) -> None:
    """Without one of the headers the score is lower: the scanner sees each of them."""
    assert mark(bare, [pair for pair in response_headers(SITE) if pair[0] != name]).score < BEST.score


@pytest.mark.parametrize(
    ("strict", "lax"),
    [
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("default-src 'none'", "default-src *"),
        ("max-age=63072000", "max-age=600"),
    ],
)
def test_laxer_values_are_marked_down(strict: str, lax: str, bare: Path, mark: Marked) -> None:
    """Scripts within pages, files from anywhere, or https for ten minutes alone: the score is lower."""
    laxer = [(name, value.replace(strict, lax)) for name, value in response_headers(SITE)]
    assert laxer != list(response_headers(SITE))
    assert mark(bare, laxer).score < BEST.score


def test_a_host_without_headers_does_not_get_the_best_mark(site: Path, bare: Path, mark: Marked) -> None:
    """There the pages bring what they can, which the scanner sees; what browsers take from a server alone is missing."""
    found = mark(site / "public", ())
    assert (found.grade, found.score) == ("C", 55)
    assert found.results["content-security-policy"] == BEST.results["content-security-policy"]
    assert found.results["referrer-policy"] == BEST.results["referrer-policy"]
    assert found.results["strict-transport-security"] == "hsts-not-implemented"
    assert mark(bare, ()).score < found.score
