"""The line on the front page that says how many incidents have open gaps."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count, has_or_have
from plansite.model.learning.verdict import assess_incident
from plansite.site.components.dated_rows import DatedText, build_dated_text
from plansite.site.incidents.chain_views import judge_measure


def build_incident_notice(dated_site: SiteOnDate) -> DatedText:
    """ "2 incidents have open gaps", today and on the later days on which others get some; without words for none.

    Plans may be summaries.
    """
    first_days: list[date] = []
    for plan in dated_site.site.plans:
        for incident in plan.incidents:
            verdict = assess_incident(dated_site, incident, judge_measure)
            first = dated_site.today if verdict.gaps else verdict.until
            first_days += [first] if first else []
    first_days.sort()

    def describe(day: date) -> str:
        number = bisect_right(first_days, day)
        return f"{format_count(number, 'incident')} {has_or_have(number)} open gaps" if number else ""

    return build_dated_text(describe, dated_site.today, first_days, reach=date.max)
