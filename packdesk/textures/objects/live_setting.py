"""Lettering set once more, with its glyphs: what becomes of it as text in a file. Needs what `shaping` needs.

Nothing of glyphs is kept with a design: its outlines are what is printed. A text is set again, and is text in
a file only where that gives the outlines that are kept; so a typeface that is not here, or another version
of it, can change nothing.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QTextLayout

from packdesk.domain.objects.live import LiveFont, LiveGlyph, LiveLettering, LiveSpan, Outlined
from packdesk.domain.objects.outline import steps
from packdesk.domain.units import MM_PER_POINT
from packdesk.textures.objects.embedding import TABLES, Typefile
from packdesk.textures.objects.shaping import Setter, ensure_typefaces, is_typeface, left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QGlyphRun, QRawFont, QTextLine

    from packdesk.domain.objects.values import Text
    from packdesk.textures.objects.embedding import Box

_SAME_MM = 0.02
"""By which outlines may differ and are the same."""
_ALL = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Letters that are not drawn (Unicode 16, Default_Ignorable_Code_Point)."""
_JOINERS = "\u200c\u200d"
"""Those of them that words are written with."""
_log = logging.getLogger(__name__)

_DIGITS = 3
_Mark = tuple[int, float, float]
"""A glyph and its place, in Qt's units."""
_Key = tuple[str, str, int, bool, bytes]
"""Of a typeface: family, style, weight and slant it was asked for in, its head."""


class _Glyph(NamedTuple):
    number: int
    x: float
    y: float


class _Cluster(NamedTuple):
    """Glyphs that are read together, from left to right, in millimetres."""

    font: _Key
    glyphs: tuple[_Glyph, ...]
    words: str


class _Faces:
    """The typefaces of texts, with the letters that were drawn of each."""

    def __init__(self) -> None:
        self._files: dict[_Key, Typefile] = {}
        self._boxes: dict[_Key, dict[int, Box]] = {}
        self._refusals: dict[_Key, Outlined | None] = {}

    def add(self, raw: QRawFont, text: Text, glyphs: Iterable[int]) -> _Key:
        """Remember that these are drawn; returns what the typeface is called here."""
        head = raw.fontTable("head").data()
        key = raw.familyName(), raw.styleName(), text.weight, text.italic, bytes(head)
        if key not in self._files:
            tables = {tag: bytes(raw.fontTable(tag).data()) for tag in TABLES}
            self._files[key], self._boxes[key] = Typefile(tables, text.weight), {}
        boxes = self._boxes[key]
        for number in glyphs:
            if number not in boxes:
                rectangle = raw.pathForGlyph(number).boundingRect()
                boxes[number] = rectangle.left(), rectangle.top(), rectangle.right(), rectangle.bottom()
        return key

    def refusal(self, key: _Key) -> Outlined | None:
        """Why texts in it stay outlines, if they do."""
        if key not in self._refusals:
            self._refusals[key] = self._looked_at(key)
        return self._refusals[key]

    def _looked_at(self, key: _Key) -> Outlined | None:
        file = self._files[key]
        try:
            return file.refusal or (None if file.draws(self._boxes[key]) else Outlined.UNUSABLE)
        except Exception as error:  # noqa: BLE001  (fontTools raises whatever a damaged file leads to)
            _log.info("The typeface %s is not embedded: %s", key[0], error)
            return Outlined.UNUSABLE

    def embedded(self, key: _Key, words: Mapping[int, str]) -> tuple[LiveFont, dict[int, int]] | None:
        """As of `Typefile`; None where it cannot be."""
        try:
            return self._files[key].embedded(words)
        except Exception as error:  # noqa: BLE001  (as above)
            _log.info("The typeface %s is not embedded: %s", key[0], error)
            return None


