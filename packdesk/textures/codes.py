"""Barcodes and 2D codes in a picture, read by zxing-cpp where that is installed (the extra `codes`)."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from packdesk.domain.text import printable

LONGEST = 80
_MOST = 6


def read_codes(png: bytes) -> tuple[str, ...] | None:
    """Kind and content of each code, such as `EAN-13 4006381333931`; None where no reader is installed.

    Slow for large pictures, and blocks.
    """
    found = _codes(png)
    if found is None:
        return None
    told = (f"{code.format} {' '.join(printable(code.text).split())}"[:LONGEST] for code in found[:_MOST])
    return tuple(one.removeprefix("BarcodeFormat.").replace("EAN13", "EAN-13") for one in told)


def texts_of_codes(png: bytes) -> tuple[str, ...] | None:
    """What every code holds; None where no reader is installed. Slow and blocks, as `read_codes`."""
    found = _codes(png)
    return None if found is None else tuple(code.text for code in found)


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
