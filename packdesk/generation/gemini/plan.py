"""Which of a model's shapes and sizes to order for a panel, and what of it is kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.textures.fitting import MOST_CROPPED, crop_to_fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.panels import FlatSize

USUAL_RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")
STRIP_RATIOS = ("1:4", "4:1", "1:8", "8:1")

SQUARE_SIDE = {"512": 512, "1K": 1024, "2K": 2048, "4K": 4096}
"""Side in pixels of a square picture of each tier; other ratios have about as many pixels in all."""

SPARE_WIDTH = 0.02
"""How much wider than a wrapping panel a picture must be at least: the rest is cross-faded over the seam."""

ENOUGH_OF_DPI = 0.9
"""A tier that reaches this share of the wanted resolution will do: the next one costs half as much again."""


@dataclass(frozen=True)
class Abilities:
    """What a model can be asked for: ratios as width:height, and tiers of pixels."""

    ratios: tuple[str, ...]
    tiers: tuple[str, ...]


@dataclass(frozen=True)
class PicturePlan:
    """Shape and size of a picture to ask for, and what of it is kept.

    Attributes:
        ratio: width:height, such as "2:3".
        tier: "512", "1K", "2K" or "4K".
        kept_width: share of the generated width that ends on the panel; 1 is all of it.
        kept_height: share of the generated height, likewise.
        dpi: generated pixels per inch of the panel, in the worse direction.
    """

    ratio: str
    tier: str
    kept_width: float
    kept_height: float
    dpi: float


def model_abilities(model: str) -> Abilities:
    """What a model can be asked for, by its name. An unknown one is taken for the common kind."""
    if "lite" in model:
        return Abilities(USUAL_RATIOS, ("1K",))
    if "3.1-flash-image" in model:
        return Abilities(USUAL_RATIOS + STRIP_RATIOS, ("512", "1K", "2K", "4K"))
    return Abilities(USUAL_RATIOS, ("1K", "2K", "4K"))


def plan_picture(
    size: FlatSize, *, dpi: float, ratios: Sequence[str], tiers: Sequence[str], wraps: bool
) -> PicturePlan:
    """Plan a picture for a panel: the nearest ratio, and the smallest tier with enough pixels or the largest.

    Args:
        size: of the panel.
        dpi: resolution the panel should have.
        ratios: what the model offers, at least one.
        tiers: keys of `SQUARE_SIDE` the model offers, at least one.
        wraps: the panel's right edge meets its left edge.
    """
    ratio = _nearest_ratio(size, ratios, wraps=wraps)
    plans = [_plan(size, ratio, tier, wraps=wraps) for tier in sorted(tiers, key=SQUARE_SIDE.__getitem__)]
    return next((plan for plan in plans if plan.dpi >= ENOUGH_OF_DPI * dpi), plans[-1])


def generated_size(ratio: str, tier: str) -> tuple[float, float]:
    """About how many pixels wide and high an answer will be; models round to multiples of 8 or 16."""
    side, shape = SQUARE_SIDE[tier], math.sqrt(_width_by_height(ratio))
    return side * shape, side / shape


def _plan(size: FlatSize, ratio: str, tier: str, *, wraps: bool) -> PicturePlan:
    width, height = generated_size(ratio, tier)
    crop = crop_to_fill(width, height, size, wraps=wraps)
    return PicturePlan(
        ratio, tier, min(1.0, crop.width), min(1.0, crop.height), crop.dpi(width, height, size)
    )


def _nearest_ratio(size: FlatSize, ratios: Sequence[str], *, wraps: bool) -> str:
    """The ratio with the least to trim; of equal ones the first.

    What fitting mirrors instead of trimming counts as trimmed: invented picture is no better than lost one.
    """
    wanted = size.width / size.height
    if wraps:
        wanted *= 1 + SPARE_WIDTH

    def trimmed(ratio: str) -> float:
        offered = _width_by_height(ratio)
        return round(1 - min(offered / wanted, wanted / offered), 9)  # equal in spite of rounding

    if wraps:  # a wider one, unless it is so wide that its height would have to be mirrored
        wider = [ratio for ratio in ratios if _width_by_height(ratio) >= wanted]
        ratios = [ratio for ratio in wider if trimmed(ratio) <= MOST_CROPPED] or ratios
    return min(ratios, key=trimmed)


def _width_by_height(ratio: str) -> float:
    width, height = ratio.split(":")
    return int(width) / int(height)
