"""What stands at the top of an owner's or agency's page: who it is, how to reach it, what it leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from plansite.markdown.html import resolve
from plansite.model.course import Outlook
from plansite.model.people import Agency, Owner, Party
from plansite.site.actions import SectionView
from plansite.site.addresses import edit_url, party_page, plan_link
from plansite.site.bands import Changing
from plansite.site.links import Addresses
from plansite.site.load import Load
from plansite.site.page import Link
from plansite.site.parts import Fault, fault


@dataclass(frozen=True, slots=True)
class LostFile:
    """The file that should describe an owner and could not be read: its place, its faults and its text."""

    path: str
    faults: tuple[Fault, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyHead:
    """The facts of a party. `more` is the part of the first sentences that changes with the day."""

    kind: str
    title: str
    agency: Link
    lede: str
    more: Changing
    note: str
    role: str
    email: Link
    telephone: Link
    leads: tuple[Link, ...]
    sponsors: tuple[Link, ...]
    update: str
    edit: str
    about: str
    further: tuple[SectionView, ...]
    lost: LostFile | None


def party_head(
    outlook: Outlook, party: Party, load: Load, addresses: Addresses, *, lede: str, more: Changing, note: str = ""
) -> PartyHead:
    """The head of a party's page; the sentences are the caller's."""
    site, address = outlook.site, addresses.of(party)
    return PartyHead(
        kind="Agency" if isinstance(party, Agency) else "Owner",
        title=party.title,
        agency=_agency(outlook, party),
        lede=lede,
        more=more,
        note=note,
        role=party.role,
        email=_email(party.email),
        telephone=_telephone(party.telephone),
        leads=tuple(plan_link(plan) for plan in load.leads),
        sponsors=tuple(plan_link(plan) for plan in load.sponsors),
        update=_update(site.settings.contact, party),
        edit=edit_url(site, party.path) if party.path else "",
        about=resolve(party.body.intro, address),
        further=tuple(
            SectionView(f"part-{number}", part.title, resolve(part.html, address))
            for number, part in enumerate(party.body.further(), 1)
        ),
        lost=_lost(outlook, party),
    )


def _agency(outlook: Outlook, party: Party) -> Link:
    if not isinstance(party, Owner) or not party.agency.strip():
        return Link("")
    agency = outlook.site.people.agency(party.agency)
    return Link(agency.title, party_page(agency)) if agency else Link(party.agency)


def _email(address: str) -> Link:
    """A way to write; what is no address stays words."""
    plain = address.strip()
    return Link(plain, f"mailto:{quote(plain, safe='@')}" if re.fullmatch(r"[^\s@]+@[^\s@]+", plain) else "")


def _telephone(number: str) -> Link:
    """A way to ring; what holds other signs than a number's stays words."""
    plain = number.strip()
    digits = re.sub(r"[^\d+]", "", plain)
    return Link(plain, f"tel:{digits}" if re.fullmatch(r"\+?[\d ().-]{3,30}", plain) and len(digits) > 2 else "")


def _update(contact: str, party: Party) -> str:
    return f"mailto:{quote(contact, safe='@')}?subject={quote(f'Update from {party.title}')}" if contact else ""


def _lost(outlook: Outlook, party: Party) -> LostFile | None:
    """The unreadable file at whose address this owner stands, because actions name them."""
    if party.path or isinstance(party, Agency):
        return None
    lost = (unread for unread in outlook.site.unread if unread.kind == "owner" and unread.slug == party.slug)
    unread = next(lost, None)
    if unread is None:
        return None
    return LostFile(unread.path, tuple(fault(outlook, finding) for finding in unread.findings), unread.text)
