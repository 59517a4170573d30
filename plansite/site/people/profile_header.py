"""The header of an owner's or agency's page: role, contact details, and the plans it leads or sponsors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from plansite.deferred_dataclass import dataclass
from plansite.mail.update_form import build_list_mail_link
from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count
from plansite.model.links.email_address import find_coordinator
from plansite.model.links.repository import edit_url
from plansite.model.page_addresses import learning_address, profile_address
from plansite.model.people import Agency, Owner, OwnerOrAgency
from plansite.model.site import Site
from plansite.site.components.body_sections import SectionView, build_other_sections
from plansite.site.components.content_links import LinkResolver, describe_cut, link_whole_file
from plansite.site.components.dated_rows import DatedText
from plansite.site.components.finding_notices import FindingNotice, build_finding_notice
from plansite.site.components.page import Link
from plansite.site.people.work_share import MailEntry, WorkShare


@dataclass(frozen=True, slots=True)
class UnreadableOwnerFile:
    """A file about an owner that could not be read: its path, its findings and its text.

    `cut` says how much of a large file is shown, and `whole` is the link to all of it.
    """

    path: str
    faults: tuple[FindingNotice, ...]
    text: str
    cut: str
    whole: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileHeader:
    """Who a page is about. `lede` and `more` are its first sentences; `more` may change with the day.

    `comparison` says how much others have to do.
    """

    kind: str
    title: str
    agency: Link
    lede: str
    more: DatedText
    note: str
    comparison: str
    role: str
    email: Link
    telephone: Link
    leads: tuple[Link, ...]
    sponsors: tuple[Link, ...]
    learning: Link
    update: str
    edit: str
    about: str
    further: tuple[SectionView, ...]
    unreadable_file: UnreadableOwnerFile | None


def build_profile_header(
    dated_site: SiteOnDate,
    owner_or_agency: OwnerOrAgency,
    work: WorkShare,
    resolver: LinkResolver,
    *,
    lede: str,
    more: DatedText,
    comparison: str = "",
    note: str = "",
) -> ProfileHeader:
    """The header of an owner's or agency's page with these sentences. The site may be without plans."""
    site, address = dated_site.site, resolver.for_document(owner_or_agency)
    return ProfileHeader(
        kind="Agency" if isinstance(owner_or_agency, Agency) else "Owner",
        title=owner_or_agency.title,
        agency=_link_agency(dated_site, owner_or_agency),
        lede=lede,
        more=more,
        note=note,
        comparison=comparison,
        role=owner_or_agency.role,
        email=_link_email(owner_or_agency.email),
        telephone=_link_telephone(owner_or_agency.telephone),
        leads=work.leads,
        sponsors=work.sponsors,
        learning=_link_learning(owner_or_agency, work),
        update=_build_update_link(site, owner_or_agency, work.mail),
        edit=edit_url(site, owner_or_agency.path) if owner_or_agency.path else "",
        about=resolve_links(owner_or_agency.body.intro, address),
        further=build_other_sections(owner_or_agency.body, address, title=owner_or_agency.title),
        unreadable_file=_find_unreadable_file(dated_site, owner_or_agency),
    )


def _link_agency(dated_site: SiteOnDate, owner_or_agency: OwnerOrAgency) -> Link:
    if not isinstance(owner_or_agency, Owner) or not owner_or_agency.agency.strip():
        return Link("")
    agency = dated_site.site.people.find_agency(owner_or_agency.agency)
    return Link(agency.title, profile_address(agency)) if agency else Link(owner_or_agency.agency)


def _link_learning(owner_or_agency: OwnerOrAgency, work: WorkShare) -> Link:
    """The page of what they can learn from incidents; empty where nothing is shared with them."""
    if not work.learning:
        return Link("")
    return Link(format_count(len(work.learning), "incident"), learning_address(owner_or_agency.title))


def _link_email(address: str) -> Link:
    """A `mailto:` link, or text without a link if it is not an e-mail address."""
    text = address.strip()
    return Link(text, f"mailto:{quote(text, safe='@')}" if re.fullmatch(r"[^\s@]+@[^\s@]+", text) else "")


def _link_telephone(number: str) -> Link:
    """A `tel:` link, or text without a link if it is not a telephone number."""
    text = number.strip()
    digits = re.sub(r"[^\d+]", "", text)
    return Link(text, f"tel:{digits}" if re.fullmatch(r"\+?[\d ().-]{3,30}", text) and len(digits) > 2 else "")


def _build_update_link(site: Site, owner_or_agency: OwnerOrAgency, actions: Sequence[MailEntry]) -> str:
    """The link that opens a mail about the open actions, to the coordinator of most of them; "" without any.

    Actions of plans with another coordinator are not in it: the link on the page of each goes there.
    """
    counts = Counter(each.coordinator for each in actions if each.coordinator)
    chosen = counts.most_common(1)[0][0] if counts else find_coordinator(site.settings)
    own = [(each.address, each.title) for each in actions if each.coordinator == chosen]
    return build_list_mail_link(chosen, f"Update from {owner_or_agency.title}", own)


def describe_unreadable_actions(number: int) -> str:
    """A sentence saying that actions which were not read may belong to anybody; "" if all were read."""
    return f"{format_count(number, 'action file')} could not be read and may belong here." if number else ""


def _find_unreadable_file(dated_site: SiteOnDate, owner_or_agency: OwnerOrAgency) -> UnreadableOwnerFile | None:
    """The unreadable file about an owner who has a page because actions name them; None for any other."""
    if owner_or_agency.path or isinstance(owner_or_agency, Agency):
        return None
    for file in dated_site.site.unreadable:
        if file.kind == "owner" and file.slug == owner_or_agency.slug:
            notices = tuple(build_finding_notice(dated_site, finding) for finding in file.findings)
            return UnreadableOwnerFile(file.path, notices, file.text, describe_cut(file), link_whole_file(file))
    return None
