"""Files for a press: tagged colours, the printer's profile, inks within their limit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageCms
from support.flat import disc_sheet, quarters, strip_sheet
from support.press_profile import press_profile

from packdesk.errors import InvalidInputError
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.press.inks import Separation, coverage, limited
from packdesk.export.press.options import PressOptions
from packdesk.export.press.profile import PressProfile, read_press_profile

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = PressProfile("Test press", press_profile())
RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC
ALL_GREYS = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
SOME_COLOURS = np.array([[[200, 30, 40], [10, 20, 60], [255, 240, 0], [16, 20, 30]]], np.uint8)


@pytest.fixture
def icc(tmp_path: Path) -> Path:
    file = tmp_path / "press.icc"
    file.write_bytes(PROFILE.data)
    return file


def written(sheet: Sheet, folder: Path, press: PressOptions | None) -> pikepdf.Pdf:
    write_pdf(sheet, folder / "sheet.pdf", FlatOptions(press=press))
    return pikepdf.open(folder / "sheet.pdf")


def pictures(pdf: pikepdf.Pdf) -> list[Any]:
    """Those that are no masks."""
    found = [
        one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
    ]
    return [one for one in found if one.get("/ColorSpace") != pikepdf.Name.DeviceGray]


def test_a_profile_says_what_it_is(icc: Path) -> None:
    assert read_press_profile(icc) == PROFILE
    assert PROFILE.name in repr(PROFILE)
    assert len(repr(PROFILE)) < 100


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "press.icc is no colour profile."),
        (b"GIF89a" * 40, "press.icc is no colour profile."),
        (press_profile(b"scnr"), "press.icc is no profile of a press with four inks."),
        (
            ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
            "press.icc is no profile of a press with four inks.",
        ),
        (press_profile()[:9000], "The colour profile press.icc is damaged."),
        (press_profile().replace(b"B2A0", b"B2Ax"), "The colour profile press.icc is damaged."),
        (None, "{file} is not there."),
    ],
)
def test_what_is_no_profile_of_a_press(tmp_path: Path, data: bytes | None, said: str) -> None:
    file = tmp_path / "press.icc"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(InvalidInputError) as refused:
        read_press_profile(file)
    assert refused.value.sentence == said.format(file=file)
    assert "which the printer names or sends" in refused.value.remedy or data is None


def test_a_profile_of_version_4_with_tables_of_version_2_is_whole(tmp_path: Path) -> None:
    """As `ps_cmyk.icc` of Ghostscript is; the truncated ones above are not."""
    data = bytearray(press_profile())
    data[8:12] = bytes.fromhex("04200000")
    file = tmp_path / "press.icc"
    file.write_bytes(data)
    assert read_press_profile(file).data == bytes(data)


@pytest.mark.parametrize("limit", [199, 401, float("nan")])
def test_impossible_limits(limit: float, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="is not possible"):
        PressOptions(tmp_path, ink_limit=limit)


def test_neutral_colours_get_black_ink_only() -> None:
    inks = Separation(PROFILE).inks(ALL_GREYS)[0]
    assert not inks[:, :3].any()
    assert (inks[255, 3], inks[0, 3]) == (0, 255)
    assert (np.diff(inks[:, 3].astype(int)) <= 0).all()


def test_colours_are_separated_as_littlecms_does() -> None:
    press = ImageCms.ImageCmsProfile(io.BytesIO(PROFILE.data))
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    theirs = ImageCms.profileToProfile(
        Image.fromarray(SOME_COLOURS), ImageCms.createProfile("sRGB"), press, RELATIVE, "CMYK", flags=flags
    )
    assert np.array_equal(Separation(PROFILE).inks(SOME_COLOURS), np.asarray(theirs))


@given(arrays(np.uint8, (3, 5, 4)), st.integers(510, 1020))
def test_inks_stay_below_their_limit_and_black_stays(inks: np.ndarray[Any, Any], most: int) -> None:
    before = inks.copy()
    after = limited(inks, most)
    assert after.sum(axis=-1, dtype=int).max() <= most
    assert np.array_equal(after[..., 3], before[..., 3])
    assert (after <= before).all()
    within = before.sum(axis=-1, dtype=int) <= most
    assert np.array_equal(after[within], before[within])


def test_a_large_picture_is_separated_in_strips() -> None:
    rows = np.repeat(SOME_COLOURS, 600, axis=0)
    inks = Separation(PROFILE, 250).inks(rows)
    assert inks.shape == (600, 4, 4)
    assert (inks == inks[0]).all()
    assert coverage(inks).max() <= 250


def test_pictures_are_tagged_whatever_they_are_made_for(tmp_path: Path, icc: Path) -> None:
    for press in (None, PressOptions(icc)):
        with written(strip_sheet(), tmp_path, press) as pdf:
            space = pdf.pages[0].obj.Resources.ColorSpace.DefaultRGB
            found = pictures(pdf)
            assert found
            for picture in found:
                assert picture.ColorSpace == space
            assert (str(space[0]), int(space[1].N)) == ("/ICCBased", 3)
            profile = ImageCms.ImageCmsProfile(io.BytesIO(space[1].read_bytes()))
            assert ImageCms.getProfileDescription(profile).startswith("sRGB")


def test_a_candidate_names_the_press(tmp_path: Path, icc: Path) -> None:
    with written(strip_sheet(), tmp_path, PressOptions(icc)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "Test press")
        assert (int(intent.DestOutputProfile.N), intent.DestOutputProfile.read_bytes()) == (4, PROFILE.data)
        assert str(pdf.docinfo.Trapped) == "/False"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert pdf.check_pdf_syntax() == []


def test_separated_pictures_have_the_inks_of_their_colours(tmp_path: Path, icc: Path) -> None:
    with written(strip_sheet(), tmp_path, None) as plain:
        colours = [np.frombuffer(one.read_bytes(), np.uint8) for one in pictures(plain)]
    with written(strip_sheet(), tmp_path, PressOptions(icc, separated=True, ink_limit=220)) as pdf:
        found = pictures(pdf)
        assert len(found) == len(colours)
        for picture, pixels in zip(found, colours, strict=True):
            assert picture.ColorSpace == pikepdf.Name.DeviceCMYK
            shape = int(picture.Height), int(picture.Width)
            inks = np.frombuffer(picture.read_bytes(), np.uint8).reshape(*shape, 4)
            assert np.array_equal(inks, Separation(PROFILE, 220).inks(pixels.reshape(*shape, 3)))
            assert coverage(inks).max() <= 220


def test_what_is_transparent_stays_so(tmp_path: Path, icc: Path) -> None:
    sheet = disc_sheet()
    clear = Sheet(sheet.dieline, dict.fromkeys(sheet.artwork, quarters(50, 50, clear=True)))
    with written(clear, tmp_path, None) as plain:
        masks = [one.SMask.read_bytes() for one in pictures(plain)]
    assert masks
    with written(clear, tmp_path, PressOptions(icc, separated=True)) as pdf:
        assert [one.SMask.read_bytes() for one in pictures(pdf)] == masks


def test_the_same_sheet_has_the_same_names(tmp_path: Path) -> None:
    names = []
    for _ in range(2):
        with written(disc_sheet(), tmp_path, None) as pdf, pdf.open_metadata() as metadata:
            names.append(metadata["xmpMM:DocumentID"])
    assert len(names[0]) == len("uuid:") + 36
