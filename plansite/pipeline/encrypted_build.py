"""A build that is encrypted before it is published, and opens with a passphrase."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from plansite.cache.site_cache import memory_cache
from plansite.content.settings import load_settings
from plansite.deferred_dataclass import dataclass
from plansite.encryption.keys import BuildKeys, derive_keys, generate_content_key
from plansite.encryption.output import PATH_LIST, EncryptedOutput, format_path_list, list_included, map_encrypted_files
from plansite.encryption.unlock_page import build_unlock_files
from plansite.encryption.wrapped_key import WrappedKey, wrap_key
from plansite.pipeline.build import BuildResult, build_site
from plansite.pipeline.context import Clock
from plansite.pipeline.plan_renderer import ReportProgress
from plansite.pipeline.published_build import BuildRequest
from plansite.publish.publish import open_publication
from plansite.publish.stage import FileDigest, StagingFolder
from plansite.render.theme import load_theme


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptedBuild:
    """A build that was encrypted and published, the keys that open it, and its number of pages."""

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
    """Build, encrypt and publish. `on_start` is called when the output folder is locked and before anything is written.

    Nothing is read from a cache or stored in one, because a cache holds plain text. Raises what `publish_site` raises;
    the old site is then still in place.
    """
    content_key, build_id = generate_content_key()
    keys = derive_keys(content_key, build_id)
    wrapped_key = wrap_key(content_key, build_id, passphrase)
    with open_publication(request.out, root=request.root) as publication:
        on_start()
        output = EncryptedOutput(publication.stage, keys)
        result = build_site(
            request.root,
            clock,
            request.audience,
            memory_cache(),
            output,
            report_progress=report_progress,
            is_encrypted=True,
        )
        request.require_publishable(result)
        paths = list_included(result.files)
        files = {**result.files, PATH_LIST: output.put(PATH_LIST, format_path_list(paths))}
        encrypted_files = map_encrypted_files(keys, files)
        _equalise_times(publication.stage, encrypted_files)
        unlock_files = _publish_unlock_page(request, wrapped_key, publication.stage)
        request.require_no_shrink(publication.manifest, (*encrypted_files, *unlock_files))
        publication.finish({**encrypted_files, **unlock_files})
    return EncryptedBuild(result=result, keys=keys, pages=sum(path.endswith(".html") for path in paths))


def _publish_unlock_page(
    request: BuildRequest, wrapped_key: WrappedKey, stage: StagingFolder
) -> Mapping[str, FileDigest]:
    """Publish the files that are not encrypted: the page that asks for the passphrase, and what it needs."""
    settings = load_settings(request.root)
    theme = load_theme(request.root, settings.theme).for_encryption()
    return {path: stage.put(path, source) for path, source in build_unlock_files(settings, theme, wrapped_key).items()}


def _equalise_times(stage: StagingFolder, paths: Iterable[str]) -> None:
    """Give all encrypted files the same time, because their order would tell which belong together."""
    now = time.time_ns()
    for path in paths:
        os.utime(Path(stage.folder, path), ns=(now, now))
