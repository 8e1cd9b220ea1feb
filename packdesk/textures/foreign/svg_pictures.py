"""Pictures at the bottom of an SVG drawing, laid by Pillow. In the decoding process only.

resvg takes half a second for each megapixel of a picture. Where a drawing begins with pictures that lie
straight on the page, as photographs laid on a template do, they are laid here, and resvg draws the rest.
"""

from __future__ import annotations

import base64
import io
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from xml.etree.ElementTree import Element

    Box = tuple[float, float, float, float]

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_UNSEEN = {f"{_SVG}{name}" for name in ("defs", "desc", "title", "metadata")}
_MIXING = ("mix-blend-mode", "<style", ":style", "BackgroundImage", "isolation")
"""Text that may let what lies above depend on what lies below, or dress a picture from afar."""
_OF_A_DRAWING = {"id", "version", "width", "height", "viewBox"}
_OF_A_GROUP = {"id", "transform", "style"}
_OF_A_PICTURE = _OF_A_GROUP | {"x", "y", "width", "height", "preserveAspectRatio", "href", _XLINK_HREF}
_KNOWN = {f"{_SVG}g": _OF_A_GROUP, f"{_SVG}image": _OF_A_PICTURE}
_PLAIN_STYLE = re.compile(r"\s*((display\s*:\s*inline|image-rendering\s*:\s*auto)\s*;?\s*)*")
_DATA = re.compile(r"data:image/(?:png|jpe?g);base64,", re.IGNORECASE)
_STEP = re.compile(r"\s*(translate|scale|matrix)\s*\(([^)]*)\)[\s,]*")
_SAME, _MOST_PIXELS = 1e-4, 64_000_000
_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}


class _Place(NamedTuple):
    """Maps by `x * right + left` and `y * down + top`."""

    right: float = 1.0
    down: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def inner(self, other: _Place) -> _Place:
        """The map that does `other` first."""
        left, top = other.left * self.right + self.left, other.top * self.down + self.top
        return _Place(self.right * other.right, self.down * other.down, left, top)


class _Found(NamedTuple):
    parent: Element
    element: Element
    place: _Place


def pictures_below(drawing: Element, text: str, size: tuple[int, int]) -> Image.Image | None:
    """Take the pictures a drawing begins with out of it, and lay them on a page.

    Args:
        drawing: its root, with a width, a height and a viewBox.
        text: the drawing, written.
        size: of the page in pixels.

    Returns:
        RGB where a picture without opacity covers the page, else RGBA; None where nothing was taken.
    """
    place = None if any(word in text for word in _MIXING) else _page(drawing, size)
    page: Image.Image | None = None
    for found in [] if place is None else list(_first_pictures(drawing, place)):
        picture = _decoded(found.element)
        if picture is None:
            break
        page = _laid(picture, _corners(found), size, page)
        found.parent.remove(found.element)
    return page


def is_empty(drawing: Element) -> bool:
    """Whether nothing is left to be drawn."""
    groups = {drawing.tag, f"{_SVG}g"}
    return not any(element.tag not in groups for element in _seen(drawing))


def _seen(element: Element) -> Iterator[Element]:
    """It and what it draws, in order; what other programs note in it is nothing."""
    yield element
    for child in element:
        if child.tag not in _UNSEEN and child.tag.startswith(_SVG):
            yield from _seen(child)


def _page(drawing: Element, size: tuple[int, int]) -> _Place | None:
    """From units of the drawing to pixels; None where it is not laid out plainly."""
    plain = {name for name in drawing.attrib if not name.startswith("{")} <= _OF_A_DRAWING
    box = _numbers(drawing.get("viewBox", ""))
    width, height = (float(drawing.get(name, "nan")) for name in ("width", "height"))
    if not plain or not abs(box[2] / box[3] / (width / height) - 1) < _SAME:
        return None
    across, down = size[0] / box[2], size[1] / box[3]
    return _Place(across, down, -box[0] * across, -box[1] * down)


def _first_pictures(group: Element, place: _Place) -> Generator[_Found, None, bool]:
    """Those that nothing lies under and nothing changes; ends at the first of anything else, then false."""
    for child in group:
        if child.tag in _UNSEEN or not child.tag.startswith(_SVG):
            continue
        step = _step(child)
        if step is None:
            return False
        if child.tag == f"{_SVG}image":
            yield _Found(group, child, place.inner(step))
        elif not (yield from _first_pictures(child, place.inner(step))):
            return False
    return True


