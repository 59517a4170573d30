"""The field `audience` of files, and of entries in them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from plansite.model.fields import ChoiceOf, Field
from plansite.model.status import Audience

#: The field `audience` of a file, and of one entry in a list of a file.
AudienceField: TypeAlias = Annotated[
    Audience | None,
    Field(ChoiceOf(Audience), "Who may see it. Default: as for its plan, else the site.", "internal"),
]


EntryAudienceField: TypeAlias = Annotated[
    Audience | None,
    Field(ChoiceOf(Audience), "Who may see this entry. Default: everybody who may see the file.", "internal"),
]
