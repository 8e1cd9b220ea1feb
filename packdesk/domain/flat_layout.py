"""The package laid flat: where each panel lies on the sheet, and where the sheet is folded and cut.

All lengths are millimetres; x grows to the right, y downwards, and the outline starts at (0, 0). The printed
side faces the reader and every panel's picture stands upright on the sheet. Folding the sheet away from the
reader along its fold lines gives the panels of `geometry`, pictures included: a box is a cross around its
front; a cylinder's body is unrolled with its seam left and right, its discs touch it where its front is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from packdesk.domain.curves import Arc, Segment
from packdesk.domain.panels import FlatSize, panel_named, panel_sizes

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions, PackageType

Shape = Literal["rectangle", "disc"]


@dataclass(frozen=True)
class FlatPanel:
    """One panel on the sheet; a disc touches all four sides of its rectangle."""

    panel_id: str
    x: float
    y: float
    width: float
    height: float
    shape: Shape = "rectangle"

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the panel."""
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether a point of the sheet lies on the panel or on its edge."""
        across, along = (x - self.x) / self.width, (y - self.y) / self.height
        if self.shape == "disc":
            return (across - 0.5) ** 2 + (along - 0.5) ** 2 <= 0.25
        return 0 <= across <= 1 and 0 <= along <= 1


@dataclass(frozen=True)
class FlatLayout:
    """The whole sheet.

    Attributes:
        panels: in the package's panel order.
        width: of the outline.
        height: of the outline.
        folds: where two panels meet.
        cuts: the edge of the sheet.
    """

    panels: tuple[FlatPanel, ...]
    width: float
    height: float
    folds: tuple[Segment, ...]
    cuts: tuple[Segment | Arc, ...]

    def panel(self, panel_id: str) -> FlatPanel:
        """The panel of that name.

        Raises:
            KeyError: the package has no such panel.
        """
        return panel_named(self.panels, panel_id)

    def panel_at(self, x: float, y: float) -> str | None:
        """The panel at a point of the sheet, None beside the package."""
        return next((panel.panel_id for panel in self.panels if panel.contains(x, y)), None)

    def next_panel(self, panel_id: str, right: int, down: int) -> str | None:
        """The nearest panel in a direction, such as (1, 0) for the right; None at the border.

        Raises:
            KeyError: the package has no such panel.
        """
        here = self.panel(panel_id).centre
        found: list[tuple[float, str]] = []
        for panel in self.panels:
            step = panel.centre[0] - here[0], panel.centre[1] - here[1]
            ahead = step[0] * right + step[1] * down
            aside = abs(step[0] * down) + abs(step[1] * right)
            if ahead > 0:
                found.append((ahead + 2 * aside, panel.panel_id))
        return min(found)[1] if found else None


def flat_layout(package_type: PackageType, dimensions: Dimensions) -> FlatLayout:
    """Lay a package flat."""
    sizes = panel_sizes(package_type, dimensions)
    return _tube(sizes) if package_type == "cylinder" else _cross(sizes)


def _cross(sizes: dict[str, FlatSize]) -> FlatLayout:
    width, height, depth = sizes["front"].width, sizes["front"].height, sizes["left"].width
    columns = (0.0, depth, depth + width, 2 * depth + width, 2 * depth + 2 * width)
    rows = (0.0, depth, depth + height, 2 * depth + height)
    places = {
        "front": (columns[1], rows[1]),
        "back": (columns[3], rows[1]),
        "left": (columns[0], rows[1]),
        "right": (columns[2], rows[1]),
        "top": (columns[1], rows[0]),
        "bottom": (columns[1], rows[2]),
    }
    panels = tuple(
        FlatPanel(panel_id, *places[panel_id], size.width, size.height) for panel_id, size in sizes.items()
    )
    upright = tuple(Segment(x, rows[1], x, rows[2]) for x in columns[1:4])
    level = tuple(Segment(columns[1], y, columns[2], y) for y in rows[1:3])
    return FlatLayout(panels, columns[-1], rows[-1], upright + level, _cross_outline(columns, rows))


def _cross_outline(columns: tuple[float, ...], rows: tuple[float, ...]) -> tuple[Segment, ...]:
    left, lid_left, lid_right, right = columns[0], columns[1], columns[2], columns[4]
    top, row_top, row_bottom, bottom = rows
    corners = (
        (lid_left, top),
        (lid_right, top),
        (lid_right, row_top),
        (right, row_top),
        (right, row_bottom),
        (lid_right, row_bottom),
        (lid_right, bottom),
        (lid_left, bottom),
        (lid_left, row_bottom),
        (left, row_bottom),
        (left, row_top),
        (lid_left, row_top),
    )
    return tuple(Segment(*start, *end) for start, end in zip(corners, corners[1:] + corners[:1], strict=True))


def _tube(sizes: dict[str, FlatSize]) -> FlatLayout:
    width, height, diameter = sizes["body"].width, sizes["body"].height, sizes["top"].width
    radius, middle = diameter / 2, width / 2
    low = diameter + height
    panels = (
        FlatPanel("body", 0.0, diameter, width, height),
        FlatPanel("top", middle - radius, 0.0, diameter, diameter, "disc"),
        FlatPanel("bottom", middle - radius, low, diameter, diameter, "disc"),
    )
    cuts = (
        Segment(0.0, diameter, width, diameter),
        Segment(width, diameter, width, low),
        Segment(width, low, 0.0, low),
        Segment(0.0, low, 0.0, diameter),
        Arc(middle, radius, radius),
        Arc(middle, low + radius, radius),
    )
    return FlatLayout(panels, width, low + diameter, (), cuts)
