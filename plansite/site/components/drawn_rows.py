"""Rows of lists as HTML, rendered once with their plan, for all pages across plans that show them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from plansite.incremental.fingerprint import fingerprint
from plansite.site.components.filters import RowValues

#: Stands in the HTML of a row for the way from a page to the top of the site. No text that was read has it.
ROOT_MARK = "\0"
#: Stands behind each row of many that are rendered together.
ROW_END = "\1"


class DrawnRow(NamedTuple):
    """A row as HTML, with `ROOT_MARK` before each link.

    `html_in_plan` is for a list that names its plan above it, `html_of_owner` for the page of who owns or checks
    it. `due` and `values` are those of an `ActionRow`. `digest` covers all of these; `repr` says nothing else,
    because fingerprints are made of that, and a row is on several pages. It is a named tuple because a build reads
    thousands.
    """

    html: str
    html_in_plan: str
    html_of_owner: str
    due: date | None
    values: RowValues | None
    digest: str

    @classmethod
    def create(
        cls,
        html: str,
        html_in_plan: str = "",
        html_of_owner: str = "",
        due: date | None = None,
        values: RowValues | None = None,
    ) -> DrawnRow:
        """A row with its digest."""
        fields = (html, html_in_plan, html_of_owner, due, values)
        return cls(*fields, fingerprint(*fields))

    def __repr__(self) -> str:
        return f"DrawnRow({self.digest})"
