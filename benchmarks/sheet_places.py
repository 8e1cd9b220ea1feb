"""Sheets as designers save them, of random blanks: whether they are put where they were drawn for.

    python benchmarks/sheet_places.py [COUNT]

The page is the blank, the blank with bleed, the rectangle of its panels, that with bleed, or a larger one;
with and without its size; bare, white or with the board drawn; the panels in one colour, in many, or one
photograph over all, with and without bleed; turned by quarters. Told is how many were put within 0.8 mm, how
many were asked for, and put elsewhere without a question. Exits 1 where more than 1 in 100 were.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw
from tables import table

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.outline import bounds, flattened
from packdesk.domain.dieline.values import Dieline, DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.sheet.facts import SheetFacts
from packdesk.domain.sheet.finding import FoundSheet, find_sheet
from packdesk.errors import PackdeskError
from packdesk.textures.sheet_cutting import small_copy

STYLES = ("straight-tuck", "reverse-tuck", "cross", "snap-lock", "sleeve", "tuck-seal")
NEAR_MM, UNSIZED_MM = 0.8, 25.4 / 300
_RIGHT = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Sheet:
    """What was drawn, and the box of the blank it takes: left, top, right, bottom in millimetres."""

    picture: Image.Image
    box: Box
    per_mm: float
    sized: bool
    turns: int

    @property
    def facts(self) -> SheetFacts:
        mm = 1 / self.per_mm if self.sized else UNSIZED_MM
        return SheetFacts(self.picture.width * mm, self.picture.height * mm, self.sized)


def random_blank(rng: random.Random) -> Dieline:
    while True:
        size = Dimensions(
            width=rng.randrange(50, 160), height=rng.randrange(60, 220), depth=rng.randrange(25, 110)
        )
        try:
            return make_dieline("box", size, DielineOptions(DielineStyle(rng.choice(STYLES))))
        except PackdeskError:  # there is none of that size
            continue


def grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def page_of(blank: Dieline, rng: random.Random) -> Box:
    bare = make_dieline("box", blank.dimensions, replace(blank.options, bleed=0.0))
    panels = bounds(curve for panel in bare.panels for curve in panel.artwork.curves)
    whole = (0.0, 0.0, blank.width, blank.height)
    margins = [rng.randrange(15, 60) for _ in range(4)]
    larger = (-margins[0], -margins[1], blank.width + margins[2], blank.height + margins[3])
    return rng.choice((whole, grown(whole, 3), panels, grown(panels, 3), larger))


def drawn(blank: Dieline, rng: random.Random) -> Sheet:  # noqa: C901  (one page, from the ground up)
    box, per_mm, bleed = page_of(blank, rng), rng.choice((3, 4, 150 / 25.4)), rng.choice((3, 3, 0))
    ground, look, turns = rng.choice(("clear", "white", "board")), rng.choice(("one", "per", "photo")), 0
    size = round((box[2] - box[0]) * per_mm), round((box[3] - box[1]) * per_mm)
    sheet = Image.new("RGBA", size, "#00000000" if ground == "clear" else "white")
    draw = ImageDraw.Draw(sheet)

    def at(x: float, y: float) -> tuple[int, int]:
        return round((x - box[0]) * per_mm), round((y - box[1]) * per_mm)

    def rectangle(x: float, y: float, wide: float, high: float, fill: object) -> None:
        right, bottom = at(x + wide, y + high)
        draw.rectangle((*at(x, y), right - 1, bottom - 1), fill=fill)  # type: ignore[arg-type]  # a colour

    def colour() -> tuple[int, int, int, int]:
        return rng.randrange(20, 235), rng.randrange(20, 235), rng.randrange(20, 235), 255

    if ground == "board":
        for cut in blank.of_kind(LineType.CUT):
            draw.polygon([at(*point) for point in flattened(cut.curves)], fill="#e6e1c8")
    base = colour()
    fills = {panel.panel_id: colour() if look == "per" else base for panel in blank.panels}
    for reach in (bleed, 0):
        for panel in blank.panels:
            wide, high = panel.sheet_size
            corner = panel.x - reach, panel.y - reach
            rectangle(*corner, wide + 2 * reach, high + 2 * reach, fills[panel.panel_id])
    if look == "photo":
        put_photo(sheet, base, rng)
    for panel in blank.panels:
        wide, high = panel.sheet_size
        x, y, reach = panel.x + wide / 2, panel.y + high / 2, 0.2 * min(wide, high)
        draw.ellipse((*at(x - reach, y - reach), *at(x + reach, y + reach)), fill=colour())
        for line in range(4):
            rectangle(panel.x + wide * 0.1, panel.y + high * (0.8 + 0.04 * line), wide * 0.8, 0.5, "#1e1e1e")
    turns = rng.choice((0, 0, 0, 1, 2, 3))
    method = _RIGHT[turns]
    shown = sheet if method is None else sheet.transpose(method)
    return Sheet(shown, box, per_mm, rng.random() < 0.5, turns)


def put_photo(sheet: Image.Image, colour: tuple[int, ...], rng: random.Random) -> None:
    """Where a sheet has a colour."""
    few = np.random.default_rng(rng.randrange(10**6)).random((12, 12, 3)) * 255
    photo = Image.fromarray(few.astype(np.uint8)).resize(sheet.size, Image.Resampling.BICUBIC)
    same = (np.asarray(sheet) == np.array(colour)).all(axis=2)
    sheet.paste(photo.convert("RGBA"), (0, 0), Image.fromarray(same))


def off(found: FoundSheet, sheet: Sheet) -> float:
    """Millimetres that the page lies off; without end when it lies turned."""
    if (found.placement.turns + sheet.turns) % 4:
        return float("inf")
    lies = bounds_of([found.placement.on_blank().point(*corner) for corner in corners(sheet.facts)])
    return max(abs(one - other) for one, other in zip(lies, sheet.box, strict=True))


def corners(facts: SheetFacts) -> list[tuple[float, float]]:
    return [(x, y) for x in (0.0, facts.width) for y in (0.0, facts.height)]


def bounds_of(points: list[tuple[float, float]]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    counts: Counter[tuple[bool, str]] = Counter()
    for number in range(count):
        rng = random.Random(number)
        blank = random_blank(rng)
        sheet = drawn(blank, rng)
        found = find_sheet(sheet.facts, np.asarray(small_copy(sheet.picture)), blank)
        right = off(found, sheet) <= NEAR_MM
        asked = "asked, as another style" if found.style else "asked, rightly shown" if right else "asked"
        told = asked if not found.sure else "right" if right else "elsewhere"
        counts[sheet.sized, told] += 1
    kinds = ("right", "asked, rightly shown", "asked", "asked, as another style", "elsewhere")
    rows = [
        [name, *(counts[sized, kind] for kind in kinds)] for sized, name in ((True, "yes"), (False, "no"))
    ]
    table(("says its size", *kinds), rows)
    return 1 if sum(counts[sized, "elsewhere"] for sized in (True, False)) > count / 100 else 0


if __name__ == "__main__":
    raise SystemExit(main())
