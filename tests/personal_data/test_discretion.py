"""No output says what was seen: not the message of another rule, not a path, no format."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.redaction import redact_findings, redact_quotations
from plansite.cli.main import main
from plansite.content.parse_rules import BAD_DATE, STRAY_FILE
from plansite.content.privacy_rules import LISTED_NAME, NHS_NUMBER
from plansite.model.findings import Finding
from plansite.personal_data.listed_names import ListedNames
from tests.checks.tiny_sites import ACTION, PLAN, action, page
from tests.personal_data.synthetic import LURE, samples
from tests.sites import write

Captured = pytest.CaptureFixture[str]

#: What stands in the site below. Their parts are looked for, so that no half of one slips out.
SECRETS = ("999 274 8613", "9995550105", "PP 65 43 21 B", "17/9/1948", "LS2 9JT", "07700 900877", "mo.okoro@gmail.com")
PARTS = re.compile(r"8613|50105|43 21|1948|9JT|900877|okoro|Adeyemi", re.IGNORECASE)
_FORMATS = ("text", "json", "github", "sarif")
_ACTIONS = "content/plans/winter/actions"


def _site(root: Path) -> Path:
    """A site with them in fields that other rules quote, in comments, tables, links and names of files."""
    worst = (
        f"due: {SECRETS[0]}\nstatus: {SECRETS[5]}\nowner: Ngozi Adeyemi\ncreated: '30/02/2025'\nbirth: DOB {SECRETS[3]}"
    )
    long = f"The person with the number NHS {SECRETS[1]} " + "and " * 30 + "lives here. Ngozi Adeyemi " + "x " * 30
    return write(
        root,
        {
            PLAN: page("title: Winter\nreview_every: 6 weeks"),
            ACTION: action(worst, f"<!-- {', '.join(SECRETS)} -->\n{long}\n[x]({SECRETS[6]}.md) by {SECRETS[3]}"),
            f"{_ACTIONS}/visit-999-274-8613.md": action("due: soon", "[she](ngozi-adeyemi.md)"),
            f"{_ACTIONS}/ngozi-adeyemi.md": action("due: soon\nonwer: x"),
            f"{_ACTIONS}/next.md": action("depends_on: [visit-999-274-861]", "[it](visit-999-274-8613-b.md)"),
            "content/plans/winter/measures/falls.md": page("title: Falls"),
            "content/plans/winter/measures/falls.csv": f"date,value\nDOB {SECRETS[3]},{SECRETS[4]}\n",
            "content/plans/winter/07700-900877.md": "stray",
            "content/owners/duty.md": page(f"title: Duty\nemail: {SECRETS[6]}\nagency: {SECRETS[2]}"),
            "plansite.yaml": f"title: Site\ntimezone: {SECRETS[1]}\n",
        },
    )


@pytest.mark.parametrize("form", _FORMATS)
def test_no_format_of_check_says_it(tmp_path: Path, capsys: Captured, form: str) -> None:
    """Each names the rules and the places, and nothing of what stands there."""
    site = _site(tmp_path / "site")
    names = tmp_path / "names.txt"
    names.write_text("Ngozi Adeyemi\n", "utf-8")
    assert main(["check", "--site", str(site), "--today", "2025-01-20", "--format", form, "--names", str(names)]) == 1
    said = capsys.readouterr()
    assert PARTS.findall(said.out + said.err) == []
    assert form == "github" or all(
        name in said.out for name in ("nhs-number", "listed-name", "not-a-date", "unreadable-reading", "unknown-status")
    )


def test_broken_settings_say_it_neither(tmp_path: Path, capsys: Captured) -> None:
    """Where nothing but the settings is looked at, they are looked at as well."""
    write(tmp_path, {"plansite.yaml": f"title: [{SECRETS[0]}\nNHS {SECRETS[1]}: {{\n"})
    assert main(["check", "--site", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "nhs-number" in said
    assert PARTS.findall(said) == []


def test_a_build_says_it_neither(tmp_path: Path, capsys: Captured) -> None:
    """Its errors go to the log of a workflow, and what it keeps of them is told again by the next build."""
    site = _site(tmp_path / "site")
    (site / "content/plans/winter/actions/ngozi-adeyemi.md").unlink()
    arguments = ["build", "--site", str(site), "--today", "2025-01-20", "--out", str(tmp_path / "out")]
    for _ in range(2):
        assert main(arguments) == 0
        said = capsys.readouterr()
        assert "PS901" in said.err
        assert PARTS.findall(said.out + re.sub("adeyemi", "", said.err, flags=re.IGNORECASE)) == []


def test_no_page_says_it(tmp_path: Path) -> None:
    """What a page does not show of a file by itself, it does not show as a finding."""
    hidden = f"<!-- {' '.join(SECRETS)} -->\n"
    files = {PLAN: page("title: Winter"), ACTION: action(f"unknown: DOB {SECRETS[3]}", hidden)}
    falls = "content/plans/winter/measures/falls"
    readings = f"date,value\nDOB {SECRETS[3]},{SECRETS[4]}\n"
    site = write(tmp_path / "site", {**files, f"{falls}.md": page("title: Falls"), f"{falls}.csv": readings})
    assert main(["build", "-q", "--site", str(site), "--today", "2025-01-20", "--out", str(tmp_path / "out")]) == 0
    pages = {path.name: path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.html")}
    assert "nhs-number" in pages["attention.html"] or "NHS number" in pages["attention.html"]
    assert [name for name, text in pages.items() if PARTS.search(text)] == []


def test_what_is_kept_does_not_say_it(tmp_path: Path) -> None:
    """The folder that spares work holds the findings; what the files say beside them is not in it as text."""
    hidden = f"<!-- {' '.join(SECRETS)} -->\n"
    site = write(tmp_path / "site", {PLAN: page("title: Winter"), ACTION: action(f"unknown: DOB {SECRETS[3]}", hidden)})
    assert main(["check", "-q", "--site", str(site), "--today", "2025-01-20"]) == 1
    kept = [path.read_bytes() for path in (site / ".plansite").rglob("*") if path.is_file()]
    assert any(b"PS901" in data for data in kept)
    assert not any(PARTS.search(data.decode("latin-1")) for data in kept)


def _finding(path: str, message: str, personal: bool = False) -> Finding:
    return Finding(rule=NHS_NUMBER if personal else BAD_DATE, path=path, line=3, message=message)


def test_other_rules_do_not_quote_from_such_a_file() -> None:
    """A quotation with a digit, a sign or a cut is left out; the words of the rules stay, and other files too."""
    found = [
        _finding("a.md", "this looks like an NHS number", personal=True),
        _finding("a.md", "“The number 999 12” has “completed” and “and so on…”"),
        _finding("b.md", "“30/02/2025” is not a date"),
    ]
    assert [each.message for each in redact_quotations(found)] == [
        "this looks like an NHS number",
        "“…” has “completed” and “…”",
        "“30/02/2025” is not a date",
    ]


def test_advice_on_the_same_line_is_left_out() -> None:
    """A remedy may be made of the value: "if you mean 17 September 1948"."""
    advice = "if you mean 17 September 1948, write 1948-09-17"
    found = [
        Finding(rule=BAD_DATE, path="a.md", line=line, message="it is not a date", remedy=advice) for line in (3, 4)
    ]
    told = redact_quotations([_finding("a.md", "this looks like a date of birth", personal=True), *found])
    assert [each.remedy for each in told[1:]] == ["", advice]


def test_nothing_changes_where_nothing_was_seen() -> None:
    """Findings of a site without personal data are the same values as before."""
    found = (_finding("content/plans/winter/actions/a-2025-01-20.md", "“30/02/2025” is not a date"),)
    assert redact_findings(found)[0] is found[0]


@given(st.integers(0, 1_000), st.sampled_from(["here is {}", "“{}”", "on some computers this file is the same as {}"]))
def test_no_message_passes_what_is_recognised(seed: int, message: str) -> None:
    """Whatever is recognised by itself is masked in any message and any path."""
    sample = next(each for each in samples(seed) if each.about != LURE)
    written = sample.text[sample.start : sample.end]
    finding = Finding(rule=STRAY_FILE, path=f"content/NHS {written}.md", message=message.format(f"NHS {written}"))
    (told,) = redact_findings([finding])
    assert written not in told.path
    assert written not in told.message


def test_no_part_of_a_listed_name_is_quoted() -> None:
    """Another rule may quote one word of it, which is not on the list by itself."""
    names = ListedNames.parse("Ngozi Adeyemi")
    listed = Finding(rule=LISTED_NAME, path="a.md", line=1, message="this is a name from your list")
    (_, told) = redact_findings([listed, _finding("a.md", "no owner is called “Adeyemi”")], names)
    assert told.message == "no owner is called “…”"


def test_listed_names_are_masked_in_paths() -> None:
    """The name of a file that is a person's."""
    (told,) = redact_findings([_finding("content/plans/anna-brown/plan.md", "x")], ListedNames.parse("Anna Brown"))
    assert told.path == "content/plans/••••-•••••/plan.md"


