"""Lines and lettering of a drawing that are too small to print: PDF by pikepdf, SVG by svgelements.

In a process of its own only. Widths follow the matrices around them (ISO 32000-1, 8.3.4 and 8.4.3.2: a width
of 0 is the thinnest a device can draw). Lettering counts where it is light, for then its ground is dark.
Places are about right: of a line its middle, of words where they begin.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Name

from packdesk.domain.affine import Affine
from packdesk.textures.foreign import limits
from packdesk.textures.foreign.pdf_content import MOST_CONTENT_BYTES, resources_of
from packdesk.textures.foreign.unpacking import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

THINNEST_PT, SMALLEST_PT = 1.0, 14.0
"""Larger ones are no matter, however far a panel is reduced: what counts is judged at its size."""
MOST_MARKS = 400
_DEEPEST, _LIGHT, _BEYOND = 8, 0.75, 0.01
_LINE, _WORDS, _LINKED, _LOST = "line", "words", "linked", "lost"
Mark = tuple[str, float, float, float]
"""A kind, its size in shares of the page's width, and its place in shares from its upper left corner."""

_PAINT = {"S": (True, False), "s": (True, False), "f": (False, True), "F": (False, True), "f*": (False, True)}
_PAINT |= dict.fromkeys(("B", "B*", "b", "b*"), (True, True))
_SHOWN = {"Tj", "TJ", "'", '"'}


@dataclass
class _State:
    """What of the graphics state counts, and where words stand."""

    matrix: Affine = field(default_factory=Affine)
    width: float = 1.0
    fill: float = 0.0
    size: float = 0.0
    text: Affine = field(default_factory=Affine)

    def take(self, name: str, words: Any) -> None:
        """An operator that sets any of it."""
        if name == "cm":
            self.matrix = _matrix(words).then(self.matrix)
        elif name == "w":
            self.width = float(words[0])
        elif name in _FILLS:
            self.fill = _light(name, words)
        elif name == "BT":
            self.text = Affine()
        elif name == "Tf":
            self.size = float(words[1])
        elif name == "Tm":
            self.text = _matrix(words)
        elif name in {"Td", "TD"}:
            self.text = Affine.shift(float(words[0]), float(words[1])).then(self.text)


