"""`plansite check`: list what is wrong, missing or unclear."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cache.site_cache import open_cache, prune_store
from plansite.checks.finding_formats import LEVELS, FindingFormat, format_findings
from plansite.checks.runner import RULES
from plansite.cli.answer_recorder import collect_asked_inputs, print_answer
from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode
from plansite.cli.extra_checks import (
    ExtraChecks,
    find_moves_in_history,
    find_removed,
    findings_in_broken_settings,
    read_names_file,
)
from plansite.cli.site_options import site_options
from plansite.content.limits import find_timed_out_files
from plansite.content.settings import SettingsError
from plansite.incremental.file_hashes import FileHashes
from plansite.model.findings import Finding, Level
from plansite.pipeline.plan_checks import check_site


@click.command(name="check")
@click.option(
    "--format",
    "form",
    type=click.Choice([output_format.value for output_format in FindingFormat]),
    default=FindingFormat.TEXT.value,
    help="text to read, json for programs, github for pull requests, sarif for code scanning.",
)
@click.option(
    "--level",
    type=click.Choice([level.value for level in LEVELS]),
    default=Level.HINT.value,
    help="Show only this level and above.",
)
@click.option("--since", metavar="REV", help="Also list what has been removed since this branch, tag or commit.")
@click.option(
    "--names",
    type=click.Path(path_type=Path),
    envvar="PLANSITE_NAMES",
    help="Also look for the names in this file, one a line. It must be outside the site and its repository.",
)
@click.option("--commits", metavar="RANGE", help="Also look for personal data in these commits' messages.")
@click.option("--strict", is_flag=True, hidden=True, help="No effect: check always ends with 1 on errors.")
@site_options
def command(
    context: CommandContext,
    form: str,
    level: str,
    since: str | None,
    names: Path | None,
    commits: str | None,
    strict: bool,  # noqa: ARG001  (accepted because `build` has it)
) -> int:
    """List what is wrong, missing or unclear.

    Ends with 1 if there is at least one error, else with 0.
    """
    asked = collect_asked_inputs(context)
    extra_checks = ExtraChecks(names=read_names_file(context.root, names), commits=commits)
    findings, files = _find_findings(context, since, extra_checks, asked.hashes if asked else None)
    levels = LEVELS[: LEVELS.index(Level(level)) + 1]
    shown = [finding for finding in findings if finding.rule.level in levels]
    text = format_findings(FindingFormat(form), shown, files, RULES)
    has_error = any(finding.rule.level is Level.ERROR for finding in findings)
    is_final = not find_timed_out_files(findings)  # files that timed out are tried again
    return print_answer(
        context,
        asked if is_final else None,
        f"{text}\n" if text else "",
        code=ExitCode.FINDINGS if has_error else ExitCode.SUCCESS,
    )


def _find_findings(
    context: CommandContext, since: str | None, extra_checks: ExtraChecks, hashes: FileHashes | None
) -> tuple[tuple[Finding, ...], int]:
    """The redacted findings and the number of files; only those of the settings where these cannot be parsed."""
    try:
        cache = open_cache(context.root)
        build, findings = check_site(context.root, context, cache, hashes)
    except SettingsError as error:
        return findings_in_broken_settings(context.root, error.findings), 1
    prune_store(cache.store, "plans", build.cache_keys())
    removed = find_removed(context.root, build, since) if since else ()
    moves = find_moves_in_history(context.root, build)
    findings = (*findings, *removed, *moves, *extra_checks.run(build))
    return extra_checks.redact_findings(findings), build.count_files()
