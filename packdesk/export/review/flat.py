"""The blank for the page as inline SVG in millimetres: as it is cut, with pictures, creases and measures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from packdesk.domain.dieline.values import LineType
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.svg import SVG, add_layer, numbers, path_data, register_names, sheet_root
from packdesk.viewer.finish import MATERIALS

if TYPE_CHECKING:
    from collections.abc import Collection

    from packdesk.domain.dieline.values import Dieline, PlacedPanel
    from packdesk.domain.look import Finish
    from packdesk.export.flat.drawing import Drawing, Layer, Text

_KINDS = frozenset({LineType.CUT, LineType.CREASE, LineType.PERFORATION, LineType.GLUE, LineType.DIMENSION})


def flat_svg(dieline: Dieline, shown: Collection[str], finish: Finish, comma: str) -> str:
    """The sheet as an element for HTML; its pictures have no source yet, but name their panel.

    Args:
        dieline: the blank.
        shown: panels that have a picture.
        finish: whose board the blank is of.
        comma: between whole and parts in a number.
    """
    register_names()
    drawing = _drawing(dieline)
    root = sheet_root(Sheet(dieline), drawing)
    for title in root.findall(f"{{{SVG}}}title"):
        root.remove(title)  # it would follow the pointer everywhere; the page names it
    for name in ("width", "height"):
        del root.attrib[name]
    _add_board(root, dieline, MATERIALS[finish].board)
    group = ET.SubElement(root, f"{{{SVG}}}g", {"class": "art"})
    for panel in dieline.panels:
        if panel.panel_id in shown:
            _add_picture(root, group, panel)
    for layer in drawing.layers:
        add_layer(root, _in_words(layer, comma))
    return ET.tostring(root, encoding="unicode")


def sheet_box(dieline: Dieline) -> list[float]:
    """Left, top, width and height of the page around the blank, in millimetres."""
    page = _drawing(dieline).page
    return [page.left, page.top, page.width, page.height]


def _drawing(dieline: Dieline) -> Drawing:
    return draw_sheet(Sheet(dieline), FlatOptions(kinds=_KINDS))


def _add_board(root: ET.Element, dieline: Dieline, colour: str) -> None:
    outlines = (path_data(path) for path in dieline.of_kind(LineType.CUT) if path.closed)
    ET.SubElement(root, f"{{{SVG}}}path", {"class": "board", "d": " ".join(outlines), "fill": colour})


def _add_picture(root: ET.Element, group: ET.Element, panel: PlacedPanel) -> None:
    clip_id = f"clip-{panel.panel_id}"
    clip = ET.SubElement(root, f"{{{SVG}}}clipPath", {"id": clip_id})
    middle = panel.centre
    cx, cy = numbers(*middle)
    turned = {"transform": f"rotate({panel.rotation} {cx} {cy})"} if panel.rotation else {}
    place = _upright(panel, *panel.picture_size)
    if panel.shape == "disc":
        (radius,) = numbers(panel.width / 2)
        ET.SubElement(clip, f"{{{SVG}}}circle", {"cx": cx, "cy": cy, "r": radius})
    else:
        ET.SubElement(clip, f"{{{SVG}}}rect", {**_upright(panel, panel.width, panel.height), **turned})
    holder = ET.SubElement(group, f"{{{SVG}}}g", {"clip-path": f"url(#{clip_id})"})
    shown = {"preserveAspectRatio": "none", "data-panel": panel.panel_id}
    ET.SubElement(holder, f"{{{SVG}}}image", {**place, **turned, **shown})


def _upright(panel: PlacedPanel, width: float, height: float) -> dict[str, str]:
    """A rectangle of that size around the panel's middle."""
    x, y = panel.centre
    values = numbers(x - width / 2, y - height / 2, width, height)
    return dict(zip(("x", "y", "width", "height"), values, strict=True))


def _in_words(layer: Layer, comma: str) -> Layer:
    def said(text: Text) -> Text:
        return replace(text, words=text.words.replace(".", comma))

    return replace(layer, texts=tuple(said(text) for text in layer.texts))
