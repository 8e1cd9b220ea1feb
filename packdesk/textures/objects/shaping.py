"""Lettering shaped by Qt: what a text in its box becomes, as outlines in millimetres.

Qt's shaping is HarfBuzz; lines break and run from right to left by Unicode's rules. Needs a QGuiApplication,
without which Qt knows no fonts.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFont, QFontDatabase, QPainterPath, QRawFont, QTextLayout, QTextOption

from packdesk.assets import asset_path
from packdesk.domain.objects.lettering import Lettering, lettering_key
from packdesk.domain.objects.outline import numbers
from packdesk.domain.objects.values import Align, Text
from packdesk.domain.units import MM_PER_POINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QGlyphRun, QTextLine


EM = 1000
"""Pixels of the size letters are shaped at, without hinting: every size has the same shapes."""
FOLDERS = ("hanken-grotesk", "source-serif-pro")
_MOST_LEFT_OUT = 40
_ALIGNMENTS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.JUSTIFY: Qt.AlignmentFlag.AlignJustify,
}


_Steps = tuple[tuple[str, tuple[float, ...]], ...]
"""An outline: M, L, C or Z with its places in pixels."""


@cache
def _known() -> dict[tuple[str, str, int, bool, int], _Steps]:
    """Outlines of letters that were used, by family, style, weight and slant that were asked for, and glyph.

    Letters of a family without an italic are leant by Qt, and its style is called the same.
    """
    return {}


@lru_cache(1)
def ensure_typefaces() -> frozenset[str]:
    """Make the bundled typefaces known; returns all families there are, in small letters."""
    for folder in FOLDERS:
        for file in sorted(asset_path("fonts", folder).glob("*.otf")):
            QFontDatabase.addApplicationFont(str(file))
    return frozenset(_plain(family) for family in QFontDatabase.families())


def _plain(family: str) -> str:
    """Without the foundry Qt names where a family is there twice: “Nimbus Sans [urw]”."""
    return family.partition(" [")[0].casefold()


def families() -> list[str]:
    """The families there are, bundled ones among them."""
    ensure_typefaces()
    return [family for family in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(family)]


def shaped(text: Text) -> Lettering:
    """The outlines of a text. A family that is not here is told, and Qt takes another in its place."""
    there = ensure_typefaces()
    setter = Setter(text)
    setter.set_all()
    return Lettering(
        outline="".join(setter.outlines),
        width=round(setter.width * setter.scale, 4),
        height=round(setter.bottom * setter.scale, 4),
        family="" if _plain(text.family) in there else setter.font_family,
        left_out=left_out(text),
    )


def set_lettering(texts: Iterable[Text]) -> dict[str, Lettering]:
    """Outlines of texts, by `lettering_key`."""
    return {lettering_key(text): shaped(text) for text in texts}


class Setter:
    """Sets paragraph after paragraph, in pixels of `EM`.

    Args:
        text: what is set.

    Attributes:
        scale: from these pixels to millimetres.
        outlines: of the letters, in millimetres.
        width: of the longest line, in pixels.
        bottom: of the last one, likewise.
        font_family: of the first letter.
    """

    def __init__(self, text: Text) -> None:
        self._text, self.scale = text, text.size * MM_PER_POINT / EM
        scale = self.scale
        self._room = text.width / scale
        self._step = text.line_spacing * EM
        self._font = _font(text)
        self.outlines: list[str] = []
        self.width = self.bottom = 0.0
        self.font_family = ""
        self._column = self._room

    def set_all(self) -> None:
        """Set all of the text."""
        for paragraph in self._text.words.split("\n"):
            if self._text.vertical:
                self._set_column(paragraph)
            else:
                self._set_lines(paragraph)

    def _layout(self, words: str) -> QTextLayout:
        layout = QTextLayout(words, self._font)
        option = QTextOption(_ALIGNMENTS[self._text.align] | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setUseDesignMetrics(True)
        layout.setTextOption(option)
        return layout

    def _set_lines(self, paragraph: str) -> None:
        layout = self._layout(paragraph)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            if self._text.wraps:
                line.setLineWidth(self._room)
            else:
                line.setNumColumns(len(paragraph) + 1)
            lines.append(line)
        layout.endLayout()
        for line in lines:
            self._draw(line, self._aside(line))
            self.bottom += self._step

    def _aside(self, line: QTextLine) -> float:
        """How far a line that is not broken is moved: about the middle of its box, or to its right."""
        if self._text.wraps:
            return 0.0
        share = {Align.CENTRE: 0.5, Align.RIGHT: 1.0}.get(self._text.align, 0.0)
        return share * (self._room - line.naturalTextWidth()) - line.naturalTextRect().left()

    def _draw(self, line: QTextLine, aside: float) -> None:
        self.width = max(self.width, line.naturalTextWidth())
        # The first baseline lies an ascent below the box's edge, the others a line's step below each other.
        down = self.bottom + (self._step - EM) / 2 + _ascent(self._font) - line.ascent()
        line.cursorToX(0)  # only who asks for this has a line justified
        for run in self._runs(line):
            self._draw_run(run, QPointF(aside, down - line.y()))

    def _runs(self, line: QTextLine) -> list[QGlyphRun]:
        return line.glyphRuns()

    def _draw_run(self, run: QGlyphRun, moved: QPointF) -> None:
        raw = run.rawFont()
        if not is_typeface(raw):
            return
        family, style = raw.familyName(), raw.styleName()
        self.font_family = self.font_family or family
        for index, position in zip(run.glyphIndexes(), run.positions(), strict=True):
            key = family, style, self._text.weight, self._text.italic, index
            steps = _known().get(key) if index else ()
            if steps is None:
                steps = _known()[key] = _steps(raw.pathForGlyph(index))
            self._add(steps, position + moved)

    def _add(self, steps: _Steps, at: QPointF) -> None:
        scale, x, y = self.scale, at.x(), at.y()
        for letter, places in steps:
            moved = [scale * (value + (y if number % 2 else x)) for number, value in enumerate(places)]
            self.outlines.append(letter + numbers(*moved))

    def _set_column(self, paragraph: str) -> None:
        """Letters below each other; the columns run from right to left."""
        left, down, bottom = self._column - self._step, self.bottom, 0.0
        for letter in _clusters(paragraph):
            layout = self._layout(letter)
            layout.beginLayout()
            line = layout.createLine()
            line.setNumColumns(len(letter) + 1)
            layout.endLayout()
            self.bottom = bottom
            aside = left + (self._step - line.naturalTextWidth()) / 2 - line.naturalTextRect().left()
            self._draw(line, aside)
            bottom += self._step
        self._column = left
        self.bottom = max(down, bottom)
        self.width = max(self.width, self._room - left)


def _font(text: Text) -> QFont:
    font = QFont(text.family)
    font.setPixelSize(EM)
    font.setWeight(QFont.Weight(text.weight))
    font.setItalic(text.italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if text.letter_spacing:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, EM * text.letter_spacing / 1000)
    return font


def _ascent(font: QFont) -> float:
    return QRawFont.fromFont(font).ascent()


def is_typeface(raw: QRawFont) -> bool:
    """Whether letters are drawn at all: Qt draws boxes where no typeface here knows a script.

    To ask such a one for its family ends the process.
    """
    return raw.isValid() and raw.pixelSize() > 0


def _steps(path: QPainterPath) -> _Steps:
    steps: list[tuple[str, tuple[float, ...]]] = []
    elements = [path.elementAt(number) for number in range(path.elementCount())]
    kinds = QPainterPath.ElementType
    for number, element in enumerate(elements):
        here = element.x, element.y
        if element.type is kinds.MoveToElement:
            steps += [("Z", ())] * bool(steps) + [("M", here)]
        elif element.type is kinds.LineToElement:
            steps.append(("L", here))
        elif element.type is kinds.CurveToElement:
            second, end = elements[number + 1], elements[number + 2]
            steps.append(("C", (*here, second.x, second.y, end.x, end.y)))
    return (*steps, ("Z", ())) if steps else ()


_UNSEEN = frozenset(["Mn", "Mc", "Me", "Cc", "Cf", "Cs", "Zs", "Zl", "Zp"])  # marks, controls, blanks


def left_out(text: Text) -> str:
    """The letters nothing is drawn for, each once."""
    letters = dict.fromkeys(one for one in text.words if unicodedata.category(one) not in _UNSEEN)
    missing = (one for one in letters if not _has_ink(one, text.family, text.weight, text.italic))
    return "".join(islice(missing, _MOST_LEFT_OUT))


@lru_cache(8192)
def _has_ink(letter: str, family: str, weight: int, italic: bool) -> bool:  # noqa: FBT001  (a key of the cache)
    font = _font(Text(id="letter", family=family, weight=weight, italic=italic))
    layout = QTextLayout(letter, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    # Glyph 0 is the box of a font that lacks the letter; bitmaps, as of coloured emoji, have no outline.
    drawn = [(run.rawFont(), index) for run in layout.glyphRuns() for index in run.glyphIndexes()]
    return bool(drawn) and all(
        is_typeface(raw) and index and not raw.pathForGlyph(index).isEmpty() for raw, index in drawn
    )


def _clusters(words: str) -> Iterator[str]:
    """What readers take for one letter, with its marks."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, words)
    units, start = words.encode("utf-16-le", "surrogatepass"), 0
    while (end := finder.toNextBoundary()) > start:
        yield units[2 * start : 2 * end].decode("utf-16-le", "replace")
        start = end
