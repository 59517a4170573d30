"""The Word document of plans: title, purpose, the register goal by goal, and what its words mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from plansite.deferred_dataclass import dataclass
from plansite.exports.selection import ExportSelection, SelectedPlan
from plansite.exports.word import style_names as names
from plansite.exports.word.blocks import Block, Paragraph, Run, WordColumn, WordDocument, build_paragraph
from plansite.exports.word.package import format_word_document
from plansite.exports.word.prose import convert_prose
from plansite.exports.word.register_table import build_register_table, choose_columns
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_list, format_long_date
from plansite.model.review_dates import next_review_date
from plansite.model.slugs import title_from_slug
from plansite.model.status import STATUS_MEANINGS, Audience

_COURSE_STYLES = {
    Course.OVERDUE: names.LATE,
    Course.AT_RISK: names.AT_RISK,
    Course.ON_TRACK: names.ON_TRACK,
    Course.COMPLETED: names.PROOF,
    Course.EMBEDDED: names.PROOF,
    Course.CANCELLED: names.STRONG,
}
_READERS = {Audience.INTERNAL: "For internal use", Audience.PARTNERS: "For partners", Audience.PUBLIC: ""}


def format_word_register(selection: ExportSelection) -> bytes:
    """The plans and actions of a selection as a DOCX file. The same selection gives the same bytes."""
    return format_word_document(build_plan_document(selection))


def build_plan_document(selection: ExportSelection) -> WordDocument:
    """The document of a selection. Of several plans, each has a heading; one alone is what the document is about."""
    dated_site = selection.dated_site
    day, site = format_long_date(dated_site.today), dated_site.site
    foot = (site.settings.title, f"as at {day}", _READERS[site.audience])
    return WordDocument(
        title=selection.title,
        subject=f"Register of actions, as at {day}",
        day=dated_site.today,
        running_head=f"{selection.title}, as at {day}",
        foot=" · ".join(filter(None, foot)),
        blocks=tuple(_list_blocks(selection)),
    )


def _list_blocks(selection: ExportSelection) -> Iterator[Block]:
    list_numbers, columns = count(1), choose_columns(selection.actions)
    only = _find_only_plan(selection)
    eyebrow = only.kind.label if only else "Register of actions"
    yield build_paragraph(f"{eyebrow}, as at {format_long_date(selection.dated_site.today)}", names.SUBTITLE)
    yield build_paragraph(selection.title, names.TITLE)
    if not selection.plans:
        yield build_paragraph("There is no action to show.")
    for number, selected in enumerate(selection.plans):
        if not only:
            style = names.NEXT_PLAN if number else names.HEADINGS[0]
            yield build_paragraph(selected.plan.title or selected.plan.slug, style)
        yield from _PlanBlocks(selection.dated_site, selected, list_numbers, columns).list_blocks()
    yield from _list_meanings()


def _find_only_plan(selection: ExportSelection) -> Plan | None:
    """The plan that the title of the document names; None if it names the site."""
    plan = selection.plans[0].plan if len(selection.plans) == 1 else None
    whole = selection.title.removesuffix(f", actions of {selection.owner.title}" if selection.owner else "")
    return plan if plan and whole == (plan.title or plan.slug) else None


@dataclass(frozen=True, slots=True)
class _PlanBlocks:
    """The blocks about one plan, with tables of these columns. `list_numbers` has a number for each numbered list."""

    dated_site: SiteOnDate
    selected: SelectedPlan
    list_numbers: Iterator[int]
    columns: tuple[WordColumn, ...]

    def list_blocks(self) -> Iterator[Block]:
        """What the plan is for, how it is going, its actions goal by goal, and the rest of its text."""
        plan = self.selected.plan
        if plan.objective:
            yield build_paragraph(plan.objective, names.OBJECTIVE)
        yield from self._list_facts()
        yield from convert_prose(plan.body.intro, self.list_numbers)
        yield from self._list_goals()
        for section in plan.body.sections:
            yield build_paragraph(section.title, names.HEADINGS[1])
            yield from convert_prose(section.html, self.list_numbers)

    def _list_facts(self) -> Iterator[Paragraph]:
        plan, today = self.selected.plan, self.dated_site.today
        assessment, review = self.dated_site.assess_plan(plan), next_review_date(plan)
        course = Run(assessment.course.value.capitalize(), _COURSE_STYLES[assessment.course])
        yield Paragraph(runs=(course, Run(f". {assessment.reason}")), style=names.FACTS)
        late = ", which has passed" if review and review < today else ""
        runs_from = " ".join(
            f"{word} {format_long_date(day)}" for word, day in (("from", plan.start), ("to", plan.end)) if day
        )
        facts = (
            ("Owner", self._name_person(plan.owner)),
            ("Sponsor", self._name_person(plan.sponsor)),
            ("Agencies", format_list([self._name_person(name) for name in plan.agencies])),
            ("Runs", runs_from),
            ("Next review", f"{format_long_date(review)}{late}" if review else ""),
        )
        if given := [(label, text) for label, text in facts if text]:
            yield _build_facts(given, names.FACTS)
        if unreadable := self._name_unreadable_files():
            yield build_paragraph(f"These files could not be read: {format_list(unreadable)}.", names.FACTS)

    def _name_person(self, name: str) -> str:
        person = self.dated_site.site.find_owner_or_agency(name)
        return person.title if person else name

    def _name_unreadable_files(self) -> list[str]:
        plan = self.selected.plan.slug
        return [
            title_from_slug(file.slug)
            for file in self.dated_site.site.unreadable
            if plan == (file.plan or (file.slug if file.kind == "plan" else ""))
        ]

    def _list_goals(self) -> Iterator[Block]:
        """A table for each goal, and one for the other actions. A plan in part has no goals without actions."""
        plan, actions = self.selected.plan, self.selected.actions
        is_whole = len(actions) == len(plan.actions)
        by_goal: dict[Goal | None, list[Action]] = {goal: [] for goal in (*plan.goals, None)}
        for action in actions:
            by_goal[plan.find_goal(action.goal)].append(action)
        others = by_goal.pop(None)
        shown = {goal: found for goal, found in by_goal.items() if goal and (found or is_whole)}
        for goal, found in shown.items():
            yield from self._list_goal(goal, found)
        if others or not shown:
            heading = "Other actions" if shown else "Actions"
            yield build_paragraph(heading, names.HEADINGS[1])
            yield from self._list_table(others, f"{heading} of {plan.title}")

    def _list_goal(self, goal: Goal, actions: Sequence[Action]) -> Iterator[Block]:
        yield build_paragraph(goal.title, names.GOAL)
        facts = (("How we will know", goal.measurable), ("By when", goal.time_bound))
        if given := [(label, text) for label, text in facts if text]:
            yield _build_facts(given, names.GOAL_FACTS)
        yield from self._list_table(actions, f"Actions for the goal: {goal.title}")

    def _list_table(self, actions: Sequence[Action], title: str) -> Iterator[Block]:
        if actions:
            yield build_register_table(self.dated_site, actions, title, self.columns)
        else:
            yield build_paragraph("No action has been agreed yet.")


def _build_facts(facts: Sequence[tuple[str, str]], style: str) -> Paragraph:
    """Labels and texts on one line, or as many as they need."""
    pairs = ((Run(f"{label}:\N{NO-BREAK SPACE}", names.STRONG), Run(text)) for label, text in facts)
    runs = [run for index, pair in enumerate(pairs) for run in (Run("   " if index else ""), *pair)]
    return Paragraph(runs=tuple(run for run in runs if run.text), style=style)


def _list_meanings() -> Iterator[Paragraph]:
    """The legend: what each status means, and what the lines below it say."""
    yield build_paragraph("What the words mean", names.HEADINGS[1])
    meanings = [(status.label, text) for status, text in STATUS_MEANINGS.items()]
    meanings += [
        ("Overdue", "It is open, and its due date has passed. An action due today is not overdue."),
        ("At risk", "It is open and not late, but it needs attention. The line below the status says why."),
        ("☑ and ☐", "A step that is done, and one that is still to do."),
        ("Grey rows", "Actions that are closed: completed, embedded or cancelled."),
    ]
    for word, text in meanings:
        yield Paragraph(runs=(Run(word, names.STRONG), Run(f"\t{text}")), style=names.LEGEND)
