"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from packdesk.sentence import Sentence

PNG, JPEG, WEBP = "PNG", "JPEG", "WebP"

_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8", JPEG),
    (b"GIF87a", Sentence("a GIF picture")),
    (b"GIF89a", Sentence("a GIF picture")),
    (b"II*\0", Sentence("a TIFF picture")),
    (b"MM\0*", Sentence("a TIFF picture")),
    (b"II+\0", Sentence("a TIFF picture")),
    (b"MM\0+", Sentence("a TIFF picture")),
    (b"8BPS", Sentence("a Photoshop document (PSD)")),
    (b"%PDF", Sentence("a PDF document")),
    (b"%!PS", Sentence("a PostScript document (EPS)")),
    (b"\xc5\xd0\xd3\xc6", Sentence("a PostScript document (EPS)")),
    (b"\xff\x0a", Sentence("a JPEG XL picture")),
    (b"\0\0\0\x0cJXL ", Sentence("a JPEG XL picture")),
    (b"\0\0\0\x0cjP  ", Sentence("a JPEG 2000 picture")),
    (b"\xff\x4f\xff\x51", Sentence("a JPEG 2000 picture")),
    (b"\x8aMNG", Sentence("an MNG animation")),
    (b"\0\0\x01\0", Sentence("a Windows icon (ICO)")),
    (b"icns", Sentence("a macOS icon (ICNS)")),
    (b"gimp xcf", Sentence("a GIMP document (XCF)")),
    (b"v/1\x01", Sentence("an OpenEXR picture")),
    (b"#?RADIANCE", Sentence("a Radiance HDR picture")),
    (b"qoif", Sentence("a QOI picture")),
    (b"DDS ", Sentence("a DDS picture")),
    (b"\xd7\xcd\xc6\x9a", Sentence("a Windows metafile (WMF)")),
    (b"\x06\x06\xed\xf5", Sentence("an InDesign document")),
    (b"PK\x03\x04", Sentence("a ZIP archive or a document kept in one")),
    (b"\x1f\x8b", Sentence("a file compressed by gzip")),
)
_BRANDS = {
    Sentence("a HEIC picture"): {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"},
    Sentence("an AVIF picture"): {b"avif", b"avis"},
    Sentence("a Canon raw picture (CR3)"): {b"crx "},
    Sentence("a HEIF picture"): {b"mif1", b"mif2", b"msf1", b"miaf"},
}
_SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s>/]", re.IGNORECASE)
_PAGE = re.compile(rb"^\s*<(?:!doctype html|html)[\s>]", re.IGNORECASE)
_LOOKED_AT = 4096


def kind_of(data: bytes) -> str | None:
    """`PNG`, `JPEG` or `WEBP`, what else it is in words with their article, or None where that is unknown."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp":  # ISO/IEC 14496-12: the file's brand, then those it is compatible with
        return _by_brand(data)
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return Sentence("a BMP picture")
    found = next((kind for first, kind in _FIRST_BYTES if data.startswith(first)), None)
    return found or _text_kind(data[:_LOOKED_AT])


def _by_brand(data: bytes) -> str:
    end = min(int.from_bytes(data[:4], "big"), 256)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end, 4))]
    kinds = {kind for kind, known in _BRANDS.items() if known.intersection(brands)}
    # "mif1" says only that it is a picture; the brands beside it may say more.
    return next((kind for kind in _BRANDS if kind in kinds), Sentence("a video"))


def _text_kind(start: bytes) -> str | None:
    plain = start.removeprefix(b"\xef\xbb\xbf")
    if plain[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        plain = plain.replace(b"\0", b"")[2:]
    if _PAGE.search(plain):
        return Sentence("a web page")
    return Sentence("an SVG drawing") if _SVG.search(plain) else None
