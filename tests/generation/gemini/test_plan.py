"""What is ordered for a panel."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from packdesk.domain.panels import FlatSize
from packdesk.generation.gemini.plan import (
    ENOUGH_OF_DPI,
    SQUARE_SIDE,
    STRIP_RATIOS,
    USUAL_RATIOS,
    PicturePlan,
    generated_size,
    model_abilities,
    plan_picture,
)
from packdesk.textures.fitting import MOST_CROPPED

FLASH, LITE, PRO = "gemini-3.1-flash-image", "gemini-3.1-flash-lite-image", "gemini-3-pro-image"

sides = st.floats(10, 2000)
panels = st.builds(lambda width, height: FlatSize(width=width, height=height), sides, sides)
models = st.sampled_from([FLASH, LITE, PRO])


def ordered(size: FlatSize, *, model: str = FLASH, dpi: float = 300, wraps: bool = False) -> PicturePlan:
    can = model_abilities(model)
    return plan_picture(size, dpi=dpi, ratios=can.ratios, tiers=can.tiers, wraps=wraps)


def value(ratio: str) -> float:
    width, height = ratio.split(":")
    return int(width) / int(height)


@pytest.mark.parametrize(
    ("size", "model", "wraps", "expected"),
    [
        ((100, 150), FLASH, False, ("2:3", "2K", (1, 1), 425)),  # front
        ((100, 150), LITE, False, ("2:3", "1K", (1, 1), 212)),  # not enough, but all there is
        ((50, 150), FLASH, False, ("1:4", "1K", (1, 0.875), 303)),  # side: a quarter too high, half mirrored
        ((50, 150), PRO, False, ("9:16", "1K", (0.796, 1), 311)),  # 41 % too wide, half mirrored
        ((100, 50), FLASH, False, ("16:9", "1K", (1, 0.889), 347)),  # top
        ((100, 100), FLASH, False, ("1:1", "2K", (1, 1), 520)),  # disc
        ((106, 156), FLASH, False, ("2:3", "2K", (1, 0.981), 401)),  # front with 3 mm of bleed
        ((314.16, 150), FLASH, True, ("21:9", "4K", (0.898, 1), 454)),  # body
        ((251.33, 100), FLASH, True, ("21:9", "2K", (0.943, 0.876), 298)),  # cropped rather than mirrored
        ((200, 60), FLASH, True, ("4:1", "2K", (0.833, 1), 433)),  # flat body
        ((157, 200), FLASH, True, ("1:1", "4K", (0.785, 1), 520)),  # 4:5 has less than 2 % to spare
        ((251.33, 150), FLASH, True, ("16:9", "4K", (0.942, 1), 520)),  # the cylinder packdesk begins with
        ((190, 280), FLASH, False, ("2:3", "4K", (1, 0.982), 447)),  # cereal
        ((30, 300), FLASH, False, ("1:8", "2K", (0.8, 1), 490)),  # pillar
        ((400, 300), FLASH, False, ("4:3", "4K", (1, 1), 300)),  # lid
        ((40, 40), FLASH, False, ("1:1", "512", (1, 1), 325)),  # the smallest tier where it is enough
        ((91, 91), FLASH, False, ("1:1", "1K", (1, 1), 286)),  # nine tenths of 300 dpi are enough
        ((40, 40), PRO, False, ("1:1", "1K", (1, 1), 650)),
        ((10, 2000), FLASH, False, ("1:8", "1K", (0.52, 1), 478)),
        ((2000, 10), PRO, False, ("21:9", "1K", (1, 0.506), 861)),
    ],
)
def test_usual_panels(
    size: tuple[float, float],
    model: str,
    wraps: bool,
    expected: tuple[str, str, tuple[float, float], float],
) -> None:
    ratio, tier, kept, dpi = expected
    plan = ordered(FlatSize(width=size[0], height=size[1]), model=model, wraps=wraps)
    assert (plan.ratio, plan.tier) == (ratio, tier)
    assert (plan.kept_width, plan.kept_height) == pytest.approx(kept, abs=0.001)
    assert plan.dpi == pytest.approx(dpi, abs=0.5)


def test_the_resolution_of_a_body_one_tier_lower_would_not_do() -> None:
    body = FlatSize(width=314.16, height=150)
    plan = plan_picture(body, dpi=300, ratios=["21:9"], tiers=["2K"], wraps=True)
    assert plan.dpi == pytest.approx(227, abs=0.5)


@given(panels, models, st.booleans())
def test_something_of_every_picture_ends_on_the_panel(size: FlatSize, model: str, wraps: bool) -> None:
    plan = ordered(size, model=model, wraps=wraps)
    assert 0.4 < plan.kept_width <= 1
    assert 0.4 < plan.kept_height <= 1
    assert max(plan.kept_width, plan.kept_height) > 0.8


@given(panels, models, st.booleans())
def test_resolution_is_kept_pixels_per_inch(size: FlatSize, model: str, wraps: bool) -> None:
    plan = ordered(size, model=model, wraps=wraps)
    width, height = generated_size(plan.ratio, plan.tier)
    assert width * height == pytest.approx(SQUARE_SIDE[plan.tier] ** 2)
    assert width / height == pytest.approx(value(plan.ratio))
    # Where nothing is mirrored both say the same; on the mirrored side kept pixels are fewer than shown ones.
    across = plan.kept_width * width / (size.width / 25.4)
    down = plan.kept_height * height / (size.height / 25.4)
    assert plan.dpi == pytest.approx(max(across, down))


@given(panels, st.floats(20, 1200))
def test_the_tier_is_the_smallest_that_does_or_the_largest(size: FlatSize, dpi: float) -> None:
    plan = ordered(size, dpi=dpi)
    tiers = list(SQUARE_SIDE)
    assert plan.dpi >= ENOUGH_OF_DPI * dpi or plan.tier == tiers[-1]
    if plan.tier != tiers[0]:
        smaller = tiers[tiers.index(plan.tier) - 1]
        less = plan_picture(size, dpi=dpi, ratios=[plan.ratio], tiers=[smaller], wraps=False)
        assert less.dpi < ENOUGH_OF_DPI * dpi


def test_tiers_are_taken_by_size_whatever_their_order() -> None:
    size = FlatSize(width=100, height=150)
    assert plan_picture(size, dpi=300, ratios=["2:3"], tiers=["4K", "2K", "1K"], wraps=False).tier == "2K"


@given(panels, models)
def test_no_other_ratio_is_nearer(size: FlatSize, model: str) -> None:
    def distance(ratio: str) -> float:
        return abs(math.log(value(ratio) * size.height / size.width))

    nearest = min(distance(ratio) for ratio in model_abilities(model).ratios)
    assert distance(ordered(size, model=model).ratio) == pytest.approx(nearest, abs=1e-6)


@given(panels)
def test_a_body_gets_spare_width_where_a_ratio_has_it_without_mirroring(size: FlatSize) -> None:
    shape = 1.02 * size.width / size.height
    assume(any(0 <= 1 - shape / value(ratio) <= MOST_CROPPED for ratio in model_abilities(FLASH).ratios))
    plan = ordered(size, wraps=True)
    assert value(plan.ratio) >= shape
    assert plan.kept_width < 0.98
    narrower = [one for one in USUAL_RATIOS + STRIP_RATIOS if shape * 1.04 < value(one) < value(plan.ratio)]
    assert not narrower


def test_a_body_wider_than_every_ratio_gets_the_widest() -> None:
    assert ordered(FlatSize(width=2000, height=10), wraps=True).ratio == "8:1"
    assert ordered(FlatSize(width=300, height=100), model=PRO, wraps=True).ratio == "21:9"


@pytest.mark.parametrize("ratios", [("2:3", "3:2"), ("3:2", "2:3")])
def test_of_equally_near_ratios_the_first_is_taken(ratios: tuple[str, ...]) -> None:
    square = FlatSize(width=70, height=70)
    assert plan_picture(square, dpi=300, ratios=ratios, tiers=["1K"], wraps=False).ratio == ratios[0]


def test_models_can_what_they_can() -> None:
    assert len(model_abilities(FLASH).ratios) == 14
    assert model_abilities(FLASH).tiers == ("512", "1K", "2K", "4K")
    assert model_abilities(f"models/{FLASH}").tiers == model_abilities(FLASH).tiers
    assert len(model_abilities(LITE).ratios) == 10
    assert model_abilities(LITE).tiers == ("1K",)
    for other in (PRO, "nano-banana-pro-preview", "painter-of-2031"):
        assert len(model_abilities(other).ratios) == 10
        assert model_abilities(other).tiers == ("1K", "2K", "4K")
