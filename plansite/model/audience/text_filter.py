"""Takes texts with hidden names out of the fields of a document, whatever its fields are.

All attributes of the dataclasses of the model are walked, so that a new field is covered by itself.
"""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.body import Body
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.waivers import Allow
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.fields import ListOf, Text, declared_fields
from plansite.model.frameworks.framework import Framework
from plansite.model.saved_views.settings import SavedView
from plansite.model.settings import DEFAULT_TITLE, Settings
from plansite.model.site import Document, FrontPage
from plansite.model.slugs import title_from_slug
from plansite.model.status import Audience, Status

DocumentT = TypeVar("DocumentT", bound=Document | FrontPage)
#: What identifies a document (see `is_named_after_hidden`), the lines of its fields, and what no page shows, such as
#: the spellings of people in the settings.
_UNSEARCHED = frozenset({"plan", "slug", "path", "lines", "allow", "people"})
#: Settings that say how to build, and are on no page.
_BUILD_SETTINGS = ("theme", "timezone")
_CONTENT_FOLDER = "content/"
#: What is no entry of a document.
_DOCUMENTS = (Action, Review, Incident, Measure, SelfAssessment, Plan, Body, Allow)


class RemovedText(NamedTuple):
    """A text that is taken out: its field in the file, the type of the entry that goes with it, if one does.

    `is_name` is true for a field that names people or agencies.
    """

    field: str
    entry: type | None
    is_name: bool


class _Slot(NamedTuple):
    """An attribute of a dataclass that may hold texts."""

    name: str
    is_name: bool
    is_required: bool


@functools.cache
def _list_slots(cls: type) -> tuple[_Slot, ...]:
    declared = {each.attribute: each.field for each in declared_fields(cls)}
    return tuple(_build_slot(each.name, declared) for each in dataclasses.fields(cls) if each.name not in _UNSEARCHED)


def _build_slot(name: str, declared: Any) -> _Slot:
    field = declared.get(name)
    kind = field.kind.of if field and isinstance(field.kind, ListOf) else field and field.kind
    return _Slot(name, isinstance(kind, Text) and kind.is_name, bool(field and field.required))


@dataclass(frozen=True, slots=True)
class TextFilter:
    """Takes out texts with names that an audience may not see.

    The smallest whole goes: a name in a list, an optional text, an entry of a list whose required text has the name.
    """

    audience: Audience
    hidden_names: HiddenNames

    def filter_document(self, document: DocumentT) -> DocumentT:
        """The document without texts that have a hidden name; a title is then made from the slug, as without one."""
        if not self.hidden_names:
            return document
        filtered = self._filter_record(document, [], "")
        if filtered is document:
            return document
        if isinstance(document, Action) and not filtered.status_word and document.status is None:
            filtered = replace(filtered, status=Status.NOT_STARTED)
        if isinstance(document, FrontPage) or filtered.title:
            return filtered  # type: ignore[no-any-return]
        return replace(filtered, title=title_from_slug(document.slug))  # type: ignore[no-any-return]

    def filter_settings(self, settings: Settings) -> Settings:
        """The settings without texts that have a hidden name; without a repository if its branch or folder has one."""
        if not self.hidden_names:
            return settings
        filtered: Settings = self._filter_record(settings, [], "")
        is_whole = filtered.branch and filtered.repository_folder == settings.repository_folder
        repository = filtered.repository if is_whole else ""
        kept = {name: getattr(settings, name) for name in _BUILD_SETTINGS}
        return replace(filtered, title=filtered.title or DEFAULT_TITLE, repository=repository, **kept)

    def filter_view(self, view: SavedView) -> SavedView | None:
        """The view without texts that have a hidden name; None if its name has one or a condition loses all values."""
        if not self.hidden_names:
            return view
        filtered: SavedView = self._filter_record(view, [], "")
        lost = (field for field in dataclasses.fields(view.filter) if getattr(view.filter, field.name))
        is_whole = all(getattr(filtered.filter, field.name) for field in lost) if filtered.filter else False
        return filtered if filtered.name and is_whole else None

    def list_removed(self, document: Document | FrontPage | Settings) -> tuple[RemovedText, ...]:
        """What is taken out of the fields of a document."""
        removed: list[RemovedText] = []
        if self.hidden_names:
            self._filter_record(document, removed, "")
        return tuple(removed)

    def filter_framework(self, framework: Framework) -> Framework | None:
        """The framework without texts that have a hidden name; None if its own name or identifier has one."""
        if not self.hidden_names:
            return framework
        filtered: Framework = self._filter_record(framework, [], "")
        return filtered if filtered.label and filtered.id else None

    def is_named_after_hidden(self, document: Document) -> bool:
        """Whether the file of a document has a hidden name in its own name, which is in the address of its page."""
        if not self.hidden_names:
            return False
        name = document.slug if document.path.startswith(_CONTENT_FOLDER) else f"{document.slug} {document.path}"
        return self.hidden_names.is_mentioned(name)

    def _filter_record(self, record: Any, removed: list[RemovedText], field: str) -> Any:
        """The record without texts that have a hidden name. What is taken out is added to `removed`.

        `field` is the field of the document that the record is in; empty for the document itself.
        """
        changes: dict[str, Any] = {}
        for slot in _list_slots(_class_of(record)):
            value = getattr(record, slot.name)
            if value:
                filtered = self._filter_value(value, slot, removed, field or slot.name)
                if filtered is not value:
                    changes[slot.name] = filtered
        return replace(record, **changes) if changes else record

    def _filter_value(self, value: Any, slot: _Slot, removed: list[RemovedText], field: str) -> Any:
        """The value, without what has a hidden name in it: "" for a text, None for an entry."""
        if type(value) is str:
            if not (self.hidden_names.matches(value) if slot.is_name else self.hidden_names.is_mentioned(value)):
                return value
            removed.append(RemovedText(field, None, slot.is_name))
            return ""
        if type(value) is tuple:
            return self._filter_tuple(value, slot, removed, field)
        return self._filter_entry(value, removed, field) if _is_entry(_class_of(value)) else value

    def _filter_tuple(self, values: tuple[Any, ...], slot: _Slot, removed: list[RemovedText], field: str) -> Any:
        filtered = tuple(self._filter_value(value, slot, removed, field) for value in values)
        if all(after is before for after, before in zip(filtered, values, strict=True)):
            return values
        pairs = zip(filtered, values, strict=True)
        return tuple(after for after, before in pairs if after and (after is before or type(before) is not tuple))

    def _filter_entry(self, entry: Any, removed: list[RemovedText], field: str) -> Any:
        """The entry without texts that have a hidden name; None if one of these is required."""
        audience = getattr(entry, "audience", None)
        if audience and not self.audience.sees(audience):
            return entry  # it is left out as a whole
        inner: list[RemovedText] = []
        filtered = self._filter_record(entry, inner, field)
        if filtered is entry:
            return entry
        if _lost_required_text(entry, filtered):
            removed.append(RemovedText(field, type(entry), is_name=False))
            return None
        removed.extend(inner)
        return filtered


def _lost_required_text(before: Any, after: Any) -> bool:
    return any(
        slot.is_required and getattr(before, slot.name) and not getattr(after, slot.name)
        for slot in _list_slots(_class_of(before))
    )


def _class_of(value: object) -> type:
    return value.__class__


@functools.cache
def _is_entry(cls: type) -> bool:
    """Whether values of a class are entries or groups of fields, rather than documents, bodies or plain values."""
    return dataclasses.is_dataclass(cls) and not issubclass(cls, _DOCUMENTS)
