"""`plansite digest` tells one owner or all what they have to do, and writes e-mails that a mailer can send."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

import pytest

from plansite.cli.main import main
from tests.digest.test_digest import FILES
from tests.sites import write

_TODAY = ("--today", "2025-01-20")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small site, which is the current folder."""
    root = write(tmp_path / "site", FILES)
    monkeypatch.chdir(root)
    yield root


def test_one_owner(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By name, slug or title, to standard output; nothing is written."""
    before = sorted(here.rglob("*"))
    assert main(["digest", "--owner", "maintenance", *_TODAY]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Maintenance\nRiverside plans, as at 20 January 2025.\n\nYou own 4 open actions: 1 late")
    assert "DUE BY 3 FEBRUARY 2025 (1)" in out
    assert "Cook by lamplight" in out
    assert err == ""
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize("words", [[], ["--all"]])
def test_everybody_is_the_default(here: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """In the order of names, without those who have nothing to do, who are named."""
    write(here, {**FILES, "content/owners/zoe.md": "---\ntitle: Zoe\n---\n"})
    assert main(["digest", *words, *_TODAY]) == 0
    out, err = capsys.readouterr()
    heads = [block.partition("\n")[0] for block in out.split(f"\n{'=' * 72}\n\n")]
    assert heads == ["Cook", "Maintenance", "Manager"]
    assert err == "Nothing to do: Zoe.\n"


def test_the_days_are_those_of_the_settings_unless_given(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`due_soon` decides what is near."""
    write(here, {"plansite.yaml": "title: T\ndue_soon: 5\n"})
    assert main(["digest", "--owner", "Maintenance", *_TODAY]) == 0
    assert "DUE BY" not in capsys.readouterr().out
    assert main(["digest", "--owner", "Maintenance", "--days", "15", *_TODAY]) == 0
    assert "DUE BY 4 FEBRUARY 2025 (2)" in capsys.readouterr().out


def test_one_email_to_standard_output_or_into_a_file(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The same bytes; in a folder it is named after the owner."""
    words = ["digest", "--owner", "Maintenance", "--format", "eml", *_TODAY]
    assert main(words) == 0
    data = capfdbinary.readouterr().out
    assert email.message_from_bytes(data, policy=email.policy.default)["To"] == "Maintenance <maintenance@example.org>"
    (here / "out").mkdir()
    for target, path in (("a.eml", "a.eml"), ("out", "out/maintenance.eml")):
        assert main([*words, "-o", target]) == 0
        assert (here / path).read_bytes() == data
        assert capfdbinary.readouterr().out.decode().strip() == path


def test_emails_for_everybody_go_into_a_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file for each who has an address; whoever has none is named, with what to do."""
    assert main(["digest", "--all", "--format", "eml", "-o", "mail", *_TODAY]) == 0
    out, err = capsys.readouterr()
    assert sorted(path.name for path in (here / "mail").iterdir()) == ["maintenance.eml", "manager.eml"]
    assert out == "mail\n"
    assert "2 digests in" in err
    assert "No e-mail address: Cook. Add `email:` to their files in content/owners/ or content/agencies/." in err


def test_a_folder_with_old_emails_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Otherwise the mailer would send that of somebody who has nothing to do now."""
    write(here, {**FILES, "mail/zoe.eml": "old"})
    assert main(["digest", "--format", "eml", "-o", "mail", *_TODAY]) == 2
    assert "so that nobody sends an old one" in capsys.readouterr().err
    assert [path.name for path in (here / "mail").iterdir()] == ["zoe.eml"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--owner", "Cook", "--all"], "--owner and --all contradict each other"),
        (["--format", "eml"], "name a folder for them with -o"),
        (["--format", "html"], "name a folder for them with -o"),
        (["--owner", "Mantenance"], "did you mean “Maintenance”?"),
        (["-o", "plansite.yaml"], "is not a folder"),
        (["--days", "-1"], "-1"),
    ],
)
def test_what_is_not_understood(here: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with 2 and says what to do."""
    assert main(["digest", *words, *_TODAY]) == 2
    assert said in capsys.readouterr().err
    assert (here / "plansite.yaml").read_text("utf-8") == FILES["plansite.yaml"]


def test_nobody_to_write_to(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No folder is made, and the message says why."""
    for path in (here / "content/owners").iterdir():
        path.write_text(path.read_text("utf-8").replace("email:", "role:"), "utf-8")
    assert main(["digest", "--format", "eml", "-o", "mail", *_TODAY]) == 0
    out, err = capsys.readouterr()
    assert (out, (here / "mail").exists()) == ("", False)
    assert "No digest is written." in err
    assert "No e-mail address: Cook, Maintenance and Manager." in err


def test_settings_without_a_contact_are_pointed_out(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The e-mails are written all the same."""
    write(here, {"plansite.yaml": "title: T\n"})
    assert main(["digest", "--owner", "Cook", "--format", "eml", "-o", "a.eml", *_TODAY]) == 0
    err = capsys.readouterr().err
    assert "add `contact:` with an e-mail address to plansite.yaml" in err
    assert "No e-mail address: Cook." in err
    assert b"\nTo:" not in (here / "a.eml").read_bytes()


def test_files_for_a_browser(here: Path) -> None:
    """One page for each, also for those without an address."""
    assert main(["digest", "--format", "html", "-o", "pages", *_TODAY]) == 0
    assert sorted(path.name for path in (here / "pages").iterdir()) == ["cook.html", "maintenance.html", "manager.html"]
    assert main(["digest", "--format", "text", "-o", "texts", *_TODAY]) == 0
    assert sorted(path.suffix for path in (here / "texts").iterdir()) == [".txt"] * 3


_HIDDEN = {
    "plansite.yaml": FILES["plansite.yaml"] + "audience: public\n",
    "content/plans/winter/actions/secret.md": "---\ntitle: Canary one\nowner: Maintenance\naudience: internal\n---\n",
    "content/plans/quiet/plan.md": "---\ntitle: Canary two\nkind: counselling\nowner: Maintenance\n---\n",
    "content/plans/quiet/actions/a.md": "---\ntitle: Canary three\nowner: Maintenance\ndue: 2025-01-01\n---\n",
    "content/owners/ann.md": "---\ntitle: Ann Canary\nemail: canary@example.org\naudience: internal\n---\n",
    "content/plans/winter/actions/open.md": (
        "---\ntitle: Open\nowner: Maintenance\nasked: [{date: 2025-01-13, question: Canary four, audience: internal}, "
        "{date: 2025-01-14, by: Ann Canary}]\nescalated: [{to: Manager, reason: Canary five, audience: partners}]\n---\n"
    ),
    "content/plans/winter/actions/lead.md": "---\ntitle: Lead\nowner: Ann Canary\ndepends_on: [open]\n---\n",
}


@pytest.mark.parametrize("form", ["text", "html", "eml"])
def test_no_audience_is_told_what_it_may_not_see(here: Path, form: str, tmp_path: Path) -> None:
    """Neither by a title, a question, a name nor an address."""
    write(here, _HIDDEN)
    sung = {}
    for audience in ("public", "internal"):
        out = tmp_path / audience
        assert main(["digest", "--format", form, "--audience", audience, "-o", str(out), *_TODAY]) == 0
        texts = [path.name.encode() + path.read_bytes() for path in out.iterdir()]
        assert texts
        sung[audience] = [text for text in texts if b"canary" in text.lower()]
    assert sung["public"] == []
    assert sung["internal"]


def test_an_unclear_mark_stops_the_digest_for_the_public(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it stops a build; `--lenient` goes on with all of it hidden."""
    odd = "---\ntitle: Odd\nowner: Cook\naudience: publik\n---\n"
    write(here, {"plansite.yaml": _HIDDEN["plansite.yaml"], "content/plans/winter/actions/x.md": odd})
    words = ["digest", "--owner", "Cook", "--audience", "public", *_TODAY]
    assert main(words) == 1
    assert capsys.readouterr().out == ""
    assert main([*words, "--lenient"]) == 0
    assert "Odd" not in capsys.readouterr().out
