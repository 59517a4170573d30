"""The parts of a new self-assessment that follow from its plan and its framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from plansite.content.report import quote_text, suggest_word
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_list
from plansite.model.frameworks.framework import Framework
from plansite.model.frameworks.ratings import find_rated_framework, list_levels
from plansite.model.site import Site
from plansite.scaffold.field_values import FieldValue, FieldValueError, format_yaml_value


def build_assessment_values(site: Site, plan: Plan, day: date) -> dict[str, FieldValue]:
    """The values of a new self-assessment of a plan on a day: title, date, framework, and owner."""
    framework = choose_framework(site, plan)
    return {
        "title": f"Self-assessment, {day:%B} {day.year}",
        "date": day,
        "framework": framework.id if framework else "",
        "owner": (plan.assessments[-1].owner if plan.assessments else "") or plan.owner,
    }


def choose_framework(site: Site, plan: Plan) -> Framework | None:
    """The framework of the plan's newest self-assessment, else the first of the site that has ratings."""
    index = site.standards
    newest = (find_rated_framework(each, index) for each in reversed(plan.assessments))
    chosen = (index.find_framework(name) for name in site.settings.frameworks)
    candidates = (*newest, *chosen, *index.frameworks.values())
    return next((each for each in candidates if each and each.ratings), None)


def find_given_framework(site: Site, name: str) -> Framework:
    """The framework with this identifier or name. Raises FieldValueError if there is none, or it has no ratings."""
    index = site.standards
    framework = index.find_framework(name)
    if framework is None:
        rated = [each.id for each in index.frameworks.values() if each.ratings]
        advice = suggest_word(name, index.frameworks) or f"use {format_list(rated, 'or')}"
        raise FieldValueError(f"no framework is called {quote_text(name)}; {advice}")
    if not framework.ratings:
        raise FieldValueError(f"{framework.label} has no ratings; name another with --framework")
    return framework


def format_ratings(site: Site, plan: Plan, framework: Framework) -> Iterator[str]:
    """Lines of YAML with an entry for each standard of a framework, to be filled in; each with its last rating."""
    before = _list_last_ratings(site, plan, framework)
    yield f"  # Ratings, lowest first: {', '.join(framework.ratings)}"
    for key_question, standards in framework.group_by_key_question():
        yield from (f"  # {key_question}",) if key_question else ()
        for standard in standards:
            name = standard.id if framework.is_of_regulations else standard.label
            last = before.get(standard.key, "")
            yield f"  - standard: {format_yaml_value(name)}"
            yield f"    rating:{f'  # last time: {last}' if last else ''}"
            yield "    note:"


def _list_last_ratings(site: Site, plan: Plan, framework: Framework) -> Mapping[str, str]:
    index = site.standards
    newest = next((each for each in reversed(plan.assessments) if find_rated_framework(each, index) == framework), None)
    return {key: framework.ratings[level] for key, level in list_levels(newest, framework, index)} if newest else {}
