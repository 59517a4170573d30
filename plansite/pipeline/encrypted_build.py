"""A build that nobody can read without a passphrase, into a folder: whole or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.content.settings import SETTINGS_FILE, parse_settings
from plansite.encryption.keys import BuildKeys, derive_keys, generate_content_key
from plansite.encryption.output import PATH_LIST, EncryptedOutput, format_path_list, list_included, map_encrypted_files
from plansite.encryption.unlock_page import build_unlock_files
from plansite.encryption.wrapped_key import WrappedKey, wrap_key
from plansite.incremental.store import MemoryStore
from plansite.model.findings import Level
from plansite.pipeline.build import BuildResult, build_site
from plansite.pipeline.context import Clock
from plansite.pipeline.plan_renderer import ReportProgress
from plansite.pipeline.published_build import BuildRequest, StrictBuildError
from plansite.publish.publish import open_publication
from plansite.publish.stage import FileDigest, StagingFolder
from plansite.render.theme import load_theme


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptedBuild:
    """A build that was encrypted and published, and the keys that open it."""

    result: BuildResult
    keys: BuildKeys
    pages: int


def publish_encrypted_site(
    request: BuildRequest,
    clock: Clock,
    passphrase: str,
    *,
    report_progress: ReportProgress | None = None,
    on_start: Callable[[], None],
) -> EncryptedBuild:
    """Build, encrypt and publish. `begun` is called once the folder is ours and before anything is written.

    Nothing is taken from earlier builds and nothing is kept for later ones. Raises what `published` raises; the old
    site then still stands.
    """
    content, build = generate_content_key()
    keys, lock = derive_keys(content, build), wrap_key(content, build, passphrase)
    with open_publication(request.out, root=request.root) as edition:
        on_start()
        output = EncryptedOutput(edition.stage, keys)
        result = build_site(
            request.root,
            clock,
            request.audience,
            MemoryStore(),
            output,
            report_progress=report_progress,
            is_encrypted=True,
        )
        errors = tuple(finding for finding in result.findings if finding.rule.level is Level.ERROR)
        if request.strict and errors:
            raise StrictBuildError(errors)
        paths = list_included(result.files)
        files = {**result.files, PATH_LIST: output.put(PATH_LIST, format_path_list(paths))}
        hidden = map_encrypted_files(keys, files)
        _equalise_times(edition.stage, hidden)
        edition.finish({**hidden, **_publish_unlock_page(request, lock, edition.stage)})
    return EncryptedBuild(result=result, keys=keys, pages=sum(path.endswith(".html") for path in paths))


def _publish_unlock_page(order: BuildRequest, lock: WrappedKey, stage: StagingFolder) -> Mapping[str, FileDigest]:
    """Put what anybody may read."""
    settings, _ = parse_settings((order.root / SETTINGS_FILE).read_bytes())
    theme = load_theme(order.root, settings.theme).for_encryption()
    return {path: stage.put(path, source) for path, source in build_unlock_files(settings, theme, lock).items()}


def _equalise_times(stage: StagingFolder, hidden: Iterable[str]) -> None:
    """Give all hidden files one time, or their order would tell which belong together."""
    now = time.time_ns()
    for path in hidden:
        os.utime(Path(stage.folder, path), ns=(now, now))
