"""Sheets that came as PDF documents, placed in ours as they were drawn: form XObjects (ISO 32000-1, 8.10)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from packdesk.domain.affine import Affine
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.sheet.whole import laid_sheets
from packdesk.domain.units import MM_PER_POINT
from packdesk.export.flat.sheet import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.dieline.inked import InkedArea
    from packdesk.export.flat.sheet import Sheet

_BEYOND = 1e-4  # shares of a sheet


class VectorPlace(NamedTuple):
    """A page and where it lies.

    Attributes:
        name: of the form in the page's resources; several places may have one form.
        page: a document of one page.
        size: the page's width and height, upright, in points.
        place: from the blank to shares of the page.
        areas: of the blank it is seen in.
    """

    name: str
    page: bytes
    size: tuple[float, float]
    place: Affine
    areas: tuple[InkedArea, ...]

    def matrices(self, page: Box) -> Iterator[Affine]:
        """From points of the form, y upwards, to points of a page that shows that rectangle of the blank.

        One, and more where areas reach beyond the sheet: there it goes on mirrored, as panels' pictures do.
        Readers of PDF keep five decimals of a number (ISO 32000-1, annex C): at 1:1 these are 1 and 0.
        """
        to_points = Affine.shift(-page.left, -page.bottom).then(
            Affine.scaling(1 / MM_PER_POINT, -1 / MM_PER_POINT)
        )
        shares = Affine.scaling(1 / self.size[0], 1 / self.size[1])
        placed = Affine(1, 0, 0, -1, 0, 1).then(self.place.inverse()).then(to_points)
        for across in self._sides(0):
            for down in self._sides(1):
                yield shares.then(_mirrored(across, down)).then(placed)

    def _sides(self, axis: int) -> tuple[int, ...]:
        """-1, 0, 1 for what lies before the sheet, on it, beyond it."""
        boxes = [bounds(area.outline.curves) for area in self.areas]
        corners = [
            self.place.point(x, y)[axis] for box in boxes for x in (box[0], box[2]) for y in (box[1], box[3])
        ]
        before, beyond = min(corners) < -_BEYOND, max(corners) > 1 + _BEYOND
        return (0, *([-1] if before else []), *([1] if beyond else []))


def _mirrored(across: int, down: int) -> Affine:
    """The unit square, y upwards, on the one beside it on that side, mirrored at the edge between them."""
    return Affine(
        -1.0 if across else 1.0,
        0.0,
        0.0,
        -1.0 if down else 1.0,
        2.0 if across > 0 else 0.0,
        2.0 if down < 0 else 0.0,
    )


def vector_places(sheet: Sheet) -> list[VectorPlace]:
    """Every sheet of a design that came as a page, where it lies."""
    numbers: dict[bytes, int] = {}  # a sheet that was drawn finer is the same page
    places = []
    for laid in laid_sheets(sheet.dieline, sheet.whole):
        page = sheet.whole.sources[laid.source].page
        if page:
            number = numbers.setdefault(page, len(numbers))
            places.append(VectorPlace(f"Sheet{number}", page, page_size(page), laid.place, laid.areas))
    return places


def add_pages(pdf: Any, pages: Mapping[str, bytes]) -> None:
    """Put documents of one page into a document, as forms of its first page that begin at 0, 0."""
    import pikepdf  # noqa: PLC0415  (a third of a second, and only exports need it)

    resources = pdf.pages[0].obj.Resources
    for name, page in pages.items():
        with pikepdf.open(io.BytesIO(page)) as other:
            form = pdf.copy_foreign(other.pages[0].as_form_xobject())
        if "/XObject" not in resources:
            resources.XObject = pikepdf.Dictionary()
        resources.XObject[f"/{name}"] = form
        box = _upright_box(form)
        form.Matrix = pikepdf.Array(list(_own_matrix(form).then(Affine.shift(-box.left, -box.top))))


def page_size(page: bytes) -> tuple[float, float]:
    """Width and height of a document's first page, upright, in points."""
    import pikepdf  # noqa: PLC0415  (see above)

    with pikepdf.open(io.BytesIO(page)) as document:
        box = _upright_box(document.pages[0].as_form_xobject())
    return box.width, box.height


def _own_matrix(form: Any) -> Affine:
    """The form's own, which turns its page upright."""
    return Affine(*(float(number) for number in form.get("/Matrix", Affine())))


def _upright_box(form: Any) -> Box:
    own = _own_matrix(form)
    left, bottom, right, top = (float(number) for number in form.BBox)
    return Box.around(own.point(x, y) for x in (left, right) for y in (bottom, top))
