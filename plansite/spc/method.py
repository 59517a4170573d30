"""How an XmR chart is computed, and what a published method chooses."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass
from plansite.model.status import ChartMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class XmrOptions:
    """How an XmR chart is computed.

    `screens_ranges`: unusually large moving ranges are left out once. `counts_beyond_limits`: points beyond a limit
    count for "two of three". `run_length` points on one side of the mean are a shift, and as many that rise or fall
    are a trend: 7, or 6 as users of the Excel tool may choose.
    """

    screens_ranges: bool = True
    counts_beyond_limits: bool = False
    run_length: int = 7

    @classmethod
    def from_method(cls, method: ChartMethod, *, screens_ranges: bool | None = None, run_length: int = 7) -> XmrOptions:
        """The options of a published method; `screens_ranges` replaces the method's own choice if given."""
        follows_r = method is ChartMethod.NHS_R
        return cls(
            screens_ranges=follows_r if screens_ranges is None else screens_ranges,
            counts_beyond_limits=not follows_r,
            run_length=run_length,
        )
