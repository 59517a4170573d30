"""What a sheet has beside the values of its cells: links, comments, colours, formulas, and hidden rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_count
from plansite.trackers.cells import CellValue
from plansite.trackers.sheets import Fills, Position, Row


@dataclass(slots=True, kw_only=True)
class SheetDetails:
    """Positions count from 0. `formulas` are the texts of those without a stored result; others are only counted.

    `links` are addresses, `comments` texts with their authors, `fills` the colours of rows.
    """

    links: dict[Position, str] = field(default_factory=dict)
    comments: dict[Position, tuple[str, ...]] = field(default_factory=dict)
    fills: dict[int, Fills] = field(default_factory=dict)
    formulas: dict[Position, str] = field(default_factory=dict)
    formula_count: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    pictures: int = 0
    mail_links: int = 0

    def add_link(self, position: Position, address: str) -> None:
        """Add the address of a cell's link. Links that write to somebody are counted, since nobody sees the address."""
        if address.casefold().startswith("mailto:"):
            self.mail_links += 1
        elif address.strip() and not address.startswith("#"):
            self.links[position] = "%20".join(address.split()) if is_web_address(address) else address.strip()

    def list_notes(self) -> tuple[str, ...]:
        """Sentences about what was read in another way than it is shown, or not at all."""
        notes = []
        if self.formula_count:
            words = (
                "result that the program stored is"
                if self.formula_count == 1
                else "results that the program stored are"
            )
            notes.append(f"{format_count(self.formula_count, 'formula')}: the {words} read")
        if self.formulas:
            notes.append(f"{format_count(len(self.formulas), 'formula')} without a stored result: read as text")
        if self.hidden_rows or self.hidden_columns:
            hidden = [format_count(self.hidden_rows, "row")] if self.hidden_rows else []
            hidden += [format_count(self.hidden_columns, "column")] if self.hidden_columns else []
            notes.append(f"{' and '.join(hidden)} hidden in the sheet: still read")
        if self.mail_links:
            notes.append(f"{format_count(self.mail_links, 'link')} to e-mail addresses: not read")
        if self.pictures:
            notes.append(f"{format_count(self.pictures, 'picture')}: not read")
        return tuple(notes)


@dataclass(frozen=True, slots=True)
class DetailedRows:
    """The rows of a sheet with the links that belong to their texts, and what belongs to a cell and is not in it."""

    rows: tuple[Row, ...]
    attached: Mapping[Position, tuple[str, ...]]


def add_details(rows: list[Row], details: SheetDetails) -> DetailedRows:
    """The rows, in which a linked text ends with its address in angle brackets, and a formula without a result is text.

    The address of a number or date is attached to it, as comments are.
    """
    changed: dict[int, list[CellValue]] = {}
    attached: dict[Position, tuple[str, ...]] = dict(details.comments)

    def edit(position: Position) -> list[CellValue]:
        index, column = position
        if index not in changed:
            rows.extend([()] * (index + 1 - len(rows)))
            changed[index] = list(rows[index])
        row = changed[index]
        row.extend([None] * (column + 1 - len(row)))
        return row

    for position, formula in details.formulas.items():
        row = edit(position)
        if row[position[1]] is None:
            row[position[1]] = formula
    for position, address in details.links.items():
        row = edit(position)
        value = row[position[1]]
        if value is None or isinstance(value, str):
            row[position[1]] = add_link(value or "", address)
        else:
            attached[position] = (*attached.get(position, ()), f"<{address}>")
    for position in details.comments:
        edit(position)
    return DetailedRows(
        tuple(tuple(changed[index]) if index in changed else row for index, row in enumerate(rows)), attached
    )


def is_web_address(address: str) -> bool:
    """Whether an address is one of the web, and not the path of a file."""
    return address.casefold().startswith(("http://", "https://"))


def add_link(text: str, address: str) -> str:
    """A text with the address of its link behind it, in angle brackets, if that is not in the text itself."""
    if not text:
        return f"<{address}>"
    return text if address in text else f"{text} <{address}>"
