"""The bundled typefaces, and lettering in them as paths, measured by the height of its capitals."""

from __future__ import annotations

import textwrap
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QPainterPath,
    QTextLayout,
    QTransform,
)

from packdesk.assets import asset_path
from packdesk.errors import DisplayError, GenerationFailedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QPainter

_FOLDERS = ("hanken-grotesk", "source-serif-pro")
_lock = threading.Lock()


@dataclass(frozen=True)
class Face:
    """A family and its weight."""

    family: str
    weight: QFont.Weight

    def font(self, pixel_size: int, tracking: float) -> QFont:
        """A font without hinting, so that lettering keeps its shape at every resolution."""
        font = QFont(self.family)
        font.setPixelSize(pixel_size)
        font.setWeight(self.weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, pixel_size * tracking)
        return font


SERIF_BOLD = Face("Source Serif Pro", QFont.Weight.Bold)
SANS = Face("Hanken Grotesk", QFont.Weight.Normal)
SANS_MEDIUM = Face("Hanken Grotesk", QFont.Weight.Medium)
SANS_SEMIBOLD = Face("Hanken Grotesk", QFont.Weight.DemiBold)
SANS_BOLD = Face("Hanken Grotesk", QFont.Weight.Bold)


def ensure_typefaces() -> None:
    """Register the typefaces unless they are there. Safe from any thread.

    Raises:
        DisplayError: there is no QGuiApplication, without which Qt knows no fonts at all.
        GenerationFailedError: the font files are missing or damaged.
    """
    if not isinstance(QGuiApplication.instance(), QGuiApplication):
        raise DisplayError(
            "Offline artwork was asked for before the application was started.",
            "Start packdesk again.",
        )
    with _lock:
        known = set(QFontDatabase.families())
        if not {SERIF_BOLD.family, SANS.family} <= known:
            _register()


def _register() -> None:
    damaged = GenerationFailedError("The fonts for offline artwork are missing.", "Install packdesk again.")
    try:
        files = sorted(file for name in _FOLDERS for file in asset_path("fonts", name).glob("*.otf"))
    except FileNotFoundError as error:
        raise damaged from error
    if not files or any(QFontDatabase.addApplicationFont(str(file)) < 0 for file in files):
        raise damaged


_EM = 200
_MOST_WORDS_TO_BREAK = 8
_LONG_NAME = 32
_GAIN, _GAIN_OF_LONG = 1.3, 1.1


@dataclass(frozen=True)
class Lettering:
    """One line of lettering with capitals 1 high, its ink centred on x = 0, its baseline on y = 0.

    Attributes:
        path: the outlines.
        width: of the ink.
        ascent, descent: how far the ink gets above and below the baseline.
    """

    path: QPainterPath
    width: float
    ascent: float
    descent: float

    def height_within(self, wanted: float, width: float) -> float:
        """The wanted capital height, or less where the line would be wider than `width`."""
        return min(wanted, width / self.width) if self.width > 0 else wanted

    def draw(self, p: QPainter, x: float, baseline: float, height: float, colour: QColor) -> None:
        """Draw with capitals `height` millimetres high, centred on x."""
        p.save()
        p.translate(x, baseline)
        p.scale(height, height)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour)
        p.drawPath(self.path)
        p.restore()


_UNSEEN = frozenset(["Mn", "Mc", "Me", "Cc", "Cf", "Zs", "Zl", "Zp"])  # marks, controls, blanks


def can_be_set(text: str, face: Face) -> bool:
    """Whether a face, or a font of this computer that Qt takes in its place, has ink for every character."""
    return all(_has_ink(char, face) for char in text if unicodedata.category(char) not in _UNSEEN)


@lru_cache(4096)
def _has_ink(char: str, face: Face) -> bool:
    layout = QTextLayout(char, face.font(_EM, 0))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    # Glyph 0 is the box of a font that lacks the character; bitmaps, as of coloured emoji, have no outline.
    drawn = [(run.rawFont(), glyph) for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
    return bool(drawn) and all(glyph and not font.pathForGlyph(glyph).isEmpty() for font, glyph in drawn)


def settable(word: str) -> bool:
    """Whether a word can be set, in capitals too, in the face with most letters; others give way to it."""
    return can_be_set(word + word.upper(), SERIF_BOLD)


def set_line(text: str, face: Face, tracking: float = 0.0) -> Lettering:
    """Set a line; `tracking` is extra space between letters in ems, ignored for scripts that join letters."""
    if not can_be_set(text, face):
        face = SERIF_BOLD
    spaced = tracking if text.upper() != text.lower() else 0.0
    path = QPainterPath()
    path.addText(0, 0, face.font(_EM, spaced), text)
    capital = _capital_height(face)
    ink = path.boundingRect()
    fitted = QTransform.fromScale(1 / capital, 1 / capital).translate(-ink.center().x(), 0).map(path)
    return Lettering(
        fitted, ink.width() / capital, max(0.0, -ink.top() / capital), max(0.0, ink.bottom() / capital)
    )


def _capital_height(face: Face) -> float:
    path = QPainterPath()
    path.addText(0, 0, face.font(_EM, 0), "H")
    return path.boundingRect().height()


def wrap(text: str, face: Face, width: float) -> list[str]:
    """Break a paragraph into as few lines as fit `width` capital heights, all of about the same length."""
    metrics = QFontMetricsF(face.font(_EM, 0))
    widest = width * _capital_height(face)
    lines = _fill_lines(text, metrics, widest)
    for step in range(1, 12):
        narrower = _fill_lines(text, metrics, widest * (1 - step * 0.03))
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _fill_lines(text: str, metrics: QFontMetricsF, widest: float) -> list[str]:
    """Put as many words as fit on each line; a word longer than a line stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= widest:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def break_evenly(text: str, face: Face, tracking: float, count: int) -> list[Lettering]:
    """Set the text in `count` lines, broken between words so that the widest line is as narrow as can be."""
    words = text.split()
    if len(words) < count:
        return [set_line(text, face, tracking)]
    if len(words) > _MOST_WORDS_TO_BREAK:  # too many ways to try: by their letters
        return [set_line(line, face, tracking) for line in _broken_by_letters(text, count)]
    breaks = [(0, *inner, len(words)) for inner in combinations(range(1, len(words)), count - 1)]
    settings = [_set_broken(words, places, face, tracking) for places in breaks]
    return min(settings, key=lambda lines: max(line.width for line in lines))


def _broken_by_letters(text: str, count: int) -> list[str]:
    """The text in at most `count` lines with about as many letters on each."""
    width = -(-len(text) // count)
    while len(lines := textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)) > count:
        width += 1
    return lines


def _set_broken(words: Sequence[str], places: Sequence[int], face: Face, tracking: float) -> list[Lettering]:
    spans = pairwise(places)
    return [set_line(" ".join(words[start:end]), face, tracking) for start, end in spans]


def set_name(
    text: str,
    face: Face,
    tracking: float,
    *,
    width: float,
    height: float,
    most_lines: int = 3,
) -> tuple[list[Lettering], float]:
    """Set a name as large as it gets within a width, and the capital height it gets, at most `height`.

    One more line must make the lettering clearly larger, of a long name somewhat, or it stays on fewer.
    """
    gain = _GAIN if len(text) <= _LONG_NAME else _GAIN_OF_LONG
    best, best_height = [set_line(text, face, tracking)], 0.0
    for count in range(1, most_lines + 1):
        lines = break_evenly(text, face, tracking, count)
        size = min(line.height_within(height, width) for line in lines)
        if size > best_height * gain:
            best, best_height = lines, size
    return best, best_height
