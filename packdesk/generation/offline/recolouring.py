"""Changes in words that need no model: the colours of a picture become those that were named.

Worked in OKLab (Björn Ottosson, 2020), where equal steps look alike: hues are grouped, the largest group
takes the first colour named, and what is lighter or paler than the rest of its group stays so.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageColor

from packdesk.domain.easing import smoothstep
from packdesk.errors import GenerationFailedError
from packdesk.generation.offline.palette import COLOUR_ALIASES, METALS, TONES
from packdesk.generation.offline.style import prompt_words
from packdesk.sentence import Sentence
from packdesk.textures.check import CleanPicture

if TYPE_CHECKING:
    from packdesk.domain.request import PictureChange

MOST_COLOURS = 4
_FILLERS = set(
    re.findall(
        r"\w+",
        "a all an and as be change color colored colors colour coloured colours der des die das den dem ein "
        "eine einen es farbe farben farbig faerbe farb fur im in into is it its mach mache machen make no "
        "not of on paint please recolor recolour should the to turn und von with without zu mit bitte soll "
        "sollen kein keine nicht ohne",
    )
)
_INSTEAD = re.compile(r"\b(?:statt|anstatt|instead of|rather than)\s+\w+", re.IGNORECASE)
"""Which colour gives way cannot be said here: the largest does."""
_SAMPLE_PX, _ROUNDS, _STRIP = 160, 12, 256
_PALE, _COLOURED = 0.015, 0.05
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
_Floats = npt.NDArray[np.floating[Any]]


def recoloured(change: PictureChange, words: str) -> CleanPicture:
    """The picture in the colours that are named, with a note of the words that were passed over.

    Raises:
        GenerationFailedError: no colour is named.
    """
    colours, unknown = read_change(words)
    if not colours:
        raise GenerationFailedError(
            "The painter on this computer understands no other change than colours, and none is named.",
            "Name one or several, such as “in jade and gold”, or use Gemini.",
        )
    with Image.open(io.BytesIO(change.present), formats=["PNG"]) as opened:
        source = opened.copy()
    cover = source.getchannel("A") if source.mode == "RGBA" else None
    painted = _painted(source.convert("RGB"), [_lab(_rgb(colour)) for colour in colours], change.box)
    if cover is not None:
        painted.putalpha(cover)
    notes = () if not unknown else (_told(unknown),)
    made = CleanPicture.of(painted)
    return CleanPicture(made.png, made.width, made.height, made.sha256, notes)


def read_change(words: str) -> tuple[list[str], list[str]]:
    """The colours named, as web colours in their order, and the other words that mean something."""
    colours: dict[str, None] = {}
    unknown = dict.fromkeys(" ".join(found[0].split()) for found in _INSTEAD.finditer(words))
    for said, english in prompt_words(_INSTEAD.sub(" ", words)):
        found = next((colour for one in english if (colour := _colour(one))), None)
        if found:
            colours[found] = None
        elif said not in _FILLERS and not _FILLERS.intersection(english):
            unknown[said] = None
    return list(colours)[:MOST_COLOURS], list(unknown)


def _colour(word: str) -> str | None:
    if word == "roses":  # whose colour shall change
        return None
    metal = METALS.get(word.replace("-", " "))
    tones = TONES.get(COLOUR_ALIASES.get(word, word))
    return metal or (tones.mid if tones and word not in {"black", "white"} else tones.deep if tones else None)


def _told(unknown: list[str]) -> str:
    return Sentence(
        "Only colours are understood by the painter on this computer. Passed over: {words}.",
        words=", ".join(unknown[:12]),
    )


def _painted(picture: Image.Image, targets: list[_Floats], box: tuple[int, int, int, int]) -> Image.Image:
    sample = picture.crop(box)
    sample.thumbnail((_SAMPLE_PX, _SAMPLE_PX))
    groups = _groups(_lab(np.asarray(sample, np.float32).reshape(-1, 3) / 255), len(targets))
    pixels = np.asarray(picture).copy()
    for top in range(0, pixels.shape[0], _STRIP):
        strip = pixels[top : top + _STRIP]
        lab = _lab(strip.astype(np.float32) / 255)
        pixels[top : top + _STRIP] = np.rint(_srgb(_moved(lab, groups, targets)) * 255)
    return Image.fromarray(pixels)


def _groups(lab: _Floats, count: int) -> list[_Floats]:
    """Mean colours of groups of like hue, the largest first; k-means on the hue circle."""
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    coloured = lab[chroma > _COLOURED]
    if len(coloured) < len(lab) / 200:
        coloured = lab
    hues = np.arctan2(coloured[:, 2], coloured[:, 1])
    order = np.sort(hues)
    centres = order[[int((step + 0.5) * len(order) / count) for step in range(count)]]
    for _ in range(_ROUNDS):
        nearest = np.argmax(np.cos(hues[:, None] - centres[None, :]), axis=1)
        for number in range(count):
            own = hues[nearest == number]
            if len(own):
                centres[number] = np.arctan2(np.sin(own).mean(), np.cos(own).mean())
    sizes = np.bincount(nearest, minlength=count)
    means = [coloured[nearest == number].mean(axis=0) for number in np.argsort(-sizes) if sizes[number]]
    return [np.asarray(mean, np.float32) for mean in means]


def _moved(lab: _Floats, groups: list[_Floats], targets: list[_Floats]) -> _Floats:
    chroma, hue = np.hypot(lab[..., 1], lab[..., 2]), np.arctan2(lab[..., 2], lab[..., 1])
    centres = np.array([np.arctan2(one[2], one[1]) for one in groups], np.float32)
    nearest = np.argmax(np.cos(hue[..., None] - centres), axis=-1)
    aims, means = np.stack(targets[: len(groups)])[nearest], np.stack(groups)[nearest]
    share = smoothstep(_PALE, _COLOURED, chroma)[..., None].astype(np.float32)
    strength = np.clip(chroma / np.maximum(np.hypot(means[..., 1], means[..., 2]), 0.02), 0.2, 1.4)
    lightness = lab[..., 0] + 0.7 * (aims[..., 0] - means[..., 0])
    moved = np.concatenate(
        [np.clip(lightness, 0, 1)[..., None], aims[..., 1:] * strength[..., None]], axis=-1
    )
    return np.asarray(lab + share * (moved - lab), np.float32)


def _rgb(colour: str) -> _Floats:
    return np.array(ImageColor.getrgb(colour)[:3], np.float32) / 255


def _lab(rgb: _Floats) -> _Floats:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T, np.float32)


def _srgb(lab: _Floats) -> _Floats:
    linear = np.clip((lab @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T, 0, 1)
    return np.asarray(
        np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055), np.float32
    )
