"""The collections of the content editor: files of each kind in each plan, the plans, and owners and agencies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plansite.cms.kinds import EditedKind
from plansite.cms.widgets import (
    AGENCIES_COLLECTION,
    OWNERS_COLLECTION,
    PLANS_COLLECTION,
    EditorProgram,
    FormContext,
    GoalList,
    build_form,
)
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import FOLDER_BY_KIND
from plansite.model.site import Site
from plansite.schema import Json, Schema

_LABELS = {
    "action": ("Actions", "action"),
    "review": ("Reviews", "review"),
    "incident": ("Incidents", "incident"),
    "measure": ("Measures", "measure"),
    "assessment": ("Self-assessments", "self-assessment"),
}
#: Kinds that every plan has a collection of; of the others only where it has such files.
_KINDS_OF_EVERY_PLAN = ("action", "review")
#: Kinds of which new files need more than a form: a measure has its readings in a second file.
_KINDS_MADE_ELSEWHERE = ("measure",)
_SORTED_BY: dict[str, list[Json]] = {
    "action": ["title", "due", "status", "owner"],
    "review": ["title", "date"],
    "incident": ["title", "date"],
    "assessment": ["title", "date"],
}
#: The file of a plan that is the site's own. Files of other sources are changed where they come from.
_PLAN_FILE = compile_lazily(r"content/[^/]+/[^/]+/plan\.md", re.IGNORECASE)
_GROUPED_BY = ("status", "owner", "priority")


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionBuilder:
    """Builds collections for one site. `top` is the folder of the site in its repository; empty, or with a `/`."""

    site: Site
    kinds: Mapping[str, EditedKind]
    context: FormContext
    top: str

    def build(self) -> list[Json]:
        """All collections, the actions of each plan first. In Sveltia a line parts the groups."""
        groups = [*self._build_plan_groups(), self._build_people(), self._build_pages()]
        collections: list[Json] = []
        for group in filter(None, groups):
            if collections and self.context.program is EditorProgram.SVELTIA:
                collections.append({"divider": True})
            collections += group
        return collections

    def _build_plan_groups(self) -> Iterator[Sequence[Json]]:
        plans = [plan for plan in self.site.plans if _PLAN_FILE.fullmatch(plan.path)]
        for kind in FOLDER_BY_KIND:
            if kind == "review":
                yield [self._build_plans(plans)] if plans else []
            form = build_form(self.kinds[kind], self.context)
            yield [
                self._build_plan_collection(plan, kind, form)
                for plan in plans
                if kind in _KINDS_OF_EVERY_PLAN or _has_files(plan, kind)
            ]

    def _build_plan_collection(self, plan: Plan, kind: str, form: list[Json]) -> Schema:
        label, singular = _LABELS[kind]
        if kind == "action":
            form = self._build_action_form(plan, form)
        return {
            "name": f"{kind}-{plan.slug}",
            "label": f"{label}: {plan.title}",
            "label_singular": singular,
            "folder": f"{self.top}{plan.path.rpartition('/')[0]}/{FOLDER_BY_KIND[kind]}",
            **self._build_common(kind),
            "create": kind not in _KINDS_MADE_ELSEWHERE,
            "slug": "{{title}}",
            **({"sortable_fields": _SORTED_BY[kind]} if kind in _SORTED_BY else {}),
            **({"view_groups": _group_views()} if kind == "action" else {}),
            "fields": form,
        }

    def _build_action_form(self, plan: Plan, form: list[Json]) -> list[Json]:
        """The form of the actions of a plan. All fields are the same for every plan but the goals to choose from."""
        goals = _list_goals(plan)
        if goals is None:
            return form
        own = build_form(self.kinds["action"], replace(self.context, goals=goals))
        return [mine if mine != shared else shared for mine, shared in zip(own, form, strict=True)]

    def _build_plans(self, plans: Sequence[Plan]) -> Schema:
        form = build_form(self.kinds["plan"], self.context)
        files: list[Json] = [
            {"name": plan.slug, "label": plan.title, "file": f"{self.top}{plan.path}", "fields": form} for plan in plans
        ]
        return self._build_files("plan", PLANS_COLLECTION, "Plans and goals", files)

    def _build_pages(self) -> list[Json]:
        """The front page, if the site has words for it."""
        path = self.site.front_page.path
        if not path:
            return []
        form = build_form(self.kinds["page"], self.context)
        files: list[Json] = [{"name": "front", "label": "Front page", "file": f"{self.top}{path}", "fields": form}]
        return [self._build_files("page", "pages", "Pages", files)]

    def _build_files(self, kind: str, name: str, label: str, files: list[Json]) -> Schema:
        """A collection of files that are there already, each with a form."""
        editor: Schema = {"preview": False}
        return {
            "name": name,
            "label": label,
            "format": f"plansite-{kind}-frontmatter",
            "editor": editor,
            "files": files,
        }

    def _build_people(self) -> list[Json]:
        return [
            self._build_people_collection("owner", OWNERS_COLLECTION, "Owners"),
            self._build_people_collection("agency", AGENCIES_COLLECTION, "Agencies"),
        ]

    def _build_people_collection(self, kind: str, name: str, label: str) -> Schema:
        return {
            "name": name,
            "label": label,
            "label_singular": kind,
            "folder": f"{self.top}content/{name}",
            **self._build_common(kind),
            "create": True,
            "slug": "{{title}}",
            "fields": build_form(self.kinds[kind], self.context),
        }

    def _build_common(self, kind: str) -> Schema:
        """Options of all folders. Files are not deleted here: an action is cancelled, and stays to be seen."""
        return {
            "extension": "md",
            "format": f"plansite-{kind}-frontmatter",
            "delete": False,
            "editor": {"preview": False},
        }


def _has_files(plan: Plan, kind: str) -> bool:
    found = {"incident": plan.incidents, "measure": plan.measures, "assessment": plan.assessments}
    return bool(found[kind])


def _group_views() -> list[Json]:
    return [{"label": field.capitalize(), "field": field} for field in _GROUPED_BY]


def _list_goals(plan: Plan) -> GoalList | None:
    """The goals of a plan to choose from: by their keys, if each has one, else by their titles."""
    if not plan.goals:
        return None
    return GoalList(plan=plan.slug, name_field="key" if all(goal.key for goal in plan.goals) else "title")
