"""A question to the owner of an action, added to the action's file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.fields import declared_fields
from plansite.model.formatting import format_long_date
from plansite.scaffold.field_values import FieldValue, FieldValueError
from plansite.scaffold.list_items import ExtensibleList, add_list_item

_ASKED = ExtensibleList(field="asked", document="action", subject="the field `asked` of this action is", noun="entry")


def build_request(question: str, values: Mapping[str, FieldValue], today: date) -> dict[str, FieldValue]:
    """The fields of a request that are given, in declared order; it is of today unless the values say otherwise.

    Raises FieldValueError where it is answered before it is asked.
    """
    all_values = {"date": today, **values, "question": question}
    asked, answered = all_values["date"], all_values.get("answered")
    if isinstance(asked, date) and isinstance(answered, date) and answered < asked:
        raise FieldValueError(
            f"--answered: {format_long_date(answered)} is before {format_long_date(asked)}, the day of the question"
        )
    return {each.name: all_values[each.name] for each in declared_fields(UpdateRequest) if each.name in all_values}


def add_request(data: bytes, request: Mapping[str, FieldValue]) -> bytes:
    """The bytes of an action file with a request after its last one. See add_list_item. Raises CannotExtendError."""
    return add_list_item(data, _ASKED, request)
