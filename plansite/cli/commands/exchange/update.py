"""`plansite update`: an update that came by e-mail, as a change of the files of its actions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from difflib import unified_diff
from pathlib import Path

import click

from plansite.cli.context import CommandContext, print_path
from plansite.cli.exit_codes import ExitCode, print_message
from plansite.cli.questions import can_ask, confirm
from plansite.cli.site_options import DateParam, site_options
from plansite.content.files import MAX_FILE_SIZE
from plansite.content.report import make_printable
from plansite.content.site_content import load_site
from plansite.content.text import encode
from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileTooLargeError, read_inside, read_plain_file
from plansite.lookup import CorrectableError
from plansite.mail.message import MAX_MAIL_SIZE, ReadMail, UnreadableMailError, read_mail
from plansite.mail.update_form import SUBJECT_PREFIX
from plansite.mail.update_reading import MailedUpdates, UnreadableUpdateError, read_updates
from plansite.model.findings import Level
from plansite.model.formatting import format_long_date
from plansite.model.people import normalise_name
from plansite.model.site import Site
from plansite.scaffold.atomic_files import replace_file
from plansite.scaffold.updates.action_update import (
    ActionUpdate,
    Sending,
    UnusableUpdateError,
    describe_update,
    find_sender,
    resolve_update,
)
from plansite.scaffold.updates.apply import UpdatedFile, apply_update


@dataclass(frozen=True, slots=True, kw_only=True)
class _GivenValues:
    """What the command line says in place of the mail: each is empty where it says nothing."""

    action: str
    by: str
    day: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlannedUpdate:
    """A change of one file, worked out before anything is written."""

    update: ActionUpdate
    before: bytes
    file: UpdatedFile


@click.command("update")
@click.argument("mails", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--action", metavar="PLAN/ACTION", default="", help="The action it is about, if the mail names a wrong one."
)
@click.option("--by", metavar="NAME", default="", help="Who sent it, if the mail does not say.")
@click.option("--date", "day", type=DateParam(), help="The day it was sent, if the mail does not say.")
@click.option("--reason", metavar="TEXT", default="", help="Why the date moves, if the mail does not say.")
@click.option("--yes", is_flag=True, help="Write the change without asking.")
@site_options
def command(
    context: CommandContext, mails: tuple[str, ...], action: str, by: str, day: date | None, reason: str, yes: bool
) -> int:
    """Bring updates that came by e-mail into the files of their actions.

    FILE is a mail that was saved from a mail program (.eml), or a text that was copied out of one; - is standard
    input. Each change is shown before it is written.
    """
    given = _GivenValues(action=action, by=by, day=day, reason=reason)
    codes = [_take_mail(context, name, given, is_sure=yes) for name in mails]
    return max(codes)


def _take_mail(context: CommandContext, name: str, given: _GivenValues, *, is_sure: bool) -> int:
    """Show the changes that one mail asks for, and write them if that is wanted; returns the exit code."""
    site = load_site(context.root)
    label = "The mail" if name == "-" else name
    try:
        mail = read_mail(_read_bytes(name), site.settings.timezone)
        mailed = read_updates(mail)
        planned = _plan_updates(context, site, mail, mailed, given)
    except (UnreadableMailError, UnreadableUpdateError, UnusableUpdateError, CorrectableError) as error:
        print_message(f"{label}: {error}.")
        return ExitCode.FINDINGS
    _show_mail(context, site, mail, mailed)
    changes = [each for each in planned if each.before != each.file.data]
    for each in planned:
        _show_update(each)
    if not changes:
        print_message(f"{label}: nothing changes.")
        return ExitCode.SUCCESS
    if not is_sure and not can_ask():
        print_message("Nothing was written. To write it, add --yes.")
        return ExitCode.FINDINGS
    if not is_sure and not confirm(f"Write {'this change' if len(changes) == 1 else 'these changes'}?"):
        print_message("Nothing was written.")
        return ExitCode.SUCCESS
    for each in changes:
        target = context.root / each.update.action.path
        replace_file(target, each.file.data)
        print_path(target)
    return ExitCode.SUCCESS


def _read_bytes(name: str) -> bytes:
    """The bytes of a file or of standard input. Raises UnreadableMailError for too many, click.UsageError for none."""
    try:
        data = sys.stdin.buffer.read(MAX_MAIL_SIZE + 1) if name == "-" else read_plain_file(Path(name), MAX_MAIL_SIZE)
    except FileNotFoundError as error:
        raise click.UsageError(f"there is no file {name}") from error
    except FileTooLargeError as error:
        raise UnreadableMailError(_explain_size()) from error
    if len(data) > MAX_MAIL_SIZE:
        raise UnreadableMailError(_explain_size())
    return data


def _explain_size() -> str:
    return f"it has more than {MAX_MAIL_SIZE // 1024 // 1024} MiB; copy its text into a file"


def _plan_updates(
    context: CommandContext, site: Site, mail: ReadMail, mailed: MailedUpdates, given: _GivenValues
) -> list[_PlannedUpdate]:
    """The changes that a mail asks for. Raises UnusableUpdateError and CorrectableError, also for one of several."""
    if len(mailed.updates) > 1 and (given.action or given.reason):
        raise click.UsageError("--action and --reason are for a mail about one action")
    sending = _find_sending(context, site, mail, given)
    planned: list[_PlannedUpdate] = []
    for each in mailed.updates:
        changed = replace(
            each, action=given.action or each.action, by=given.by or each.by, reason=given.reason or each.reason
        )
        update = resolve_update(site, changed, sending)
        if any(other.update.action.path == update.action.path for other in planned):
            raise UnusableUpdateError(f"it has two forms for {update.action.title}")
        if not given.action:
            _ensure_subject(site, mail, update, is_only=len(mailed.updates) == 1)
        before = read_inside(context.root, update.action.path, MAX_FILE_SIZE)
        file = UpdatedFile(data=before) if update.is_empty else apply_update(before, update, site.settings.timezone)
        error = next((finding for finding in file.findings if finding.rule.level is Level.ERROR), None)
        if error:
            raise UnusableUpdateError(f"{error.message} ({error.rule.name}); {error.remedy}, in a copy of the text")
        planned.append(_PlannedUpdate(update=update, before=before, file=file))
    return planned


def _find_sending(context: CommandContext, site: Site, mail: ReadMail, given: _GivenValues) -> Sending:
    today = context.today(site.settings)
    day = given.day or mail.sent or today
    if day > today:
        print_message(f"It is dated {format_long_date(day)}, which is in the future, so today is taken.")
        day = today
    return Sending(day=day, by=find_sender(site, mail.address), today=today)


def _ensure_subject(site: Site, mail: ReadMail, update: ActionUpdate, *, is_only: bool) -> None:
    """Raise UnusableUpdateError where the subject has the title of another action than the form names."""
    title = normalise_name(mail.subject.rpartition(SUBJECT_PREFIX)[2])
    if not is_only or SUBJECT_PREFIX not in mail.subject or title == normalise_name(update.action.title):
        return
    other = next((action for action in site.actions if normalise_name(action.title) == title), None)
    if other:
        raise UnusableUpdateError(
            f"its subject is about “{other.title}”, and its form about “{update.action.title}”; "
            f"say which with --action {other.plan}/{other.slug} or --action {update.action.plan}/{update.action.slug}"
        )
    print_message(f"Its subject, “{mail.subject}”, is not the title of the action.")


def _show_mail(context: CommandContext, site: Site, mail: ReadMail, mailed: MailedUpdates) -> None:
    """Say who sent a mail and when, and what in it was not read."""
    sent = f", sent on {format_long_date(mail.sent)}" if mail.sent else ""
    known = find_sender(site, mail.address)
    if mail.address:
        who = f"{mail.address} ({known})" if known else f"{mail.address}, an address that no owner or agency has"
        context.print_message(f"From {who}{sent}. Senders can be forged: if in doubt, ask them.")
    for name in {update.by for update in mailed.updates}:
        person = site.find_owner_or_agency(name)
        if known and person and person.title != known:
            print_message(f"It says that it is from {person.title}, but the address is that of {known}.")
    for remark in mailed.remarks:
        print_message(remark)


def _show_update(planned: _PlannedUpdate) -> None:
    """Print what changes in one file, in words and as a difference."""
    action = planned.update.action
    click.echo(encode("\n".join(map(make_printable, _list_lines(planned))) + "\n"), nl=False)
    for remark in (*planned.update.remarks, *(str(finding) for finding in planned.file.findings)):
        print_message(remark)
    if not planned.update.by and planned.update.note:
        print_message(f"The note on “{action.title}” has no name; give one with --by.")


def _list_lines(planned: _PlannedUpdate) -> Iterator[str]:
    action, changes = planned.update.action, list(describe_update(planned.update))
    yield f"{action.plan}/{action.slug}: {action.title}"
    for name, words in changes:
        yield f"  {name}: {words.replace(chr(10), ' ')}"
    before, after = (data.decode("utf-8-sig").splitlines() for data in (planned.before, planned.file.data))
    yield from unified_diff(before, after, f"a/{action.path}", f"b/{action.path}", lineterm="", n=2)
    yield ""
