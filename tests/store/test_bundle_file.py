"""Bundles written and read, sound, damaged and hostile."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.hostile_bundles import entries_of, hostile_bundles, sound_bundle, zipped
from support.providers import picture_bytes

from packdesk.domain.panels import PANEL_IDS, FlatSize
from packdesk.domain.state import PackagingState, default_state, new_texture
from packdesk.domain.wire import encode_state
from packdesk.errors import BundleError, OutputUnwritableError, PackdeskError
from packdesk.store.bundle import archive as bundle_archive
from packdesk.store.bundle.archive import MAX_ENTRIES, _has_end
from packdesk.store.bundle.files import BundleContents, read_bundle, write_bundle
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from pathlib import Path

SOUND = sound_bundle()
BOX = PANEL_IDS["box"]
LETTERS = 'aZ0 "\\/é中𝄞\n'


def file_with(data: bytes, folder: Path) -> Path:
    file = folder / "tea.packdesk"
    file.write_bytes(data)
    return file


def design(panels: tuple[str, ...], **fields: object) -> PackagingState:
    size = FlatSize(width=100, height=150)
    textures = {
        panel_id: new_texture(
            panel_id, f"file:///home/me/{panel_id}.png", "tea", size, "2026-01-01T00:00:00Z"
        )
        for panel_id in panels
    }
    return default_state().model_copy(update={"panel_textures": textures, **fields})


def refused(data: bytes, folder: Path) -> str:
    with pytest.raises(BundleError) as caught:
        read_bundle(file_with(data, folder))
    assert caught.value.remedy
    return caught.value.sentence


def test_what_a_bundle_looks_like_to_others(tmp_path: Path) -> None:
    png = clean_picture(picture_bytes(1)).png
    file = tmp_path / "tea.packdesk"
    state = design(
        ("front", "back"), in_progress=True, generating_panels=["left"], last_error="no", client={"a": [1]}
    )
    write_bundle(file, state, {"front": png, "back": png}, picture_bytes(2))
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        name = f"textures/{hashlib.sha256(png).hexdigest()}.png"
        assert archive.namelist() == ["version.json", "state.json", name, "preview.png"]
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        version, document = (json.loads(archive.read(part)) for part in ("version.json", "state.json"))
    assert (version["format"], version["version"]) == ("packdesk", 1)
    assert document["panel_textures"]["front"]["texture_url"] == name
    assert document["panel_textures"]["front"]["prompt"] == "tea"
    assert document["client"] == {"a": [1]}
    assert (document["in_progress"], document["generating_panels"], document["last_error"]) == (
        False,
        [],
        None,
    )
    assert b"/home/me" not in file.read_bytes()


def test_the_same_design_makes_the_same_bytes(tmp_path: Path) -> None:
    png = clean_picture(picture_bytes(1)).png
    for name in ("a", "b"):
        write_bundle(tmp_path / name, design(("front",)), {"front": png})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_six_pictures_there_and_back(tmp_path: Path) -> None:
    found = read_bundle(file_with(SOUND, tmp_path))
    assert found.damages == ()
    assert list(found.pictures) == list(BOX)
    assert len({picture.clean.sha256 for picture in found.pictures.values()}) == 6
    assert found.preview is not None
    assert found.state.model_extra == {"client": {"zoom": 2}}


@settings(max_examples=30)
@given(
    panels=st.sets(st.sampled_from(BOX)),
    extra=st.dictionaries(
        st.text(LETTERS, max_size=8).map(lambda name: f"x-{name}"),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(LETTERS, max_size=9), st.lists, max_leaves=5
        ),
        max_size=3,
    ),
)
def test_fields_we_do_not_know_come_back(
    panels: set[str], extra: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("bundle") / "tea.packdesk"
    state = design(tuple(sorted(panels)), **extra)
    png = clean_picture(picture_bytes(1)).png
    write_bundle(file, state, dict.fromkeys(panels, png))
    found = read_bundle(file)
    assert set(found.pictures) == panels
    assert found.damages == ()
    assert found.state.model_extra == extra


def test_a_panel_without_its_picture_is_bare_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "tea.packdesk"
    write_bundle(file, design(("front", "back")), {"back": clean_picture(picture_bytes(1)).png})
    found = read_bundle(file)
    assert list(found.state.panel_textures) == ["back"]
    assert found.damages == ()


def test_other_programs_may_pack_it_anew(tmp_path: Path) -> None:
    packed = zipped(dict(sorted(entries_of(SOUND).items())), zipfile.ZIP_DEFLATED)
    found = read_bundle(file_with(packed, tmp_path))
    assert (len(found.pictures), found.damages) == (6, ())


def test_a_picture_is_written_anew_before_anybody_sees_it(tmp_path: Path) -> None:
    jpeg = picture_bytes(3, kind="JPEG")
    file = tmp_path / "tea.packdesk"
    write_bundle(file, design(("front",)), {"front": jpeg})
    found = read_bundle(file).pictures["front"]
    assert found.sha256 == hashlib.sha256(jpeg).hexdigest()
    assert found.clean.png.startswith(b"\x89PNG")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    entries = entries_of(SOUND)
    first, second = [name for name in entries if name.startswith("textures/")][:2]
    entries[first] = entries[first][:-9] + b"different"
    del entries[second]
    entries["preview.png"] = b"no picture"
    found = read_bundle(file_with(zipped(entries), tmp_path))
    assert found.damages == (
        "The picture of the front panel is damaged.",
        "The picture of the back panel is not in the bundle.",
        "The preview is damaged.",
    )
    assert list(found.state.panel_textures) == list(found.pictures) == list(BOX[2:])


def test_sound_pictures_under_each_other_s_names_are_not_taken(tmp_path: Path) -> None:
    entries = entries_of(SOUND)
    first, second = [name for name in entries if name.startswith("textures/")][:2]
    entries[first], entries[second] = entries[second], entries[first]
    found = read_bundle(file_with(zipped(entries), tmp_path))
    assert list(found.pictures) == list(BOX[2:])
    assert len(found.damages) == 2


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        fourth = archive.infolist()[2 + 3].header_offset
    found = read_bundle(file_with(SOUND[: fourth + 140], tmp_path))
    assert list(found.pictures) == list(BOX[:3])
    assert found.damages == (
        "The end of the file is missing or damaged.",
        "The picture of the right panel is damaged.",
        "The picture of the top panel is not in the bundle.",
        "The picture of the bottom panel is not in the bundle.",
    )


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("appearance", "How the design was shown cannot be read."),
        ("reviews", "What reviewers said cannot be read."),
    ],
)
def test_what_stands_beside_the_design_may_be_damaged(part: str, words: str, tmp_path: Path) -> None:
    values: tuple[object, ...] = (7, [], {"look": 7, "issued": 7}, "x", None)
    for value in values:
        entries = entries_of(SOUND)
        version = json.loads(entries["version.json"]) | {part: value}
        packed = zipped(entries | {"version.json": json.dumps(version).encode()})
        assert read_bundle(file_with(packed, tmp_path)).damages == (words,)
    assert read_bundle(file_with(SOUND, tmp_path)).damages == ()


@pytest.mark.parametrize("version", ["{", "[]", "{}", '{"format": "packdesk", "version": true}', "7"])
def test_a_bundle_that_does_not_say_what_it_is(version: str, tmp_path: Path) -> None:
    packed = zipped(entries_of(SOUND) | {"version.json": version.encode()})
    assert "nothing in it could be saved" in refused(packed, tmp_path)


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    entries = entries_of(SOUND) | {"version.json": b'{"format":"packdesk","version":2}'}
    assert refused(zipped(entries), tmp_path) == "The bundle was saved by a newer packdesk."


def test_files_that_are_no_bundles(tmp_path: Path) -> None:
    for data in (b"", b"PK", picture_bytes(), zipped({})):
        assert refused(data, tmp_path) == "The file is not a packdesk bundle."
    for missing in (tmp_path / "none", tmp_path):
        with pytest.raises(BundleError, match="is not there, or is not a file"):
            read_bundle(missing)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BundleError, match="is not there, or is not a file"):
        read_bundle(tmp_path / "pipe")


def test_a_file_too_large_is_not_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packdesk.store.bundle.archive.MAX_ARCHIVE_BYTES", 1000)
    assert "a bundle has at most" in refused(SOUND, tmp_path)


def test_more_than_can_be_held_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = zipped(
        entries_of(SOUND) | {"preview.png": random.Random(1).randbytes(10_000).hex().encode()},
        zipfile.ZIP_DEFLATED,
    )
    monkeypatch.setattr("packdesk.store.bundle.archive.MAX_ARCHIVE_BYTES", 18_000)
    assert "more than a bundle can hold" in refused(packed, tmp_path)


@pytest.mark.parametrize(
    ("entries", "directory", "taken"),
    [
        (MAX_ENTRIES + 1, 100, False),
        (1, bundle_archive.MAX_DIRECTORY_BYTES + 1, False),
        (MAX_ENTRIES, bundle_archive.MAX_DIRECTORY_BYTES, True),
    ],
)
def test_a_list_of_contents_is_judged_before_it_is_read(
    entries: int, directory: int, taken: bool, tmp_path: Path
) -> None:
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, entries, entries, directory, 0, 0)
    file = file_with(SOUND[: -len(end)] + end, tmp_path)
    if taken:  # it is not where it says, so the entries are found from the start
        assert read_bundle(file).damages
    else:
        with pytest.raises(BundleError, match="more entries"):
            read_bundle(file)


def test_the_limits_hold_what_we_write() -> None:
    assert len(BOX) + 3 <= MAX_ENTRIES
    assert bundle_archive.allowed_bytes("textures/" + "a" * 64 + ".png") == bundle_archive.MAX_PICTURE_BYTES
    assert bundle_archive.allowed_bytes("textures/x.png") == 0


def test_a_state_may_be_just_as_large_as_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = design((), blob="x" * 1000)
    size = len(encode_state(state))
    for most, taken in ((size, True), (size - 1, False)):
        limits = {**bundle_archive.MAX_ENTRY_BYTES, bundle_archive.STATE_NAME: most}
        for module in ("archive", "files"):
            monkeypatch.setattr(f"packdesk.store.bundle.{module}.MAX_ENTRY_BYTES", limits)
        file = tmp_path / f"{most}.packdesk"
        if taken:
            write_bundle(file, state, {})
            assert read_bundle(file).state.model_extra == state.model_extra
        else:
            with pytest.raises(BundleError, match="Other programs keep more"):
                write_bundle(file, state, {})


@pytest.mark.parametrize("length", [100, 200_000])
def test_what_grows_a_hundred_times_is_a_bomb(length: int, tmp_path: Path) -> None:
    state = json.loads(entries_of(SOUND)["state.json"]) | {"blob": "x" * length}
    packed = zipped(
        entries_of(SOUND) | {"state.json": json.dumps(state).encode()},
        zipfile.ZIP_DEFLATED,
    )
    if length == 100:
        assert read_bundle(file_with(packed, tmp_path)).state.model_extra == {
            "blob": "x" * 100,
            "client": {"zoom": 2},
        }
    else:
        assert "beyond measure" in refused(packed, tmp_path)


def test_a_state_too_large_for_a_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="Other programs keep more"):
        write_bundle(tmp_path / "tea.packdesk", design((), blob="x" * 5_000_000), {})
    assert list(tmp_path.iterdir()) == []


def test_nothing_half_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    target = file_with(b"the one before", tmp_path)
    with pytest.raises(OutputUnwritableError, match="cannot be written"):
        write_bundle(target, design(()), {})
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"the one before"]


def check_contents(found: BundleContents, name: str) -> None:
    assert set(found.pictures) == set(found.state.panel_textures), name
    assert not found.state.generating, name
    for panel_id, picture in found.pictures.items():
        assert found.state.panel_textures[panel_id].texture_url == f"textures/{picture.sha256}.png", name
        assert clean_picture(picture.clean.png).sha256 == picture.clean.sha256, name


def test_hundreds_of_hostile_bundles(tmp_path: Path) -> None:
    inside = tmp_path / "inside" / "deep"
    inside.mkdir(parents=True)
    total = 0
    for name, data in hostile_bundles():
        total += 1
        file = file_with(data, inside)
        try:
            found = read_bundle(file)
        except PackdeskError as error:
            told = error
        else:
            check_contents(found, name)
            continue
        assert isinstance(told, BundleError), name
        assert told.remedy, name
    assert total >= 300
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [inside / "tea.packdesk"]


def test_the_seed_decides() -> None:
    assert [bundle.data for bundle in hostile_bundles(7)] == [bundle.data for bundle in hostile_bundles(7)]


def test_reading_touches_no_other_file(tmp_path: Path) -> None:
    buffer = io.BytesIO(SOUND)
    file = file_with(buffer.getvalue(), tmp_path)
    file.chmod(0o400)
    read_bundle(file)
    assert list(tmp_path.iterdir()) == [file]


def test_an_archive_of_nothing_is_whole() -> None:
    file = io.BytesIO()
    zipfile.ZipFile(file, "w").close()
    whole = file.getvalue()
    assert _has_end(io.BytesIO(whole), len(whole))
    assert not _has_end(io.BytesIO(whole[:-1]), len(whole) - 1)
    assert not _has_end(io.BytesIO(b"PK"), 2)