class _LiveSetter(Setter):
    """Remembers the glyphs it draws."""

    def __init__(self, text: Text, faces: _Faces) -> None:
        super().__init__(text)
        self._faces = faces
        self.clusters: list[_Cluster] = []
        self._line: list[list[_Cluster]] = []
        self._ends: dict[int, int] = {}
        self._run_ends: dict[int, int] = {}
        self._places: dict[_Mark, int] = {}

    def _draw(self, line: QTextLine, aside: float) -> None:
        self._line = []
        super()._draw(line, aside)
        for run in sorted(self._line, key=lambda clusters: clusters[0].glyphs[0].x):
            self.clusters += run

    def _runs(self, line: QTextLine) -> list[QGlyphRun]:
        runs = line.glyphRuns(-1, -1, _ALL)
        starts = Counter(min(run.stringIndexes()) for run in runs if run.stringIndexes())
        self._places = _places(line) if any(count > 1 for count in starts.values()) else {}
        indexes, end = [self._indexes(run) for run in runs], line.textStart() + line.textLength()
        self._ends = dict(pairwise([*sorted(set(chain.from_iterable(indexes))), end]))
        self._run_ends = dict(pairwise([*sorted(min(one) for one in indexes if one), end]))
        return runs

    def _indexes(self, run: QGlyphRun) -> list[int]:
        """For each glyph where the letters begin that it is read as."""
        said = run.stringIndexes()
        return [self._places.get(mark, at) for mark, at in zip(_marks(run), said, strict=True)]

    def _draw_run(self, run: QGlyphRun, moved: QPointF) -> None:
        super()._draw_run(run, moved)
        ats, backwards = self._indexes(run), run.isRightToLeft()
        units = run.sourceString().encode("utf-16-le", "surrogatepass")
        first = min(ats, default=0)
        ends = self._ends
        if _UNSEEN.search(_between(units, first, self._run_ends.get(first, first))):
            # Qt's indexes are those of other glyphs behind a letter that is not drawn: all are one cluster.
            ats, ends = [first] * len(ats), self._run_ends
        found: dict[int, list[_Glyph]] = {}
        for number, at, place in zip(run.glyphIndexes(), ats, run.positions(), strict=True):
            if number:
                at_mm = (place + moved) * self.scale
                found.setdefault(at, []).append(_Glyph(number, at_mm.x(), at_mm.y()))
        if not found or not is_typeface(run.rawFont()):
            return
        numbers = {one.number for glyphs in found.values() for one in glyphs}
        font = self._faces.add(run.rawFont(), self._text, sorted(numbers))
        made: list[_Cluster] = []
        for at, glyphs in found.items():
            words = _read_as(_between(units, at, ends[at]))
            made += _backwards(font, glyphs, words) if backwards else [_Cluster(font, tuple(glyphs), words)]
        self._line.append(made[::-1] if backwards else made)


def _marks(run: QGlyphRun) -> list[_Mark]:
    """What glyphs of a line are known by."""
    return [
        (number, round(place.x(), _DIGITS), round(place.y(), _DIGITS))
        for number, place in zip(run.glyphIndexes(), run.positions(), strict=True)
    ]


def _places(line: QTextLine) -> dict[_Mark, int]:
    """Where the letters begin that glyphs of a line are read as, asked letter by letter.

    Where some letters of a run come from a typeface that stands in for its own, Qt counts those behind them
    from the beginning of the run again (seen with 6.9), each alone it counts right.
    """
    places: dict[_Mark, int] = {}
    for at in range(line.textStart(), line.textStart() + line.textLength()):
        marks = [mark for run in line.glyphRuns(at, 1, _ALL) for mark in _marks(run)]
        begin = min((places.get(mark, at) for mark in marks), default=at)
        for mark in marks:
            places.setdefault(mark, begin)
    return places


def _backwards(font: _Key, glyphs: list[_Glyph], words: str) -> list[_Cluster]:
    """What is read together from right to left, with as few letters a glyph as can be.

    Readers of PDF turn what they find from left to right, and some turn the letters of one glyph with it: a
    ligature is read as the one letter Unicode has for it, and marks on the line are read one by one.
    """
    if len(glyphs) == len(words) and len({glyph.y for glyph in glyphs}) == 1:
        return [_Cluster(font, (glyph,), letter) for glyph, letter in zip(glyphs, words, strict=True)]
    if len(glyphs) == 1:
        return [_Cluster(font, tuple(glyphs), _ligatures().get(words, words))]
    return [_Cluster(font, tuple(sorted(glyphs, key=lambda one: one.x)), words)]


