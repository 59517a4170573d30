"""Which published method an XmR chart follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """The tool whose results a chart reproduces.

    They differ in two rules (vignette "deviations" of NHSRplotthedots, and its issues 153 and 194):

    - the R package leaves moving ranges out that are unusually large, the Excel tool keeps them;
    - for "two of three", the R package counts only points between the near limit and the limit, the Excel tool
      (since November 2023) also points beyond the limit.
    """

    NHS_R = "nhs-r"
    NHS_EXCEL = "nhs-excel"


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
    def from_method(cls, method: Method, *, screens_ranges: bool | None = None, run_length: int = 7) -> XmrOptions:
        """The options of a published method; `screens_ranges` replaces the method's own choice if given."""
        follows_r = method is Method.NHS_R
        return cls(
            screens_ranges=follows_r if screens_ranges is None else screens_ranges,
            counts_beyond_limits=not follows_r,
            run_length=run_length,
        )
