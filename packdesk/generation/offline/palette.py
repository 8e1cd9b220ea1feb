"""Colour words and colour sums. A colour word stands for three tones: deep, mid and light."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtGui import QColor

from packdesk.domain.colour import srgb_to_linear

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

COLOUR_ALIASES: dict[str, str] = {"gray": "grey", "creme": "cream", "roses": "rose", "midnight": "navy"}

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
