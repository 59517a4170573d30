"""Finds the actions that others name by their titles or numbers as those that come first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from plansite.deferred_pattern import compile_lazily
from plansite.model.people import normalise_name
from plansite.trackers.drafts import DraftAction, OtherText

_BETWEEN = compile_lazily(r"\s*[,;\n]\s*")


def find_dependencies(drafts: Sequence[DraftAction]) -> list[DraftAction]:
    """The drafts with the numbers of the actions that they wait for; names that are not found are texts."""
    if not any(draft.waits_for for draft in drafts):
        return list(drafts)
    titles = Counter(normalise_name(draft.title) for draft in drafts)
    numbers = {
        normalise_name(draft.title): draft.ref
        for draft in drafts
        if draft.ref and titles[normalise_name(draft.title)] == 1
    }
    numbers |= {normalise_name(draft.ref): draft.ref for draft in drafts if draft.ref}
    return [_find(draft, numbers) if draft.waits_for else draft for draft in drafts]


def _find(draft: DraftAction, numbers: Mapping[str, str]) -> DraftAction:
    found: list[str] = []
    lost: list[OtherText] = []
    for named in draft.waits_for:
        whole = numbers.get(normalise_name(named.text))
        parts = [whole] if whole else [numbers.get(normalise_name(part)) for part in _BETWEEN.split(named.text)]
        known = [number for number in parts if number and number != draft.ref]
        if len(known) == len(parts):
            found += known
        else:
            lost.append(named)
    return replace(
        draft,
        depends_on=tuple(dict.fromkeys((*draft.depends_on, *found))),
        others=(*draft.others, *lost),
        waits_for=(),
    )
