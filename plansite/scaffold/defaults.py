"""What plansite knows by itself of a new file: numbers, dates, and what earlier meetings say."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from plansite.model.dates import after
from plansite.model.people import same_name
from plansite.model.plan import Plan
from plansite.model.site import Site
from plansite.scaffold.notation import Value

_REF = re.compile(r"^ref:[ \t]*[\"']?(\d{1,9})[\"']?[ \t]*$", re.MULTILINE)


def defaults(kind: str, site: Site, plan: Plan | None, today: date) -> dict[str, Value]:
    """The values of a new file that follow from the site and the day; for a review, `today` is its own day."""
    match kind:
        case "action" if plan:
            return {"ref": next_ref(site, plan), "created": today}
        case "plan":
            return {"start": today}
        case "review" if plan:
            return _review(site, plan, today)
        case _:
            return {}


def review_day(given: Mapping[str, Value], today: date) -> date:
    """The day of a review: as given, else today."""
    day = given.get("date")
    return day if isinstance(day, date) else today


def next_ref(site: Site, plan: Plan) -> int:
    """One more than the highest whole number among the plan's refs; files that cannot be read count as well."""
    refs = [action.ref for action in plan.actions]
    for unread in site.unread:
        if unread.plan == plan.slug and unread.kind == "action":
            refs += _REF.findall(unread.text)
    return max((int(ref) for ref in refs if ref.isascii() and ref.isdigit()), default=0) + 1


def _review(site: Site, plan: Plan, day: date) -> dict[str, Value]:
    last = max((r for r in plan.reviews if r.date and r.date < day), key=lambda r: r.date or day, default=None)
    agencies = (site.people.agency(entry.agency) for entry in plan.protocol)
    names = [found.title if found else entry.agency for found, entry in zip(agencies, plan.protocol, strict=True)]
    return {
        "title": f"{calendar.month_name[day.month]} review",
        "date": day,
        "kind": last.kind if last else "",
        "chair": (last.chair if last else "") or plan.owner,
        "minute_taker": last.minute_taker if last else "",
        "present": tuple({same_name(name): name for name in names}.values()),
        "next": after(day, plan.review_every) if plan.review_every else "",
        "open_actions": "\n".join(_carried(plan)),
    }


def _carried(plan: Plan) -> list[str]:
    """The plan's open actions as a list; those in its own folder with a link from a review."""
    folder = plan.path.rpartition("/")[0]
    lines = []
    for action in plan.open_actions:
        words = re.sub(r"([\\`*_\[\]<>&~])", r"\\\1", " ".join(action.title.split()))
        inside = action.path.removeprefix(f"{folder}/")
        lines.append(f"- [{words}](../{quote(inside)})" if inside != action.path else f"- {words}")
    return lines
