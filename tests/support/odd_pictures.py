"""Picture files as other programs write them, made byte by byte."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes, *, sound: bool = True) -> bytes:
    """A chunk of a PNG file; one that is not sound has another checksum."""
    told = zlib.crc32(kind + body) ^ (not sound)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", told)


def png(*notes: bytes, colour: tuple[int, ...] = (128, 128, 128), size: tuple[int, int] = (24, 32)) -> bytes:
    """A picture of one colour, with these chunks before its pixels."""
    mode = {1: "L", 3: "RGB", 4: "RGBA"}[len(colour)]
    buffer = io.BytesIO()
    Image.new(mode, size, colour if len(colour) > 1 else colour[0]).save(buffer, "PNG")
    raw = buffer.getvalue()
    pixels = raw.index(b"IDAT") - 4
    return raw[:pixels] + b"".join(notes) + raw[pixels:]


def raw_png(samples: np.ndarray, depth: int, colour_type: int, *notes: bytes) -> bytes:
    """Samples (rows, bytes of a row) as they are stored, unfiltered; the width follows from the row."""
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour_type]
    rows, length = samples.shape
    head = struct.pack(">IIBBBBB", length * 8 // bits, rows, depth, colour_type, 0, 0, 0)
    data = b"".join(b"\0" + row.tobytes() for row in samples)
    parts = [chunk(b"IHDR", head), *notes, chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")]
    return SIGNATURE + b"".join(parts)


def jpeg(size: tuple[int, int] = (60, 40), *, progressive: bool = False, **words: object) -> bytes:
    """A photograph of sorts."""
    grid = np.indices((size[1], size[0])).sum(axis=0)
    pixels = np.stack([grid * 5 % 256, grid * 3 % 256, grid * 7 % 256], axis=-1).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", progressive=progressive, **words)
    return buffer.getvalue()


def scanned_again(data: bytes, times: int) -> bytes:
    """A progressive JPEG whose last pass comes so many times more."""
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * times + data[-2:]


def branded(*brands: bytes) -> bytes:
    """The start of a file of the HEIF family."""
    body = b"ftyp" + brands[0] + b"\0\0\0\0" + b"".join(brands[1:])
    return struct.pack(">I", len(body) + 4) + body + b"\0" * 64
