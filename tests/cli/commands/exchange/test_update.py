"""`plansite update`: a mail becomes a change of the file of its action, after a question."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.mail.update_form import FormField
from plansite.model.documents.action import Action
from tests.cli.terminal import converse
from tests.mail.mails import ACTION, filled_form, mail
from tests.sites import write

_ACTION = "content/plans/falls/actions/stair-lights.md"
_FILE = """---
title: New lamps
ref: 1
status: in progress
owner: Maintenance
created: 2025-01-02
due: 2025-01-31
---
Why.

## Progress
- 2025-01-06 (Maintenance): Ordered.
"""
_RAMP = Action(plan="falls", slug="ramp", path="content/plans/falls/actions/ramp.md", title="A ramp")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with two actions, and the addresses of two owners."""
    return write(
        tmp_path / "site",
        {
            "plansite.yaml": "title: T\ntoday: 2025-01-20\ncontact: plans@example.org\n",
            "content/owners/maintenance.md": "---\ntitle: Maintenance\nemail: maintenance@example.org\n---\n",
            "content/owners/cook.md": "---\ntitle: Cook\nemail: cook@example.org\n---\n",
            "content/plans/falls/plan.md": "---\ntitle: Fewer falls\n---\n",
            _ACTION: _FILE,
            "content/plans/falls/actions/ramp.md": "---\ntitle: A ramp\nref: 2\nstatus: completed\n---\n",
            "content/plans/falls/actions/broken.md": "---\ntitle: [\n---\n",
        },
    )


def _save(site: Path, data: bytes, name: str = "update.eml") -> Path:
    path = site.parent / name
    path.write_bytes(data)
    return path


def _update(site: Path, *words: str | Path) -> int:
    return main(["update", *map(str, words), "--site", str(site)])


def _send(site: Path, values: Mapping[FormField, str], *words: str, action: Action = ACTION, **headers: str) -> int:
    return _update(site, _save(site, mail(filled_form(values, action), **headers)), *words)


_NEWS = {FormField.NOTE: "Lamps are in."}


