"""`plansite headers`: what is printed for whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.model.settings import Settings
from plansite.publish.headers import published_headers, response_headers
from tests.sites import write


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site on https."""
    return write(tmp_path, {"plansite.yaml": "title: Test site\nbase_url: https://plans.example.org/\n"})


def test_without_a_host_each_header_is_a_plain_line(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Name, colon, value; nothing else is said."""
    assert main(["headers", "--site", str(site)]) == 0
    said = capsys.readouterr()
    assert [tuple(line.split(": ", 1)) for line in said.out.splitlines()] == list(response_headers(Settings()))
    assert said.err == ""


@pytest.mark.parametrize("host", ["nginx", "apache", "netlify", "cloudflare", "github"])
def test_who_has_them_already_is_told_so(host: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For hosts that get them with the build it says, beside the result, that nhere is nothing to do."""
    assert main(["headers", host, "--site", str(site)]) == 0
    said = capsys.readouterr()
    assert "default-src 'none'" in said.out
    assert ("here is nothing to do" in said.err) == (host not in {"nginx", "apache"})
    assert main(["headers", host, "--quiet", "--site", str(site)]) == 0
    assert capsys.readouterr() == (said.out, "")


@pytest.mark.parametrize("host", ["", "nginx", "apache", "netlify", "cloudflare"])
def test_a_site_on_plain_http_is_not_forced_to_https(
    host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the settings say of the address decides, for every host."""
    write(tmp_path, {"plansite.yaml": "title: Test site\nbase_url: http://plans.intranet/\n"})
    assert main(["headers", *filter(None, [host]), "--site", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Strict-Transport-Security" not in said
    assert "upgrade-insecure-requests" not in said
    assert all(name in said for name, _ in published_headers(Settings(base_url="http://plans.intranet/")))


def test_settings_that_cannot_be_read_are_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then nothing is printed that a server could be given."""
    write(tmp_path, {"plansite.yaml": "format: 999\n"})
    assert main(["headers", "nginx", "--site", str(tmp_path)]) == 1
    assert capsys.readouterr().out == ""
