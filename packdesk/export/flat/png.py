"""The sheet as one picture at a chosen resolution."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image
from PIL.ImageQt import ImageQt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from packdesk.domain.curves import Arc
from packdesk.domain.units import MM_PER_INCH
from packdesk.errors import InvalidInputError
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.painting import painter_path
from packdesk.export.flat.progress import Steps, silent
from packdesk.export.flat.sheet import DEFAULT_OPTIONS
from packdesk.export.flat.sheet_pictures import picture_count, sheet_pictures
from packdesk.export.flat.styles import HAIRLINE_MM
from packdesk.files import output_file
from packdesk.sentence import Sentence
from packdesk.textures.encoding import encode_png, tagged_srgb
from packdesk.textures.sheet_surround import surround_of
from packdesk.textures.typeface import Typeface

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from packdesk.export.flat.drawing import Layer, Text
    from packdesk.export.flat.progress import Listener
    from packdesk.export.flat.sheet import Box, FlatOptions, Sheet
    from packdesk.export.flat.sheet_pictures import SheetPicture
    from packdesk.export.flat.styles import LineStyle
    from packdesk.textures.sheet_surround import Surround

MIN_DPI, MAX_DPI = 10.0, 2400.0
MAX_PIXELS = 120_000_000
"""Half a gigabyte while it is painted."""


def write_flat_png(
    sheet: Sheet,
    target: FilePath,
    dpi: float,
    options: FlatOptions = DEFAULT_OPTIONS,
    *,
    lines: bool = True,
    progress: Listener = silent,
) -> None:
    """Write a sheet as one picture that knows its size in print.

    Args:
        sheet: what is written.
        target: the file, which is replaced.
        dpi: pixels per inch.
        options: what it shows.
        lines: whether lines, marks and legend are drawn, on white; without them there is artwork only, out to
            the bleed, and nothing around it.
        progress: told how many steps of how many are done: one for each picture, and one for writing.

    Raises:
        InvalidInputError: the resolution is impossible, or the picture would be too large.
        BadPictureError: artwork cannot be decoded.
        OutputUnwritableError: the file cannot be written.
    """
    drawing = draw_sheet(sheet, options)
    canvas = Canvas(drawing.page if lines else sheet.bleed, dpi)
    pictures = picture_count(sheet) if options.artwork else 0
    steps = Steps(progress, pictures + 1)
    with canvas:
        if lines:
            canvas.image.fill(Qt.GlobalColor.white)
        if pictures:
            _draw_artwork(canvas, sheet, dpi, steps)
        for layer in drawing.layers if lines else ():
            canvas.draw_layer(layer)
    with output_file(target) as path:
        path.write_bytes(tagged_srgb(encode_png(canvas.image)))
    steps.step()


def _draw_artwork(canvas: Canvas, sheet: Sheet, dpi: float, steps: Steps) -> None:
    for picture in sheet_pictures(sheet):
        canvas.draw_picture(picture)
        steps.step()
    beside = surround_of(sheet.dieline, sheet.whole, dpi)
    if beside is not None:
        canvas.draw_surround(beside)


def check_flat_size(box: Box, dpi: float) -> tuple[int, int]:
    """Width and height in pixels of a picture of so many millimetres.

    Raises:
        InvalidInputError: the resolution is impossible, or the picture would be too large.
    """
    if not MIN_DPI <= dpi <= MAX_DPI:
        raise InvalidInputError(
            Sentence("A resolution of {dpi:g} dpi is not possible.", dpi=dpi),
            Sentence("Use {least:g} to {most:g} dpi.", least=MIN_DPI, most=MAX_DPI),
        )
    width, height = (math.ceil(side / MM_PER_INCH * dpi - 1e-6) for side in (box.width, box.height))
    if width * height > MAX_PIXELS:
        most = math.floor(MM_PER_INCH * math.sqrt(MAX_PIXELS / (box.width * box.height)))
        raise InvalidInputError(
            Sentence(
                "The flat picture would be too large: {width} x {height} pixels.", width=width, height=height
            ),
            Sentence("Use at most {most} dpi.", most=most) if most >= MIN_DPI else "Write PDF or SVG.",
        )
    return width, height


class Canvas:
    """A picture measured in the sheet's millimetres, to be painted on while it is open."""

    def __init__(self, box: Box, dpi: float) -> None:
        self._scale = dpi / MM_PER_INCH
        self._origin = box.left, box.top
        self.image = QImage(*check_flat_size(box, dpi), QImage.Format.Format_ARGB32_Premultiplied)
        if self.image.isNull():
            raise InvalidInputError("There is not enough memory for the picture.", "Use a lower resolution.")
        self.image.fill(Qt.GlobalColor.transparent)
        for set_density in (self.image.setDotsPerMeterX, self.image.setDotsPerMeterY):
            set_density(round(self._scale * 1000))
        self._painter = QPainter()
        self._typeface = Typeface()

    def __enter__(self) -> None:
        self._painter.begin(self.image)
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter.scale(self._scale, self._scale)
        self._painter.translate(-self._origin[0], -self._origin[1])

    def __exit__(self, *_: object) -> None:
        self._painter.end()

    def draw_picture(self, picture: SheetPicture) -> None:
        """A picture within its outlines."""
        self._painter.save()
        box = picture.box
        # Panels side by side share an edge: smoothed, the board would show through between them.
        round_edge = any(isinstance(curve, Arc) for curve in picture.outlines[0].curves)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, round_edge)
        seen = QPainterPath()
        seen.setFillRule(Qt.FillRule.WindingFill)
        for outline in picture.outlines:
            seen.addPath(painter_path(outline))
        self._painter.setClipPath(seen)
        image = ImageQt(self._reduced(picture))
        self._painter.drawImage(QRectF(box.left, box.top, box.width, box.height), image)
        self._painter.restore()

    def draw_surround(self, beside: Surround) -> None:
        """What goes on beside the panels."""
        left, top, right, bottom = beside.box
        self._painter.drawImage(QRectF(left, top, right - left, bottom - top), ImageQt(beside.image))

    def draw_layer(self, layer: Layer) -> None:
        """Lines and words."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for fill in layer.fills:
            self._painter.fillPath(painter_path(fill.path), QColor(*fill.style.rgb))
        for stroke in layer.strokes:
            self._painter.strokePath(painter_path(stroke.path), self._pen(stroke.style))
        for text in layer.texts:
            self._draw_text(text)

    def _reduced(self, picture: SheetPicture) -> Image.Image:
        """Averaged down where the sheet has fewer pixels: Qt only looks at the nearest ones."""
        size = (
            max(1, round(picture.box.width * self._scale)),
            max(1, round(picture.box.height * self._scale)),
        )
        if size[0] >= picture.image.width or size[1] >= picture.image.height:
            return picture.image
        return picture.image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)

    def _pen(self, style: LineStyle) -> QPen:
        # At least a pixel wide: thinner lines fade away.
        width = max(HAIRLINE_MM, 1 / self._scale)
        pen = QPen(QColor(*style.rgb), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if style.dash:
            pen.setDashPattern([length / width for length in style.dash])
        return pen

    def _draw_text(self, text: Text) -> None:
        from fontTools.pens.qtPen import QtPen  # noqa: PLC0415  (as in `typeface`)

        start = {"start": 0.0, "middle": -0.5, "end": -1.0}[text.anchor]
        self._painter.save()
        self._painter.translate(text.x, text.y)
        self._painter.rotate(text.angle)
        self._painter.translate(start * self._typeface.width(text.words, text.size), 0)
        outline = QPainterPath()
        outline.setFillRule(Qt.FillRule.WindingFill)
        self._typeface.draw(text.words, text.size, QtPen(self._typeface.glyphs, outline))
        self._painter.fillPath(outline, QColor(*text.style.rgb))
        self._painter.restore()