def _step(element: Element) -> _Place | None:
    """Of a picture or group by its own transform; None where it does anything but lie straight and plain."""
    known = _KNOWN.get(element.tag, set())
    named = {name for name in element.attrib if not name.startswith("{") or name == _XLINK_HREF}
    if not known or not named <= known or not _PLAIN_STYLE.fullmatch(element.get("style", "")):
        return None
    place, text = _Place(), element.get("transform", "")
    while text:
        step = _STEP.match(text)
        inner = None if step is None else _straight(step[1], _numbers(step[2]))
        if step is None or inner is None:
            return None
        place, text = place.inner(inner), text[step.end() :]
    return place


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.split(r"[\s,]+", text.strip())]


def _straight(name: str, numbers: list[float]) -> _Place | None:
    if name == "translate":
        return _Place(left=numbers[0], top=numbers[1] if len(numbers) > 1 else 0.0)
    if name == "scale":
        return _Place(numbers[0], numbers[-1]) if min(numbers) > 0 else None
    a, b, c, d, e, f = numbers
    return _Place(a, d, e, f) if b == c == 0 and min(a, d) > 0 else None


def _corners(found: _Found) -> Box:
    x, y, width, height = (float(found.element.get(name, "0")) for name in ("x", "y", "width", "height"))
    right, down, left, top = found.place
    return x * right + left, y * down + top, (x + width) * right + left, (y + height) * down + top


def _decoded(element: Element) -> Image.Image | None:
    """None where resvg has to look after it: it is of another kind, or keeps its shape."""
    link = (element.get("href") or element.get(_XLINK_HREF) or "").strip()
    start, sides = _DATA.match(link), [element.get(name, "") for name in ("width", "height")]
    if start is None or not all(re.fullmatch(r"\d+(\.\d+)?", side) and float(side) for side in sides):
        return None
    with suppress(Exception):  # of whatever kind: resvg leaves out what is damaged
        picture = Image.open(io.BytesIO(base64.b64decode(link[start.end() :])), formats=["PNG", "JPEG"])
        stretched = element.get("preserveAspectRatio") == "none"
        out_of_shape = abs(picture.width / picture.height / (float(sides[0]) / float(sides[1])) - 1)
        if (stretched or out_of_shape < _SAME) and picture.width * picture.height <= _MOST_PIXELS:
            return _coloured(picture)
    return None


def _coloured(picture: Image.Image) -> Image.Image | None:
    if picture.mode not in _MODES:
        return None
    seen_through = picture.mode in {"LA", "RGBA"} or "transparency" in picture.info
    return picture.convert("RGBA" if seen_through else "RGB")


def _laid(picture: Image.Image, corners: Box, size: tuple[int, int], page: Image.Image | None) -> Image.Image:
    left, top, right, bottom = corners
    first = max(0, round(left)), max(0, round(top))
    last = min(size[0], round(right)), min(size[1], round(bottom))
    shown = last[0] - first[0], last[1] - first[1]
    if min(shown) < 1:
        return page or Image.new("RGBA", size)
    across, down = picture.width / (right - left), picture.height / (bottom - top)
    box = (
        max(0.0, (first[0] - left) * across),
        max(0.0, (first[1] - top) * down),
        min(float(picture.width), (last[0] - left) * across),
        min(float(picture.height), (last[1] - top) * down),
    )
    fitted = _resized(picture, shown, box)
    if shown == size and fitted.mode == "RGB":
        return fitted
    page = Image.new("RGBA", size) if page is None else page.convert("RGBA")
    page.alpha_composite(fitted.convert("RGBA"), first)
    return page


def _resized(picture: Image.Image, size: tuple[int, int], box: Box) -> Image.Image:
    """By premultiplied colours: what cannot be seen has none."""
    if picture.mode == "RGB":
        return picture.resize(size, Image.Resampling.LANCZOS, box)
    return picture.convert("RGBa").resize(size, Image.Resampling.LANCZOS, box).convert("RGBA")
