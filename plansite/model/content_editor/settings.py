"""The group `content_editor` of the settings: how people sign in to the content editor."""

from __future__ import annotations

from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.fields import Field, Text, Url


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentEditorSettings:
    """How people sign in to the content editor that `plansite cms` sets up."""

    app_id: Annotated[
        str,
        Field(Text(), "The ID of the application that is registered with the host of the repository.", "1a2b3c4d5e"),
    ] = ""
    sign_in: Annotated[
        str,
        Field(
            Url(absolute=True), "The address of the sign-in service, which GitHub needs.", "https://sign-in.example.org"
        ),
    ] = ""
