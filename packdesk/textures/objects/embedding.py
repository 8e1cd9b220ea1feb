"""Typefaces for files: whether they may be embedded, and the part of them a file needs.

What may be done with a typeface says the field fsType of its table OS/2 (OpenType 1.9.1, “OS/2 and Windows
Metrics Table”). A typeface that says nothing is not embedded.
"""

from __future__ import annotations

import hashlib
import io
import re
import string
from functools import cached_property
from typing import TYPE_CHECKING, Any

from packdesk.domain.objects.live import LiveFont, Outlined

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    Box = tuple[float, float, float, float]

TABLES = (
    "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post", "cmap",
    "CFF ", "glyf", "loca", "cvt ", "fpgm", "prep",
    "fvar", "gvar", "avar", "HVAR", "MVAR", "STAT",
)  # fmt: skip
"""Tables that are looked at; of others nothing is embedded."""
_NEEDED = frozenset(["head", "hhea", "hmtx", "maxp", "glyf", "loca", "cvt ", "fpgm", "prep"])
"""Of a TrueType file (ISO 32000-1, 9.9)."""
_RESTRICTED, _PREVIEW, _EDITABLE = 0x0002, 0x0004, 0x0008
_WHOLE, _BITMAPS = 0x0100, 0x0200
_LEAN = 0x366A / 0x10000
"""By which Qt and FreeType lean letters of a typeface without an italic, as a share of their height."""
_OFF = 1.5
"""Thousandths of the size by which a letter's edges may differ from those that were drawn."""
_TAG_LETTERS, _LONGEST_NAME = 6, 63


def may_embed(fs_type: int) -> bool:
    """Whether a typeface may be part of a file that is looked at and printed.

    The least of several restrictions counts, as it was read when there could be more than one.
    """
    refused = fs_type & _RESTRICTED and not fs_type & (_PREVIEW | _EDITABLE)
    return not refused and not fs_type & _BITMAPS


