"""Objects as frozen values: what stands on a panel, and where.

Lengths are millimetres from the upper left corner of the upright panel, y downwards. A box is given as it
lies unturned; `turn` turns it about its middle.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from packdesk.domain.affine import Affine
from packdesk.domain.objects.inks import BLACK, WHITE, Ink
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.text import cut, printable

MOST_MM = 10_000.0
LEAST_SIDE_MM = 0.01
MOST_LETTERS = 10_000
MOST_VALUE = 2000
"""Letters of a code's content: QR holds no more in bytes with good correction."""
_Place = Annotated[float, Field(ge=-MOST_MM, le=MOST_MM, allow_inf_nan=False)]
_Side = Annotated[float, Field(ge=LEAST_SIDE_MM, le=MOST_MM, allow_inf_nan=False)]
_Length = Annotated[float, Field(ge=0, le=MOST_MM, allow_inf_nan=False)]
MOST_NAME = 80
_Name = Annotated[str, Field(max_length=MOST_NAME)]
ObjectId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Across(StrEnum):
    """Which upright edge an object keeps its distance from when the panel becomes wider."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Down(StrEnum):
    """Which level edge, when it becomes taller."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Align(StrEnum):
    """How lines stand in their box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


class Form(StrEnum):
    """Kinds of shapes; a line runs from the box's upper left to its lower right corner."""

    RECTANGLE = "rectangle"
    ROUNDED = "rounded"
    ELLIPSE = "ellipse"
    LINE = "line"


class Placed(BaseModel):
    """What every object has.

    Attributes:
        id: names it; two versions of a panel are put together by it.
        name: for people; empty for one made of what it is.
        x: of the box's left side.
        y: of its upper side.
        width: of the box.
        height: of the box.
        turn: degrees clockwise about the middle of the box.
        opacity: 1 for opaque.
        locked: whether the window keeps it from being moved and changed.
        hidden: whether it is not drawn.
        group: objects with the same one are chosen together; empty for none.
        across: what it holds to when the panel becomes wider.
        down: what it holds to when the panel becomes taller.
        of: the panel it belongs to, where this is how it lies on another one it runs on to; empty on its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: ObjectId
    name: _Name = ""
    x: _Place = 0.0
    y: _Place = 0.0
    width: _Side = 30.0
    height: _Side = 10.0
    turn: Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)] = 0.0
    opacity: Annotated[float, Field(ge=0, le=1)] = 1.0
    locked: bool = False
    hidden: bool = False
    group: _Name = ""
    across: Across = Across.LEFT
    down: Down = Down.TOP
    of: _Name = ""

    @property
    def place(self) -> Affine:
        """From millimetres of the box, from its upper left corner, to millimetres of the panel."""
        half_width, half_height = self.width / 2, self.height / 2
        turned = Affine.turning(0, self.turn) if self.turn else Affine()
        middle = Affine.shift(self.x + half_width, self.y + half_height)
        return Affine.shift(-half_width, -half_height).then(turned).then(middle)

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The four corners of the turned box on the panel, from the upper left one clockwise."""
        place = self.place
        sides = (0.0, 0.0), (self.width, 0.0), (self.width, self.height), (0.0, self.height)
        return tuple(place.point(*corner) for corner in sides)


class _Running(Placed):
    """What may go on over an upright edge of its panel.

    Attributes:
        runs_on: whether it does, onto the walls beside it; else it is cut off there.
    """

    runs_on: bool = False


class Text(_Running):
    """Lettering. It stands at the top of its box and is never scaled by it.

    Attributes:
        words: paragraphs, divided by line feeds.
        family: of the typeface.
        size: in points.
        weight: 100 to 900, as in CSS.
        italic: whether it is slanted.
        ink: its colour.
        align: how lines stand.
        line_spacing: from line to line, as a multiple of the size.
        letter_spacing: added between letters, in thousandths of the size.
        wraps: whether lines are broken at the width of the box.
        vertical: whether letters stand below each other, in columns from right to left.
    """

    kind: Literal["text"] = "text"
    words: Annotated[str, Field(max_length=MOST_LETTERS)] = ""
    family: Annotated[str, Field(min_length=1, max_length=80)] = "Hanken Grotesk"
    size: Annotated[float, Field(ge=1, le=2000, allow_inf_nan=False)] = 12.0
    weight: Annotated[int, Field(ge=100, le=900)] = 400
    italic: bool = False
    ink: Ink = BLACK
    align: Align = Align.LEFT
    line_spacing: Annotated[float, Field(ge=0.5, le=5, allow_inf_nan=False)] = 1.2
    letter_spacing: Annotated[float, Field(ge=-200, le=2000, allow_inf_nan=False)] = 0.0
    wraps: bool = True
    vertical: bool = False


class PictureObject(_Running):
    """A picture of the library, whole, in the middle of its box.

    Attributes:
        picture: SHA-256 of the picture; where it was drawn from a PDF or SVG file, that is printed.
    """

    kind: Literal["picture"] = "picture"
    picture: Hash


class Barcode(Placed):
    """A code. Its box follows from what it holds and how large it is; the white around is part of it.

    Attributes:
        symbology: its kind.
        value: what it holds.
        magnification: percent of the nominal size.
        reduction: micrometres every bar is narrower than nominal, for ink that spreads.
        digits: whether its number stands below.
        ink: of bars and digits, one.
        plate: of the quiet zone behind it; None for what is beneath.
    """

    kind: Literal["barcode"] = "barcode"
    symbology: Symbology = Symbology.EAN13
    value: Annotated[str, Field(max_length=MOST_VALUE)]
    magnification: Annotated[float, Field(ge=80, le=200, allow_inf_nan=False)] = 100.0
    reduction: Annotated[float, Field(ge=0, le=200, allow_inf_nan=False)] = 0.0
    digits: bool = True
    ink: Ink = BLACK
    plate: Ink | None = WHITE


class Shape(_Running):
    """A plate or a line.

    Attributes:
        form: its kind.
        ink: it is filled with; None for nothing. Of a line, its colour.
        border: colour of the border inside its edge; None for none.
        thickness: of the border or the line.
        radius: of rounded corners.
    """

    kind: Literal["shape"] = "shape"
    form: Form = Form.RECTANGLE
    ink: Ink | None = BLACK
    border: Ink | None = None
    thickness: _Length = 0.5
    radius: _Length = 2.0


def name_of_file(name: str) -> str:
    """What an object is called that shows a file."""
    return cut(" ".join(printable(name).split()), MOST_NAME)


PanelObject = Annotated[Text | PictureObject | Barcode | Shape, Field(discriminator="kind")]