@cache
def _ligatures() -> dict[str, str]:
    """Letters that stand for several from right to left, by these."""
    found: dict[str, str] = {}
    for code in chain(range(0xFB1D, 0xFE00), range(0xFE70, 0xFEFD)):  # Unicode's presentation forms
        found.setdefault(unicodedata.normalize("NFKC", chr(code)), chr(code))
    return found


def _between(units: bytes, start: int, end: int) -> str:
    """The letters between two places Qt counts in 16 bits."""
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")


def _read_as(words: str) -> str:
    """Without blanks at the end of a line, which are not drawn, and what only says how to set it."""
    seen = _UNSEEN.sub(lambda found: found[0] if found[0] in _JOINERS else "", words)
    return seen.rstrip() or seen[:1]


def set_live(texts: Sequence[tuple[Text, str]]) -> LiveLettering:
    """Texts as a file can hold them.

    Args:
        texts: each with the outline it is drawn with.
    """
    ensure_typefaces()
    faces = _Faces()
    found = [_set(text, outline, faces) for text, outline in texts]
    found = [one if isinstance(one, Outlined) else _allowed(one, faces) for one in found]
    words: dict[_Key, dict[int, str]] = {}
    for clusters in found:
        for cluster in () if isinstance(clusters, Outlined) else clusters:
            _read(cluster, words.setdefault(cluster.font, {}))
    made = {key: faces.embedded(key, read) for key, read in words.items()}
    names = {key: f"Live{number}" for number, key in enumerate(made)}
    spans = (_spans(one, text, made, names) for (text, _), one in zip(texts, found, strict=True))
    fonts = {names[key]: one[0] for key, one in made.items() if one is not None}
    return LiveLettering(tuple(spans), fonts)


def _set(text: Text, outline: str, faces: _Faces) -> list[_Cluster] | Outlined:
    if left_out(text):
        return Outlined.LETTERS
    setter = _LiveSetter(text, faces)
    setter.set_all()
    return setter.clusters if _is_same("".join(setter.outlines), outline) else Outlined.OTHER


def _is_same(outline: str, other: str) -> bool:
    if outline == other:
        return True
    one, two = list(steps(outline)), list(steps(other))
    return len(one) == len(two) and all(
        letter == letter_there
        and all(abs(a - b) <= _SAME_MM for a, b in zip(places, places_there, strict=True))
        for (letter, places), (letter_there, places_there) in zip(one, two, strict=True)
    )


def _allowed(clusters: list[_Cluster], faces: _Faces) -> list[_Cluster] | Outlined:
    refusals = (faces.refusal(font) for font in dict.fromkeys(one.font for one in clusters))
    return next((reason for reason in refusals if reason), clusters)


def _read(cluster: _Cluster, words: dict[int, str]) -> None:
    """Each glyph is read as what it stood for first where it stood alone."""
    for glyph in cluster.glyphs:
        if len(cluster.glyphs) == 1:
            words[glyph.number] = words.get(glyph.number) or cluster.words
        else:
            words.setdefault(glyph.number, "")


def _spans(
    clusters: list[_Cluster] | Outlined,
    text: Text,
    made: Mapping[_Key, tuple[LiveFont, dict[int, int]] | None],
    names: Mapping[_Key, str],
) -> tuple[LiveSpan, ...] | Outlined:
    if isinstance(clusters, Outlined):
        return clusters
    spans: list[LiveSpan] = []
    for cluster in clusters:
        embedded = made[cluster.font]
        if embedded is None:
            return Outlined.UNUSABLE
        font, codes = embedded
        glyphs = tuple(LiveGlyph(codes[one.number], one.x, one.y) for one in cluster.glyphs)
        told = len(glyphs) == 1 and font.words.get(glyphs[0].code) == cluster.words
        size = text.size * MM_PER_POINT
        _add(spans, LiveSpan(names[cluster.font], size, glyphs, "" if told else cluster.words))
    return tuple(spans)


def _add(spans: list[LiveSpan], new: LiveSpan) -> None:
    """Put letters that say themselves what they are to those before them."""
    last = spans[-1] if spans else None
    if last is not None and not (last.words or new.words) and last.font == new.font:
        spans[-1] = last._replace(glyphs=last.glyphs + new.glyphs)
    else:
        spans.append(new)
