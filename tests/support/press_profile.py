"""A colour profile of a press that never was: as printers' ones are built, and small.

Its inks are those of a screen turned round, black is half of what they share. As an ICC file of version 2
(ICC.1:2001-04): tables of 16 bits from inks to L*a*b* and back.
"""

from __future__ import annotations

import itertools
import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_INKS_GRID, _LAB_GRID = 7, 17
_WHITE = np.array([0.9642, 1.0, 0.8249])
_TO_XYZ = np.array(  # linear sRGB to XYZ under D50
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)


def press_profile(device_class: bytes = b"prtr", name: str = "Test press") -> bytes:
    """The bytes of the file; a class of four letters says what kind of profile it calls itself."""
    inks = _grid(4, _INKS_GRID)
    lab = _grid(3, _LAB_GRID) * [100, 255, 255] - [0, 128, 128]
    tags = {
        b"desc": _description(name),
        b"cprt": b"text\0\0\0\0None\0",
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(*_WHITE),
        b"A2B0": _table(4, 3, _INKS_GRID, _encoded(_lab_of(inks))),
        b"B2A0": _table(3, 4, _LAB_GRID, _inks_of(lab) * 65535),
    }
    body, entries = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        entries += struct.pack(">4sII", tag, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = start + len(body)
    header = struct.pack(">I4sI4s4s4s", size, b"\0" * 4, 0x02400000, device_class, b"CMYK", b"Lab ")
    header += struct.pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + _fixed(*_WHITE)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + entries + body


def _grid(channels: int, steps: int) -> Floats:
    return np.array(list(itertools.product(np.linspace(0, 1, steps), repeat=channels)))


def _lab_of(inks: Floats) -> Floats:
    red_green_blue = (1 - inks[:, :3]) * (1 - inks[:, 3:] * 0.9)
    linear = np.where(
        red_green_blue <= 0.04045, red_green_blue / 12.92, ((red_green_blue + 0.055) / 1.055) ** 2.4
    )
    ratio = linear @ _TO_XYZ.T / _WHITE
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    x, y, z = root.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def _inks_of(lab: Floats) -> Floats:
    y = (lab[:, 0] + 16) / 116
    root = np.stack([y + lab[:, 1] / 500, y, y - lab[:, 2] / 200], axis=1)
    ratio = np.where(root > 6 / 29, root**3, (116 * root - 16) * 27 / 24389)
    linear = np.clip(ratio * _WHITE @ np.linalg.inv(_TO_XYZ).T, 0, 1)
    colours = 1 - np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    black = colours.min(axis=1, keepdims=True) * 0.5
    colours = (colours - black * 0.9) / (1 - black * 0.9)
    inks: Floats = np.clip(np.concatenate([colours, black], axis=1), 0, 1)
    return inks


def _encoded(lab: Floats) -> Floats:
    return np.stack([lab[:, 0] * 652.8, (lab[:, 1] + 128) * 256, (lab[:, 2] + 128) * 256], axis=1)


def _table(channels: int, out: int, steps: int, values: Floats) -> bytes:
    line = struct.pack(">2H", 0, 65535)
    head = struct.pack(">4sI4B", b"mft2", 0, channels, out, steps, 0)
    head += _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack(">2H", 2, 2)
    numbers = np.clip(np.rint(values), 0, 65535).astype(">u2").tobytes()
    return head + line * channels + numbers + line * out


def _description(name: str) -> bytes:
    letters = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(letters)) + letters + bytes(78)


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(float(value) * 65536) for value in values))
