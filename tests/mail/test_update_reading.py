"""Reading a form that was filled in and sent back, however mail programs change it on its way."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.mail.message import UnreadableMailError, read_mail
from plansite.mail.update_form import FormField, build_list_mail_link, ends_form, parse_label
from plansite.mail.update_reading import MailedUpdate, UnreadableUpdateError, read_updates
from plansite.model.documents.action import Action
from tests.examples import examples
from tests.mail.mails import ACTION, fill_form, filled_form, mail, open_link

ZONE = "Europe/London"
_VALUES = {
    FormField.NOTE: "Lamps are in. 12 of them, £30 – “bright”.",
    FormField.STATUS: "completed",
    FormField.FINISHED: "18 January 2025",
    FormField.BY: "Maintenance",
}
_EXPECTED = MailedUpdate(
    action="falls/stair-lights",
    note="Lamps are in. 12 of them, £30 – “bright”.",
    status="completed",
    finished="18 January 2025",
    by="Maintenance",
)


def _read(data: bytes) -> tuple[MailedUpdate, ...]:
    return read_updates(read_mail(data, ZONE)).updates


def _remarks(data: bytes) -> str:
    return " ".join(read_updates(read_mail(data, ZONE)).remarks)


def _refusal(data: bytes) -> str:
    with pytest.raises((UnreadableMailError, UnreadableUpdateError)) as caught:
        _read(data)
    return str(caught.value)


def _to_html(text: str) -> str:
    lines = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))
    return f"<html><head><style>p {{}}</style></head><body>{lines}</body></html>"


_FORM = filled_form(_VALUES)


@pytest.mark.parametrize("cte", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("html", ["", _to_html(_FORM)])
def test_every_encoding_says_the_same(cte: str, html: str) -> None:
    """Also with formatted text beside it."""
    data = mail(_FORM, cte=cte, html=html)
    assert _read(data) == (_EXPECTED,)
    assert _remarks(data) == ""


def test_a_text_that_was_copied_out_of_a_mail() -> None:
    """It needs no head of a mail; any encoding of a text editor will do."""
    for data in (
        _FORM.encode(),
        _FORM.encode("utf-8-sig"),
        _FORM.encode("utf-16"),
        _FORM.replace("\n", "\r\n").encode(),
    ):
        assert _read(data) == (_EXPECTED,)
    assert _read(_FORM.encode("cp1252")) == (_EXPECTED,)
    assert read_mail(_FORM.encode(), ZONE).address == ""


def test_formatted_text_alone_is_read_and_said() -> None:
    """Some programs on phones send nothing else."""
    message = EmailMessage()
    message["From"] = "cook@example.org"
    message.set_content(_to_html(_FORM).replace("Status", "<b>Status</b>"), subtype="html")
    assert _read(message.as_bytes()) == (_EXPECTED,)
    assert "It has no plain text, so its formatted text was read." in _remarks(message.as_bytes())


@pytest.mark.parametrize("style", ["display:none", "font-size: 0", "x:y; visibility : hidden", "max-height:0px"])
def test_formatted_text_that_hides_words_is_refused(style: str) -> None:
    """What the coordinator sees and what is read would differ."""
    html = _to_html(_FORM).replace("Maintenance", f'Main<span style="{style}">X</span>tenance')
    message = EmailMessage()
    message["From"] = "cook@example.org"
    message.set_content(html, subtype="html")
    assert "words that a mail program does not show" in _refusal(message.as_bytes())


def test_two_texts_that_differ_are_said() -> None:
    """The plain text is read; most programs show the other."""
    html = _to_html(_FORM.replace("completed\n", "blocked\n"))
    assert _read(mail(_FORM, html=html)) == (_EXPECTED,)
    assert "do not say the same" in _remarks(mail(_FORM, html=html))


def test_lines_that_a_program_broke_are_joined() -> None:
    """At 60 characters, with format=flowed, and with the values below their labels."""
    note = "The firm came at last " + "and brought more lamps " * 12
    values = {**_VALUES, FormField.NOTE: f"\n{note}\n\nSecond paragraph\n- one\n- two", FormField.REASON: "no\nparts"}
    text = filled_form(values)
    wrapped = []
    for line in text.split("\n"):
        while len(line) > 60:
            cut = line.rfind(" ", 0, 60)
            wrapped.append(line[: cut + 1])
            line = line[cut + 1 :]
        wrapped.append(line)
    expected = f"{note.strip()}\nSecond paragraph\n- one\n- two"
    for separator, content_type in (("\n", "text/plain"), ("\r\n", "text/plain; format=flowed; charset=utf-8")):
        data = f"From: a@example.org\nContent-Type: {content_type}\n\n".replace("\n", separator).encode()
        (update,) = _read(data + separator.join(wrapped).encode())
        assert (update.note, update.reason) == (expected, "no parts")


def test_flowed_lines_with_deleted_blanks() -> None:
    """Apple Mail breaks long words so (RFC 3676, `DelSp=yes`); labels are never joined with the line above."""
    text = filled_form({FormField.NOTE: "https://example.org/a \nbc", FormField.STATUS: "done "})
    head = b"From: a@example.org\nContent-Type: text/plain; format=flowed; delsp=yes\n\n"
    (update,) = _read(head + text.encode())
    assert (update.note, update.status, update.finished) == ("https://example.org/abc", "done", "")


_REPLY = "\n\nOn Sat, 18 Jan 2025 at 10:00, Anna Brown <anna@example.org> wrote:\n> Please say how it goes.\n"
_OUTLOOK = "\n\n________________________________\nFrom: Anna\nSent: 18 January 2025\nTo: Cook\nSubject: x\n\nHello\n"


@pytest.mark.parametrize("below", ["\n-- \nCook\n01632 960960", "\nSent from my iPhone", _REPLY, _OUTLOOK])
def test_signatures_and_older_mails_are_no_part_of_it(below: str) -> None:
    """All below the line that ends the form."""
    assert _read(mail(_FORM + below)) == (_EXPECTED,)


def test_text_around_the_form_is_said() -> None:
    """It may matter to the coordinator, and is not taken over."""
    remarks = _remarks(mail(f"Hello Anna, see below.\n\n{_FORM}\nPS: the ladder is broken."))
    assert "above the form: “Hello Anna, see below.”" in remarks
    assert "below the form: “PS: the ladder is broken.”" in remarks


def test_an_older_form_that_is_quoted_is_not_read() -> None:
    """Only what is new."""
    older = filled_form({FormField.NOTE: "Old news."}, Action(plan="falls", slug="ramp", path="x", title="A ramp"))
    quoted = "\n".join(f"> {line}" for line in older.split("\n"))
    data = mail(f"{_FORM}\n\nOn Friday, Anna wrote:\n{quoted}")
    assert _read(data) == (_EXPECTED,)
    assert "It quotes an older form, which was not read." in _remarks(data)


def test_a_form_in_quoted_text_alone_is_refused() -> None:
    """Answers cannot be told from what was there before."""
    quoted = "\n".join(f"> {line}" for line in _FORM.split("\n"))
    assert "quoted text" in _refusal(mail(f"Done!\n\n{quoted}"))
    assert "quoted text" in _refusal(mail(f"Done!\n\n-----Original Message-----\n{_FORM}"))


@pytest.mark.parametrize("marker", ["---------- Forwarded message ---------", "Begin forwarded message:"])
def test_a_forwarded_mail_is_refused(marker: str) -> None:
    """Its sender is not the one who wrote it."""
    assert "it was forwarded" in _refusal(mail(f"FYI\n\n{marker}\nFrom: X <x@example.org>\n\n{_FORM}"))


def test_an_older_mail_inside_the_form_is_refused() -> None:
    """Where the line that ends the form is gone, the end of an older one would seem to be its end."""
    own = _FORM.partition("Reason:")[0]
    older = filled_form({FormField.NOTE: "Old."}, Action(plan="falls", slug="ramp", path="x", title="A ramp"))
    assert "an older mail begins inside its form" in _refusal(mail(f"{own}{_OUTLOOK}{older}"))


def test_words_of_a_note_that_look_like_a_quotation_are_kept() -> None:
    """Nothing inside a form is cut off."""
    note = "On Monday the firm wrote:\n\n> 20 lamps\n\n-- \nand so on"
    (update,) = _read(mail(filled_form({FormField.NOTE: note, FormField.STATUS: "blocked"})))
    assert update.note == "On Monday the firm wrote:\n> 20 lamps\n-- and so on"
    assert update.status == "blocked"


def test_without_its_last_line_a_form_ends_with_the_last_label() -> None:
    """What stands below may be a signature."""
    text = _FORM.partition("End of update")[0] + "Sent from my iPhone\n"
    assert _read(mail(text)) == (_EXPECTED,)
    text = filled_form({FormField.NOTE: "Lamps are in."}).partition("End of update")[0] + "\nCook\n01632 960960"
    (update,) = _read(mail(text))
    assert (update.note, update.by) == ("Lamps are in.", "")


@pytest.mark.parametrize(
    "line", ["Status: blocked", "Reason: none", "*Finished on:* 3 May 2025", "What has happened: x"]
)
def test_a_label_that_is_there_twice_is_refused(line: str) -> None:
    """One may be part of a note, or be put in by somebody else."""
    assert "is there twice for one action" in _refusal(mail(filled_form({FormField.NOTE: f"Lamps.\n{line}"})))


def test_two_forms_for_one_action_are_refused() -> None:
    """What is meant cannot be told."""
    form = _FORM.partition("End of update")[0]
    assert "two forms for falls/stair-lights" in _refusal(mail(f"{form}\n{form}End of update"))


@pytest.mark.parametrize("values", [{}, {FormField.BY: "Cook"}])
def test_an_empty_form_is_refused(values: dict[FormField, str]) -> None:
    """With what the mail says instead."""
    message = _refusal(mail(f"It is all done!\n\n{filled_form(values)}"))
    assert "no field of the form is filled in" in message
    assert "It is all done!" in message


def test_a_mail_without_the_form_is_refused() -> None:
    """With its words, so that somebody can act on them."""
    assert "does not say which action it is about: “Lamps are in.”" in _refusal(mail("Lamps are in."))


def test_a_list_of_actions_may_be_filled_in_here_and_there() -> None:
    """Those that were left empty are passed over; a name at the end is that of all."""
    actions = [(f"falls/{slug}", f"About {slug} (soon)") for slug in ("a", "b", "c")]
    _, _, body = open_link(build_list_mail_link("plans@example.org", "Update from Cook", actions))
    before, _, after = fill_form(body, {FormField.BY: "Cook"}).replace("\r\n", "\n").partition("Action: falls/b")
    text = f"{before}Action: falls/b{after.replace('happened:', 'happened: Half done.', 1)}"
    text = text.replace("Finished on:", "Finished on: 3 January 2025", 1)
    assert _read(mail(text)) == (
        MailedUpdate(action="falls/a", finished="3 January 2025", by="Cook"),
        MailedUpdate(action="falls/b", note="Half done.", by="Cook"),
    )


_CHARACTER = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))
_WORD = st.text(_CHARACTER, min_size=1, max_size=12).filter(lambda word: word.strip() == word)
_LINE = st.lists(_WORD, min_size=1, max_size=12).map(" ".join)


def _is_plain(line: str) -> bool:
    """Whether a line is no label, no end, and does not begin with a mark of a list."""
    return not parse_label(line) and not ends_form(line) and line[0].isalpha()


_VALUE = _LINE.filter(_is_plain)


@settings(max_examples=examples(400), deadline=None)
@given(
    note=st.lists(_VALUE, max_size=4),
    status=st.sampled_from(["", "in progress", "Blocked", "done"]),
    finished=st.sampled_from(["", "3 January 2025", "2025-01-03"]),
    due=st.sampled_from(["", "14/02/2025"]),
    reason=st.just("") | _VALUE,
    by=st.just("") | _VALUE,
    cte=st.sampled_from(["8bit", "quoted-printable", "base64"]),
    is_formatted=st.booleans(),
    below=st.sampled_from(["", "\n-- \nCook", _REPLY, _OUTLOOK]),
)
def test_a_mail_written_in_the_form_comes_back_exactly(
    note: list[str],
    status: str,
    finished: str,
    due: str,
    reason: str,
    by: str,
    cte: str,
    is_formatted: bool,
    below: str,
) -> None:
    """Whatever its words, its encoding, and what stands below it."""
    expected = MailedUpdate(
        action="falls/stair-lights",
        note="\n".join(note),
        status=status,
        finished=finished,
        due=due,
        reason=reason,
        by=by,
    )
    text = filled_form({
        FormField.NOTE: "\n\n".join(note), FormField.STATUS: status, FormField.FINISHED: finished, FormField.DUE: due,
        FormField.REASON: reason, FormField.BY: by,
    })  # fmt: skip
    data = mail(text + below, html=_to_html(text) if is_formatted else "", cte=cte)
    if expected.is_empty:
        assert "no field" in _refusal(data)
    else:
        assert _read(data) == (expected,)


@settings(max_examples=examples(400), deadline=None)
@given(
    data=st.binary(max_size=400)
    | st.text(max_size=400).map(lambda text: f"From: a@b.org\n{text}".encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No input ends in another error."""
    try:
        _read(data)
    except (UnreadableMailError, UnreadableUpdateError) as error:
        assert str(error)


def test_the_day_is_that_of_the_site() -> None:
    """A mail that was sent late in the evening elsewhere is of the next day here."""
    assert read_mail(mail(_FORM, sent="Mon, 06 Jan 2025 23:30:00 -0500"), ZONE).sent == date(2025, 1, 7)
    for sent in ("", "yesterday", "Mon, 99 Jan 2025 23:30:00 +0000"):
        assert (
            read_mail(mail(_FORM, sent="").replace(b"Subject:", f"Date: {sent}\r\nSubject:".encode()), ZONE).sent
            is None
        )
    assert read_mail(mail(_FORM), ZONE).sent == date(2025, 1, 19)
    assert ACTION.title in read_mail(mail(_FORM), ZONE).subject
