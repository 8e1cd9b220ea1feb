"""Stencils in a PDF (ISO 32000-1, 8.9.6.2): a bit for each pixel, painted in the ink that is set."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt


@dataclass(frozen=True)
class Mask:
    """One stencil, packed: rows begin at whole bytes, 1 is painted."""

    width: int
    height: int
    data: bytes = field(repr=False)

    @classmethod
    def of(cls, taken: npt.NDArray[np.bool_]) -> Self:
        """The stencil of pixels, (rows, columns)."""
        height, width = taken.shape
        return cls(width, height, zlib.compress(np.packbits(taken, axis=1).tobytes(), 9))


def add_masks(pdf: Any, masks: Mapping[str, Mask]) -> None:
    """Put stencils into a document, by the names its first page has for them."""
    import pikepdf  # noqa: PLC0415  (a third of a second, and only exports need it)

    resources = pdf.pages[0].obj.Resources
    if masks and "/XObject" not in resources:
        resources.XObject = pikepdf.Dictionary()
    for name, mask in masks.items():
        stencil = pdf.make_stream(
            b"",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=mask.width,
            Height=mask.height,
            ImageMask=True,
            BitsPerComponent=1,
            Decode=[1, 0],
        )
        stencil.write(mask.data, filter=pikepdf.Name.FlateDecode)
        resources.XObject[f"/{name}"] = stencil
