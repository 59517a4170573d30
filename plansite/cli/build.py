"""Runs the builds of the command line: one build, one as at an earlier commit, or one for each audience."""

from __future__ import annotations

import tempfile
import time
import zoneinfo
from dataclasses import replace
from datetime import date
from pathlib import Path

from plansite.cache.build_inputs import collect_inputs
from plansite.cache.last_build import LastBuild, forget_last_build, save_last_build
from plansite.cache.layout import CACHE_FOLDER, remove_leftovers
from plansite.cache.recorded_settings import RecordedSettings
from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode
from plansite.cli.messages import create_progress_line, print_errors, print_left_out, print_refusal
from plansite.content.folders import list_source_folders
from plansite.content.limits import find_timed_out_files
from plansite.content.settings import load_settings, parse_settings, read_settings_file
from plansite.deferred_dataclass import dataclass
from plansite.history.checkout import extract_site_on_day, resolve_commit
from plansite.incremental.file_hashes import FileHashes
from plansite.model.dates import parse_iso_date
from plansite.model.findings import Finding
from plansite.model.formatting import format_count, format_long_date
from plansite.model.settings import Settings
from plansite.model.status import Audience
from plansite.pipeline.explain import explain_build
from plansite.pipeline.published_build import BuildRequest, PublishedBuild, count_pages, publish_site
from plansite.pipeline.refusals import RefusedBuildError, list_unclear_marks
from plansite.publish.file_stats import fingerprint_stats

#: The folder of a site that has a folder for each audience, written by `--all-audiences`.
AUDIENCES_FOLDER = "sites"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInputs:
    """The inputs of a build as they were just collected: the hashes of the site's files, and one fingerprint of all.

    `today` is the day for which they were collected.
    """

    hashes: FileHashes
    fingerprint: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _FixedClock:
    """The clock of one build, read once, so that a build over midnight is about one day."""

    context: CommandContext
    day: date

    def today(self, settings: Settings) -> date:
        """The day of `--today`, else that of the settings, else the one that was read."""
        return self.context.day or settings.today or self.day

    def pinned(self, settings: Settings) -> bool:
        """Whether the day comes from `--today` or the settings and not from the clock."""
        return self.context.pinned(settings)


def run_build(
    context: CommandContext, request: BuildRequest, *, explain: bool = False, known_inputs: KnownInputs | None = None
) -> int:
    """Build and publish, print the result, and save what the next build compares with. Returns the exit code.

    Raises what a build raises.
    """
    started_at = time.perf_counter()
    settings_data = read_settings_file(context.root)
    settings, _ = parse_settings(settings_data)
    # Collected before anything is read, so that a file that changes during the build is built again by the next.
    inputs = known_inputs or _collect_inputs(context, request, settings)
    try:
        build = _publish(context, request, inputs)
    except RefusedBuildError as error:
        return print_refusal(error)
    errors = print_errors(context, build.result.findings)
    if not find_timed_out_files(build.result.findings):  # files that timed out are tried again by the next build
        recorded = RecordedSettings.create(settings_data, settings, list_source_folders(settings)[1:])
        last_build = _last_build(recorded, inputs.fingerprint, request.out, errors, build)
        save_last_build(context.root, last_build)
    if explain:
        for path, reason in explain_build(build.result):
            print(f"{path}: {reason}")
    print_left_out(context, build.result.build)
    seconds = time.perf_counter() - started_at
    context.print_message(f"{format_count(_count_pages(build), 'page')} in {request.out} ({seconds:.1f} s).")
    return ExitCode.SUCCESS


def _publish(context: CommandContext, request: BuildRequest, inputs: KnownInputs) -> PublishedBuild:
    """Build and publish with a progress line. Raises what a build raises."""
    progress = create_progress_line(quiet=context.quiet)
    try:
        return publish_site(
            request,
            _FixedClock(context=context, day=inputs.today),
            hashes=inputs.hashes,
            report_progress=progress,
            on_start=lambda: _discard_last_build(context.root),
        )
    finally:
        if progress:
            progress.clear()


def _discard_last_build(root: Path) -> None:
    """Remove the record of the last build and the temporary files of killed ones, before anything is written."""
    forget_last_build(root)
    remove_leftovers(root / CACHE_FOLDER)


def _collect_inputs(context: CommandContext, request: BuildRequest, settings: Settings) -> KnownInputs:
    today = context.today(settings)
    inputs = collect_inputs(
        context.root,
        settings.theme,
        list_source_folders(settings)[1:],
        today,
        pinned=context.pinned(settings),
        audience=request.audience.value if request.audience else "",
    )
    return KnownInputs(hashes=inputs.hashes, fingerprint=inputs.fingerprint, today=today)


def _last_build(
    settings: RecordedSettings, fingerprint: str, out: Path, errors: tuple[Finding, ...], build: PublishedBuild
) -> LastBuild:
    return LastBuild(
        fingerprint=fingerprint,
        out=str(out.resolve()),
        output_fingerprint=fingerprint_stats(build.stats),
        settings=settings,
        messages=tuple(map(str, errors)),
        pages=_count_pages(build),
        needs_lenient=not build.result.build.context.sees_all and bool(list_unclear_marks(build.result.findings)),
    )


def _count_pages(build: PublishedBuild) -> int:
    return count_pages(build.result.files)


def build_as_at(context: CommandContext, revision: str, out: Path | None, request: BuildRequest) -> int:
    """Build from the files of an earlier commit, named by a day or a revision. Returns the exit code.

    Without `out`, the output folder is `as-at-YYYY-MM-DD` in the site's folder. The working tree and the published
    site are not changed. The files of sources in other repositories are those of the end of that day. Raises
    RepositoryError and what a build raises.
    """
    settings = load_settings(context.root)
    day = parse_iso_date(revision)
    commit = resolve_commit(context.root, day or revision, zoneinfo.ZoneInfo(settings.timezone), settings.branch)
    shown_day = day or commit.day
    target = out if out is not None else context.root / f"as-at-{shown_day.isoformat()}"
    with tempfile.TemporaryDirectory(prefix="plansite-") as folder:
        extracted = extract_site_on_day(context.root, commit, shown_day, Path(folder))
        try:
            build = publish_site(
                replace(request, root=extracted.root, out=target, as_at_commit=commit.commit),
                replace(context, root=extracted.root, day=shown_day),
                on_start=lambda: None,
            )
        except RefusedBuildError as error:
            return print_refusal(error)
    commits = "; ".join((f"commit {commit.commit}", *(f"{path}: {each}" for path, each in extracted.source_commits)))
    pages = format_count(_count_pages(build), "page")
    context.print_message(f"{pages} in {target}, as at {format_long_date(shown_day)} ({commits}).")
    return ExitCode.SUCCESS


def build_all_audiences(context: CommandContext, request: BuildRequest, out: Path | None) -> int:
    """Build a copy for each audience of the site, the most private first, and stop at the first that fails.

    Each copy has a folder of its own, so that a host pointed at one cannot serve another. Raises what a build raises.
    """
    settings = load_settings(context.root)
    folder = out if out is not None else context.root / AUDIENCES_FOLDER
    for audience in Audience:
        if audience in settings.audiences:
            code = run_build(context, replace(request, audience=audience, out=folder / audience.value))
            if code:
                return code
    return ExitCode.SUCCESS
