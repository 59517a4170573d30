"""Whether a site's own colours can be read: the contrast of every pair that pages lay on each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.content.report import quote_text
from plansite.model.findings import Finding, Level, Rule
from plansite.render.colours import contrast_ratio, parse_colour
from plansite.render.stylesheet import CustomProperty, parse_properties
from plansite.render.theme import Theme, default_theme_folder

LOW_CONTRAST = Rule(
    "PS700",
    "low-contrast",
    Level.WARNING,
    """Two colours of the site's own theme are too alike to be read on each other.

Text needs a contrast of 4.5 to 1 on what it stands on; marks, edges and bars need 3 (WCAG 2.2, 1.4.3 and 1.4.11).
Light and dark are looked at apart. A colour set for the light page holds in the dark as well, unless it is set there
too. A colour that cannot be worked out is named, so that nothing is taken for checked that was not.

Example: `--soft: #999999` on `--paper: #ffffff` has 2.84. Make the text darker.""",
)
TEXT_RATIO, GRAPHIC_RATIO = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class ColourPair:
    """A colour on a ground, by the names of their tokens, and the least contrast between them."""

    foreground: str
    background: str
    min_ratio: float


def _colour_pairs(min_ratio: float, **backgrounds: str) -> tuple[ColourPair, ...]:
    return tuple(
        ColourPair(colour.replace("_", "-"), ground, min_ratio)
        for colour, named in backgrounds.items()
        for ground in named.split()
    )


#: What pages lay on what; the ratios of the default theme stand in the comments of its `tokens.css`.
COLOUR_PAIRS = (
    *_colour_pairs(
        TEXT_RATIO,
        ink="paper surface sunk risk-tint",
        soft="paper surface sunk risk-tint",
        accent="paper surface sunk",
        on_late="late",
        late_text="paper surface",
        risk="risk-tint paper",
        track="track-tint paper",
        proof="proof-tint paper",
        spc_target="paper",
    ),
    *_colour_pairs(
        GRAPHIC_RATIO,
        edge="paper surface",
        focus="paper surface",
        bar_proof="paper surface",
        bar_done="paper surface",
        bar_track="paper surface",
        bar_risk="paper surface risk-tint",
        bar_late="paper surface",
    ),
)


@dataclass(frozen=True, slots=True)
class _ColourToken:
    """A property with the file it comes from; `path` is empty for the default theme's."""

    value: str
    path: str
    line: int


_ColourTokens = Mapping[str, _ColourToken]


def find_low_contrast(theme: Theme, root: Path) -> tuple[Finding, ...]:
    """What is too pale, or cannot be worked out, where a theme sets colours of its own. Raises OSError."""
    default, static = default_theme_folder(), theme.static_files()
    sheets = [
        (path, _shown_path(path, default, root))
        for name in ("tokens.css", "own.css")
        if isinstance(path := static.get(name), Path)
    ]
    own = next((name for _, name in sheets if name), "")
    if not own:
        return ()
    read = [(name, tuple(parse_properties(path.read_text("utf-8", "replace")))) for path, name in sheets]
    found = {
        finding
        for dark in (False, True)
        for finding in _check_scheme(_effective_tokens(read, dark=dark), own, dark=dark)
    }
    return tuple(sorted(found, key=lambda finding: finding.sort_key))


def _shown_path(path: Path, default: Path, root: Path) -> str:
    """A style sheet's path as findings show it; empty for one of the default theme."""
    if path.is_relative_to(default):
        return ""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _effective_tokens(sheets: Iterable[tuple[str, tuple[CustomProperty, ...]]], *, dark: bool) -> _ColourTokens:
    """What holds in the end: of two that set the same, the one further down."""
    return {
        each.name: _ColourToken(each.value, path, each.line)
        for path, sheet in sheets
        for each in sheet
        if (each.in_dark if dark else each.in_light)
    }


def _check_scheme(tokens: _ColourTokens, own_sheet: str, *, dark: bool) -> Iterator[Finding]:
    """The faults in light or in dark; `own` is the site's first style sheet."""
    values = {name: token.value for name, token in tokens.items()}
    for name in dict.fromkeys(name for pair in COLOUR_PAIRS for name in (pair.foreground, pair.background)):
        if name not in tokens:
            yield _finding(
                own_sheet, 0, f"`--{name}` is not set, and pages need it", "set it here, or use own.css instead"
            )
        elif tokens[name].path and parse_colour(values[name], values, dark=dark) is None:
            message = f"the contrast of `--{name}` cannot be worked out from {quote_text(values[name])}"
            yield _finding(tokens[name].path, tokens[name].line, message, "write a solid colour in figures: #1a2126")
    for pair in COLOUR_PAIRS:
        yield from _check_pair(pair, tokens, values, dark=dark)


def _check_pair(pair: ColourPair, tokens: _ColourTokens, values: Mapping[str, str], *, dark: bool) -> Iterator[Finding]:
    one = parse_colour(values.get(pair.foreground, ""), values, dark=dark)
    other = parse_colour(values.get(pair.background, ""), values, dark=dark)
    if one is None or other is None or contrast_ratio(one, other) >= pair.min_ratio:
        return
    place = next((token for name in (pair.foreground, pair.background) if (token := tokens[name]).path), None)
    if place:
        ratio = math.floor(contrast_ratio(one, other) * 100) / 100
        what = "text needs" if pair.min_ratio == TEXT_RATIO else "marks and edges need"
        message = (
            f"`--{pair.foreground}` on `--{pair.background}` has a contrast of {ratio:.2f} in "
            f"the {'dark' if dark else 'light'}"
        )
        yield _finding(place.path, place.line, message, f"{what} {pair.min_ratio} or more: set them further apart")


def _finding(path: str, line: int, message: str, remedy: str) -> Finding:
    return Finding(rule=LOW_CONTRAST, path=path, line=line, message=message, remedy=remedy)
