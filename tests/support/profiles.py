"""ICC profiles of RGB spaces, written here (ICC.1:2001-04), so that LittleCMS can say what is right."""

from __future__ import annotations

import struct

import numpy as np

from packdesk.domain.colour import srgb_light

Point = tuple[float, float]

D50, D65 = (0.3457, 0.3585), (0.3127, 0.3290)
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_PCS_WHITE = np.array([0.9642, 1.0, 0.8249])


def matrix_profile(name: str, points: tuple[Point, Point, Point], gamma: float | None, white: Point) -> bytes:
    """A display profile of three primaries; the gamma of sRGB's own curve is None."""
    columns = np.array([_xyz(point) for point in points]).T
    columns = columns * np.linalg.solve(columns, _xyz(white))
    cones = (_BRADFORD @ _PCS_WHITE) / (_BRADFORD @ _xyz(white))
    adapted = np.linalg.inv(_BRADFORD) @ np.diag(cones) @ _BRADFORD @ columns
    tags = {b"desc": _description(name), b"wtpt": _coordinates(_PCS_WHITE)}
    tags |= {key: _coordinates(adapted[:, at]) for at, key in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve(gamma))
    return _profile(tags, b"mntr", b"RGB ", b"XYZ ")


def _profile(tags: dict[bytes, bytes], kind: bytes, colours: bytes, between: bytes) -> bytes:
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for key, content in tags.items():
        table += key + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    whole = struct.pack(">I", len(tags)) + table + body
    head = struct.pack(">I4sI4s4s4s", 128 + len(whole), bytes(4), 0x02100000, kind, colours, between)
    head += bytes(12) + b"acsp" + bytes(28) + _fixed(_PCS_WHITE)
    return head.ljust(128, b"\0") + whole


def _xyz(point: Point) -> np.ndarray:
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _fixed(values: np.ndarray) -> bytes:
    return struct.pack(">3i", *(round(float(value) * 65536) for value in values))


def _coordinates(values: np.ndarray) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _description(name: str) -> bytes:
    text = name.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)


def _curve(gamma: float | None) -> bytes:
    if gamma is not None:
        return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    steps = np.rint(srgb_light(np.arange(1024) / 1023) * 65535).astype(int)
    return b"curv\0\0\0\0" + struct.pack(">I1024H", 1024, *steps)


def ink_profile(name: str) -> bytes:
    """A profile of four inks by a table of their 16 full overprints (lut8Type), unlike those of the trade."""
    grid = bytearray()
    for number in range(16):
        cyan, magenta, yellow, black = (number >> bit & 1 for bit in (3, 2, 1, 0))
        light = 95 - 30 * cyan - 40 * magenta - 8 * yellow - 70 * black
        across = 128 + (-30 * cyan + 60 * magenta) * (1 - black)
        along = 128 + (-40 * cyan - 5 * magenta + 80 * yellow) * (1 - black)
        grid += bytes([round(max(light, 5) * 2.55), across, along])
    ramp = bytes(range(256))
    identity = struct.pack(">9i", *(65536 * (at % 4 == 0) for at in range(9)))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + identity + ramp * 4 + bytes(grid) + ramp * 3
    tags = {b"desc": _description(name), b"wtpt": _coordinates(_PCS_WHITE), b"A2B0": table}
    return _profile(tags, b"prtr", b"CMYK", b"Lab ")
