"""The command group. The module of a command is imported only when the command runs, which keeps start-up short."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from plansite import __version__
from plansite.cli.exit_codes import ExitCode, run_with_exit_code
from plansite.cli.fast_answer import GivenLine

if TYPE_CHECKING:
    from plansite.cache.answers import CollectedInputs

_COMMANDS = {
    "build": "Build the website into a folder.",
    "serve": "Preview the site while you edit.",
    "check": "List what is wrong, missing or unclear.",
    "list": "Show actions in the terminal.",
    "changes": "Show what changed in the plans.",
    "new": "Start a plan, action, goal, review or other file.",
    "import": "Make actions of the rows of a spreadsheet or document.",
    "digest": "Tell each owner what is late, due and waiting for them.",
    "export": "Write actions to a file for a spreadsheet or another program.",
    "update": "Bring updates that came by e-mail into the plans.",
    "review": "Draft a plan's next review, to send before the meeting.",
    "init": "Start a new site.",
    "schema": "Print the JSON Schema for editors.",
    "cms": "Set up a content editor for people without git.",
    "headers": "Print the security headers for a host.",
    "pack": "Make an evidence pack for an inspector, or check one.",
    "verify": "Compare a published site with what a commit builds.",
    "next-change": "Print the next day on which pages change without an edit.",
    "spc": "Show what a control chart says of a file of readings.",
    "rules": "Explain what check looks for.",
    "clean": "Delete what builds made.",
}

#: Modules whose names differ from those of their commands: Python keeps some for itself, others are in a folder.
_MODULES = {
    "import": "exchange.import_",
    **{name: f"exchange.{name}" for name in ("cms", "digest", "export", "update")},
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (as above)
        if cmd_name not in _COMMANDS:
            return None
        name = _MODULES.get(cmd_name, cmd_name.replace("-", "_"))
        command: click.Command = importlib.import_module(f"plansite.cli.commands.{name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but with a suggestion; click knows only commands that are imported."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=_COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plansite", message="%(prog)s %(version)s")
def group() -> None:
    """Build a website from your action plans."""


def main(arguments: Sequence[str] | None = None, *, collected: CollectedInputs | None = None) -> int:
    """Run a command line, by default that of the process, and return its exit code.

    `collected` are the inputs of the command, if they have just been collected.
    """
    return run_with_exit_code(lambda: _invoke(arguments, collected))


def _invoke(arguments: Sequence[str] | None, collected: CollectedInputs | None) -> int:
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        result = group.main(given, prog_name="plansite", standalone_mode=False, obj=GivenLine(tuple(given), collected))
        return int(result) if isinstance(result, int) else ExitCode.SUCCESS
    except click.exceptions.Exit as exit_request:
        return exit_request.exit_code
    except click.Abort:
        click.echo("\nStopped. Nothing was written.", err=True)
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
