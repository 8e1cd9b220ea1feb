"""Colour words, and the named colours of one design made of them. A colour word stands for three tones."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor

from packdesk.domain.colour import srgb_to_linear

if TYPE_CHECKING:
    from collections.abc import Sequence

BLACK = "#000000"
WHITE = "#ffffff"
READABLE = 4.5


class Tones(NamedTuple):
    """One colour word as three web colours that go together."""

    deep: str
    mid: str
    light: str


TONES: dict[str, Tones] = {
    "green": Tones("#1f4d3f", "#6f9f7d", "#e6efe2"),
    "forest": Tones("#173a2a", "#4f7f5c", "#e4ede1"),
    "sage": Tones("#47584a", "#9db398", "#eef1e6"),
    "olive": Tones("#45481f", "#9a9b52", "#f0efda"),
    "lime": Tones("#4a5a12", "#b3c845", "#f4f8dc"),
    "emerald": Tones("#0b4a3c", "#2d8f74", "#dff0e9"),
    "teal": Tones("#0f4c55", "#3f949b", "#e0f0ef"),
    "turquoise": Tones("#0d5a5f", "#4cb8b6", "#e2f5f3"),
    "aqua": Tones("#145a6b", "#67bfd0", "#e6f6f9"),
    "mint": Tones("#2c6a5b", "#93d0b7", "#ebf7f0"),
    "blue": Tones("#1d3557", "#5a89b8", "#e6eef6"),
    "cobalt": Tones("#132f74", "#3f66c4", "#e5ebf9"),
    "navy": Tones("#14213d", "#47608f", "#e7ebf3"),
    "sky": Tones("#2b5c83", "#8fc3e8", "#eef6fb"),
    "indigo": Tones("#2b2a5e", "#6f6cb5", "#ececf7"),
    "purple": Tones("#40275c", "#8e6bb3", "#f1eaf7"),
    "lavender": Tones("#54487a", "#b5a5d9", "#f4f1fa"),
    "lilac": Tones("#5c4270", "#c3a2d6", "#f6f0fa"),
    "violet": Tones("#3c2266", "#8a5fc7", "#f0eafa"),
    "plum": Tones("#4a1f3d", "#9c5c83", "#f6ebf1"),
    "magenta": Tones("#6b1450", "#c9489a", "#fae8f3"),
    "pink": Tones("#8a2f50", "#e59aae", "#fdeef0"),
    "rose": Tones("#7c2f3f", "#d98b93", "#faeceb"),
    "blush": Tones("#8b4a48", "#e8b7ad", "#fbf0ec"),
    "coral": Tones("#93392b", "#ef8368", "#fdece6"),
    "salmon": Tones("#8c4333", "#f0a08a", "#fdefea"),
    "red": Tones("#7a1722", "#c8443f", "#fae9e6"),
    "burgundy": Tones("#511522", "#94404f", "#f6e8e8"),
    "crimson": Tones("#6d0f24", "#c23549", "#fae7e8"),
    "orange": Tones("#8a3c0c", "#e88b3d", "#fdf0e1"),
    "rust": Tones("#6e2f16", "#b8623a", "#f7e9df"),
    "terracotta": Tones("#7b3a25", "#cf7c58", "#f8ebe2"),
    "apricot": Tones("#8e5222", "#f3bd84", "#fef3e6"),
    "peach": Tones("#96502f", "#f4b08c", "#fef1e8"),
    "yellow": Tones("#7a5a08", "#ecbf48", "#fdf6de"),
    "mustard": Tones("#6a4d0c", "#d4a12f", "#faf1da"),
    "gold": Tones("#5b4310", "#c79b3b", "#f8f0dc"),
    "brown": Tones("#3f2a1d", "#9a7150", "#f3e9de"),
    "chocolate": Tones("#34201a", "#855845", "#f2e7df"),
    "coffee": Tones("#33231a", "#8a654a", "#f1e7dc"),
    "sand": Tones("#5f4d33", "#d3bb90", "#f8f2e4"),
    "cream": Tones("#5c4a33", "#d9c5a0", "#fbf6ea"),
    "ivory": Tones("#57503f", "#d8cfb8", "#fbf9f1"),
    "beige": Tones("#5d5140", "#cbb795", "#f7f1e6"),
    "kraft": Tones("#3b2c1e", "#b98f63", "#c9a274"),
    "black": Tones("#16161a", "#5b5b63", "#efeeec"),
    "charcoal": Tones("#26282c", "#70757d", "#eceded"),
    "grey": Tones("#3b4046", "#9097a0", "#eff0f1"),
    "silver": Tones("#3d444c", "#a9b3bd", "#f0f2f4"),
    "white": Tones("#2a2d33", "#c3c7cc", "#fbfaf7"),
}

COLOUR_ALIASES: dict[str, str] = {
    "gray": "grey",
    "creme": "cream",
    "roses": "rose",
    "midnight": "navy",
    "jade": "emerald",
}

METALS: dict[str, str] = {
    "rose gold": "#cf9a86",
    "gold": "#c9a14a",
    "golden": "#c9a14a",
    "brass": "#b8954a",
    "bronze": "#a9774a",
    "copper": "#b87449",
    "silver": "#b4bbc4",
    "chrome": "#b4bbc4",
}
DEFAULT_METAL = METALS["gold"]


def mix(first: QColor | str, second: QColor | str, share: float) -> QColor:
    """Blend two colours; `share` is how much of the second. Squares keep the middle from going muddy."""
    one, other = QColor(first), QColor(second)

    def blend(a: float, b: float) -> float:
        return math.sqrt((1 - share) * a * a + share * b * b)

    return QColor.fromRgbF(
        blend(one.redF(), other.redF()),
        blend(one.greenF(), other.greenF()),
        blend(one.blueF(), other.blueF()),
    )


def faded(colour: QColor | str, opacity: float) -> QColor:
    """The colour with an opacity of 0 to 1."""
    result = QColor(colour)
    result.setAlphaF(opacity)
    return result


def luminance(colour: QColor | str) -> float:
    """Relative luminance as the accessibility guidelines define it, 0 to 1."""
    value = QColor(colour)
    red, green, blue = (srgb_to_linear(part) for part in (value.redF(), value.greenF(), value.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor | str, second: QColor | str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: QColor | str, on: QColor | str, ratio: float = READABLE) -> QColor:
    """The colour, pushed towards black or white only as far as lettering on that ground needs."""
    goal = BLACK if contrast(BLACK, on) >= contrast(WHITE, on) else WHITE
    for step in range(21):
        candidate = QColor(mix(colour, goal, step / 20).name())  # as it will be stored, in eight bits
        if contrast(candidate, on) >= ratio:
            return candidate
    return QColor(goal)


KRAFT_PAPER = "#c39c6d"
KRAFT_LABEL = "#f6ead3"
_PALE_PRINT = ("white", "cream", "ivory")
PALE = frozenset((*_PALE_PRINT, "beige"))
"""Colour words that are themselves no darker than paper."""
_DARK_GROUND = 0.18


@dataclass(frozen=True)
class Palette:
    """The colours of one design; every panel uses the same.

    Attributes:
        ground: the panel itself.
        ink: lines and lettering on the ground.
        main, deep, second, soft, accent: the motifs.
        metal: the foil.
        plate: the label.
        dark: the ground is darker than the ink.
    """

    ground: QColor
    ink: QColor
    main: QColor
    deep: QColor
    second: QColor
    soft: QColor
    accent: QColor
    metal: QColor
    plate: QColor
    dark: bool

    @cached_property
    def plate_ink(self) -> QColor:
        """The label's lettering."""
        return readable(self.ink, self.plate, 6.0)

    @cached_property
    def plate_accent(self) -> QColor:
        """The label's small coloured lettering."""
        return readable(self.metal, self.plate)

    @cached_property
    def trim(self) -> QColor:
        """The label's rules."""
        return self.metal if contrast(self.metal, self.plate) > 1.9 else self.plate_ink

    @property
    def motifs(self) -> tuple[QColor, QColor, QColor, QColor]:
        """The colours a motif may take, the most important first."""
        return self.main, self.deep, self.second, self.soft

    def for_small_type(self) -> Palette:
        """The same design with a light label: small light letters on dark inks fill in."""
        if self.plate.lightness() >= self.ground.lightness():
            return self
        return replace(self, plate=mix(self.ink, WHITE, 0.65), ink=self.ground)

    def with_motifs(self, main: QColor, deep: QColor, second: QColor, soft: QColor) -> Palette:
        """The same design with other motif colours, for a layer that stands back."""
        return replace(self, main=main, deep=deep, second=second, soft=soft)

    def receding(self, share: float) -> Palette:
        """The motifs washed towards the ground."""
        return self.with_motifs(*(mix(colour, self.ground, share) for colour in self.motifs))


