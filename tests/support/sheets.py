"""Sheets of artwork for whole blanks, as designers paint them."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Literal

from PIL import Image, ImageDraw

from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.values import LineType

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from packdesk.domain.dieline.values import Dieline

Ground = Literal["clear", "board", "page"]
"""What is around the panels: nothing, board cut as the blank, or one colour all over the page."""
_RIGHT = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)


def painted(
    dieline: Dieline,
    rng: random.Random,
    *,
    ground: Ground = "board",
    around: float = 3,
    per_mm: float = 4,
    bleed: float = 0,
) -> Image.Image:
    """Every panel in a colour of its own with discs on it."""
    width, height = (round((side + 2 * around) * per_mm) for side in (dieline.width, dieline.height))
    sheet = Image.new(
        "RGBA", (width, height), {"clear": "#00000000", "board": "white"}.get(ground, "#c8dcbe")
    )
    draw = ImageDraw.Draw(sheet)

    def at(x: float, y: float) -> tuple[float, float]:
        return (x + around) * per_mm, (y + around) * per_mm

    if ground != "page":
        for cut in dieline.of_kind(LineType.CUT):
            draw.polygon([at(*point) for point in flattened(cut.curves)], fill="#e6e1c8")
    under, fills = sheet.copy(), dict[str, tuple[int, ...]]()
    for panel in dieline.panels:
        wide, high = panel.sheet_size
        fills[panel.panel_id] = _colour(rng, 60)
        shape = draw.rectangle if panel.shape == "rectangle" else draw.ellipse
        shape((*at(panel.x, panel.y), *at(panel.x + wide, panel.y + high)), fill=fills[panel.panel_id])
        for _ in range(6):
            x, y = panel.x + rng.random() * wide, panel.y + rng.random() * high
            reach = rng.random() * min(wide, high) / 4
            draw.ellipse((*at(x - reach, y - reach), *at(x + reach, y + reach)), fill=_colour(rng, 0))
    return sheet if bleed == 0 else _bled(sheet, under, dieline, fills, bleed, at)


def _bled(  # noqa: PLR0917  (what `painted` knows)
    sheet: Image.Image,
    under: Image.Image,
    dieline: Dieline,
    fills: dict[str, tuple[int, ...]],
    bleed: float,
    at: Callable[[float, float], tuple[float, float]],
) -> Image.Image:
    """A box's panels over what goes on of them beyond their edges."""
    draw = ImageDraw.Draw(under)
    boxes = [
        (one.panel_id, one.x, one.y, one.x + one.sheet_size[0], one.y + one.sheet_size[1])
        for one in dieline.panels
    ]
    for name, left, top, right, bottom in boxes:
        draw.rectangle((*at(left - bleed, top - bleed), *at(right + bleed, bottom + bleed)), fill=fills[name])
    for _, left, top, right, bottom in boxes:
        (x1, y1), (x2, y2) = at(left, top), at(right, bottom)
        place = round(x1), round(y1), round(x2), round(y2)
        under.paste(sheet.crop(place), place)
    return under


def _colour(rng: random.Random, least: int) -> tuple[int, ...]:
    return (*(rng.randrange(least, 250) for _ in range(3)), 255)


def turned(sheet: Image.Image, turns: int) -> Image.Image:
    """By quarters to the right."""
    method = _RIGHT[turns % 4]
    return sheet if method is None else sheet.transpose(method)


def file_of(sheet: Image.Image, per_mm: float | None = 4, kind: str = "PNG") -> bytes:
    """A file that says its size in print, or nothing of it."""
    buffer = io.BytesIO()
    sheet.save(buffer, kind, **({} if per_mm is None else {"dpi": (25.4 * per_mm, 25.4 * per_mm)}))
    return buffer.getvalue()


def psnr(one: Image.Image, other: Image.Image) -> float:
    """Likeness of two pictures of one size in decibels."""
    import numpy as np

    a, b = (np.asarray(picture.convert("RGB"), dtype=np.float64) for picture in (one, other))
    error = float(((a - b) ** 2).mean())
    return math.inf if error == 0 else 10 * math.log10(255**2 / error)
