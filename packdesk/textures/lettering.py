"""Lettering in a picture, read by RapidOCR where that is installed (the extra `lettering`)."""

from __future__ import annotations

import importlib.util
import io
import logging
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from packdesk.domain.preflight.findings import Lettering
from packdesk.domain.text import printable

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.preflight.findings import Spot

_MODULE = "rapidocr_onnxruntime"
_LONGEST_PX = 1600
"""Smaller lettering than is legible then is found by nobody's eye on a screen either."""
_LONGEST_WORDS = 80
_SURE = 0.6


def can_read() -> bool:
    """Whether the reader is installed."""
    return importlib.util.find_spec(_MODULE) is not None


def read_lettering(png: bytes, size: FlatSize) -> tuple[Lettering, ...] | None:
    """Words in a checked picture of a panel, upright; None where no reader is installed. Slow, and blocks."""
    if not can_read():
        return None
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((_LONGEST_PX, _LONGEST_PX))
    across, down = size.width / picture.width, size.height / picture.height
    found, _ = _reader()(np.asarray(picture)[..., ::-1])
    return tuple(
        Lettering(
            " ".join(printable(words).split())[:_LONGEST_WORDS],
            _inside(corners, size, across, down),
            _place(corners, picture.size),
        )
        for corners, words, sure in found or ()
        if float(sure) >= _SURE
    )


def _inside(corners: Any, size: FlatSize, across: float, down: float) -> float:
    """How far from the panel's edges words stand, in millimetres."""
    places = np.asarray(corners, float) * (across, down)
    low, high = places.min(axis=0), places.max(axis=0)
    return float(min(low[0], low[1], size.width - high[0], size.height - high[1]))


def _place(corners: Any, size: tuple[int, int]) -> Spot:
    places = np.asarray(corners, float) / size
    (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


@cache
def _reader() -> Any:
    from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415  (an extra, and a second)

    logging.getLogger("rapidocr").setLevel(logging.ERROR)
    return RapidOCR(intra_op_num_threads=1)
