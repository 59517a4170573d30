"""A build as the command line asks for it: done, told, and kept in mind for the next."""

from __future__ import annotations

import gc
import hashlib
import tempfile
import time
import zoneinfo
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from plansite.cache.build_inputs import collect_inputs
from plansite.cache.last_build import LastBuild, forget_last_build, save_last_build
from plansite.cache.layout import CACHE_FOLDER, remove_leftovers
from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode
from plansite.cli.messages import create_progress_line, print_errors, print_left_out, print_refusal
from plansite.content.limits import find_timed_out_files
from plansite.content.settings import SETTINGS_FILE, parse_settings
from plansite.content.source_tree import list_source_folders
from plansite.history.checkout import RepositoryError, extract_files, resolve_commit
from plansite.incremental.file_hashes import FileHashes
from plansite.model.dates import parse_iso_date
from plansite.model.findings import Finding
from plansite.model.formatting import format_count, format_long_date
from plansite.model.settings import Settings
from plansite.model.status import Audience
from plansite.pipeline.explain import explain_build
from plansite.pipeline.published_build import BuildRequest, PublishedBuild, StrictBuildError, publish_site
from plansite.publish.file_stats import fingerprint_stats


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInputs:
    """The inputs of a build as somebody has just found them: digests of the site's files, and one of everything.

    `today` is the day by the clock for which they were found.
    """

    hashes: FileHashes
    fingerprint: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _FixedClock:
    """A clock that was looked at once: however long a build takes, all of it is about one day."""

    context: CommandContext
    day: date

    def today(self, settings: Settings) -> date:
        """The day as given, else as the site fixes it, else the one that the clock told."""
        return self.context.day or settings.today or self.day

    def pinned(self, settings: Settings) -> bool:
        """Whether the day was given or fixed rather than read from the clock."""
        return self.context.pinned(settings)


def run_build(
    context: CommandContext, request: BuildRequest, *, explain: bool = False, known_inputs: KnownInputs | None = None
) -> int:
    """Build and publish, and say how it went; the exit code. Raises what a build raises."""
    began = time.perf_counter()
    gc.disable()  # a build makes many values, none in circles, and then the process ends
    data = (context.root / SETTINGS_FILE).read_bytes()
    settings, _ = parse_settings(data)
    # Taken before anything is read: what changes while a build runs is then built again by the next.
    known_inputs = known_inputs or _collect_inputs(context, request, settings)
    line = create_progress_line(quiet=context.quiet)
    try:
        clock = _FixedClock(context=context, day=known_inputs.today)
        edition = publish_site(
            request,
            clock,
            hashes=known_inputs.hashes,
            report_progress=line,
            on_start=lambda: _discard_last_build(context.root),
        )
    except StrictBuildError as refused:
        return print_refusal(context, refused)
    finally:
        if line:
            line.clear()
    errors = print_errors(context, edition.result.findings)
    if not find_timed_out_files(edition.result.findings):  # the next build tries again
        save_last_build(
            context.root,
            _last_build(
                settings, known_inputs.fingerprint, hashlib.sha256(data).hexdigest(), request.out, errors, edition
            ),
        )
    if explain:
        for path, reason in explain_build(edition.result):
            print(f"{path}: {reason}")
    pages = sum(path.endswith(".html") for path in edition.result.files)
    print_left_out(context, edition.result.build)
    context.print_message(f"{format_count(pages, 'page')} in {request.out} ({time.perf_counter() - began:.1f} s).")
    return ExitCode.SUCCESS


def _discard_last_build(root: Path) -> None:
    """Before anything is written: what is known of the last build, and what a killed one left half-written, goes."""
    forget_last_build(root)
    remove_leftovers(root / CACHE_FOLDER)


def _collect_inputs(context: CommandContext, request: BuildRequest, settings: Settings) -> KnownInputs:
    today = context.today(settings)
    found = collect_inputs(
        context.root,
        settings.theme,
        list_source_folders(settings)[1:],
        today,
        pinned=context.pinned(settings),
        audience=request.audience.value if request.audience else "",
    )
    return KnownInputs(hashes=found.hashes, fingerprint=found.fingerprint, today=today)


def _last_build(
    settings: Settings,
    fingerprint: str,
    settings_hash: str,
    out: Path,
    errors: tuple[Finding, ...],
    build: PublishedBuild,
) -> LastBuild:
    return LastBuild(
        fingerprint=fingerprint,
        out=str(out.resolve()),
        output_fingerprint=fingerprint_stats(build.stats),
        settings_hash=settings_hash,
        timezone=settings.timezone,
        today=settings.today.isoformat() if settings.today else "",
        theme=settings.theme,
        sources=list_source_folders(settings)[1:],
        messages=tuple(map(str, errors)),
        pages=sum(path.endswith(".html") for path in build.result.files),
    )


def build_as_at(context: CommandContext, revision: str, out: Path | None, request: BuildRequest) -> int:
    """Build from the files of an earlier commit; the working tree and the published site are not touched.

    Without `out` the folder is named after the day and lies in the site's. Raises TreeError and what a build raises.
    """
    settings, _ = parse_settings((context.root / SETTINGS_FILE).read_bytes())
    day = parse_iso_date(revision)
    then = resolve_commit(context.root, day or revision, zoneinfo.ZoneInfo(settings.timezone))
    shown = day or then.day
    target = out if out is not None else context.root / f"as-at-{shown.isoformat()}"
    with tempfile.TemporaryDirectory(prefix="plansite-") as folder:
        extract_files(context.root, then.commit, Path(folder))
        root = Path(folder) / then.prefix
        if not (root / SETTINGS_FILE).is_file():
            raise RepositoryError(
                f"there was no {SETTINGS_FILE} in this folder at {then.commit}, so there is no site to show"
            )
        earlier = replace(context, root=root, day=shown)
        edition = publish_site(
            replace(request, root=root, out=target, as_at_commit=then.commit), earlier, on_start=lambda: None
        )
    pages = sum(path.endswith(".html") for path in edition.result.files)
    context.print_message(
        f"{format_count(pages, 'page')} in {target}, as at {format_long_date(shown)} (commit {then.commit})."
    )
    return ExitCode.SUCCESS


#: Where copies for several audiences lie in a site's folder, each in a folder of its own.
AUDIENCES_FOLDER = "sites"


def build_all_audiences(context: CommandContext, request: BuildRequest, out: Path | None) -> int:
    """Build a copy for each audience of the site, the most private first; the first that fails ends it.

    Each has a folder of its own, so that no host can be pointed at one and show another. Raises what a build raises.
    """
    settings, _ = parse_settings((context.root / SETTINGS_FILE).read_bytes())
    folder = out if out is not None else context.root / AUDIENCES_FOLDER
    for audience in (each for each in Audience if each in settings.audiences):
        code = run_build(context, replace(request, audience=audience, out=folder / audience.value))
        if code:
            return code
    return ExitCode.SUCCESS
