"""Colours as a press would print them: by its inks on its paper, what is out of reach, and too much ink."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms
from support.press_profile import press_profile

from packdesk.domain.sight import OVER, WARNING, Sight
from packdesk.export.press.inks import Separation
from packdesk.export.press.profile import PressProfile
from packdesk.export.press.proofing import Proof

PROFILE = PressProfile("Test press", press_profile())
SOME = np.array([[[255, 255, 255, 255], [128, 128, 128, 255], [20, 30, 60, 255], [0, 0, 0, 0]]], np.uint8)


def test_a_proof_is_what_its_inks_look_like() -> None:
    seen = Proof(PROFILE, 300).seen(SOME, Sight.PROOF)
    inks = Image.fromarray(Separation(PROFILE, 300).inks(SOME[..., :3]), "CMYK")
    press, screen = ImageCms.ImageCmsProfile(io.BytesIO(PROFILE.data)), ImageCms.createProfile("sRGB")
    absolute = ImageCms.Intent.ABSOLUTE_COLORIMETRIC
    wanted = np.asarray(ImageCms.profileToProfile(inks, press, screen, absolute, "RGB"))
    assert np.abs(seen[..., :3].astype(int) - wanted).max() <= 1
    assert (seen[..., 3] == SOME[..., 3]).all()
    assert np.ptp(seen[0, 1, :3].astype(int)) <= 3  # a grey is one


def test_what_the_press_misses_is_marked() -> None:
    colours = np.array([[[255, 0, 0, 255], [180, 170, 160, 255], [4, 0, 60, 255]]], np.uint8)
    proof = Proof(PROFILE, 200)
    assert proof.out_of_reach(colours[..., :3])[0].tolist() == [True, False, True]  # the last for want of ink
    assert Proof(PROFILE, 400).out_of_reach(colours[..., :3])[0, 2] == np.False_
    marked = proof.seen(colours, Sight.GAMUT)[0, :, :3]
    assert [tuple(one) == WARNING for one in marked.tolist()] == [True, False, True]


@pytest.mark.parametrize("limit", [200, 260])
def test_ink_over_the_limit_is_red(limit: float) -> None:
    shades = np.full((1, 64, 4), 255, np.uint8)
    shades[0, :, :3] = np.linspace((255, 250, 240), (12, 4, 20), 64).astype(np.uint8)
    proof = Proof(PROFILE, limit)
    ink, seen = proof.ink(shades[..., :3])[0], proof.seen(shades, Sight.INKS)[0, :, :3]
    red = (seen == OVER).all(axis=1)
    assert (red == (ink > limit + 0.5)).all()
    assert not red[0]
    assert red.any() == (ink.max() > limit + 0.5)
