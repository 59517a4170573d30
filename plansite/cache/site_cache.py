"""The cache of a site: the folder `.plansite` beside its settings, in which a build leaves values for the next one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

from plansite.cache.build_inputs import program_fingerprint
from plansite.cache.layout import CACHE_FOLDER, HISTORY_FILE, OUTPUTS_FILE, VALUES_FOLDER, has_link, is_committed
from plansite.checks.runner import RULES
from plansite.deferred_dataclass import dataclass
from plansite.incremental.encoding import SharedValues, ValueCodec
from plansite.incremental.store import FileStore, MemoryStore, Store
from plansite.model.findings import Rule

_USERS = "users"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCache:
    """The cached values of a site, and the files for the history read from git and for the output folders.

    The files are None where nothing can be written, or where nothing that is there can be trusted.
    """

    store: Store
    history: Path | None = None
    outputs: Path | None = None


def memory_cache() -> SiteCache:
    """A cache that ends with the process."""
    return SiteCache(store=MemoryStore())


def open_cache(root: Path) -> SiteCache:
    """The cache of the site in `root`; one in memory where its folder cannot be written to, or cannot be trusted.

    A committed cache was made by whoever can write to the repository, so nothing is read from it. A link may lead to
    files that are no cache, which pruning would remove.
    """
    folder = root / CACHE_FOLDER
    if is_committed(root) or has_link(folder):
        return memory_cache()
    try:
        (folder / VALUES_FOLDER).mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(folder / ".gitignore"):
            (folder / ".gitignore").write_text("*\n", "utf-8")
    except OSError:
        return memory_cache()
    store = FileStore(folder / VALUES_FOLDER, create_codec(), program_fingerprint())
    return SiteCache(store=store, history=folder / HISTORY_FILE, outputs=folder / OUTPUTS_FILE)


def create_codec() -> ValueCodec:
    """Encodes values of plansite. A finding is read back with the very rule it was made with."""
    rules = SharedValues(kind=Rule, key=attrgetter("code"), by_key={rule.code: rule for rule in RULES})
    return ValueCodec(package="plansite", shared=rules)


def prune_store(store: Store, user: str, names: Iterable[str]) -> None:
    """Remove all values that no user of the store needs next time; `names` are those that this user needs.

    A user is a kind of work, such as a build for one audience, or a check.
    """
    stored = store.get(_USERS)
    users: dict[str, tuple[str, ...]] = dict(stored) if isinstance(stored, dict) else {}
    needed = tuple(names)
    if users.get(user) != needed:
        users[user] = needed
        store.put(_USERS, users)
        store.keep_only((_USERS, *(name for each in users.values() for name in each)))
