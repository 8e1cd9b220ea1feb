"""Options with which rows of a range would fail, whatever the rows say: told before anything is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.panels import panel_sizes
from packdesk.domain.preflight.artwork_rules import least_dpi
from packdesk.domain.units import dpi_of, pixel_size
from packdesk.errors import InvalidInputError
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.png import check_flat_size
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.sentence import Sentence
from packdesk.services.ranges.orders import OutputKind, RangeOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RowOrder

_USUAL_SIZE = RangeOptions().picture_size


def check_options(orders: Sequence[RowOrder], options: RangeOptions, base: BaseDesign) -> None:
    """Refuse a resolution or a size of pictures that cannot be made, or that no printer can use.

    Needs a Qt application where flat pictures are wanted.

    Raises:
        InvalidInputError: with one of them rows would fail.
    """
    if options.picture_size != _USUAL_SIZE:
        from packdesk.viewer.render import check_picture_size  # noqa: PLC0415  (brings the viewer)

        check_picture_size(*options.picture_size)
    coarse = [found for order in orders for found in _coarse(order, options, base)]
    if coarse:
        least, panel_id = max(coarse)
        raise InvalidInputError(
            Sentence(
                "Painted at {dpi:g} dpi, the {panel} panel is too coarse for print.",
                dpi=options.dpi,
                panel=panel_id,
            ),
            Sentence("Use at least {least} dpi.", least=least),
        )
    if OutputKind.PNG in options.kinds:
        _check_flat(orders, options)


def _coarse(order: RowOrder, options: RangeOptions, base: BaseDesign) -> Iterator[tuple[int, str]]:
    """Panels that are painted with too few pixels, and what they need; those with objects are made finer."""
    row = order.row
    printed = panels_on_blank(row.package_type, options.blank.style)
    sizes = panel_sizes(row.package_type, row.dimensions)
    for panel_id in order.prompts.keys() & set(printed) - base.objects.keys():
        size = sizes[panel_id]
        if round(dpi_of(*pixel_size(size, options.dpi), size)) < least_dpi(size):
            yield least_dpi(size), panel_id


def _check_flat(orders: Sequence[RowOrder], options: RangeOptions) -> None:
    """Whether the largest flat picture can be made."""
    sizes = {(order.row.package_type, order.row.dimensions) for order in orders}
    sheets = [Sheet(make_dieline(*size, options.blank), {}) for size in sizes]
    for sheet in sorted(sheets, key=lambda one: one.trim.width * one.trim.height)[-1:]:
        check_flat_size(draw_sheet(sheet, FlatOptions()).page, options.dpi)
