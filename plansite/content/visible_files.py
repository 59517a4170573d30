"""The files of a site without those of plans that an audience may not see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from plansite.content.layout import find_plan_folder
from plansite.content.source_tree import SourceTree, scan_site


def restrict_to_plans(tree: SourceTree, plans: Collection[str], hidden_tables: Collection[str]) -> SourceTree:
    """The source tree as if only the plans with these slugs existed, and nothing in the folders of others.

    `hidden_tables` are paths of CSV files that are no assets of it.
    """
    folders = {plan_files.folder for plan_files in tree.plans if plan_files.slug in plans}
    hashes = {path: digest for path, digest in tree.hashes.items() if find_plan_folder(path) in (None, *folders)}
    if len(hashes) == len(tree.hashes) and not hidden_tables:
        return tree
    restricted = scan_site(tree.root, hashes)
    # External files are in other folders: their plan must not come back without the plan file that hides it.
    allowed_plans = tuple(files for files in restricted.plans if not files.external_files or files.slug in plans)
    return replace(restricted, plans=allowed_plans, assets=restricted.assets - frozenset(hidden_tables))
