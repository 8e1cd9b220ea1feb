"""Lays a proof sheet out on a page of A3 across, and writes it as PDF; the inside has a page of its own."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from packdesk.domain.area_finish import sheen
from packdesk.domain.curves import Arc, Path, Segment
from packdesk.domain.dieline.drawn import TAB, flaps_of
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.values import LineType
from packdesk.export.flat.area_plates import AREA_STYLES, placed_areas, shown_kinds
from packdesk.export.flat.drawing import Layer, Stroke, Text, polyline
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.measure_layer import measure_layer
from packdesk.export.flat.pdf import Page
from packdesk.export.flat.sheet import Box, FlatOptions
from packdesk.export.flat.sheet_pictures import SheetPicture, sheet_pictures
from packdesk.export.flat.styles import LineStyle
from packdesk.export.proof.facts import sections
from packdesk.files import write_output
from packdesk.stopping import check_wanted
from packdesk.textures.sheet_cutting import opened_sheet
from packdesk.textures.sheet_surround import surround_of
from packdesk.textures.typeface import Typeface

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path as FilePath

    from packdesk.domain.area_finish import AreaKind
    from packdesk.domain.curves import Curve
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.geometry import FloatArray
    from packdesk.export.flat.sheet import Sheet
    from packdesk.export.proof.facts import Known, Section
    from packdesk.export.proof.words import Words

PAGE = Box(0, 0, 420, 297)
_VIEWS, _BLANK = Box(10, 30, 284, 104), Box(10, 110, 284, 232)
_INSIDE = Box(10, 32, 410, 282)
_SIGNED, _TOLD = Box(10, 240, 284, 287), Box(294, 30, 410, 287)
_INK = LineStyle((30, 30, 34), (0, 0, 0, 0.9))
_FAINT = LineStyle((120, 120, 126), (0, 0, 0, 0.6))
_RULE = LineStyle((205, 205, 210), (0, 0, 0, 0.2))
_GRAVE = LineStyle((190, 40, 30), (0, 0.9, 0.9, 0.1))
_NAME_MM, _HEAD_MM, _TEXT_MM, _SMALL_MM = 6.2, 3.3, 2.75, 2.3
_ROW, _GAP, _LABEL = 3.9, 4.6, 33.0
_SURROUND_DPI = 100.0
_MOST_PX = 1400
_STEP_MM = 0.25
_LEAST_ROW = 0.55
"""Scale of the rows of dimension lines, however small the blank is: their words keep their size."""
_LINES = frozenset(LineType) - {LineType.DIMENSION}


@dataclass(frozen=True)
class Proof:
    """What stands on a proof sheet.

    Attributes:
        name: of the design.
        version: names it as it is now, in hexadecimal digits.
        made: the day, in words.
        sheet: its blank with its artwork.
        known: what is told of it.
        views: pictures of the package; there may be none.
    """

    name: str
    version: str
    made: str
    sheet: Sheet
    known: Known
    views: tuple[bytes, ...] = ()


def write_proof(proof: Proof, target: FilePath, words: Words) -> None:
    """Write a proof sheet as PDF. Slow.

    Raises:
        BadPictureError: artwork cannot be decoded.
        OutputUnwritableError: the file cannot be written.
    """
    page = Page(PAGE, f"{words('Proof')}: {proof.name}")
    writer = _Writer(page, proof, words)
    writer.draw_head()
    writer.draw_views()
    writer.draw_blank()
    writer.draw_facts()
    writer.draw_signatures()
    writer.draw_inside()
    write_output(target, page.finished().getvalue())


class _Writer:
    def __init__(self, page: Page, proof: Proof, words: Words) -> None:
        self._page, self._proof, self._words = page, proof, words
        self._face = Typeface()

    def draw_head(self) -> None:
        """The name, and which version of it this is."""
        proof, words = self._proof, self._words
        name = self._cut(proof.name, _NAME_MM, _VIEWS.width - 40)
        told = f"{words('Version')} {proof.version[:12]}  ·  {words('Made')} {proof.made}"
        texts = [
            Text(words("Proof").upper(), 10, 14, _SMALL_MM, _FAINT),
            Text(name, 10, 22.5, _NAME_MM, _INK),
            Text(told, 410, 22.5, _TEXT_MM, _FAINT, anchor="end"),
            Text(self._title(), 410, 17.5, _TEXT_MM, _INK, anchor="end"),
        ]
        self._draw([polyline((10, 26), (410, 26))], texts)

    def _title(self) -> str:
        dieline, words = self._proof.sheet.dieline, self._words
        sides = dieline.dimensions.as_tuple()
        shown = sides if dieline.package_type == "box" else sides[:2]
        return f"{words.name(dieline.package_type)} {words.lengths(*shown)}"

    def draw_views(self) -> None:
        """The package from several sides, each in a part of the row."""
        views = self._proof.views
        if not views:
            said = self._words("No picture of the package could be drawn here.")
            middle = (_VIEWS.left + _VIEWS.right) / 2, (_VIEWS.top + _VIEWS.bottom) / 2
            self._draw([_frame(_VIEWS)], [Text(said, *middle, _TEXT_MM, _FAINT, anchor="middle")])
        width = (_VIEWS.width - _GAP * (len(views) - 1)) / max(1, len(views))
        for number, png in enumerate(views):
            check_wanted()
            left = _VIEWS.left + number * (width + _GAP)
            image = opened_sheet(png)
            self._page.draw_image(
                image, _fitted(image.size, Box(left, _VIEWS.top, left + width, _VIEWS.bottom))
            )

    def draw_blank(self) -> None:
        """The blank from its outside."""
        self._draw_blank(self._proof.sheet, _BLANK, self._words("printed side up"))

    def draw_inside(self) -> None:
        """The blank from its inside, where that is printed."""
        if (back := self._proof.sheet.back) is not None:
            self._page.begin_side(PAGE, PAGE, PAGE)
            self.draw_head()
            self._draw_blank(back, _INSIDE, self._words("inside up, turned over left to right"))

    def _draw_blank(self, whole: Sheet, room: Box, side: str) -> None:
        """A blank with its artwork, finishes, lines and measures, as large as there is room for."""
        sheet, words = _lighter(whole), self._words
        page = draw_sheet(sheet, FlatOptions()).page
        drawing = draw_sheet(sheet, FlatOptions(kinds=_LINES))
        place = _fitted((page.width, page.height), room)
        scale = place.width / page.width
        shown = _Scaled(scale, place.left - page.left * scale, place.top - page.top * scale)
        for picture in sheet_pictures(sheet):
            check_wanted()
            self._page.draw_picture(shown.picture(picture))
        beside = surround_of(sheet.dieline, sheet.whole, _SURROUND_DPI)
        if beside is not None:
            self._page.draw_image(beside.image, shown.box(Box(*beside.box)))
        for finish in _finishes(sheet):
            self._page.draw_picture(shown.picture(finish))
        for layer in drawing.layers:
            self._page.draw_layer(shown.layer(layer))
        self._page.draw_layer(shown.measures(sheet.dieline, words))
        self._draw([], [] if sheet.inside else self._depths(sheet.dieline, shown))
        told = f"{words('Blank at 1 : {0}', words.length(round(1 / scale, 1)))}, {words('lengths in mm')}, "
        self._draw([], [Text(told + side, room.left, room.bottom + 3.5, _SMALL_MM, _FAINT)])

    def _depths(self, dieline: Dieline, shown: _Scaled) -> list[Text]:
        """How deep each flap is drawn, where there is room: deepest first, none over another or a line."""
        texts: list[Text] = []
        taken: list[Box] = []
        lines = shown.along_lines(dieline)
        for flap in sorted(flaps_of(dieline), key=lambda flap: -flap.depth):
            text = shown.text(flap.middle, self._words.length(flap.depth))
            half = self._face.width(text.words, _SMALL_MM) / 2 + 0.5
            box = Box(text.x - half, text.y - _SMALL_MM, text.x + half, text.y + 0.5)
            if flap.kind != TAB and not _holds(box, lines) and not any(_meet(box, other) for other in taken):
                taken.append(box)
                texts.append(text)
        return texts

    def draw_facts(self) -> None:
        """All that is known, in a column."""
        y = _TOLD.top + _HEAD_MM
        for section in sections(self._proof.known, self._words):
            lines = list(self._lines(section))
            room = max(1, int((_TOLD.bottom - y - _ROW) / _ROW))
            if len(lines) > room:
                kept = lines[: room - 1]
                lines = [*kept, ("", self._words("and {0} more", len(lines) - len(kept)), _FAINT, None)]
            self._draw([], [Text(section.heading, _TOLD.left, y, _HEAD_MM, _INK)])
            self._draw([polyline((_TOLD.left, y + 1.3), (_TOLD.right, y + 1.3))], [])
            y += 1.5
            for label, value, style, area in lines:
                y += _ROW
                if area is not None:
                    self._draw_swatch(area, y)
                texts = [Text(label, _TOLD.left, y, _TEXT_MM, _FAINT)] if label else []
                self._draw([], [*texts, Text(value, _TOLD.left + _LABEL, y, _TEXT_MM, style)])
            y += _GAP + _HEAD_MM

    def _draw_swatch(self, area: AreaKind, y: float) -> None:
        """The hatching the blank shows a finish by, before its name."""
        swatch = Image.new("RGB", (50, 26), AREA_STYLES[area].rgb)
        swatch.putalpha(Image.fromarray((255 * sheen(np.ones((26, 50), bool), area)).astype(np.uint8)))
        right = _TOLD.left + _LABEL - 2
        self._page.draw_image(swatch, Box(right - 5, y - 2.3, right, y + 0.3))

    def draw_signatures(self) -> None:
        """What is agreed to, and a box for each who signs."""
        words, top = self._words, _SIGNED.top
        width = (_SIGNED.width - 2 * _GAP) / 3
        paths, texts = [], []
        for number, said in enumerate(("Approved", "Approved with changes", "Not approved")):
            left = _SIGNED.left + number * (width + _GAP)
            paths.append(_frame(Box(left, top, left + 3.4, top + 3.4)))
            texts.append(Text(words(said), left + 5.4, top + 2.8, _HEAD_MM, _INK))
        for number, who in enumerate(("Design", "Customer", "Printer")):
            box = Box(_SIGNED.left + number * (width + _GAP), top + 8, 0, _SIGNED.bottom)
            box = Box(box.left, box.top, box.left + width, box.bottom)
            paths.append(_frame(box))
            texts.append(Text(words(who), box.left + 2.5, box.top + 5, _HEAD_MM, _INK))
            for row, line in enumerate(("Name", "Date", "Signature")):
                y = box.top + 14 + row * 9.6
                paths.append(polyline((box.left + 24, y), (box.right - 3, y)))
                texts.append(Text(words(line), box.left + 2.5, y, _SMALL_MM, _FAINT))
        self._draw(paths, texts)

    def _lines(self, section: Section) -> Iterator[tuple[str, str, LineStyle, AreaKind | None]]:
        for row in section.rows:
            room = _TOLD.width - _LABEL
            wrapped = list(self._wrapped(row.value, room))
            for number, line in enumerate(wrapped):
                label, area = ("", None) if number else (row.label, row.area)
                yield label, line, _GRAVE if row.grave else _INK, area

    def _wrapped(self, words: str, room: float) -> Iterator[str]:
        line = ""
        for word in words.split():
            longer = f"{line} {word}".strip()
            if line and self._face.width(longer, _TEXT_MM) > room:
                yield line
                line = word
            else:
                line = longer
        yield self._cut(line, _TEXT_MM, room)

    def _cut(self, words: str, size: float, room: float) -> str:
        while words and self._face.width(words, size) > room:
            words = words[:-2].rstrip() + "…"
        return words

    def _draw(self, paths: Sequence[Path], texts: Sequence[Text]) -> None:
        strokes = tuple(Stroke(path, _RULE) for path in paths)
        self._page.draw_layer(Layer("proof", "Proof", strokes, tuple(texts)))


@dataclass(frozen=True)
class _Scaled:
    """The blank on the page: everything larger or smaller, then moved."""

    scale: float
    right: float
    down: float

    def path(self, path: Path) -> Path:
        return Path(tuple(self._curve(curve) for curve in path.curves), path.closed)

    def _curve(self, curve: Curve) -> Curve:
        if isinstance(curve, Arc):
            x, y = self._point(curve.x, curve.y)
            return replace(curve, x=x, y=y, radius=curve.radius * self.scale)
        return Segment(*self._point(*curve.start), *self._point(*curve.end))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return x * self.scale + self.right, y * self.scale + self.down

    def box(self, box: Box) -> Box:
        return Box(*self._point(box.left, box.top), *self._point(box.right, box.bottom))

    def picture(self, picture: SheetPicture) -> SheetPicture:
        return replace(picture, box=self.box(picture.box), outlines=tuple(map(self.path, picture.outlines)))

    def layer(self, layer: Layer) -> Layer:
        """Its lines in process inks: no plate of the blank's is on this sheet."""
        strokes = (Stroke(self.path(one.path), _process(one.style, self.scale)) for one in layer.strokes)
        return replace(layer, strokes=tuple(strokes))

    def measures(self, dieline: Dieline, words: Words) -> Layer:
        """Dimension lines with arrows and words of the page's own size."""
        placed = [
            replace(
                one,
                start=self._point(*one.start),
                end=self._point(*one.end),
                offset=one.offset * max(self.scale, _LEAST_ROW),
            )
            for one in dieline.measures
        ]
        layer = measure_layer(placed, _FAINT)
        lengths = [words.length(one.length) for one in dieline.measures]
        texts = (replace(text, words=said) for text, said in zip(layer.texts, lengths, strict=True))
        return replace(layer, texts=tuple(texts))

    def along_lines(self, dieline: Dieline) -> FloatArray:
        """Points of all that is cut and creased, at most a quarter of a millimetre of the page apart."""
        found: list[FloatArray] = []
        for path in (*dieline.of_kind(LineType.CUT), *dieline.of_kind(LineType.CREASE)):
            for start, end in pairwise([*flattened(path.curves), path.curves[-1].end]):
                steps = math.ceil(math.dist(start, end) * self.scale / _STEP_MM)
                found.append(np.linspace(start, end, steps + 1))
        placed: FloatArray = np.concatenate(found) * self.scale + np.array([self.right, self.down])
        return placed

    def text(self, middle: tuple[float, float], words: str) -> Text:
        x, y = self._point(*middle)
        return Text(words, x, y + _SMALL_MM / 3, _SMALL_MM, _INK, anchor="middle")