class Typefile:
    """A typeface by its tables.

    Args:
        tables: by tag, as they are in its file; empty ones are not there.
        weight: it was asked for in, 100 to 900.

    Raises:
        Exception: of fontTools, of many kinds: it is damaged.
    """

    def __init__(self, tables: Mapping[str, bytes], weight: int = 400) -> None:
        self._tables = {tag: data for tag, data in tables.items() if data}
        self._weight = weight
        self._location: dict[str, float] = {}
        self._lean = 0.0

    @cached_property
    def _font(self) -> Any:
        return self._opened()

    def _opened(self) -> Any:
        from fontTools.ttLib import TTFont  # noqa: PLC0415  (a quarter of a second, and only live text needs it)
        from fontTools.ttLib.sfnt import SFNTWriter  # noqa: PLC0415  (as above)

        file = io.BytesIO()
        kind = "OTTO" if "CFF " in self._tables else "\x00\x01\x00\x00"
        writer = SFNTWriter(file, len(self._tables), kind)
        for tag, data in self._tables.items():
            writer[tag] = data
        writer.close()
        return TTFont(io.BytesIO(file.getvalue()), recalcBBoxes=False, recalcTimestamp=False)

    @property
    def refusal(self) -> Outlined | None:
        """Why it is not embedded, if it is not."""
        drawn = "CFF " in self._tables or {"glyf", "loca"} <= self._tables.keys()
        if not drawn or not {"head", "hhea", "hmtx", "maxp"} <= self._tables.keys():
            return Outlined.UNUSABLE
        if "OS/2" not in self._tables or not may_embed(self._font["OS/2"].fsType):
            return Outlined.REFUSED
        return None

    def draws(self, boxes: Mapping[int, Box]) -> bool:
        """Whether its letters are those that were drawn.

        Where there is no italic they may be leant, as Qt leans them; of a variable typeface the instance is
        looked for in which they are.

        Args:
            boxes: left, top, right, bottom by glyph, in thousandths of the size, y downwards.
        """
        for lean in (0.0, _LEAN):
            for location in self._locations():
                if self._fits(boxes, location, lean):
                    self._location, self._lean = location, lean
                    return True
        return False

    def _locations(self) -> list[dict[str, float]]:
        if "fvar" not in self._tables:
            return [{}]
        axes, named = self._font["fvar"].axes, self._font["fvar"].instances
        usual = {axis.axisTag: float(axis.defaultValue) for axis in axes}
        asked = {
            axis.axisTag: min(max(float(self._weight), axis.minValue), axis.maxValue)
            for axis in axes
            if axis.axisTag == "wght"
        }
        return [usual | asked, usual, *(usual | dict(one.coordinates) for one in named)]

    def _fits(self, boxes: Mapping[int, Box], location: dict[str, float], lean: float) -> bool:
        from fontTools.pens.boundsPen import BoundsPen  # noqa: PLC0415  (as above)
        from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415  (as above)

        font = self._font
        glyphs, scale = font.getGlyphSet(location=location or None), 1000 / font["head"].unitsPerEm
        for number, (left, top, right, bottom) in boxes.items():
            pen = BoundsPen(glyphs)
            leant = TransformPen(pen, (scale, 0, lean * scale, scale, 0, 0))
            glyphs[font.getGlyphName(number)].draw(leant)
            meant = left, -bottom, right, -top
            found = pen.bounds or (0, 0, 0, 0)
            if any(abs(one - other) > _OFF for one, other in zip(found, meant, strict=True)):
                return False
        return True

    def embedded(self, words: Mapping[int, str]) -> tuple[LiveFont, dict[int, int]]:
        """What a file needs of it, and the codes of glyphs there.

        Args:
            words: what is read, by glyph, of all that are needed.
        """
        font = self._part(words) if self._can_part else self._opened()
        order = {name: number for number, name in enumerate(font.getGlyphOrder())}
        names = {glyph: self._font.getGlyphName(glyph) for glyph in words}
        is_cff = "CFF " in font
        by_cid = is_cff and hasattr(font["CFF "].cff.topDictIndex[0], "ROS")
        codes = {glyph: _cid(name) if by_cid else order[name] for glyph, name in names.items()}
        scale = 1000 / font["head"].unitsPerEm
        widths = {codes[glyph]: font["hmtx"][name][0] * scale for glyph, name in names.items()}
        letters = {
            name: chr(letter) for letter, name in sorted(self._font.getBestCmap().items(), reverse=True)
        }
        told = {glyph: text or letters.get(names[glyph], "") for glyph, text in words.items()}
        read = {codes[glyph]: text for glyph, text in told.items() if text}
        name = self._called(words)
        program = _cff(font, name) if is_cff else _truetype(font, whole=not self._can_part)
        return LiveFont(name, program, is_cff, widths, read, *self._measures(scale), self._lean), codes

    @property
    def _can_part(self) -> bool:
        return not self._font["OS/2"].fsType & _WHOLE

    def _part(self, glyphs: Collection[int]) -> Any:
        """These glyphs of it, and those they are made of."""
        from fontTools import subset  # noqa: PLC0415  (as above)

        options = subset.Options(notdef_outline=True, recalc_timestamp=False, layout_closure=False)
        options.drop_tables += ["STAT"]
        options.name_IDs = []
        part = self._opened()
        subsetter = subset.Subsetter(options)
        subsetter.populate(gids=sorted(glyphs))
        subsetter.subset(part)
        if "fvar" not in part:
            return part
        from fontTools.varLib import instancer  # noqa: PLC0415  (as above, and few are variable)

        return instancer.instantiateVariableFont(part, self._location)

    def _called(self, glyphs: Collection[int]) -> str:
        """Its PostScript name, behind six letters where it is a part (ISO 32000-1, 9.6.4)."""
        told = (self._font["name"].getDebugName(6) if "name" in self._font else "") or ""
        name = re.sub(r"[^A-Za-z0-9-]", "", told)[:_LONGEST_NAME]
        if not self._can_part:
            return name or "Typeface"
        said = f"{self._tables['head'].hex()} {self._location} {sorted(glyphs)}".encode()
        tag = (string.ascii_uppercase[byte % 26] for byte in hashlib.sha256(said).digest()[:_TAG_LETTERS])
        return f"{''.join(tag)}+{name or 'Typeface'}"

    def _measures(self, scale: float) -> tuple[Box, float, float, float, float]:
        font = self._font
        head, hhea, os2 = font["head"], font["hhea"], font["OS/2"]
        box = head.xMin * scale, head.yMin * scale, head.xMax * scale, head.yMax * scale
        capitals = getattr(os2, "sCapHeight", 0) or hhea.ascent
        slant = float(font["post"].italicAngle) if "post" in font else 0.0
        return box, hhea.ascent * scale, hhea.descent * scale, capitals * scale, slant


def _cid(name: str) -> int:
    """Of a glyph of a CFF that names them by numbers, as fontTools calls it."""
    return 0 if name == ".notdef" else int(name.removeprefix("cid"))


def _cff(font: Any, name: str) -> bytes:
    font["CFF "].cff.fontNames[0] = name
    return bytes(font["CFF "].compile(font))


def _truetype(font: Any, *, whole: bool) -> bytes:
    for tag in () if whole else [tag for tag in font.keys() if tag not in _NEEDED]:  # noqa: SIM118  (no mapping)
        if tag != "GlyphOrder":
            del font[tag]
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()
