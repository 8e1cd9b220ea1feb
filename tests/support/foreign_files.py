"""Files of the kinds that are decoded apart, as other programs write them."""

from __future__ import annotations

import base64
import io
import struct
from typing import Any

import numpy as np
from PIL import Image

RED, INKS = (200, 30, 30), (0, 230, 220, 10)


def saved(
    kind: str, mode: str = "RGB", colour: Any = RED, size: tuple[int, int] = (64, 40), **words: Any
) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **words)
    return buffer.getvalue()


def tiff(mode: str = "RGB", colour: Any = RED, **words: Any) -> bytes:
    return saved("TIFF", mode, colour, **words)


def avif(**words: Any) -> bytes:
    return saved("AVIF", quality=100, subsampling="4:4:4", **words)


def heic() -> bytes:
    """One of `saved`, by a library that packdesk does without."""
    return base64.b64decode(_HEIC)


_HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAAB4AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRt"
    "AAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA"
    "AAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5j"
    "bHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAKAAAAAEAAAAAAAAAAv///+gAAAACAAAAEHBp"
    "eGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAACZtZGF0AAAAGigBrwngOSMkv//6Mb//+EaeQ/a5hrVjqdz8"
)


def psd(
    channels: tuple[int, ...] = RED,
    mode: int = 3,
    depth: int = 8,
    *,
    profile: bytes = b"",
    composite: bool = True,
    dpi: float | None = None,
) -> bytes:
    """A Photoshop document of one colour."""
    plane = np.ones((len(channels), 40, 64), np.uint8) * np.array(channels, np.uint8)[:, None, None]
    return psd_planes(plane, mode, depth, profile, composite=composite, dpi=dpi)


def psd_planes(
    planes: np.ndarray,
    mode: int,
    depth: int,
    profile: bytes = b"",
    *,
    composite: bool = True,
    packed: bool = False,
    dpi: float | None = None,
) -> bytes:
    """A Photoshop document of 8-bit channels (Adobe Photoshop file formats specification)."""
    count, height, width = planes.shape
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, count, height, width, depth, mode)
    version = struct.pack(">IB", 1, composite) + bytes(12)
    resources = _resource(1057, version) + (_resource(1039, profile) if profile else b"")
    if dpi is not None:
        fixed = round(dpi * 65536)
        resources += _resource(1005, struct.pack(">IHHIHH", fixed, 1, 1, fixed, 1, 1))
    rows = np.repeat(planes, depth // 8, axis=2).reshape(count * height, -1)
    pixels = b"\0\0" + rows.tobytes()
    if packed:  # PackBits, which may also leave bytes as they are, up to 128 at once
        parts = [b"".join(bytes([len(one) - 1]) + one for one in _parts(row.tobytes())) for row in rows]
        lengths = struct.pack(f">{len(parts)}H", *map(len, parts))
        pixels = b"\0\1" + lengths + b"".join(parts)
    return head + bytes(4) + struct.pack(">I", len(resources)) + resources + bytes(4) + pixels


def _parts(row: bytes) -> list[bytes]:
    return [row[at : at + 128] for at in range(0, len(row), 128)]


def _resource(number: int, content: bytes) -> bytes:
    padded = content + bytes(len(content) % 2)
    return b"8BIM" + struct.pack(">HHI", number, 0, len(content)) + padded


def svg(
    inside: str = "<rect width='100%' height='100%' fill='#c81e1e'/>",
    head: str = "width='60mm' height='40mm'",
) -> bytes:
    links = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    return f"<svg {links} {head}>{inside}</svg>".encode()


def pdf(
    content: str = "0.784 0.118 0.118 rg 0 0 170 113 re f", box: str = "0 0 170 113", more: str = ""
) -> bytes:
    """A page of one content stream, without a table of its objects: readers rebuild it."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources << {more} >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{part}\nendobj\n" for number, part in enumerate(parts, 1))
    return f"%PDF-1.7\n{body}trailer << /Root 1 0 R >>\n%%EOF\n".encode()


def locked_pdf(data: bytes | None = None, user: str = "a") -> bytes:
    """Encrypted; with an empty word for users anybody may read it."""
    import pikepdf

    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data or pdf())) as document:
        document.save(buffer, encryption=pikepdf.Encryption(user=user, owner="b"))
    return buffer.getvalue()
