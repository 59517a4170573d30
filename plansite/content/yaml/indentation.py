"""Follows the lists and groups of a YAML text that are open by their indentation."""

from __future__ import annotations


class OpenBlocks:
    """The columns of open lists and groups, the innermost last."""

    def __init__(self) -> None:
        """None is open."""
        self._blocks: list[tuple[int, bool]] = []  # the column, and whether it is a list

    def __len__(self) -> int:
        return len(self._blocks)

    @property
    def indent(self) -> int:
        """The column of the innermost; -1 where none is open."""
        return self._blocks[-1][0] if self._blocks else -1

    def close_beyond(self, column: int) -> None:
        """Close those that end before a line that begins in this column."""
        while self._blocks and self._blocks[-1][0] > column:
            self._blocks.pop()

    def open(self, column: int, *, is_list: bool) -> None:
        """Close those that end before this column, and open one unless it is open already.

        A list may stand in the column of the group that holds it.
        """
        self.close_beyond(column)
        if not is_list and self._blocks[-2:] == [(column, False), (column, True)]:
            self._blocks.pop()
        if not self.has_innermost(column, is_list=is_list):
            self._blocks.append((column, is_list))

    def has_innermost(self, column: int, *, is_list: bool) -> bool:
        """Whether the innermost is a list or group in this column."""
        return self._blocks[-1:] == [(column, is_list)]
