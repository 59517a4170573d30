"""Plans as they are in a pack: without the documents that it does not hold, and without references that name those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from plansite.content.plans import ParsedPlan
from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.plan_selection import PlanSelection
from plansite.evidence_pack.selection import PackSelection
from plansite.history.change import Change
from plansite.model.body import Body
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.review_dates import EXPECTED_SUFFIX, is_planned
from plansite.model.site import Document, Site
from plansite.site.changes.history import PlanHistory

#: The plan under which actions are known that a pack mentions and does not hold. No slug of a plan has this sign.
ELSEWHERE = "~"


@dataclass(slots=True)
class ActionsElsewhere:
    """Stands for the actions that others of a pack wait for and that it does not hold.

    Nothing is known of them but how they stand and when they are due, so that what waits for them is shown as it is on
    the site. `site` has all plans that the audience may see; they may be summaries.
    """

    site: Site
    selection: PackSelection
    _by_name: dict[tuple[str, str], Action] = field(default_factory=dict)

    def replace_references(self, action: Action) -> Action:
        """An action whose references lead to actions of the pack, or to one that stands for another."""
        return replace(action, depends_on=tuple(self._replace(name, action.plan) for name in action.depends_on))

    def _replace(self, name: str, plan: str, from_plan: str = "") -> str:
        other = self.site.find_action(name, plan)
        if other is None:
            return name
        if self.selection.includes(other):
            return name if plan == other.plan and not from_plan else f"{other.plan}/{other.slug}"
        return f"{ELSEWHERE}/{self._describe(other, from_plan or plan).slug}"

    def _describe(self, other: Action, from_plan: str) -> Action:
        """What a pack tells of an action that it does not hold."""
        key = (other.plan, other.slug)
        if key not in self._by_name:
            number = str(len(self._by_name) + 1)
            is_near = other.plan == from_plan
            blank = Action(
                plan=ELSEWHERE,
                slug=number,
                path=f"{ELSEWHERE}/{number}",
                title="Another action of this plan" if is_near else "An action of another plan",
                status=other.status,
                due=other.due,
                completed=other.completed,
                verification=replace(other.verification, by="", method="", note="") if other.verification else None,
            )
            self._by_name[key] = blank  # before its own references, which may lead back to it
            depends_on = tuple(self._replace(name, other.plan, from_plan) for name in other.depends_on)
            self._by_name[key] = replace(blank, depends_on=depends_on)
        return self._by_name[key]

    def build_plan(self) -> Plan:
        """The plan that holds them. It has no title, so pages do not name it."""
        return Plan(slug=ELSEWHERE, path=ELSEWHERE, actions=tuple(self._by_name.values()))


def narrow_plan(parsed: ParsedPlan, selected: PlanSelection, elsewhere: ActionsElsewhere) -> ParsedPlan:
    """A plan with what a pack holds of it. Of a part of a plan nothing is known but its head and these documents."""
    plan = parsed.plan if selected.is_whole else _take_part(parsed.plan, selected)
    plan = replace(plan, contact="", actions=tuple(elsewhere.replace_references(action) for action in plan.actions))
    return ParsedPlan(plan=plan, unreadable=parsed.unreadable if selected.is_whole else ())


def _take_part(plan: Plan, selected: PlanSelection) -> Plan:
    """The head of a plan, the selected documents, and the goals of its selected actions.

    Fields are taken one by one, so that a new one is not shown before somebody has thought of it.
    """
    actions = tuple(action for action in plan.actions if action.slug in selected.actions)
    goals = {id(plan.find_goal(action.goal)) for action in actions}
    return Plan(
        slug=plan.slug,
        path=plan.path,
        lines=plan.lines,
        title=plan.title,
        kind=plan.kind,
        objective=plan.objective,
        owner=plan.owner,
        sponsor=plan.sponsor,
        agencies=plan.agencies,
        start=plan.start,
        end=plan.end,
        review_every=plan.review_every,
        audience=plan.audience,
        goals=tuple(goal for goal in plan.goals if id(goal) in goals),
        actions=actions,
        incidents=tuple(each for each in plan.incidents if each.slug in selected.incidents),
        measures=tuple(each for each in plan.measures if each.slug in selected.measures),
        assessments=tuple(
            replace(each, ratings=selected.assessments[each.slug], body=Body())
            for each in plan.assessments
            if each.slug in selected.assessments
        ),
        reviews=tuple(each if each.slug in selected.reviews else _keep_days(each) for each in plan.reviews),
    )


def _keep_days(review: Review) -> Review:
    """The days of a review that a pack does not hold, so that the next one is the same as on the site."""
    present = (EXPECTED_SUFFIX,) if is_planned(review) else ()
    return Review(
        plan=review.plan, slug=review.slug, path=review.path, date=review.date, next=review.next, present=present
    )


def narrow_history(history: PlanHistory, plan: Plan, selected: PlanSelection) -> PlanHistory:
    """The history of a plan with the changes of the documents that a pack holds, and without what names other plans."""
    reviews = (review for review in plan.reviews if review.slug in selected.reviews)
    documents: tuple[Document, ...] = (*plan.actions, *plan.incidents, *plan.measures, *plan.assessments, *reviews)
    paths = {each.path for each in documents}
    by_file: Mapping[str, tuple[Change, ...]] = {
        path: tuple(change for change in changes if not _names_other_plan(change))
        for path, changes in history.by_file.items()
        if selected.is_whole or path in paths
    }
    return replace(history, by_file={path: changes for path, changes in by_file.items() if changes})


def _names_other_plan(change: Change) -> bool:
    """Whether a change is one of references, and one of these leads to another plan."""
    if change.field != "depends_on":
        return False
    values = [value for each in (change.before, change.after) for value in ([each] if isinstance(each, str) else each)]
    return any("/" in value for value in values)
