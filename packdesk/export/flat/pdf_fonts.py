"""Typefaces in a PDF: composite fonts whose letters are called by numbers (ISO 32000-1, 9.7).

Codes are two bytes, and are glyphs of the embedded program (Identity-H); what is read of them says a map of
its own (ToUnicode, 9.10.3).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from packdesk.domain.objects.live import LiveFont, LiveSpan

_SYMBOLIC, _ITALIC = 1 << 2, 1 << 6
_STEM = 80
"""Thickness of stems. Files need one; nothing that draws the embedded letters looks at it."""
_MOST_IN_BLOCK = 100
_SAME_LINE_MM = 0.0005


def add_fonts(pdf: Any, fonts: Mapping[str, LiveFont]) -> None:
    """Put typefaces into the resources of all pages, by name."""
    import pikepdf  # noqa: PLC0415  (a third of a second, and only exports need it)

    made = {name: pdf.make_indirect(_font(pikepdf, pdf, font)) for name, font in fonts.items()}
    for page in pdf.pages if made else ():
        resources = page.obj.Resources
        if "/Font" not in resources:
            resources.Font = pikepdf.Dictionary()
        for name, font in made.items():
            resources.Font[f"/{name}"] = font


def _font(pikepdf: Any, pdf: Any, font: LiveFont) -> Any:
    name = pikepdf.Name(f"/{font.name}")
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType0 if font.is_cff else pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(_descriptor(pikepdf, pdf, font)),
        DW=0,
        W=pikepdf.Array(list(_widths(pikepdf, font))),
    )
    if not font.is_cff:
        descendant.CIDToGIDMap = pikepdf.Name.Identity
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=name,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
        ToUnicode=_packed(pikepdf, pdf, _to_unicode(font.words).encode("ascii")),
    )


def _descriptor(pikepdf: Any, pdf: Any, font: LiveFont) -> Any:
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name(f"/{font.name}"),
        Flags=_SYMBOLIC | (_ITALIC if font.slant else 0),
        FontBBox=pikepdf.Array([round(side) for side in font.box]),
        ItalicAngle=round(font.slant, 2),
        Ascent=round(font.ascent),
        Descent=round(font.descent),
        CapHeight=round(font.cap_height),
        StemV=_STEM,
    )
    program = _packed(pikepdf, pdf, font.program)
    if font.is_cff:
        program.Subtype = pikepdf.Name.CIDFontType0C
        descriptor.FontFile3 = program
    else:
        program.Length1 = len(font.program)
        descriptor.FontFile2 = program
    return descriptor


def _packed(pikepdf: Any, pdf: Any, data: bytes) -> Any:
    stream = pdf.make_stream(b"")
    stream.write(zlib.compress(data), filter=pikepdf.Name.FlateDecode)
    return stream


def _widths(pikepdf: Any, font: LiveFont) -> Iterator[Any]:
    for code, width in sorted(font.widths.items()):
        yield code
        yield pikepdf.Array([round(width, 3)])


def _to_unicode(words: Mapping[int, str]) -> str:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    ordered = sorted(words.items())
    for start in range(0, len(ordered), _MOST_IN_BLOCK):
        block = ordered[start : start + _MOST_IN_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += (f"<{code:04X}> <{_utf16(read)}>" for code, read in block)
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def _utf16(words: str) -> str:
    return words.encode("utf-16-be", "replace").hex().upper()


def text_operators(spans: Iterable[LiveSpan], fonts: Mapping[str, LiveFont]) -> Iterator[str]:
    """What draws texts in millimetres of their box, y downwards, in the ink that is set.

    Args:
        spans: what is drawn.
        fonts: their typefaces, by the names they have in the page's resources.
    """
    yield "BT"
    for span in spans:
        if span.words:  # ISO 32000-1, 14.9.4
            yield f"/Span <</ActualText <FEFF{_utf16(span.words)}>>> BDC"
        yield f"/{span.font} {span.size:.5f} Tf"
        yield from _shown(span, fonts[span.font])
        if span.words:
            yield "EMC"
    yield "ET"


def _shown(span: LiveSpan, font: LiveFont) -> Iterator[str]:
    """Its glyphs, each moved to its place from where the one before has led."""
    line: list[str] = []
    pen = baseline = 0.0
    for code, x, y in span.glyphs:
        if not line or abs(y - baseline) > _SAME_LINE_MM:
            if line:
                yield f"[{' '.join(line)}] TJ"
            yield f"1 0 {font.lean:.5f} -1 {x:.4f} {y:.4f} Tm"
            line, pen, baseline = [], x, y
        back = round((pen - x) / span.size * 1000, 1)
        if back:
            line.append(f"{back:g}")
        line.append(f"<{code:04X}>")
        pen += (round(font.widths[code], 3) - back) / 1000 * span.size
    if line:
        yield f"[{' '.join(line)}] TJ"
