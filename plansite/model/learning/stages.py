"""A stage of an evidence chain: what it is, how it stands, and what is missing."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.measure import Measure


class Stage(StrEnum):
    """The stages of a chain in their order, and the control that applies until all of them are done."""

    ACTION = "Action"
    EVIDENCE = "Evidence"
    VERIFICATION = "Verification"
    MEASURE = "Measure"
    INTERIM = "Meanwhile"


class StageState(StrEnum):
    """How a stage stands. A closed one is not done, and nothing is expected of it.

    Unknown is what a copy for an audience does not show: there may be something that its readers may not see.
    """

    DONE = "done"
    OPEN = "open"
    GAP = "gap"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStage:
    """A stage of a chain. `gap` names what is missing; where it counts days, it counts them from `since`.

    `day` is when it was done or is due. From `until` on it is in another state, if nobody changes a file. `measure` and
    what its readings show, `sentence` after the latest reading, are of the last stage alone.
    """

    stage: Stage
    state: StageState
    gap: str = ""
    words: str = ""
    day: date | None = None
    since: date | None = None
    until: date | None = None
    measure: Measure | None = None
    latest: str = ""
    sentence: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether something is missing here that should be there by now."""
        return self.state is StageState.GAP

    @property
    def lack(self) -> str:
        """The gap without the number of its days, which is another one each day: "late" for "late by 3 days"."""
        return self.gap.partition(" by ")[0] if self.since else self.gap

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected of it; of a control, that its check is not late."""
        return self.state in (StageState.DONE, StageState.CLOSED) or (
            self.stage is Stage.INTERIM and self.state is StageState.OPEN
        )

    @property
    def is_late_action(self) -> bool:
        """Whether it is an action that should have been done by now."""
        return self.stage is Stage.ACTION and self.since is not None
