"""The digest of one owner or agency: a few sentences, then sections from what is late to what else they own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.digest.items import DigestSection, FindAddress, build_action_item, build_request_item, build_section
from plansite.digest.waiting import list_waiting_items
from plansite.exports.terminal_text import sanitise_line
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.documents.request_answers import PendingRequest, list_pending_requests
from plansite.model.formatting import choose_form, format_count, format_long_date
from plansite.model.page_addresses import profile_address
from plansite.model.people import OwnerOrAgency
from plansite.model.settings import DEFAULT_TITLE
from plansite.site.people.profile_header import describe_unreadable_actions
from plansite.site.people.workload import Workload, Workloads, describe_due_dates, describe_open_actions


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one owner or agency has to do on a day. All texts are on one line.

    `slug` is that of their page, `email` their address as its file gives it, `contact` that of the site. `href` is the
    full address of their page, `site_href` that of the site; empty where the site has none. `until` is the last day
    that counts as near.
    """

    slug: str
    name: str
    email: str
    contact: str
    site_title: str
    site_href: str
    href: str
    today: date
    until: date
    lede: str
    note: str
    sections: tuple[DigestSection, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.sections

    def count_in(self, key: str) -> int:
        """How many items a section has."""
        return sum(section.count for section in self.sections if section.key == key)


def build_digest(dated_site: SiteOnDate, workloads: Workloads, person: OwnerOrAgency, days: int) -> Digest:
    """The digest of an owner or agency. What is due within this number of days counts as near.

    That of an agency is about what it owns itself: its owners have digests of their own. Plans may be summaries.
    """
    settings, workload = dated_site.site.settings, workloads.find(person)
    until = add_days(dated_site.today, days)
    asked = list_pending_requests(dated_site.site, workload.open_actions)

    def find_address(path: str) -> str:
        return f"{settings.base_url.rstrip('/')}/{path}" if settings.base_url else ""

    return Digest(
        slug=profile_address(person).rpartition("/")[2].removesuffix(".html"),
        name=sanitise_line(person.title),
        email=person.email.strip(),
        contact=sanitise_line(settings.contact),
        site_title=sanitise_line(settings.title) or DEFAULT_TITLE,
        site_href=settings.base_url,
        href=find_address(profile_address(person)),
        today=dated_site.today,
        until=until,
        lede=_build_lede(workload, len(asked), dated_site.today),
        note=describe_unreadable_actions(sum(file.kind == "action" for file in dated_site.site.unreadable)),
        sections=tuple(_build_sections(dated_site, workload, asked, until, find_address)),
    )


def list_people(dated_site: SiteOnDate) -> tuple[OwnerOrAgency, ...]:
    """The owners and agencies of a site, in the order of their names."""
    people = dated_site.site.people
    everybody: tuple[OwnerOrAgency, ...] = (*people.owners, *people.agencies)
    return tuple(sorted(everybody, key=lambda person: (person.title.casefold(), profile_address(person))))


def describe_subject(digest: Digest) -> str:
    """A digest in a line: "Riverside partnership plans: 2 late, 1 due by 3 February 2025"."""
    counts = (
        (digest.count_in("late"), "late"),
        (digest.count_in("due"), f"due by {format_long_date(digest.until)}"),
        (digest.count_in("asked"), "to answer"),
    )
    words = ", ".join(f"{number:,} {words}" for number, words in counts if number)
    others = (
        (digest.count_in("waiting"), "waiting for you"),
        (digest.count_in("owned"), choose_form(digest.count_in("owned"), "open action", "open actions")),
        (digest.count_in("questions"), "without an answer"),
    )
    words = words or next((f"{number:,} {words}" for number, words in others if number), "")
    return f"{digest.site_title}: {words if digest.sections else 'nothing to do'}"


def _build_lede(workload: Workload, asked: int, today: date) -> str:
    """How many open actions, how many of them are late, due now and later, and how many questions are not answered."""
    number, plans = len(workload.open_actions), len({action.plan for action in workload.open_actions})
    actions = describe_open_actions(number, plans)
    owned = f"You own {actions[:1].lower()}{actions[1:]}"
    verb = choose_form(asked, "waits", "wait")
    questions = f"{format_count(asked, 'question')} {verb} for your answer." if asked else ""
    dates = describe_due_dates(workload.due_dates, number, len(workload.finished), today)
    return " ".join(filter(None, (owned, dates.words, questions)))


def _build_sections(
    dated_site: SiteOnDate,
    workload: Workload,
    asked: Sequence[PendingRequest],
    until: date,
    find_address: FindAddress,
) -> Iterator[DigestSection]:
    today = dated_site.today

    def build_actions(key: str, title: str, actions: list[Action]) -> DigestSection | None:
        return build_section(key, title, (build_action_item(dated_site, action, find_address) for action in actions))

    late = [action for action in workload.open_actions if action.due and action.due < today]
    near = [action for action in workload.open_actions if action.due and today <= action.due <= until]
    others = [action for action in workload.open_actions if not action.due or action.due > until]
    waiting = list_waiting_items(dated_site, workload, until, find_address)
    sections = (
        build_actions("late", "Late", late),
        build_actions("due", f"Due by {format_long_date(until)}", near),
        build_section(
            "asked",
            "What we asked you about",
            (build_request_item(dated_site, each, find_address) for each in asked),
            "question",
        ),
        build_section("waiting", "What waits for you", waiting, "item"),
        build_section(
            "questions",
            "What you asked, without an answer",
            (build_request_item(dated_site, each, find_address, names_owner=True) for each in workload.questions),
            "question",
        ),
        build_actions("owned", "What else you own" if late or near else "What you own", others),
    )
    yield from (section for section in sections if section)