def make_palette(
    family: str, hues: Sequence[str], metal: str | None, *, dark: bool, pastel: bool = False
) -> Palette:
    """Build the colours of a design from two or three colour words, the ground's word first."""
    first, second, third = (_tones(word, pastel=pastel) for word in (*hues, hues[-1])[:3])
    foil = QColor(metal or DEFAULT_METAL)
    if family == "kraft":
        return _kraft(hues[0], first, foil)
    if dark:
        return _dark(first, second, third, foil)
    return _light(first, second, third, foil)


_DEEP = frozenset(
    ("black", "charcoal", "navy", "indigo", "forest", "burgundy", "plum", "brown", "chocolate", "coffee")
)
"""Colour words whose deep tone is called so; of pale ones it is the light tone, of others the middle one."""
TWO_COLOURED = frozenset(("stripes", "dots"))
"""Patterns in which what lies between the figures has one of the colours asked for."""


def make_asked_palette(
    family: str,
    asked: Sequence[str],
    ground: str | None,
    metal: str | None,
    *,
    dark: bool,
    pastel: bool = False,
) -> Palette:
    """The colours of a design whose prompt names at least two: these, and no others.

    Args:
        family: the pattern.
        asked: colour words in the order of the prompt.
        ground: the one the rest shall lie on, if it says so.
        metal: the foil, if it names one; else what is foil otherwise has one of the colours.
        dark: whether the colours are meant dark.
        pastel: whether they are meant pale.
    """
    flat = family in TWO_COLOURED
    below = ground or next((word for word in asked if word in PALE), asked[0] if flat else None)
    others = [word for word in asked if word != below][:3] if below else list(asked[:3])
    faces = [_face(word, dark=dark, pastel=pastel) for word in others]
    floor = _floor(below, asked[0], dark=dark, pastel=pastel)
    low = luminance(floor) < _DARK_GROUND
    words = _tones(others[0], pastel=pastel)
    main, deep = faces[0], faces[0] if flat else mix(faces[0], words.deep, 0.5)
    return Palette(
        ground=floor,
        ink=readable(words.light if low else words.deep, floor),
        main=main,
        deep=deep,
        second=faces[1 % len(faces)],
        soft=main if flat else mix(main, floor, 0.45),
        accent=faces[-1],
        metal=QColor(metal) if metal else faces[-1],
        plate=mix(floor, BLACK, 0.12) if low else mix(TONES[below or others[0]].light, WHITE, 0.65),
        dark=low,
    )