def test_nothing_is_written_before_somebody_agrees(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal nobody can be asked: the change is shown, and the command ends with 1."""
    assert _send(site, _NEWS) == 1
    said = capsys.readouterr()
    assert (site / _ACTION).read_text("utf-8") == _FILE
    assert "falls/stair-lights: New lamps\n  Progress: 19 January 2025, Maintenance: Lamps are in." in said.out
    assert "+- 2025-01-19 (Maintenance): Lamps are in." in said.out
    assert "From maintenance@example.org (Maintenance), sent on 19 January 2025." in said.err
    assert "Nothing was written. To write it, add --yes." in said.err


def test_an_update_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All fields of the form."""
    values = {
        FormField.NOTE: "The lamps are sold out.", FormField.STATUS: "on hold", FormField.DUE: "14th Feb 2025",
        FormField.REASON: "No lamps until the 10th.", FormField.BY: "cook",
    }  # fmt: skip
    assert _send(site, values, "--yes") == 0
    assert (site / _ACTION).read_text("utf-8") == _FILE.replace("in progress", "blocked").replace(
        "due: 2025-01-31\n",
        "due: 2025-02-14\ndue_history:\n  - due: 2025-01-31\n    moved: 2025-01-19\n    by: Cook\n"
        "    reason: No lamps until the 10th.\n",
    ) + "- 2025-01-19 (Cook): The lamps are sold out.\n"
    said = capsys.readouterr()
    assert "Status: in progress → blocked" in said.out
    assert "It says that it is from Cook, but the address is that of Maintenance." in said.err


def test_the_end_of_the_work(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The day counts as completed; without a day, that of the mail is taken, and said."""
    assert _send(site, {FormField.FINISHED: "18/01/2025"}, "--yes") == 0
    assert "status: completed\n" in (text := (site / _ACTION).read_text("utf-8"))
    assert "completed: 2025-01-18\n" in text
    (site / _ACTION).write_text(_FILE, "utf-8")
    assert _send(site, {FormField.STATUS: "Done."}, "--yes") == 0
    assert "completed: 2025-01-19\n" in (site / _ACTION).read_text("utf-8")
    assert "No day is given for the end of the work, so 19 January 2025 is taken." in capsys.readouterr().err


def test_standard_input(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that was copied out of a mail program has no sender and no day."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(filled_form(_NEWS).encode())))
    assert _update(site, "-", "--yes", "--by", "Night Senior") == 0
    assert (site / _ACTION).read_text("utf-8") == f"{_FILE}- 2025-01-20 (Night Senior): Lamps are in.\n"


def test_what_the_mail_leaves_open_can_be_given(site: Path) -> None:
    """The day, the name, the reason, and the action."""
    values = {FormField.NOTE: "News.", FormField.DUE: "1 March 2025"}
    words = ("--date", "2025-01-15", "--by", "Cook", "--reason", "No lamps", "--action", "falls/1", "--yes")
    assert _send(site, values, *words, action=_RAMP, subject="Update: A ramp") == 0
    text = (site / _ACTION).read_text("utf-8")
    assert "- 2025-01-15 (Cook): News." in text
    assert "moved: 2025-01-15\n    by: Cook\n    reason: No lamps\n" in text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({FormField.STATUS: "finishd"}, "did you mean “finished”?"),
        ({FormField.STATUS: "late"}, "“late” is not a status"),
        ({FormField.STATUS: "embedded"}, "for somebody else to check"),
        ({FormField.STATUS: "cancelled"}, "cancelled without a reason"),
        ({FormField.STATUS: "blocked", FormField.FINISHED: "1 January 2025"}, "it says blocked, and that the work was finished"),
        ({FormField.STATUS: "done", FormField.DUE: "1 March 2025"}, "it says completed, and gives a new due date"),
        ({FormField.FINISHED: "6 May"}, "“Finished on: 6 May” is not a whole date"),
        ({FormField.FINISHED: "next week"}, "is not a whole date"),
        ({FormField.FINISHED: "31 January 2025"}, "is in the future"),
        ({FormField.FINISHED: "1 January 2025"}, "the action was agreed on 2 January 2025"),
        ({FormField.DUE: "1 March 2025"}, "a new due date without a reason"),
        ({FormField.DUE: "1 January 2025", FormField.REASON: "x"}, "it cannot be due on 1 January 2025"),
        ({FormField.NOTE: "NHS no. 999 123 4578"}, "nhs-number"),
        ({FormField.NOTE: "::: internal"}, "a mark for some readers"),
        ({FormField.NOTE: "word " * 1000}, "more than 4,000 characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    site: Path, capsys: pytest.CaptureFixture[str], values: Mapping[FormField, str], message: str
) -> None:
    """With the reason; nothing of the mail is written."""
    assert _send(site, {FormField.NOTE: "News.", **values}, "--yes") == 1
    assert message in capsys.readouterr().err
    assert (site / _ACTION).read_text("utf-8") == _FILE


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("falls/stair-light", "did you mean “falls/stair-lights”?"),
        ("stair-lights", "does not say which plan it is in"),
        ("falls/broken", "cannot be read; run “plansite check”"),
        ("../../etc/passwd", "there is no action called"),
        ("falls/ramp", "the action is completed already"),
    ],
)
def test_a_wrong_action_is_refused(site: Path, capsys: pytest.CaptureFixture[str], address: str, message: str) -> None:
    """An unknown one, one that cannot be read, one that is finished."""
    text = filled_form({FormField.STATUS: "blocked"}).replace("falls/stair-lights", address)
    before = {path: path.read_bytes() for path in site.rglob("*.md")}
    assert _update(site, _save(site, mail(text, subject="Hello")), "--yes") == 1
    assert message in capsys.readouterr().err
    assert {path: path.read_bytes() for path in site.rglob("*.md")} == before


def test_a_subject_about_another_action_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An older mail was answered, perhaps; `--action` decides. A subject that fits no action is said."""
    assert _send(site, _NEWS, "--yes", subject="RE: Update: A ramp") == 1
    assert "its subject is about “A ramp”, and its form about “New lamps”" in capsys.readouterr().err
    assert _send(site, _NEWS, "--yes", "--action", "falls/stair-lights", subject="RE: Update: A ramp") == 0
    (site / _ACTION).write_text(_FILE, "utf-8")
    assert _send(site, _NEWS, "--yes", subject="Update: Old title") == 0
    assert "is not the title of the action" in capsys.readouterr().err


def test_the_same_mail_twice(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A note that is there already is not added again."""
    assert _send(site, _NEWS, "--yes") == 0
    text = (site / _ACTION).read_text("utf-8")
    assert _send(site, _NEWS, "--yes") == 1
    assert "the action has this note already" in capsys.readouterr().err
    assert (site / _ACTION).read_text("utf-8") == text


def test_a_form_that_says_what_is_so_already(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing changes, and nobody is asked."""
    assert _send(site, {FormField.STATUS: "ongoing", FormField.DUE: "31 January 2025"}) == 0
    assert "nothing changes" in capsys.readouterr().err


def test_a_sender_without_a_file(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The note has no name, and the coordinator is told."""
    assert _send(site, _NEWS, "--yes", sender='"cook@example.org" <x@elsewhere.org>') == 0
    said = capsys.readouterr().err
    assert "From x@elsewhere.org, an address that no owner or agency has" in said
    assert "has no name; give one with --by" in said
    assert "- 2025-01-19: Lamps are in." in (site / _ACTION).read_text("utf-8")


def test_a_mail_from_the_future(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its clock is wrong; the note gets today's date."""
    assert _send(site, _NEWS, "--yes", sent="Sun, 19 Jan 2026 18:30:00 +0000") == 0
    assert "It is dated 19 January 2026, which is in the future, so today is taken." in capsys.readouterr().err
    assert "- 2025-01-20 (Maintenance)" in (site / _ACTION).read_text("utf-8")


def test_one_bad_form_of_several_stops_all(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mail is taken in as a whole or not at all."""
    first = filled_form(_NEWS).partition("Your name")[0]
    second = filled_form({FormField.STATUS: "blocked"}, _RAMP)
    assert _update(site, _save(site, mail(first + second)), "--yes") == 1
    assert "the action is completed already" in capsys.readouterr().err
    assert (site / _ACTION).read_text("utf-8") == _FILE


def test_several_mails(site: Path) -> None:
    """One after the other: the second sees what the first changed, and a bad one does not stop the others."""
    first = _save(site, mail(filled_form(_NEWS)), "1.eml")
    bad = _save(site, b"Hello", "2.eml")
    second = _save(site, mail(filled_form({FormField.NOTE: "All is well."})), "3.eml")
    assert _update(site, first, bad, second, "--yes") == 1
    assert (site / _ACTION).read_text("utf-8") == (
        f"{_FILE}- 2025-01-19 (Maintenance): Lamps are in.\n- 2025-01-19 (Maintenance): All is well.\n"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0rest", "Outlook's own form (.msg)"),
        (b"PK\x03\x04rest", "a document or an archive"),
        (b"", "does not say which action"),
        (mail(filled_form(_NEWS), Auto_Submitted="auto-replied"), "a program sent it by itself"),
        (mail(filled_form(_NEWS), sender="a@example.org, b@example.org"), "several senders"),
        (b"From a@b Mon Jan  6 10:00:00 2025\nFrom: a@b\n\nx\n\nFrom a@b Mon Jan  6 10:00:00 2025\nFrom: a@b\n\ny\n", "several mails"),
        (b"From: a@b.org\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nMIIB", "it is encrypted"),
    ],
)  # fmt: skip
def test_other_files_are_refused(site: Path, capsys: pytest.CaptureFixture[str], data: bytes, message: str) -> None:
    """With what to do instead."""
    assert _update(site, _save(site, data), "--yes") == 1
    assert message in capsys.readouterr().err


def test_attached_files_are_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are not taken over, whatever their names."""
    data = mail(filled_form(_NEWS)).replace(
        b"Content-Type: text/plain",
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=XX\r\n\r\n--XX\r\nContent-Type: text/plain', 1,
    )  # fmt: skip
    data = data.replace(b"MIME-Version: 1.0\r\n", b"", 1) if data.count(b"MIME-Version") > 1 else data
    data += b'\r\n--XX\r\nContent-Type: image/jpeg; name="../../lamp\x1b.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--XX--\r\n'
    before = sorted(site.rglob("*"))
    assert _update(site, _save(site, data), "--yes") == 0
    said = capsys.readouterr().err
    assert "Not taken over: the attached file “../../lamp" in said
    assert "\x1b" not in said
    assert sorted(site.rglob("*")) == before


def test_files_of_another_team_are_left_alone(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sources are read in place and never written."""
    write(site, {"theirs/lamp.md": "---\ntitle: Their lamp\n---\n"})
    settings = (site / "plansite.yaml").read_text("utf-8")
    (site / "plansite.yaml").write_text(f"{settings}sources: [{{path: theirs, plan: theirs}}]\n", "utf-8")
    text = filled_form(_NEWS).replace("falls/stair-lights", "theirs/lamp")
    assert _update(site, _save(site, mail(text, subject="x")), "--yes") == 1
    assert "is kept by another team" in capsys.readouterr().err


def test_a_missing_file_is_a_mistake_of_the_command(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, as everywhere."""
    assert _update(site, "nowhere.eml") == 2
    assert "there is no file nowhere.eml" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "is_written"), [("y", True), ("", False), ("n", False)])
def test_the_question_at_a_terminal(site: Path, answer: str, is_written: bool) -> None:
    """Enter means no."""
    path = _save(site, mail(filled_form(_NEWS)))
    ended = converse(site, [("Write this change?", answer)], "update", str(path))
    assert ended.returncode == 0
    assert ("Lamps are in" in (site / _ACTION).read_text("utf-8")) == is_written
