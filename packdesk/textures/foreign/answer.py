"""What the decoding process and this one say to each other; nothing of it can do more than be read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

Fault = Literal[
    "damaged",
    "locked",
    "pixels",
    "flat",
    "drawing",
    "missing",
    "animated",
    "large",
    "many",
    "no page",
    "no layer",
    "entities",
    "endless",
]
"""`locked`: by a password. `pixels`: of a kind nobody here reads. `flat`: a Photoshop document without its
flattened picture. `drawing`: an Illustrator file without its PDF. `missing`: the library is not installed.
`many`: more lines than a dieline has. `entities`: a drawing has some that name files or grow without end.
`endless`: its size is no number."""
MODES = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4, "LAB": 3}
"""Bytes of a pixel."""
MOST_BYTES = 8192
_MOST_NOTE, _MOST_MM = 2000, 100_000.0


@dataclass(frozen=True)
class Told:
    """What a file says of a sheet.

    Attributes:
        size: its width and height in millimetres.
        trim: left, upper, right and lower end of its TrimBox, likewise.
        note: text in which a template's note may stand.

    A size no sheet has says nothing: ImageMagick writes Photoshop documents of 1/65536 of a pixel per inch.
    """

    size: tuple[float, float] | None = None
    trim: tuple[float, float, float, float] | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.size is not None and not all(0 < side <= _MOST_MM for side in self.size):
            object.__setattr__(self, "size", None)
        if self.trim is not None and not all(abs(end) <= _MOST_MM for end in self.trim):
            object.__setattr__(self, "trim", None)


NOTHING_TOLD = Told()


@dataclass(frozen=True)
class Head:
    """What comes before profile, camera data and pixels.

    Attributes:
        width: in pixels.
        height: likewise.
        mode: of the pixels, as Pillow names it; empty where there are none, for they would be too many.
        code_points: colour primaries and transfer of ITU-T H.273, where they are told.
        told: what the file says besides, of a sheet.
    """

    width: int
    height: int
    mode: str = ""
    code_points: tuple[int, int] | None = None
    told: Told = NOTHING_TOLD

    def encoded(self) -> bytes:
        """For the other process."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decoded(cls, data: bytes) -> Head:
        """From the other process, which a hostile file may have taken over.

        Raises:
            ValueError: it is no such answer.
        """
        told = json.loads(data[:MOST_BYTES])
        try:
            width, height, mode, points = (told[name] for name in ("width", "height", "mode", "code_points"))
            sound = isinstance(width, int) and isinstance(height, int) and mode in {"", *MODES}
            if not sound or width < 0 or height < 0:
                raise ValueError("not an answer")
            code_points = None if points is None else (int(points[0]), int(points[1]))
            return cls(width, height, mode, code_points, _checked(told["told"]))
        except (LookupError, TypeError) as error:
            raise ValueError("not an answer") from error


def _checked(told: dict[str, Any]) -> Told:
    size, trim = _lengths(told["size"], 2), _lengths(told["trim"], 4)
    if size is not None and min(size) <= 0:
        raise ValueError("not a size")
    return Told(
        None if size is None else (size[0], size[1]),
        None if trim is None else (trim[0], trim[1], trim[2], trim[3]),
        str(told["note"])[:_MOST_NOTE],
    )


def _lengths(values: Any, count: int) -> list[float] | None:
    if values is None:
        return None
    lengths = [float(value) for value in values]
    if len(lengths) != count or not all(abs(length) <= _MOST_MM for length in lengths):
        raise ValueError("not lengths")
    return lengths
