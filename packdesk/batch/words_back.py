"""Words of a row looked for in its PDF: their outlines, set anew from the table, against PDFium's paths.

In a PDF the words of objects are filled paths, so there is no text to read. What is compared is where every
point of the letters lies: other words, another typeface, a word that was moved or left out differ.
Words that are painted are pixels and not looked for here.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from packdesk.domain.affine import Affine
from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.outline import steps
from packdesk.domain.objects.running import joined
from packdesk.domain.panels import panel_sizes
from packdesk.domain.ranges.filling import filled
from packdesk.domain.text import cut
from packdesk.domain.units import MM_PER_POINT
from packdesk.export.flat.placed_objects import placed_objects
from packdesk.sentence import Sentence
from packdesk.services.ranges.objects import unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.batch.outputs import Product
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import Text
    from packdesk.export.flat.sheet import Box, Sheet
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.objects import SetLettering

    Points = np.ndarray[Any, np.dtype[np.float64]]

WORDS_MM = 0.05
"""By so much a point of a letter may lie elsewhere."""
_PATH = 2
"""FPDF_PAGEOBJ_PATH (PDFium, fpdf_edit.h)."""
_LETTERS = 40


class LaidWords(NamedTuple):
    """Words as they have to be on a page.

    Attributes:
        words: what the row says.
        points: (n, 2), of the letters' outlines with their handles, in millimetres from the page's upper left
            corner.
    """

    words: str
    points: Points


def laid_words(
    product: Product, base: BaseDesign, sheet: Sheet, page: Box, letter: SetLettering
) -> tuple[LaidWords, ...]:
    """The words that a row puts into objects of its base design; those the base has itself are left out.

    Args:
        product: the row.
        base: the base design.
        sheet: the product's blank, with its objects.
        page: of the PDF, on that blank.
        letter: sets lettering.
    """
    sizes = panel_sizes(product.state.package_type, product.state.package_dimensions)
    places = {placed.panel_id: placed.place for placed in placed_objects(sheet)}
    recipes = {
        panel_id: objects.kept.recipe for panel_id, objects in base.objects.items() if panel_id in places
    }
    laid = joined(product.state.package_type, sizes, recipes)
    found: list[LaidWords] = []
    for panel_id, place in places.items():
        if panel_id not in laid:
            continue
        texts = tuple(_of_row(laid[panel_id], product.order.row.shown, letter))
        set_anew = letter(texts) if texts else {}
        to_page = place.then(Affine.shift(-page.left, -page.top))
        for text in texts:
            points = _points(set_anew[lettering_key(text)].outline, text.place.then(to_page))
            if len(points):
                found.append(LaidWords(text.words, points))
    return tuple(found)


def _of_row(recipe: Recipe, fields: Mapping[str, str], letter: SetLettering) -> Iterator[Text]:
    """Texts in which the row says something, as small as they are set for it."""
    own = {one.id: one for one in recipe.texts}
    for text in filled(recipe, fields).texts:
        if text.words != own[text.id].words and not text.hidden and text.opacity > 0:
            yield unbroken(text, letter)


def _points(outline: str, place: Affine) -> Points:
    numbers = [number for _, places in steps(outline) for number in places]
    return _mapped(np.array(numbers, dtype=float).reshape(-1, 2), place)


def _mapped(points: Points, place: Affine) -> Points:
    a, b, c, d, e, f = place
    x, y = points[:, 0], points[:, 1]
    return np.stack([a * x + c * y + e, b * x + d * y + f], axis=1)


def missing_words(page: Any, expected: tuple[LaidWords, ...]) -> list[Sentence]:
    """A sentence for each of these words that is not on the page (of pypdfium2) as it was laid."""
    if not expected:
        return []
    left, _bottom, _right, top = page.get_mediabox()
    to_page = Affine(MM_PER_POINT, 0, 0, -MM_PER_POINT, -left * MM_PER_POINT, top * MM_PER_POINT)
    there: dict[int, list[Points]] = {}
    counts = {len(one.points) for one in expected}
    for path in page.get_objects(filter=[_PATH], max_depth=4):
        points = _points_of(path, counts)
        if points is not None:
            place = Affine(*path.get_matrix().get()).then(to_page)
            there.setdefault(len(points), []).append(_mapped(points, place))
    return [
        Sentence("The words “{text}” are not in the PDF as the row says them.", text=cut(one.words, _LETTERS))
        for one in expected
        if not any(_same(one.points, points) for points in there.get(len(one.points), ()))
    ]


def _same(points: Points, others: Points) -> bool:
    return bool(np.abs(points - others).max() <= WORDS_MM)


def _points_of(path: Any, counts: set[int]) -> Points | None:
    """The points of a path that is filled, if it has as many as one that is looked for."""
    from pypdfium2 import raw  # noqa: PLC0415  (only where a range is made)

    count = raw.FPDFPath_CountSegments(path)
    if count not in counts or not _is_seen(path, raw):
        return None
    points = np.empty((count, 2))
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(count):
        raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(path, number), x, y)
        points[number] = x.value, y.value
    return points


def _is_seen(path: Any, raw: Any) -> bool:
    """Whether a path is filled, and with something one can see."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or fill.value == raw.FPDF_FILLMODE_NONE:
        return False
    told = raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
    return not told or alpha.value > 0
