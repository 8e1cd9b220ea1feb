"""What strangers' inputs come to, each through the real command line, told as one table."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from support.odd_pictures import jpeg, scanned_again
from support.redis_server import RedisServer
from support.shell import Shell
from support.writing import put

from packdesk.store.base import KEY
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

INPUTS = Path(__file__).resolve().parent.parent / "odd_inputs"
LONG = "a floral prompt " * 62_500
BOX: dict[str, Any] = {
    "package_type": "box",
    "package_dimensions": {"width": 120, "height": 150, "depth": 90},
}

Row = tuple[str, str, bool]


class Desk:
    """A packdesk of its own for a row."""

    def __init__(self, folder: Path, **settings: str) -> None:
        folder.mkdir()
        self.shell = Shell(folder, **settings)
        self.store = SqliteStore(folder / "data" / "packdesk.sqlite3")

    def keep(self, **fields: Any) -> None:
        put(self.store, json.dumps(BOX | fields).encode())

    def said(self, *words: str) -> str:
        done = self.shell.run(*words)
        assert "Traceback" not in done.stderr, done.stderr
        assert "Warning" not in done.stderr, done.stderr
        return f"{done.returncode} {' '.join((done.stdout + done.stderr).split())}"

    def taken(self, name: str, pixel: tuple[int, int] | None = None) -> str:
        """A picture is imported and exported again; what colour it has there."""
        said = self.said("import", "front", str(INPUTS / name))
        if not said.startswith("0 "):
            return said
        assert self.said("export", "panels.zip").startswith("0 ")
        with zipfile.ZipFile(self.shell.folder / "panels.zip") as archive:
            png = archive.read("front.png")
        with Image.open(io.BytesIO(png)) as picture:
            place = pixel or (picture.width // 2, picture.height // 2)
            return f"taken, {picture.mode} {picture.getpixel(place)}"


def pictures(desk: Callable[..., Desk]) -> Iterator[Row]:
    for name in ("badcrc_phys.png", "xmp_big_zip.png", "invoke_zip.png", "exif_broken.jpg"):
        told = desk().taken(name)
        yield name, told, told.startswith("taken")
    told = desk().taken("gama_only.png")
    yield "gama_only.png", told, "(188, 188, 188" in told
    told = desk().taken("cicp_p3.png")
    raw = Image.open(INPUTS / "cicp_p3.png").convert("RGB")
    yield "cicp_p3.png", told, told.startswith("taken") and f"{raw.getpixel((8, 8))}"[1:-1] not in told
    sizes = desk()
    told = sizes.taken("rgb16_trns_mid.png")
    yield "rgb16_trns_mid.png", told, "RGBA" in told
    told = desk().taken("heic_named.jpg")
    yield "heic_named.jpg", told, told.startswith("1 ") and "HEIC" in told
    there = desk()
    for count in (1000, 20_000):
        file = there.shell.folder / "scans.jpg"
        file.write_bytes(scanned_again(jpeg(progressive=True), count))
        told = there.said("import", "front", str(file))
        yield f"a JPEG of {count} scans", told, told.startswith("1 ") and "passes" in told


def documents(desk: Callable[..., Desk]) -> Iterator[Row]:
    there = desk()
    texture = {"panel_id": "front", "texture_url": "file:///none.png", "prompt": LONG, "dimensions": None}
    there.keep(panel_textures={"front": texture})
    told = there.said("state")
    yield (
        "a prompt of 1,000,000 characters",
        f"{len(told)} characters",
        told.startswith("0 ") and len(told) < 1500,
    )
    there.said("export", "long.packdesk")
    told = there.said("open", "long.packdesk", "--force")
    yield "the same in a bundle", f"{len(told)} characters", len(told) < 2500
    there = desk()
    sizes = {"width": 120, "height": 150, "depth": 80}
    there.keep(package_type="cylinder", package_dimensions=sizes)
    told = there.said("state")
    grown = there.said("dimensions", "cylinder", "120", "160", "120")
    yield "a cylinder of width 120, depth 80", told, "120 × 150 × 120" in told and "120 × 160 × 120" in grown
    odd: dict[str, dict[str, Any]] = {
        "package_dimensions {}": {"package_dimensions": {}},
        "width 0": {"package_dimensions": {"width": 0, "height": 150, "depth": 100}},
        "dimensions and prompt null": {"panel_textures": {"front": texture | {"prompt": None}}},
        "lists null": {"generating_panels": None, "panel_textures": None},
    }
    for name, fields in odd.items():
        there = desk()
        there.keep(**fields)
        told, cleared = there.said("state"), there.said("clear")
        yield name, told, told.startswith("0 ") and cleared.startswith("0 box, 100 × 150 × 100")
    there = desk()
    apart = {"current_package_type": "box", "box_state": {"dimensions": BOX["package_dimensions"]}}
    put(there.store, json.dumps(apart).encode())
    told, opened = there.said("state"), there.said("open", KEY)
    yield "box and cylinder kept apart", told, "kept apart" in told and "120 × 150 × 90" in opened


def shared(desk: Callable[..., Desk], server: RedisServer) -> Iterator[Row]:
    client = server.client()
    for name, value in (("holder", b"\xff\xfe"), ("turn", b"many"), ("lease", b"no end")):
        client.flushall()
        client.set(KEY, json.dumps(BOX).encode())
        client.set(f"{{{KEY}}}:{name}", value)
        for list_name in ("head", "journal"):
            client.rpush(f"{{{KEY}}}:{list_name}", "a")
        there = desk(PACKDESK_REDIS_URL=server.url, PACKDESK_PROVIDER="offline")
        told = there.said("generate", "top", "vintage floral")
        reset = there.said("reset", "--yes")
        left = sorted(key.decode().rsplit(":", 1)[1] for key in client.scan_iter(f"{{{KEY}}}:*"))
        yield (
            f"side key {name}",
            told,
            told.startswith("0 ") and reset.startswith("0 ") and name not in {*left} - {"turn"},
        )
    client.flushall()
    for name, url in {
        "blank before the address": f" {server.url}",
        "address in quotes": f'"{server.url}"',
    }.items():
        told = desk(PACKDESK_REDIS_URL=url).said("status")
        yield name, told, told == "0 idle"


def machine(desk: Callable[..., Desk], tmp_path: Path) -> Iterator[Row]:
    words = [word for name in ("HELLO", "CLIENT") for word in ("--rename-command", name, "")]
    folder = tmp_path / "proxy"
    folder.mkdir()
    with RedisServer(folder, *words).running() as server:
        told = desk(PACKDESK_REDIS_URL=server.url).said("dimensions", "box", "50", "60", "70")
        yield "a proxy that refuses HELLO and CLIENT", told, told.startswith("0 box, 50 × 60 × 70")
    there = desk()
    there.shell.environment["DISPLAY"] = ":12345"
    told = there.said("render", "out.png")
    yield "a DISPLAY that is gone: render", told, told.startswith("0 ")
    told = there.said("doctor")
    yield "a DISPLAY that is gone: doctor", told[:60], "versions" in told


def test_every_input_comes_to_what_is_right(
    tmp_path: Path, empty_redis: RedisServer, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[Desk] = []

    def desk(**settings: str) -> Desk:
        made.append(Desk(tmp_path / f"desk{len(made)}", **settings))
        return made[-1]

    rows = [*pictures(desk), *documents(desk), *shared(desk, empty_redis), *machine(desk, tmp_path)]
    for there in made:
        there.store.close()
    with capsys.disabled():
        print()  # noqa: T201  (the table is what this test is for)
        for name, told, right in rows:
            print(f"{'ok ' if right else 'NOT'}  {name:<38} {told[:100]}")  # noqa: T201
    assert [name for name, _, right in rows if not right] == []
