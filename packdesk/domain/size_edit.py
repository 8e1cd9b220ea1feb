"""A size somebody wants the package to have, the same value from the row in the window to the store."""

from __future__ import annotations

from dataclasses import dataclass

from packdesk.domain.dimensions import Dimensions, PackageType, check_dimensions, check_package_type


@dataclass(frozen=True)
class SizeEdit:
    """Type and sizes in millimetres, within the limits: it cannot be made otherwise.

    Attributes:
        package_type: the type the sizes are for.
        dimensions: the sizes.
        switches: whether the type is set with them; else they are refused by a package of another type.

    Raises:
        InvalidInputError: unknown type, a side out of range, or a cylinder's width and depth differ.
    """

    package_type: PackageType
    dimensions: Dimensions
    switches: bool = False

    def __post_init__(self) -> None:
        kind = check_package_type(self.package_type)
        object.__setattr__(self, "dimensions", check_dimensions(kind, *self.dimensions.as_tuple()))

    @classmethod
    def of(
        cls, package_type: str, width: float, height: float, depth: float, *, switches: bool = False
    ) -> SizeEdit:
        """The edit behind what was typed; raises as the class."""
        sides = Dimensions.model_construct(width=width, height=height, depth=depth)
        return cls(check_package_type(package_type), sides, switches)
