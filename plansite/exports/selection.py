"""What is exported of a site: its plans, or one of them, with all actions or those of one owner."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.people import Agency, Owner, OwnerOrAgency
from plansite.model.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectedPlan:
    """A plan, and the actions of it that are exported, in the order of the register."""

    plan: Plan
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSelection:
    """What is exported: plans of a site on a day, as its audience sees them.

    `name` is that of the file without its suffix, `title` what people call it: “Fewer falls, actions of the Cook”.
    Other plans of `dated_site` may be there without the words of their bodies. `plan` and `owner` are those that were
    asked for. `faulty_paths` are the files of actions that have errors.
    """

    dated_site: SiteOnDate
    name: str
    title: str
    plans: tuple[SelectedPlan, ...]
    plan: Plan | None = None
    owner: OwnerOrAgency | None = None
    faulty_paths: frozenset[str] = frozenset()

    @property
    def actions(self) -> tuple[Action, ...]:
        """All selected actions, plan by plan."""
        return tuple(action for each in self.plans for action in each.actions)


def select_actions(
    dated_site: SiteOnDate, plan: Plan | None = None, owner: OwnerOrAgency | None = None
) -> ExportSelection:
    """The actions of a plan of the site, or of all; with an owner, those that they own. All of them, also closed ones.

    For an agency they are those that it or one of its owners owns. Without an owner each plan is there, also one
    without actions; with an owner, the plans in which they have some, and a plan that was asked for.
    """
    plans = dated_site.site.plans if plan is None else (plan,)
    selected = [SelectedPlan(plan=each, actions=_select_owned(dated_site.site, each, owner)) for each in plans]
    return ExportSelection(
        dated_site=dated_site,
        name="-".join(filter(None, (plan.slug if plan else "", owner.slug if owner else ""))) or "actions",
        title=_describe(dated_site.site, plan, owner),
        plans=tuple(each for each in selected if each.actions or owner is None or plan is not None),
        plan=plan,
        owner=owner,
    )


def _select_owned(site: Site, plan: Plan, owner: OwnerOrAgency | None) -> tuple[Action, ...]:
    if owner is None:
        return plan.actions
    return tuple(action for action in plan.actions if _is_owned_by(site, action, owner))


def _is_owned_by(site: Site, action: Action, owner: OwnerOrAgency) -> bool:
    found = site.find_owner_or_agency(action.owner)
    if isinstance(owner, Agency) and isinstance(found, Owner):
        return site.people.find_agency(found.agency) == owner
    return found == owner


def _describe(site: Site, plan: Plan | None, owner: OwnerOrAgency | None) -> str:
    whole = (plan.title or plan.slug) if plan else site.settings.title
    return f"{whole}, actions of {owner.title}" if owner else whole
