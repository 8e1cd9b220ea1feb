"""Objects as groups of SVG: for files, and for pixels."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from packdesk.domain.objects.drawn import InkedPath
from packdesk.domain.objects.shown import MARKUP_PREFIX
from packdesk.textures.profiles import rgb_of_inks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from packdesk.domain.affine import Affine
    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.objects.inks import Ink

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"


def rgb_of(ink: Ink) -> tuple[int, int, int]:
    """An ink on a screen."""
    return rgb_of_inks(*ink.shares) if ink.shares else ink.rgb or (0, 0, 0)


def object_group(
    one: DrawnObject,
    place: Affine,
    png_of: Callable[[str], bytes],
    *,
    markups: Mapping[str, str] | None = None,
    name: str = "",
) -> ET.Element:
    """What an object draws.

    Args:
        one: the object.
        place: from millimetres of its box to those of the drawing.
        png_of: the library picture of that SHA-256.
        markups: pictures that are placed as drawings, as of `ShownObjects`.
        name: of the group in the drawing; without one made of the object's.
    """
    look = {"id": name or f"object-{one.id}", "transform": matrix(place), "aria-label": one.label}
    if one.opacity < 1:
        look["opacity"] = f"{one.opacity:g}"
    group = ET.Element(f"{{{SVG}}}g", look)
    for part in one.parts:
        if isinstance(part, InkedPath):
            fill = {"d": part.outline, "fill": "#{:02x}{:02x}{:02x}".format(*rgb_of(part.ink))}
            if part.even_odd:
                fill["fill-rule"] = "evenodd"
            ET.SubElement(group, f"{{{SVG}}}path", fill)
        elif markup := (markups or {}).get(part.picture):
            holder = ET.SubElement(group, f"{{{SVG}}}g", {"transform": matrix(part.place)})
            holder.append(ET.fromstring(markup.replace(MARKUP_PREFIX, f"{look['id']}-")))  # noqa: S314  (written by `svg_page`)
        else:
            href = f"data:image/png;base64,{base64.b64encode(png_of(part.picture)).decode('ascii')}"
            unit = {"width": "1", "height": "1", "preserveAspectRatio": "none"}
            unit |= {"transform": matrix(part.place), f"{{{XLINK}}}href": href}
            ET.SubElement(group, f"{{{SVG}}}image", unit)
    return group


def matrix(place: Affine) -> str:
    """As SVG writes it."""
    return f"matrix({' '.join(f'{round(value, 7) + 0:.7f}'.rstrip('0').rstrip('.') for value in place)})"
