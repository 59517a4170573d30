"""What an import changes in the folder of a plan, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.people import normalise_name
from plansite.model.slugs import collision_key, slugify
from plansite.scaffold.imported.action_file import format_action_file, format_body, format_fields
from plansite.scaffold.imported.exported_actions import describe_file
from plansite.scaffold.imported.matching import NO_MATCH, FileMatch, build_keys, match_drafts
from plansite.scaffold.imported.merge import FileValues, MergedFile, merge_file
from plansite.scaffold.imported.snapshot import ImportedAction
from plansite.trackers.drafts import DraftAction, WrittenForm

_MAX_SLUG_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """The file of one action after the import. `match` says how it was found; that of a new one is empty.

    `changed` are the fields and parts of the text that change, `conflicts` what people and the tracker both changed.
    """

    draft: DraftAction
    slug: str
    text: str
    match: FileMatch = NO_MATCH
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the action has no file yet."""
        return not self.match.slug

    @property
    def is_written(self) -> bool:
        """Whether its file is written."""
        return self.is_new or bool(self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGoal:
    """A goal that the plan lacks: its title, and the key by which actions name it."""

    title: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedImport:
    """All files of an import, the goals that the plan lacks, what the next import compares with, and lost actions.

    `gone` are the slugs of actions that the last import gave and the tracker no longer has. Their files stay.
    """

    actions: tuple[PlannedAction, ...]
    goals: tuple[NewGoal, ...]
    snapshot: tuple[ImportedAction, ...]
    gone: tuple[str, ...]


def plan_import(
    plan: Plan,
    drafts: Sequence[DraftAction],
    last: Sequence[ImportedAction],
    read_file: Callable[[str], str],
    describe: Callable[[Action, WrittenForm], FileValues] = describe_file,
) -> PlannedImport:
    """The files that the actions of a tracker become in a plan.

    `last` is what the import before gave; `read_file` reads the text of an action's file by its path, and `describe`
    says what such a file says in the form of an export.
    """
    goals = _GoalKeys(plan)
    matches = match_drafts(drafts, last, plan.actions)
    actions = {action.slug: action for action in plan.actions}
    bases = {each.slug: each for each in last}
    slugs = _SlugMaker(actions)
    planned, snapshot = [], []
    refs = {normalise_name(action.ref): action.slug for action in plan.actions if action.ref}
    for given, match, key in zip(drafts, matches, build_keys(drafts), strict=True):
        draft = _own_number(given, refs.get(normalise_name(given.ref), match.slug) == match.slug)
        goal = goals.find(draft)
        fields, body = format_fields(draft, goal), format_body(draft)
        slug = match.slug or slugs.make(draft)
        snapshot.append(ImportedAction(slug=slug, key=key, fields=fields, body=body))
        if match.slug:
            values = describe(actions[slug], draft.written.form) if draft.written else None
            base, meanings = _find_base(draft, slug) or bases.get(slug), describe_file(actions[slug]).fields
            merged = merge_file(read_file(actions[slug].path), base, fields, body, values, meanings)
            planned.append(_plan_merged(draft, slug, match, merged))
        else:
            planned.append(PlannedAction(draft=draft, slug=slug, text=format_action_file(fields, body)))
    present = {each.slug for each in planned}
    gone = tuple(each.slug for each in last if each.slug not in present and each.slug in actions)
    return PlannedImport(actions=tuple(planned), goals=goals.list_new(), snapshot=tuple(snapshot), gone=gone)


def _plan_merged(draft: DraftAction, slug: str, match: FileMatch, merged: MergedFile) -> PlannedAction:
    """The file of an action that the plan has already."""
    return PlannedAction(
        draft=draft, slug=slug, text=merged.text, match=match, changed=merged.changed, conflicts=merged.conflicts
    )


def _find_base(draft: DraftAction, slug: str) -> ImportedAction | None:
    """What an exported file itself says of what it said at first."""
    base = draft.written.base if draft.written else None
    return ImportedAction(slug=slug, key="", fields=dict(base.fields), body=base.body) if base else None


def _own_number(draft: DraftAction, is_free: bool) -> DraftAction:
    """The draft; one whose number another action of the plan has gets none, and its source names the number."""
    if is_free or not draft.ref:
        return draft
    source = f"{draft.source_ref}, number {draft.ref}" if draft.source_ref else f"number {draft.ref}"
    remark = f"another action of the plan has the number {draft.ref}"
    return replace(draft, ref="", source_ref=source, remarks=(*draft.remarks, remark))


class _GoalKeys:
    """The keys of goals by what a tracker calls them; those that the plan lacks are collected."""

    def __init__(self, plan: Plan) -> None:
        self._keys = {
            normalise_name(name): goal.key or goal.title for goal in plan.goals for name in (goal.key, goal.title)
        }
        self.added: dict[str, str] = {}

    def list_new(self) -> tuple[NewGoal, ...]:
        """The goals that the plan lacks."""
        return tuple(NewGoal(title=title, key=key) for title, key in self.added.items())

    def find(self, draft: DraftAction) -> str:
        """The key of the goal of a draft; of a new one it is the slug of its name.

        Empty for an exported action, whose file keeps its word: the goal is added if its title is known.
        """
        line = " ".join((draft.goal_title if draft.written else draft.goal).split())
        if not line:
            return ""
        key = normalise_name(line)
        if key not in self._keys:
            self._keys[key] = draft.goal if draft.written and draft.goal != line else slugify(line)
            self.added[line] = self._keys[key]
        return "" if draft.written else self._keys[key]


class _SlugMaker:
    """Names for new files, each used once."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(map(collision_key, taken))

    def make(self, draft: DraftAction) -> str:
        """A name from the title of an action, cut at a word."""
        base = slugify(draft.title)
        if draft.written and slugify(draft.written.slug) == draft.written.slug:
            base = draft.written.slug
        elif len(base) > _MAX_SLUG_LENGTH:
            base = base[:_MAX_SLUG_LENGTH].rsplit("-", 1)[0]
        slug = next(each for each in _number(base) if collision_key(each) not in self._taken)
        self._taken.add(collision_key(slug))
        return slug


def _number(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