@dataclass
class _Path:
    """Corners and rectangles of a path that is not painted yet."""

    points: list[tuple[float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def take(self, name: str, words: Any) -> bool:
        """An operator that adds to it; whether it does."""
        if name in {"m", "l", "c", "v", "y"}:
            self.points.append((float(words[-2]), float(words[-1])))
        elif name == "re":
            x, y, width, height = (float(value) for value in words)
            self.boxes.append((x, y, width, height))
        else:
            return name == "h"
        return True


def marks_of_pdf(data: bytes) -> list[Mark]:
    """Of the first page, the smallest first.

    Raises:
        PdfError: it cannot be read.
    """
    limits.limit(limits.SHEET_SECONDS)
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        left, bottom, right, top = (float(value) for value in page.cropbox)
        to_shares = Affine.shift(-left, -bottom).then(Affine.scaling(1 / (right - left), 1 / (top - bottom)))
        walker = _Walker(to_shares.then(Affine(1, 0, 0, -1, 0, 1)))
        found = list(walker.marks(page.obj, resources_of(page.obj), _State(), 0))
        turn = int(page.obj.get(Name.Rotate, 0)) // 90 % 4
    width = top - bottom if turn % 2 else right - left
    return _least([(kind, size / width, *_turned(x, y, turn)) for kind, size, x, y in found])


def _turned(x: float, y: float, turns: int) -> tuple[float, float]:
    for _ in range(turns):
        x, y = 1 - y, x
    return x, y


def _least(found: list[Mark]) -> list[Mark]:
    seen = [one for one in found if all(-_BEYOND <= place <= 1 + _BEYOND for place in one[2:])]
    return sorted(seen, key=lambda one: one[1])[:MOST_MARKS]


class _Walker:
    """Goes through a page and its forms.

    Args:
        to_shares: from the page's units.
    """

    def __init__(self, to_shares: Affine) -> None:
        self._to_shares = to_shares
        self._seen: set[tuple[int, int]] = set()

    def marks(self, content: Any, resources: Any, state: _State, depth: int) -> Iterator[Mark]:
        """Everything small in a page or form."""
        kept: list[_State] = []
        path = _Path()
        for one in pikepdf.parse_content_stream(content):
            name, words = str(one.operator), one.operands
            if name == "q":
                kept.append(replace(state))
            elif name == "Q":
                state = kept.pop() if kept else state
            elif name == "Do":
                yield from self._within(words, resources, state, depth)
            elif name in _PAINT:
                yield from self._painted(state, path, *_PAINT[name])
                path = _Path()
            elif name == "n":
                path = _Path()
            elif name in _SHOWN:
                yield from self._words(state)
            elif not path.take(name, words):
                state.take(name, words)

    def _painted(
        self,
        state: _State,
        path: _Path,
        stroked: bool,  # noqa: FBT001  (as of the operator)
        filled: bool,  # noqa: FBT001  (as above)
    ) -> Iterator[Mark]:
        scale, boxes = _scale(state.matrix), path.boxes
        corners = [*path.points, *((x + w / 2, y + h / 2) for x, y, w, h in boxes)]
        if stroked and corners and state.width * scale <= THINNEST_PT:
            low, high = (tuple(map(take, zip(*corners, strict=True))) for take in (min, max))
            middle = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2
            yield self._mark(_LINE, state.width * scale, state.matrix, *middle)
        if filled:
            for x, y, w, h in boxes:
                thin = min(abs(w), abs(h)) * scale
                if 0 < thin <= THINNEST_PT and max(abs(w), abs(h)) * scale > 2 * THINNEST_PT:
                    yield self._mark(_LINE, thin, state.matrix, x + w / 2, y + h / 2)

    def _words(self, state: _State) -> Iterator[Mark]:
        placed = state.text.then(state.matrix)
        size = abs(state.size) * math.hypot(placed.c, placed.d)
        if state.fill >= _LIGHT and 0 < size <= SMALLEST_PT:
            yield self._mark(_WORDS, size, placed, 0.0, 0.0)

    def _mark(self, kind: str, size: float, matrix: Affine, x: float, y: float) -> Mark:
        return (kind, size, *self._to_shares.point(*matrix.point(x, y)))

    def _within(self, words: Any, resources: Any, state: _State, depth: int) -> Iterator[Mark]:
        forms = resources.get(Name.XObject) if isinstance(resources, pikepdf.Dictionary) else None
        form = forms.get(words[0]) if isinstance(forms, pikepdf.Dictionary) else None
        if not isinstance(form, pikepdf.Stream) or form.get(Name.Subtype) != Name.Form:
            return
        if form.objgen in self._seen or depth >= _DEEPEST or len(form.read_bytes()) > MOST_CONTENT_BYTES:
            return
        self._seen.add(form.objgen)
        own = replace(state, matrix=_matrix(form.get(Name.Matrix, Affine())).then(state.matrix))
        yield from self.marks(form, form.get(Name.Resources, resources), own, depth + 1)


_FILLS = {"g", "rg", "k", "sc", "scn", "cs"}


def _light(name: str, words: Any) -> float:
    """How light a fill is, 0 to 1; of inks of one's own, whether there is next to none."""
    values = [float(value) for value in words if not isinstance(value, Name)]
    if name == "cs" or not values:
        return 0.0  # black, or a pattern
    if name == "g":
        return values[0]
    if name == "k" or len(values) == 4:
        return 1 - min(1.0, max(values[:3]) * 0.8 + values[3])
    if name == "rg" or len(values) == 3:
        return 0.2126 * values[0] + 0.7152 * values[1] + 0.0722 * values[2]
    return values[0] if name == "sc" else 1 - values[0]


def _matrix(words: Any) -> Affine:
    return Affine(*(float(value) for value in words))


def _scale(matrix: Affine) -> float:
    return math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def marks_of_svg(data: bytes) -> list[Mark]:
    """Of a drawing, in points of its own size; as `marks_of_pdf`.

    Raises:
        ValueError: it cannot be read.
    """
    import svgelements  # noqa: PLC0415  (one of two)

    limits.limit(limits.SHEET_SECONDS)
    drawing = svgelements.SVG.parse(io.BytesIO(unpacked(data)), ppi=72.0)
    width, height = float(drawing.width), float(drawing.height)
    found: list[Mark] = []
    flowing = False
    for item in drawing.elements():
        tag = item.values.get("tag")
        flowing = flowing or tag == "flowRoot"
        if tag == "foreignObject" or (flowing and isinstance(item, svgelements.Shape)):
            x, y = _middle(item, svgelements.Matrix(item.values.get("transform", "")))
            found.append((_LOST, 0.0, x / width, y / height))
            flowing = False
        elif isinstance(item, svgelements.Text):
            size = float(item.font_size or 0) * _scale(_svg_matrix(item.transform))
            if size and _is_light(item.fill) and size <= SMALLEST_PT:
                x, y = item.transform.point_in_matrix_space((item.x, item.y))
                found.append((_WORDS, size / width, x / width, y / height))
        elif isinstance(item, svgelements.Image):
            if not (item.url or "data:").startswith("data:"):
                place = item.x + (item.width or 0) / 2, item.y + (item.height or 0) / 2
                x, y = item.transform.point_in_matrix_space(place)
                found.append((_LINKED, 0.0, x / width, y / height))
        elif (
            isinstance(item, svgelements.Shape) and item.stroke is not None and item.stroke.value is not None
        ):
            thin, box = float(item.implicit_stroke_width or 0), item.bbox()
            if box is not None and thin <= THINNEST_PT:
                left, top, right, bottom = box
                middle = (left + right) / 2 / width, (top + bottom) / 2 / height
                found.append((_LINE, thin / width, *middle))
    return _least(found)


def _middle(item: Any, matrix: Any) -> tuple[float, float]:
    """Of a frame of words nothing draws: its own numbers, as it is no shape."""
    x, y, width, height = (_number(item.values.get(name)) for name in ("x", "y", "width", "height"))
    place: tuple[float, float] = matrix.point_in_matrix_space((x + width / 2, y + height / 2))
    return place


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:  # in percent, or with a unit: its corner will do
        return 0.0


def _svg_matrix(matrix: Any) -> Affine:
    return Affine(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _is_light(colour: Any) -> bool:
    if colour is None or colour.value is None:
        return False
    return bool((0.2126 * colour.red + 0.7152 * colour.green + 0.0722 * colour.blue) / 255 >= _LIGHT)
