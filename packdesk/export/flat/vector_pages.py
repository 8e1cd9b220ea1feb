"""Sheets that came as PDF documents, placed in ours as they were drawn: form XObjects (ISO 32000-1, 8.10)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from packdesk.domain.affine import Affine
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.sheet.whole import laid_sheets
from packdesk.domain.units import MM_PER_POINT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.dieline.inked import InkedArea
    from packdesk.export.flat.sheet import Box, Sheet

_BEYOND = 1e-4  # shares of a sheet


class VectorPlace(NamedTuple):
    """A page and where it lies.

    Attributes:
        name: of the form in the page's resources; several places may have one form.
        page: a document of one page.
        place: from the blank to shares of the page.
        areas: of the blank it is seen in.
    """

    name: str
    page: bytes
    place: Affine
    areas: tuple[InkedArea, ...]

    def matrices(self, page: Box) -> Iterator[Affine]:
        """From shares of the form, y upwards, to points of a page that shows that rectangle of the blank.

        One, and more where areas reach beyond the sheet: there it goes on mirrored, as panels' pictures do.
        """
        to_points = Affine.shift(-page.left, -page.bottom).then(
            Affine.scaling(1 / MM_PER_POINT, -1 / MM_PER_POINT)
        )
        placed = Affine(1, 0, 0, -1, 0, 1).then(self.place.inverse()).then(to_points)
        for across in self._sides(0):
            for down in self._sides(1):
                yield _mirrored(across, down).then(placed)

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
            places.append(VectorPlace(f"Sheet{number}", page, laid.place, laid.areas))
    return places


def add_pages(pdf: Any, pages: Mapping[str, bytes]) -> None:
    """Put documents of one page into a document, as forms of its first page that fill the unit square."""
    import pikepdf  # noqa: PLC0415  (a third of a second, and only exports need it)

    resources = pdf.pages[0].obj.Resources
    for name, page in pages.items():
        with pikepdf.open(io.BytesIO(page)) as other:
            form = pdf.copy_foreign(other.pages[0].as_form_xobject())
        if "/XObject" not in resources:
            resources.XObject = pikepdf.Dictionary()
        resources.XObject[f"/{name}"] = form
        form.Matrix = pikepdf.Array(_to_unit_square(form))


def _to_unit_square(form: Any) -> list[float]:
    """The form's own matrix, which turns its page upright, and after it what its box needs."""
    own = Affine(*(float(number) for number in form.get("/Matrix", Affine())))
    left, bottom, right, top = (float(number) for number in form.BBox)
    corners = [own.point(x, y) for x in (left, right) for y in (bottom, top)]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    whole = own.then(Affine.shift(-left, -bottom)).then(Affine.scaling(1 / width, 1 / height))
    return [round(number, 12) for number in whole]
