"""Checks the contrast of the colours of a site's own theme, for every pair of colours that pages use together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from plansite.content.report import quote_text
from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder
from plansite.model.findings import Finding, Level, Rule
from plansite.render.colours import contrast_ratio, parse_colour
from plansite.render.stylesheet import CustomProperty, parse_properties
from plansite.render.theme import Theme, default_theme_folder

LOW_CONTRAST = Rule(
    "PS700",
    "low-contrast",
    Level.WARNING,
    """Two colours of the site's own theme have too little contrast.

Text needs a contrast of 4.5 to 1 with its background; marks, edges and bars need 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
Light and dark are checked separately. A colour set for the light page is used in the dark as well, unless it is set
there too. A colour that cannot be worked out is reported.

Example: `--soft: #999999` on `--paper: #ffffff` has 2.84. Make the text darker.""",
)
TEXT_RATIO, GRAPHIC_RATIO = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class ColourPair:
    """The names of a foreground and a background token, and the least contrast ratio between them."""

    foreground: str
    background: str
    min_ratio: float


def _colour_pairs(min_ratio: float, **backgrounds: str) -> tuple[ColourPair, ...]:
    """A pair for each foreground, given as a keyword, and each background in its value."""
    return tuple(
        ColourPair(foreground.replace("_", "-"), background, min_ratio)
        for foreground, names in backgrounds.items()
        for background in names.split()
    )


#: The pairs that pages use. The comments in the default theme's `tokens.css` give their ratios there.
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
    """The value of a custom property and where it is set; `path` is empty for the default theme."""

    value: str
    path: str
    line: int


_ColourTokens = Mapping[str, _ColourToken]


def find_low_contrast(theme: Theme, root: Path) -> tuple[Finding, ...]:
    """Findings for colours with too little contrast or that cannot be parsed; none for the default theme.

    Raises OSError where a style sheet cannot be read.
    """
    default, static = default_theme_folder(), theme.static_files()
    style_sheets = [
        (path, _shown_path(path, default, root))
        for name in ("tokens.css", "own.css")
        if isinstance(path := static.get(name), FileInFolder)
    ]
    own_sheet = next((name for _, name in style_sheets if name), "")
    if not own_sheet:
        return ()
    properties = [
        (name, tuple(parse_properties(sheet.read().decode("utf-8", "replace")))) for sheet, name in style_sheets
    ]
    findings = {
        finding
        for dark in (False, True)
        for finding in _check_scheme(_effective_tokens(properties, dark=dark), own_sheet, dark=dark)
    }
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))


def _shown_path(file: FileInFolder, default: Path, root: Path) -> str:
    """The path of a style sheet in findings: relative to the site; empty for the default theme."""
    path = file.folder / file.path
    if path.is_relative_to(default):
        return ""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _effective_tokens(style_sheets: Iterable[tuple[str, tuple[CustomProperty, ...]]], *, dark: bool) -> _ColourTokens:
    """The tokens of the light or the dark scheme by name; the last declaration of a name wins."""
    return {
        declaration.name: _ColourToken(declaration.value, path, declaration.line)
        for path, sheet in style_sheets
        for declaration in sheet
        if (declaration.in_dark if dark else declaration.in_light)
    }


def _check_scheme(tokens: _ColourTokens, own_sheet: str, *, dark: bool) -> Iterator[Finding]:
    """The findings of one colour scheme; `own_sheet` is the path of the site's first style sheet."""
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
    foreground = parse_colour(values.get(pair.foreground, ""), values, dark=dark)
    background = parse_colour(values.get(pair.background, ""), values, dark=dark)
    if foreground is None or background is None or contrast_ratio(foreground, background) >= pair.min_ratio:
        return
    token = next((token for name in (pair.foreground, pair.background) if (token := tokens[name]).path), None)
    if token:
        ratio = math.floor(contrast_ratio(foreground, background) * 100) / 100
        need = "text needs" if pair.min_ratio == TEXT_RATIO else "marks and edges need"
        message = (
            f"`--{pair.foreground}` on `--{pair.background}` has a contrast of {ratio:.2f} in "
            f"the {'dark' if dark else 'light'}"
        )
        yield _finding(token.path, token.line, message, f"{need} {pair.min_ratio} or more: set them further apart")


def _finding(path: str, line: int, message: str, remedy: str) -> Finding:
    return Finding(rule=LOW_CONTRAST, path=path, line=line, message=message, remedy=remedy)