def _face(word: str, *, dark: bool, pastel: bool) -> QColor:
    tones = _tones(word, pastel=pastel)
    if word in PALE:
        return QColor(tones.light)
    return QColor(tones.deep if dark or (word in _DEEP and not pastel) else tones.mid)


def _floor(below: str | None, first: str, *, dark: bool, pastel: bool) -> QColor:
    if below is not None:
        return _face(below, dark=dark, pastel=pastel)
    tones = _tones(first, pastel=pastel)
    return QColor(tones.deep if dark else tones.light)


def _tones(word: str, *, pastel: bool) -> Tones:
    tones = TONES[word]
    return tones._replace(mid=mix(tones.mid, WHITE, 0.35).name()) if pastel else tones


def _dark(first: Tones, second: Tones, third: Tones, foil: QColor) -> Palette:
    return Palette(
        ground=QColor(first.deep),
        ink=QColor(first.light),
        main=QColor(first.mid),
        deep=mix(first.deep, first.mid, 0.45),
        second=QColor(second.mid),
        soft=mix(first.mid, first.light, 0.45),
        accent=mix(third.mid, third.light, 0.35) if third == second else QColor(third.mid),
        metal=foil,
        plate=mix(first.deep, BLACK, 0.12),
        dark=True,
    )


def _light(first: Tones, second: Tones, third: Tones, foil: QColor) -> Palette:
    return Palette(
        ground=QColor(first.light),
        ink=QColor(first.deep),
        main=QColor(first.mid),
        deep=QColor(first.deep),
        second=QColor(second.mid),
        soft=mix(first.mid, first.light, 0.55),
        accent=mix(third.mid, third.deep, 0.35) if third == second else QColor(third.mid),
        metal=foil,
        plate=mix(first.light, WHITE, 0.65),
        dark=False,
    )


def _kraft(word: str, tones: Tones, foil: QColor) -> Palette:
    # Paper soaks ink up: dark inks go darker, only white and its kin print pale.
    ink = QColor(tones.light) if word in _PALE_PRINT else mix(tones.deep, "#2b1d12", 0.25)
    return Palette(
        ground=QColor(KRAFT_PAPER),
        ink=ink,
        main=ink,
        deep=ink,
        second=ink,
        soft=ink,
        accent=mix(ink, KRAFT_PAPER, 0.25),
        metal=foil,
        plate=QColor(KRAFT_LABEL),
        dark=False,
    )
