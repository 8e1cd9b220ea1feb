"""SVG drawings, by resvg. In the decoding process only.

resvg runs no scripts and has no network, but reads files that a drawing names. So a drawing is written anew
without what it links to.
"""

from __future__ import annotations

import io
import math
import re
from xml.etree import ElementTree as ET  # expat resolves no external entities and stops those that grow

import resvg_py
from PIL import Image

from packdesk.assets import asset_path
from packdesk.textures.foreign import limits
from packdesk.textures.foreign.answer import Told
from packdesk.textures.foreign.svg_pictures import is_empty, pictures_below
from packdesk.textures.foreign.unpacking import unpacked
from packdesk.textures.foreign.worker import Decoded, FaultError, Wanted

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
LINKS = {"href", f"{{{_XLINK}}}href"}
_PIXELS_A_UNIT, _MM_PER_UNIT = 300 / 96, 25.4 / 96
_GUIDE, _TEMPLATE, _MOST_NOTE = "packdesk-guide", "packdesk-template", 2000  # as of `domain.sheet.template`
_UNITS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_LENGTH = re.compile(r"\s*([+]?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|)\s*$", re.IGNORECASE)
# What stands in for families that are only described, and for those that this computer lacks.
_SANS, _SERIF = "Hanken Grotesk", "Source Serif Pro"
_INITIAL = 100.0


def decode_svg(data: bytes, wanted: Wanted) -> Decoded:
    """Draw it in colour with opacity.

    Raises:
        FaultError: it is damaged, has entities that are not read, or no size.
        ValueError: it is damaged, as for whatever else is raised.
    """
    text = unpacked(data)
    lettering = has_lettering(text)
    Image.preinit()  # loaded before there are limits
    limits.limit(wanted.seconds, files=lettering)  # typefaces are files
    drawing = parsed(text)
    cut_off(drawing)
    note = _without_guides(drawing) if wanted.sheet else ""
    width, height = size_of_drawing(drawing)
    scale = wanted.scale(width, height, _PIXELS_A_UNIT)
    pixels = max(1, round(width * scale)), max(1, round(height * scale))
    told = Told((width * _MM_PER_UNIT, height * _MM_PER_UNIT), note=note)
    picture = _drawn(drawing, written(drawing, width, height), pixels, lettering=lettering)
    return Decoded(picture.size, picture, told=told)


def parsed(text: bytes) -> ET.Element:
    """The drawing; what drawing programs abbreviate by entities is read, files and what grows are not.

    Raises:
        FaultError: it is damaged, or has such entities.
    """
    try:
        return ET.fromstring(text)  # noqa: S314  (see above)
    except ET.ParseError as error:
        raise FaultError("entities" if b"<!ENTITY" in text else "damaged") from error


def has_lettering(text: bytes) -> bool:
    """Whether a drawing has words that are no paths yet: typefaces are needed for it."""
    return b"<text" in text or b":text" in text or "<text".encode("utf-16-le") in text


def _drawn(drawing: ET.Element, text: str, size: tuple[int, int], *, lettering: bool) -> Image.Image:
    below = pictures_below(drawing, text, size)
    if below is None:
        return _by_resvg(text, size, lettering=lettering)
    if is_empty(drawing):
        return below
    above = _by_resvg(ET.tostring(drawing, encoding="unicode"), size, lettering=lettering)
    return Image.alpha_composite(below.convert("RGBA"), above)


def _by_resvg(text: str, size: tuple[int, int], *, lettering: bool) -> Image.Image:
    png = resvg_py.svg_to_bytes(
        svg_string=text,
        width=size[0],
        height=size[1],
        skip_system_fonts=not lettering,
        font_dirs=[str(asset_path("fonts"))] if lettering else None,
        font_family=_SANS,
        serif_family=_SERIF,
        sans_serif_family=_SANS,
        cursive_family=_SERIF,
        fantasy_family=_SANS,
        monospace_family=_SANS,
    )
    with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
        picture.load()
        return picture.convert("RGBA")


def _without_guides(drawing: ET.Element) -> str:
    """Take the guide layers of our templates away; returns the template's note."""
    note = ""
    for element in list(drawing.iter()):
        if element.tag.endswith("desc") and (element.text or "").startswith(_TEMPLATE):
            note = (element.text or "")[:_MOST_NOTE]
        for child in [child for child in element if child.get("id", "").startswith(_GUIDE)]:
            element.remove(child)
    return note


def cut_off(drawing: ET.Element) -> None:
    """Take away what lies elsewhere, and scripts."""
    for element in drawing.iter():
        for name in LINKS & element.attrib.keys():
            link = element.attrib[name].strip()
            if not link.startswith(("#", "data:image/")):
                del element.attrib[name]
        for child in [child for child in element if child.tag == f"{{{_SVG}}}script"]:
            element.remove(child)


def size_of_drawing(drawing: ET.Element) -> tuple[float, float]:
    """In CSS pixels; lengths in other units than those of paper are as none (SVG 2, 8.2).

    Raises:
        FaultError: they are no numbers.
    """
    box = [float(number) for number in re.split(r"[\s,]+", drawing.get("viewBox", "").strip()) if number]
    usable = len(box) == 4 and box[2] > 0 and box[3] > 0
    width, height = _length(drawing.get("width", "")), _length(drawing.get("height", ""))
    if usable:
        ratio = box[2] / box[3]
        width = width or (height * ratio if height else box[2])
        height = height or width / ratio
    width, height = width or _INITIAL, height or _INITIAL
    if not (math.isfinite(width) and math.isfinite(height)):
        raise FaultError("endless")
    if not usable:
        drawing.set("viewBox", f"0 0 {width} {height}")
    return width, height


def _length(text: str) -> float:
    found = _LENGTH.match(text)
    return float(found[1]) * _UNITS[found[2].lower()] if found else 0.0


def written(drawing: ET.Element, width: float, height: float) -> str:
    """The drawing as text, with its size in pixels of CSS."""
    drawing.set("width", f"{width}")
    drawing.set("height", f"{height}")
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return ET.tostring(drawing, encoding="unicode")
