"""What the decoding process and this one say to each other; nothing of it can do more than be read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

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
]
"""`locked`: by a password. `pixels`: of a kind nobody here reads. `flat`: a Photoshop document without its
flattened picture. `drawing`: an Illustrator file without its PDF. `missing`: the library is not installed.
`many`: more lines than a dieline has."""
MODES = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4, "LAB": 3}
"""Bytes of a pixel."""
_MOST_BYTES = 512


@dataclass(frozen=True)
class Head:
    """What comes before profile, camera data and pixels.

    Attributes:
        width: in pixels.
        height: likewise.
        mode: of the pixels, as Pillow names it; empty where there are none, for they would be too many.
        code_points: colour primaries and transfer of ITU-T H.273, where they are told.
    """

    width: int
    height: int
    mode: str = ""
    code_points: tuple[int, int] | None = None

    def encoded(self) -> bytes:
        """For the other process."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decoded(cls, data: bytes) -> Head:
        """From the other process, which a hostile file may have taken over.

        Raises:
            ValueError: it is no such answer.
        """
        told = json.loads(data[:_MOST_BYTES])
        try:
            width, height, mode, points = (told[name] for name in ("width", "height", "mode", "code_points"))
            sound = isinstance(width, int) and isinstance(height, int) and mode in {"", *MODES}
            if not sound or width < 0 or height < 0:
                raise ValueError("not an answer")
            return cls(width, height, mode, None if points is None else (int(points[0]), int(points[1])))
        except (LookupError, TypeError) as error:
            raise ValueError("not an answer") from error
