"""Barcodes and 2D codes in a picture, read by zxing-cpp where that is installed (the extra `codes`)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from packdesk.domain.preflight.findings import TillCode
from packdesk.domain.text import printable
from packdesk.domain.tills import NOMINAL_MODULE_MM, TILL_MODULES

if TYPE_CHECKING:
    import numpy.typing as npt

    from packdesk.domain.panels import FlatSize
    from packdesk.domain.preflight.findings import Spot

LONGEST = 80
_MOST = 6
_OLDER_NAMES = {name.replace("-", ""): name for name in TILL_MODULES}
"""Of zxing-cpp before its third version."""


def read_codes(png: bytes) -> tuple[str, ...] | None:
    """Kind and content of each code, such as `EAN-13 4006381333931`; None where no reader is installed.

    Slow for large pictures, and blocks.
    """
    found = _codes(png)
    if found is None:
        return None
    return tuple(
        f"{_kind(code)} {' '.join(printable(code.text).split())}"[:LONGEST] for code in found[:_MOST]
    )


def texts_of_codes(png: bytes) -> tuple[str, ...] | None:
    """What every code holds; None where no reader is installed. Slow and blocks, as `read_codes`."""
    found = _codes(png)
    return None if found is None else tuple(code.text for code in found)


def till_codes(png: bytes, size: FlatSize) -> tuple[TillCode, ...]:
    """The products' barcodes on a panel's picture; none where no reader is installed. Slow, and blocks."""
    found = _codes(png)
    if not found:
        return ()
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        pixels = opened.size
    per_mm = np.array(pixels) / (size.width, size.height)
    return tuple(
        TillCode(code.text, _module(code, per_mm) / NOMINAL_MODULE_MM, _around(code, pixels))
        for code in found
        if _kind(code) in TILL_MODULES
    )


def _kind(code: Any) -> str:
    name = str(code.format).removeprefix("BarcodeFormat.")
    return _OLDER_NAMES.get(name, name)


def _module(code: Any, per_mm: npt.NDArray[np.float64]) -> float:
    """Millimetres of the narrowest bar: ends are pixels that are part of the code."""
    first, last = code.position.top_left, code.position.top_right
    along = np.array([last.x - first.x, last.y - first.y])
    reach = float(np.hypot(*along))
    return float(np.hypot(*(along * (reach + 1) / reach / per_mm))) / TILL_MODULES[_kind(code)]


def _around(code: Any, pixels: tuple[int, int]) -> Spot:
    ends = code.position
    corners = (ends.top_left, ends.top_right, ends.bottom_left, ends.bottom_right)
    across, down = [one.x / pixels[0] for one in corners], [one.y / pixels[1] for one in corners]
    return min(across), min(down), max(across), max(down)


def _codes(png: bytes) -> list[Any] | None:
    try:
        import zxingcpp  # noqa: PLC0415  (an extra)
    except ImportError:
        return None
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            return list(zxingcpp.read_barcodes(opened.convert("L")))
    except Exception:  # noqa: BLE001  (a picture no reader takes has no code)
        return []
