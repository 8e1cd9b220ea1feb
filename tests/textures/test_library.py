"""The durable library and the evictable cache."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

from packdesk.errors import BadPictureError, LibraryUnwritableError, TextureUnavailableError
from packdesk.textures.check import clean_picture
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary, hash_in_url

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = clean_picture(picture_bytes(1))
OTHER = clean_picture(picture_bytes(2))


def test_a_picture_is_kept_once_under_its_hash(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path / "library")
    url = library.add(PICTURE)
    assert library.add(PICTURE) == url
    assert hash_in_url(url) == PICTURE.sha256
    assert [path.name for path in (tmp_path / "library").iterdir()] == [f"{PICTURE.sha256}.png"]
    assert library.read(PICTURE.sha256) == PICTURE.png


def test_a_shared_folder_may_be_mounted_anywhere(tmp_path: Path) -> None:
    url = TextureLibrary(tmp_path / "studio").add(PICTURE)
    (tmp_path / "studio").rename(tmp_path / "mounted elsewhere")
    reader = TextureLibrary(tmp_path / "own", [tmp_path / "mounted elsewhere"])
    sha256 = hash_in_url(url)
    assert sha256
    assert reader.read(sha256) == PICTURE.png


def test_a_damaged_picture_is_not_shown(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    library.add(PICTURE)
    (tmp_path / f"{PICTURE.sha256}.png").write_bytes(PICTURE.png[:-1])
    with pytest.raises(TextureUnavailableError):
        library.read(PICTURE.sha256)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LibraryUnwritableError, match="file") as caught:
        TextureLibrary(tmp_path / "file").add(PICTURE)
    assert "PACKDESK_TEXTURE_DIR" in caught.value.terminal


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/" + "a" * 64 + ".png",
        "https://x/a.png?" + "a" * 64 + ".png",
        "file:///a.png",
        "file:///" + "a" * 63 + ".png",
        "data:" + "a" * 64 + ".png",
        "data:image/png;base64,@",
    ],
)
def test_only_library_urls_name_a_hash(url: str) -> None:
    assert hash_in_url(url) is None


def test_the_cache_keeps_within_its_budget_and_drops_the_least_used(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, budget_bytes=3 * 1000)
    for age, name in enumerate(("a", "b", "c")):
        cache.put(name, name.encode() * 1000)
        path = next(path for path in tmp_path.glob("*.png") if path.read_bytes()[:1] == name.encode())
        os.utime(path, (1000 + age, 1000 + age))
    assert cache.get("a") == b"a" * 1000  # used: now the newest
    cache.put("d", b"d" * 1000)
    assert cache.get("b") is None
    assert [cache.get(name) is not None for name in "acd"] == [True, True, True]
    assert cache.used_bytes() == 3000


def test_a_damaged_entry_is_dropped(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 10_000)
    cache.put("a", b"a" * 100)
    next(tmp_path.glob("*.png")).write_bytes(b"b" * 100)
    assert cache.get("a") is None
    assert not list(tmp_path.glob("*.png"))


def test_a_newer_picture_replaces_the_older(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 10_000)
    cache.put("a", b"1")
    cache.put("a", b"2")
    assert cache.get("a") == b"2"
    assert len(list(tmp_path.glob("*.png"))) == 1


def test_a_cache_that_cannot_be_written_says_so_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("x")
    cache = DiskCache(tmp_path / "file", 10)
    cache.put("a", b"1")
    cache.put("b", b"2")
    assert cache.get("a") is None
    assert len(caplog.records) == 1


def test_making_a_damaged_picture_again_mends_it(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    library.add(PICTURE)
    (tmp_path / f"{PICTURE.sha256}.png").write_bytes(b"")
    library.add(PICTURE)
    assert library.read(PICTURE.sha256) == PICTURE.png


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        TextureLibrary(tmp_path).add(PICTURE)
    finally:
        os.umask(before)
    assert (tmp_path / f"{PICTURE.sha256}.png").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"plain text"])
def test_a_shared_folder_is_not_trusted_for_its_names(tmp_path: Path, content: bytes) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / f"{sha256}.png").write_bytes(content)
    with pytest.raises(BadPictureError):
        TextureLibrary(tmp_path / "own", [tmp_path / "shared"]).read(sha256)
