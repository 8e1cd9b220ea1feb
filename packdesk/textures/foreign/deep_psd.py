"""The flattened picture of a Photoshop document of 16 bits a channel: Pillow reads 8 bits only.

Adobe Photoshop file formats specification. It is written anew with 8 bits a channel, for Pillow to read.
"""

from __future__ import annotations

import struct

import numpy as np
from PIL import Image

_HEAD = struct.Struct(">4sH6sHIIHH")
_SIXTEEN, _EIGHT = 16, 8
_RAW, _PACKED = 0, 1
_MOST_CHANNELS = 56


def is_deep(data: bytes) -> bool:
    """Whether it has 16 bits a channel."""
    return len(data) > _HEAD.size and _HEAD.unpack_from(data)[6] == _SIXTEEN


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    head = _HEAD.unpack_from(data)
    return int(head[5]), int(head[4])


def with_eight_bits(data: bytes) -> bytes:
    """The document with its flattened picture in 8 bits, and no layers.

    Raises:
        ValueError: it is damaged, or packed in a way Photoshop does not pack this picture.
        struct.error: it is damaged.
    """
    signature, version, nothing, channels, height, width, _, mode = _HEAD.unpack_from(data)
    if not 0 < channels <= _MOST_CHANNELS:
        raise ValueError("no such number of channels")
    colours_end = _section_end(data, _HEAD.size)
    notes_end = _section_end(data, colours_end)
    layers_end = _section_end(data, notes_end)
    samples = _samples(data[layers_end:], channels * height, width)
    fine = ((samples.astype(np.uint32) + 128) // 257).astype(np.uint8)
    head = _HEAD.pack(signature, version, nothing, channels, height, width, _EIGHT, mode)
    return head + data[_HEAD.size : notes_end] + bytes(4) + b"\0\0" + fine.tobytes()


def _section_end(data: bytes, start: int) -> int:
    (length,) = struct.unpack_from(">I", data, start)
    return int(start + 4 + length)


def _samples(content: bytes, rows: int, width: int) -> np.ndarray:
    (packing,) = struct.unpack_from(">H", content)
    if packing == _RAW:
        return np.frombuffer(content, ">u2", rows * width, 2)
    if packing != _PACKED:
        raise ValueError("not packed so")
    packed = content[2 + 2 * rows :]  # the lengths of its rows come first
    plain = Image.frombytes("L", (2 * width, rows), packed, "packbits", "L")
    return np.frombuffer(plain.tobytes(), ">u2")