def test_commits_are_told_without_their_words(tmp_path: Path, capsys: Captured) -> None:
    """A message is named by its commit, line and column, in every format."""
    site = write(tmp_path / "site", {PLAN: page("title: Winter\ngoals: [{key: a, title: A}]")})
    git = ("git", "-C", str(site), "-c", "user.name=A", "-c", "user.email=a@example.org")
    message = f"Visit\n\nNHS {SECRETS[0]}, Ngozi Adeyemi\n\nCo-authored-by: Mo <{SECRETS[6]}>"
    for words in (
        ("init", "-q"),
        ("add", "."),
        ("commit", "-qm", "First"),
        ("commit", "-q", "--allow-empty", "-m", message),
    ):
        subprocess.run([*git, *words], check=True)
    names = tmp_path / "names"
    names.write_text("Ngozi Adeyemi", "utf-8")
    wanted = ["check", "--site", str(site), "--commits", "HEAD~1..", "--names", str(names), "--format"]
    for form in _FORMATS:
        assert main([*wanted, form]) == 1
        said = capsys.readouterr().out
        assert PARTS.findall(said) == []
        if form == "json":
            rows = [row for row in json.loads(said) if row["path"].startswith("commit ")]
            assert [(row["name"], row["line"], row["column"]) for row in rows] == [
                ("nhs-number", 3, 5),
                ("listed-name", 3, 19),
            ]
