"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
import zlib

from packdesk.sentence import Sentence

PNG, JPEG, WEBP = "PNG", "JPEG", "WebP"
TIFF, PSD, PDF, SVG, AVIF, HEIC = "TIFF", "PSD", "PDF", "SVG", "AVIF", "HEIC"
APART: frozenset[str] = frozenset({TIFF, PSD, PDF, SVG, AVIF, HEIC})
"""Decoded in a process of their own."""
DRAWINGS = frozenset({PDF, SVG})

_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8", JPEG),
    (b"GIF87a", Sentence("a GIF picture")),
    (b"GIF89a", Sentence("a GIF picture")),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"8BPS\0\1", PSD),
    (b"8BPS\0\2", Sentence("a large Photoshop document (PSB)")),
    (b"%PDF", PDF),
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
    (b"AC10", Sentence("an AutoCAD drawing (DWG)")),
    (b"\0\xffKA", Sentence("an Affinity document")),
    (b"CSFCHUNK", Sentence("a Clip Studio Paint document (CLIP)")),
)
_COREL = Sentence("a CorelDRAW document (CDR)")
_ZIP = b"PK\x03\x04"
_PACKED: tuple[tuple[bytes, str], ...] = (
    (b"mimetypeapplication/x-krita", Sentence("a Krita document (KRA)")),
    (b"mimetypeimage/openraster", Sentence("an OpenRaster picture (ORA)")),
    (b"mimetypeapplication/x-vnd.corel", _COREL),
    (b"mimetypeapplication/vnd.oasis.opendocument", Sentence("an OpenDocument file")),
)
"""How the first entry of a ZIP says what it is (OpenDocument 1.2, part 3, 3.3)."""
_FIRST_ENTRY = 30  # where its name begins
_BRANDS = {
    HEIC: {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"},
    AVIF: {b"avif", b"avis"},
    Sentence("a Canon raw picture (CR3)"): {b"crx "},
    Sentence("a HEIF picture"): {b"mif1", b"mif2", b"msf1", b"miaf"},
}
_SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s>/]", re.IGNORECASE)
_PAGE = re.compile(rb"^\s*<(?:!doctype html|html)[\s>]", re.IGNORECASE)
_LOOKED_AT = 4096
_GZIP = b"\x1f\x8b"
_LATE_PDF, _PDF_WITHIN = b"%PDF-", 1024  # other programs may have written before it (ISO 32000-1, annex H)


def kind_of(data: bytes) -> str | None:
    """`PNG`, `JPEG`, `WEBP`, one of `APART`, else in words with their article, or None for unknown."""
    within = _container_kind(data)
    if within is not None:
        return within
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return Sentence("a BMP picture")
    found = next((kind for first, kind in _FIRST_BYTES if data.startswith(first)), None)
    if found is None and data.startswith(_GZIP):
        kind = _text_kind(_unpacked(data))
        return kind if kind == SVG else Sentence("a file compressed by gzip")
    if found is None and _LATE_PDF in data[:_PDF_WITHIN]:
        return PDF
    return found or _text_kind(data[:_LOOKED_AT])


def _container_kind(data: bytes) -> str | None:
    """Of what keeps other files, or boxes, in it; None for anything else."""
    if data[:4] == b"RIFF":
        return WEBP if data[8:12] == b"WEBP" else _COREL if data[8:11] == b"CDR" else None
    if data.startswith(_ZIP):
        return _packed_kind(data[_FIRST_ENTRY:])
    # ISO/IEC 14496-12: the file's brand, then those it is compatible with
    return _by_brand(data) if data[4:8] == b"ftyp" else None


def _packed_kind(entry: bytes) -> str:
    """Of a ZIP, by its first entry."""
    known = (kind for start, kind in _PACKED if entry.startswith(start))
    return next(known, Sentence("a ZIP archive or a document kept in one"))


def _unpacked(data: bytes) -> bytes:
    """The beginning of what gzip packed; nothing where it is damaged."""
    try:
        return zlib.decompressobj(31).decompress(data[:_LOOKED_AT], _LOOKED_AT)
    except zlib.error:
        return b""


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
    return SVG if _SVG.search(plain) else None
