"""SVG drawings as paths: a page of PDF, and markup for a drawing of ours. In the decoding process only.

typst makes the page. It reads SVG with usvg, as resvg does, so that paths and pixels show the same; it has no
network here and no file but the drawing and typefaces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET  # as in `svg`

from packdesk.assets import asset_path
from packdesk.domain.objects.shown import MARKUP_PREFIX
from packdesk.textures.foreign import limits
from packdesk.textures.foreign.svg import LINKS, cut_off, has_lettering, parsed, size_of_drawing, written
from packdesk.textures.foreign.unpacking import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_PT = 1000.0
_FAMILY = re.compile(r"(font-family\s*:\s*)([^;\"}]+)")
_SANS = "Hanken Grotesk"
_SVG = "{http://www.w3.org/2000/svg}"
_PAGE = (
    "#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: none)\n"
    '#image("drawing.svg", width: 100%, height: 100%, fit: "stretch")\n'
)
_BLOCK = re.compile(r"\{[^{}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PLAIN_SELECTOR = re.compile(r"\s*[.#][\w-]+\s*")
_LINK = re.compile(r"(url\(\s*['\"]?#)([^)'\"]+)")


class Paths(NamedTuple):
    """A drawing without its pixels.

    Attributes:
        page: a PDF document of one page that the drawing fills; empty where it cannot be made.
        markup: the drawing as an element of SVG, as of `ShownObjects`; empty where it cannot stand in another
            drawing, as with styles for all elements of a kind.
    """

    page: bytes
    markup: str


def paths_maker() -> Callable[[bytes], Paths]:
    """What makes them; its libraries are loaded before there are limits."""
    import typst  # noqa: PLC0415  (34 MB, and only files with drawings need it)

    def paths_of(data: bytes) -> Paths:
        text = unpacked(data)
        lettering = has_lettering(text)
        limits.limit(limits.SHEET_SECONDS, files=lettering)
        drawing = parsed(text)
        cut_off(drawing)
        width, height = size_of_drawing(drawing)
        plain = written(drawing, width, height)
        scale = _LONGEST_PT / max(width, height)
        page = _PAGE.format(width=f"{width * scale:.6f}", height=f"{height * scale:.6f}")
        files: Any = {
            "main": page.encode(),
            "drawing.svg": _with_ours(plain).encode(),
        }  # its types lag behind
        made = typst.compile(
            files,
            format="pdf",
            font_paths=[str(asset_path("fonts"))] if lettering else [],
            ignore_system_fonts=not lettering,
        )
        assert isinstance(made, bytes)  # of one page there is one document
        return Paths(made, markup_of(drawing, width, height))

    return paths_of


def _with_ours(text: str) -> str:
    """Our typeface stands in for those this computer lacks, as in pixels."""
    text = re.sub(r"(font-family=\")([^\"]*)", rf"\1\2, {_SANS}", text)
    text = _FAMILY.sub(rf"\1\2, {_SANS}", text)
    return text.replace("<svg ", f'<svg font-family="{_SANS}" ', 1) if "font-family" not in text else text


def markup_of(drawing: ET.Element, width: float, height: float) -> str:
    """A drawing of that size as `Paths.markup`; its own names get a prefix."""
    for style in drawing.iter(f"{_SVG}style"):
        selectors = _BLOCK.sub(",", _COMMENT.sub("", style.text or "")).split(",")
        if not all(_PLAIN_SELECTOR.fullmatch(one) for one in selectors if one.strip()):
            return ""
        style.text = re.sub(r"([.#])(?=[A-Za-z_-][\w-]*\s*[,{])", rf"\1{MARKUP_PREFIX}", style.text or "")
    for element in drawing.iter():
        _rename(element)
    unit = {"width": "1", "height": "1", "viewBox": f"0 0 {width:.9g} {height:.9g}"}
    around = ET.Element(f"{_SVG}svg", unit | {"preserveAspectRatio": "none"})
    around.append(drawing)
    return ET.tostring(around, encoding="unicode")


def _rename(element: ET.Element) -> None:
    for name, value in list(element.attrib.items()):
        if name == "id":
            element.set(name, MARKUP_PREFIX + value)
        elif name == "class":
            element.set(name, " ".join(MARKUP_PREFIX + one for one in value.split()))
        elif name in LINKS and value.startswith("#"):
            element.set(name, f"#{MARKUP_PREFIX}{value[1:]}")
        elif "url(" in value:
            element.set(name, _LINK.sub(rf"\1{MARKUP_PREFIX}\2", value))
    if element.tag == f"{_SVG}style":
        element.text = _LINK.sub(rf"\1{MARKUP_PREFIX}\2", element.text or "")
