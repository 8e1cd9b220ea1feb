"""Cuts that were removed are made again when somebody reads them."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from packdesk.domain.panels import FlatSize
from packdesk.errors import TextureUnavailableError
from packdesk.textures import recipes
from packdesk.textures.check import CleanPicture, clean_picture
from packdesk.textures.fitting import fit_picture
from packdesk.textures.library import TextureLibrary, hash_in_url
from packdesk.textures.notes import Origin
from packdesk.textures.recipes import cut_again, make_cut

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.textures.fitting import FittedPicture
    from packdesk.textures.notes import Fit

PANEL = FlatSize(width=70.3, height=41.9)


def noise(seed: int, size: tuple[int, int] = (90, 60), *, transparent: bool = False) -> CleanPicture:
    pixels = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3 + transparent), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return clean_picture(buffer.getvalue())


SOURCE = noise(1)


def cut_into(library: TextureLibrary, source: CleanPicture = SOURCE, **how: object) -> str:
    """Keep a picture and a cut of it; the hash of the latter."""
    library.add(source)
    options = {"dpi": 30.0, "wraps": False, "turns": 0, "fit": "fill", **how}
    made = make_cut(source.sha256, source.png, PANEL, **options)  # type: ignore[arg-type]  # as the tests say
    with library.holds.holding() as hold:
        library.add_cut(made, hold)
    return made.picture.sha256


@settings(max_examples=60)
@given(
    seed=st.integers(0, 99),
    size=st.tuples(st.floats(10, 2000), st.floats(10, 2000)),
    dpi=st.floats(1, 400),
    wraps=st.booleans(),
    turns=st.integers(0, 3),
    fit=st.sampled_from(["fill", "fit", "crop"]),
    transparent=st.booleans(),
)
def test_a_note_holds_all_that_a_cut_depends_on(
    *, seed: int, size: tuple[float, float], dpi: float, wraps: bool, turns: int, fit: Fit, transparent: bool
) -> None:
    source, panel = noise(seed, (40, 30), transparent=transparent), FlatSize(width=size[0], height=size[1])
    made = make_cut(source.sha256, source.png, panel, dpi=dpi, wraps=wraps, turns=turns, fit=fit)
    note = Origin.model_validate_json(made.note.model_dump_json())
    assert cut_again(note, source.png) == made.picture


def test_a_cut_that_went_is_the_same_picture_again_in_its_place(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library, turns=1, wraps=True)
    before = library.read(sha256)
    (tmp_path / f"{sha256}.png").unlink()
    assert TextureLibrary(tmp_path).read(sha256) == before
    assert (tmp_path / f"{sha256}.png").read_bytes() == before


def test_it_is_found_although_it_went(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library)
    (tmp_path / f"{sha256}.png").unlink()
    assert hash_in_url(library.find(sha256) or "") == sha256


def test_a_cut_of_a_cut_that_both_went(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    first = cut_into(library)
    second = cut_into(library, clean_picture(library.read(first)), turns=1)
    before = library.read(second)
    for sha256 in (first, second):
        (tmp_path / f"{sha256}.png").unlink()
    assert library.read(second) == before


def test_the_origin_may_lie_in_a_shared_folder(tmp_path: Path) -> None:
    sha256 = cut_into(TextureLibrary(tmp_path / "studio"))
    before = (tmp_path / "studio" / f"{sha256}.png").read_bytes()
    (tmp_path / "studio" / f"{sha256}.png").unlink()
    own = TextureLibrary(tmp_path / "own", [tmp_path / "studio"])
    assert own.read(sha256) == before
    assert (tmp_path / "own" / f"{sha256}.png").exists()


def test_a_library_that_cannot_be_written_shows_it_all_the_same(tmp_path: Path) -> None:
    sha256 = cut_into(TextureLibrary(tmp_path / "studio"))
    (tmp_path / "studio" / f"{sha256}.png").unlink()
    (tmp_path / "file").write_text("no folder")
    assert TextureLibrary(tmp_path / "file", [tmp_path / "studio"]).read(sha256)


def test_an_encoder_that_makes_other_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer Pillow: the URL still answers, with the same pixels, and is cut only once."""
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library)
    before = library.read(sha256)
    (tmp_path / f"{sha256}.png").unlink()
    cuts = []

    def encoded_otherwise(*arguments: object, **options: object) -> FittedPicture:
        fitted = fit_picture(*arguments, **options)  # type: ignore[arg-type]  # passed on as they come
        buffer = io.BytesIO()
        Image.open(io.BytesIO(fitted.picture.png)).save(buffer, "PNG", compress_level=9)
        png = buffer.getvalue()
        cuts.append(png)
        picture = replace(fitted.picture, png=png, sha256=hashlib.sha256(png).hexdigest())
        return replace(fitted, picture=picture)

    monkeypatch.setattr(recipes, "fit_picture", encoded_otherwise)
    again = library.read(sha256)
    assert again != before
    assert np.array_equal(
        np.asarray(Image.open(io.BytesIO(again))), np.asarray(Image.open(io.BytesIO(before)))
    )
    assert library.read(sha256) == again
    assert len(cuts) == 1
    (tmp_path / f"{hashlib.sha256(again).hexdigest()}.png").unlink()
    assert library.read(sha256) == again


@pytest.mark.parametrize("lacking", ["panel", "wanted_dpi"])
def test_a_note_of_an_older_version_does_not_say_all(tmp_path: Path, lacking: str) -> None:
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library)
    note = json.loads((tmp_path / f"{sha256}.json").read_text())
    (tmp_path / f"{sha256}.json").write_text(json.dumps({**note, lacking: None}))
    (tmp_path / f"{sha256}.png").unlink()
    with pytest.raises(TextureUnavailableError):
        library.read(sha256)
    assert cut_into(library) == sha256  # cut once more by this version, its note is complete
    (tmp_path / f"{sha256}.png").unlink()
    assert library.read(sha256)


def test_notes_of_strangers_that_name_each_other(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    for one, other in (("a", "b"), ("b", "a"), ("c", "c")):
        note = Origin(source=other * 64, dpi=1, panel=(100, 100), wanted_dpi=30)
        library.note_origin(one * 64, note)
    for name in "abc":
        with pytest.raises(TextureUnavailableError):
            library.read(name * 64)


@pytest.mark.parametrize("panel", [(0.1, 100_000), (100_000, 0.1)])
def test_a_strangers_note_of_an_absurd_size_costs_little(tmp_path: Path, panel: tuple[float, float]) -> None:
    library = TextureLibrary(tmp_path)
    library.add(SOURCE)
    library.note_origin("d" * 64, Origin(source=SOURCE.sha256, dpi=1, panel=panel, wanted_dpi=100_000))
    with Image.open(io.BytesIO(library.read("d" * 64))) as cut:
        assert max(cut.size) <= 4096


def test_a_damaged_origin_is_not_cut(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library)
    (tmp_path / f"{sha256}.png").unlink()
    (tmp_path / f"{SOURCE.sha256}.png").write_bytes(SOURCE.png[:-9])
    with pytest.raises(TextureUnavailableError):
        library.read(sha256)