def _process(style: LineStyle, scale: float) -> LineStyle:
    return replace(style, spot=None, dash=tuple(length * max(scale, 0.4) for length in style.dash))


def _lighter(sheet: Sheet) -> Sheet:
    """With pictures as fine as a page of this size shows them."""
    return replace(sheet, artwork={panel_id: _reduced(png) for panel_id, png in sheet.artwork.items()})


def _finishes(sheet: Sheet) -> Iterator[SheetPicture]:
    """Finishes on parts of panels, each hatched in its colour."""
    for kind in shown_kinds(sheet):
        for area in placed_areas(sheet, kind):
            check_wanted()
            picture = area.picture(AREA_STYLES[kind].rgb)
            picture.putalpha(Image.fromarray((255 * sheen(area.mask, kind)).astype(np.uint8)))
            yield SheetPicture(area.panel_id, picture, area.box, (area.outline,))


def _reduced(png: bytes) -> bytes:
    image = opened_sheet(png)
    if max(image.size) <= _MOST_PX:
        return png
    image.thumbnail((_MOST_PX, _MOST_PX), Image.Resampling.LANCZOS, reducing_gap=2.0)
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=1)
    return written.getvalue()


def _fitted(size: tuple[float, float], room: Box) -> Box:
    """As large as fits, in the middle."""
    scale = min(room.width / size[0], room.height / size[1])
    width, height = size[0] * scale, size[1] * scale
    left, top = room.left + (room.width - width) / 2, room.top + (room.height - height) / 2
    return Box(left, top, left + width, top + height)


def _holds(box: Box, points: FloatArray) -> bool:
    x, y = points.T
    return bool(np.any((x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)))


def _meet(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


def _frame(box: Box) -> Path:
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    return polyline(*corners, corners[0])
