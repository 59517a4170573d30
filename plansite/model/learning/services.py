"""The services that the learning of an incident is shared with, and which of them have confirmed reading it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import add_days
from plansite.model.documents.incident import Incident
from plansite.model.documents.records.learning import ReadingConfirmation
from plansite.model.people import normalise_name

#: How many days after an incident a service has to confirm that it has read the learning.
DAYS_TO_CONFIRM = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReading:
    """A service by its title, and whether it has confirmed reading what is learnt. `is_named` if it was to read it."""

    title: str
    confirmation: ReadingConfirmation | None
    is_named: bool

    @property
    def key(self) -> str:
        """What tells services apart: titles that differ only in capitals or spaces are one service."""
        return normalise_name(self.title)


def list_service_readings(incident: Incident, find_title: Callable[[str], str]) -> tuple[ServiceReading, ...]:
    """The services that an incident names, then others that have confirmed; each once.

    `find_title` returns the title of a service for any of its names. Of two confirmations, the one with a date counts.
    """
    confirmations: dict[str, tuple[str, ReadingConfirmation]] = {}
    for confirmation in incident.confirmed:
        title = find_title(confirmation.service)
        earlier = confirmations.get(normalise_name(title))
        if earlier is None or (earlier[1].date is None and confirmation.date):
            confirmations[normalise_name(title)] = (title, confirmation)
    named = {normalise_name(title): title for title in map(find_title, incident.learning_for)}
    named.pop("", None)
    confirmations.pop("", None)
    readings = [
        ServiceReading(title=title, confirmation=confirmations[key][1] if key in confirmations else None, is_named=True)
        for key, title in named.items()
    ]
    readings += [
        ServiceReading(title=title, confirmation=confirmation, is_named=False)
        for key, (title, confirmation) in confirmations.items()
        if key not in named
    ]
    return tuple(readings)


def find_confirmation_deadline(incident: Incident) -> date | None:
    """The day by which services are to confirm; None for an incident without a date, or with nothing to read yet."""
    has_learning = bool(incident.findings) or any(section.key == "learning" for section in incident.body.sections)
    return add_days(incident.date, DAYS_TO_CONFIRM) if incident.date and has_learning else None
