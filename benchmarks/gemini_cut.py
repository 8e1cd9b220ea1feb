"""What fitting does to an answer: the seam of a wrapping panel, and the shape and resolution of a front."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from gemini_process import photograph
from PIL import Image
from support.gemini_answers import circle_box, circle_picture, encode, pixel_size
from tables import table

from packdesk.domain.panels import FlatSize
from packdesk.generation.gemini.plan import model_abilities, plan_picture
from packdesk.generation.gemini.provider import DEFAULT_MODEL
from packdesk.textures.check import clean_picture
from packdesk.textures.fitting import fit_picture

if TYPE_CHECKING:
    import numpy.typing as npt

    from packdesk.generation.gemini.plan import PicturePlan

BODY, FRONT = FlatSize(width=314, height=150), FlatSize(width=100, height=150)
DPI = 300


def ordered(size: FlatSize, tier: str, *, wraps: bool) -> PicturePlan:
    ratios = model_abilities(DEFAULT_MODEL).ratios
    return plan_picture(size, dpi=DPI, ratios=ratios, tiers=(tier,), wraps=wraps)


def opened(png: bytes) -> npt.NDArray[np.float64]:
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"), dtype=float)


def plainly_cropped(png: bytes, size: FlatSize) -> bytes:
    """The middle of a picture, in the shape of the panel."""
    with Image.open(io.BytesIO(png)) as image:
        width = min(image.width, image.height * size.width / size.height)
        height = width * size.height / size.width
        left, top = (image.width - width) / 2, (image.height - height) / 2
        return encode(image.crop((round(left), round(top), round(left + width), round(top + height))))


def steps(png: bytes) -> tuple[float, float]:
    """Mean difference over the seam, and the mean of it between neighbours inside."""
    pixels = opened(png)
    over = float(np.abs(pixels[:, 0] - pixels[:, -1]).mean())
    return over, float(np.abs(np.diff(pixels, axis=1)).mean())


def seam() -> None:
    print(f"Seam of a body of {BODY.width:g} x {BODY.height:g} mm; levels of 255 from column to column\n")
    rows: list[list[object]] = []
    for tier in ("1K", "2K"):
        plan = ordered(BODY, tier, wraps=True)
        answer = photograph(*pixel_size(plan.ratio, tier))
        ways = {
            "plain crop": plainly_cropped(answer, BODY),
            "fitted": fit_picture(answer, BODY, dpi=DPI, wraps=True).picture.png,
        }
        for name, png in ways.items():
            over, inside = steps(png)
            rows.append([f"{tier} {plan.ratio}, {name}", over, inside, over / inside])
    table(["answer", "over the seam", "inside", "x inside"], rows)


def front() -> None:
    print(f"Front of {FRONT.width:g} x {FRONT.height:g} mm for {DPI} dpi\n")
    rows: list[list[object]] = []
    for tier in ("1K", "2K", "4K"):
        plan = ordered(FRONT, tier, wraps=False)
        answer = clean_picture(encode(circle_picture((20, 40, 90), *pixel_size(plan.ratio, tier))))
        fitted = fit_picture(answer.png, FRONT, dpi=DPI, wraps=False)
        picture = fitted.picture
        left, top, right, bottom = circle_box(picture.png)
        sizes = [f"{answer.width} x {answer.height}", f"{picture.width} x {picture.height}"]
        round_ = (right - left) / (bottom - top)
        rows.append([f"{tier} {plan.ratio}", *sizes, fitted.dpi, fitted.dpi / DPI, f"{round_:.4f}"])
    headers = ["answer", "pixels", "fitted", "dpi", "x wanted", "circle width / height"]
    table(headers, rows)


def cut() -> None:
    seam()
    front()
