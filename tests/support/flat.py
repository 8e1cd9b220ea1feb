"""Sheets written by hand, with pictures that show which way up they lie."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
from PIL import Image

from packdesk.domain.curves import Arc, Path, Segment
from packdesk.domain.dieline.values import (
    Dieline,
    DielineOptions,
    DielineStyle,
    Line,
    LineType,
    Measure,
    PlacedPanel,
)
from packdesk.domain.dimensions import Dimensions
from packdesk.export.flat.sheet import Sheet

WIDTH, HEIGHT, DEPTH, BLEED = 60.0, 80.0, 40.0, 3.0
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 60), (40, 60, 200), (240, 200, 30)
"""Colours of a picture's corners: upper left, upper right, lower left, lower right."""


def quarters(width: float, height: float, per_mm: int = 4, *, clear: bool = False) -> bytes:
    """A picture of four colours; with `clear`, its middle is transparent."""
    columns, rows = round(width * per_mm), round(height * per_mm)
    pixels = np.empty((rows, columns, 4), np.uint8)
    pixels[:] = (*YELLOW, 255)
    pixels[: rows // 2, : columns // 2, :3] = RED
    pixels[: rows // 2, columns // 2 :, :3] = GREEN
    pixels[rows // 2 :, : columns // 2, :3] = BLUE
    if clear:
        pixels[rows * 3 // 8 : rows * 5 // 8, columns * 3 // 8 : columns * 5 // 8, 3] = 0
    return png(Image.fromarray(pixels if clear else pixels[:, :, :3]))


def png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def rectangle(left: float, top: float, right: float, bottom: float) -> Path:
    """Closed, clockwise from the upper left."""
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    return Path(tuple(Segment(*a, *b) for a, b in pairwise(corners)), closed=True)


def disc_sheet(diameter: float = 50.0) -> Sheet:
    """One disc with a picture."""
    middle = diameter / 2
    panel = PlacedPanel(
        "top", 0, 0, diameter, diameter, 90, "disc", Path((Arc(middle, middle, middle + BLEED),), closed=True)
    )
    dieline = Dieline(
        "cylinder",
        Dimensions(width=diameter, height=100, depth=diameter),
        DielineOptions(style=DielineStyle.WRAP, bleed=BLEED),
        diameter,
        diameter,
        (
            Line(LineType.CUT, Path((Arc(middle, middle, middle),), closed=True)),
            Line(LineType.BLEED, Path((Arc(middle, middle, middle + BLEED),), closed=True)),
        ),
        (panel,),
        (Measure((0, 0), (diameter, 0), 12, diameter),),
        Dimensions(width=diameter, height=100, depth=diameter),
    )
    return Sheet(dieline, {"top": quarters(diameter, diameter)}, "Disc")


FLAP, CORNER = 15.0, 5.0


def strip_sheet(*, pictures: bool = True) -> Sheet:
    """Front and right side by side, and a glue flap with round corners; every line type is there."""
    end, reach = WIDTH + DEPTH, WIDTH + DEPTH + FLAP
    cut = Path(
        (
            Segment(0, 0, reach - CORNER, 0),
            Arc(reach - CORNER, CORNER, CORNER, -90, 90),
            Segment(reach, CORNER, reach, HEIGHT - CORNER),
            Arc(reach - CORNER, HEIGHT - CORNER, CORNER, 0, 90),
            Segment(reach - CORNER, HEIGHT, 0, HEIGHT),
            Segment(0, HEIGHT, 0, 0),
        ),
        closed=True,
    )
    bleed = ((end, -BLEED), (-BLEED, -BLEED), (-BLEED, HEIGHT + BLEED), (end, HEIGHT + BLEED))
    lines = (
        Line(LineType.CUT, cut),
        Line(LineType.CREASE, Path((Segment(WIDTH, 0, WIDTH, HEIGHT),))),
        Line(LineType.CREASE, Path((Segment(end, 0, end, HEIGHT),))),
        Line(LineType.PERFORATION, Path((Segment(0, 20, WIDTH, 20),))),
        Line(LineType.BLEED, Path(tuple(Segment(*a, *b) for a, b in pairwise(bleed)))),
        Line(LineType.SAFE, rectangle(3, 3, WIDTH - 3, HEIGHT - 3)),
        Line(LineType.GLUE, rectangle(end + 1, 5, reach - 1, HEIGHT - 5)),
    )
    panels = (
        PlacedPanel(
            "front", 0, 0, WIDTH, HEIGHT, 0, "rectangle", rectangle(-BLEED, -BLEED, WIDTH, HEIGHT + BLEED)
        ),
        PlacedPanel(
            "right", WIDTH, 0, DEPTH, HEIGHT, 180, "rectangle", rectangle(WIDTH, -BLEED, end, HEIGHT + BLEED)
        ),
    )
    measures = (
        Measure((0, 0), (WIDTH, 0), 12, WIDTH),
        Measure((0, HEIGHT), (0, 0), 12, HEIGHT),
        Measure((end, 0), (reach, 0), 12, FLAP),
    )
    dieline = Dieline(
        "box",
        Dimensions(width=WIDTH, height=HEIGHT, depth=DEPTH),
        DielineOptions(bleed=BLEED),
        reach,
        HEIGHT,
        lines,
        panels,
        measures,
        Dimensions(width=WIDTH, height=HEIGHT, depth=DEPTH),
    )
    artwork = {
        "front": quarters(WIDTH, HEIGHT),
        "right": quarters(DEPTH, HEIGHT, clear=True),
    }
    return Sheet(dieline, artwork if pictures else {}, "Strip")
