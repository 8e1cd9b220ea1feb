"""Bundles nobody should trust: hundreds of them, the same for the same seed."""

from __future__ import annotations

import hashlib
import io
import json
import random
import stat
import struct
import tempfile
import warnings
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image, PngImagePlugin

from packdesk.domain.panels import PANEL_IDS, FlatSize
from packdesk.domain.state import default_state, new_texture
from packdesk.store.bundle.files import write_bundle
from support.providers import picture_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Entries = dict[str, bytes]


class Hostile(NamedTuple):
    """One bundle: what is wrong with it, and its bytes."""

    name: str
    data: bytes


def sound_bundle(preview: bytes | None = None) -> bytes:
    """A whole bundle of a box with six pictures."""
    panels = PANEL_IDS["box"]
    pictures = {panel_id: picture_bytes(number) for number, panel_id in enumerate(panels)}
    size = FlatSize(width=100, height=150)
    textures = {
        panel_id: new_texture(panel_id, "file:///x.png", "tea", size, "2026-01-01T00:00:00Z")
        for panel_id in panels
    }
    state = default_state().model_copy(update={"panel_textures": textures, "client": {"zoom": 2}})
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sound.packdesk"
        write_bundle(file, state, pictures, preview or picture_bytes(9))
        return file.read_bytes()


def entries_of(data: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: Entries | list[tuple[zipfile.ZipInfo | str, bytes]], packing: int = 0) -> bytes:
    buffer = io.BytesIO()
    pairs = list(entries.items()) if isinstance(entries, dict) else entries
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", packing) as archive:
        warnings.simplefilter("ignore")  # a name twice is meant
        for name, data in pairs:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo("plain")
            if isinstance(name, str):
                info.filename = name  # as it is: given to ZipInfo, it is mended
            info.compress_type = packing
            archive.writestr(info, data)
    return buffer.getvalue()


def hostile_bundles(seed: int = 20_261) -> Iterator[Hostile]:
    """At least 300 bundles that are hostile or damaged."""
    rng = random.Random(seed)
    sound = sound_bundle()
    for maker in (names, kinds, sizes, cuts, flips, pictures, states, versions, structures):
        for name, data in maker(sound, rng):
            yield Hostile(f"{maker.__name__}: {name}", data)


def names(sound: bytes, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Paths that lead out of the archive, or anywhere but where they should."""
    ups = [f"{'../' * depth}escaped-{depth}.png" for depth in range(1, 9)]
    wild = [
        "/tmp/escaped.png",
        "/etc/cron.d/escaped",
        "C:\\escaped.png",
        "C:/escaped.png",
        "\\\\server\\share\\escaped.png",
        "..\\..\\escaped.png",
        "textures/../../escaped.png",
        "textures/..\\..\\escaped.png",
        "textures/",
        "textures/escaped.png",
        f"textures/{'A' * 64}.png",
        f"textures/{'a' * 64}.PNG",
        f"textures/{'a' * 64}.png/escaped",
        f"./textures/{'a' * 64}.png",
        f"textures//{'a' * 64}.png",
        "state.json\x00.png",
        "STATE.JSON",
        "state.json ",
        "~/escaped",
        "con",
        "nul.png",
        "%2e%2e/escaped",
        "\u202estate.json",
        "stäte.json",
        "x" * 60_000,
        "\n",
        "file:///tmp/escaped",
        "__MACOSX/._state.json",
        ".",
        "..",
    ]
    entries = entries_of(sound)
    for name in ups + wild:
        yield repr(name[:60]), zipped({**entries, name: b"escaped"})
        first: list[tuple[zipfile.ZipInfo | str, bytes]] = [(name, b"escaped"), *entries.items()]
        if rng.random() < 0.4:
            yield f"{name[:60]!r} first", zipped(first)


def kinds(sound: bytes, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Links, devices and folders under good names."""
    del rng
    entries = entries_of(sound)
    picture = next(name for name in entries if name.startswith("textures/"))
    modes = [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK]
    for mode in modes:
        for target in ("state.json", picture, "preview.png"):
            info = zipfile.ZipInfo(target)
            info.external_attr = (mode | 0o777) << 16
            rest: list[tuple[zipfile.ZipInfo | str, bytes]] = [
                (name, data) for name, data in entries.items() if name != target
            ]
            yield f"{stat.filemode(mode)} {target[:12]}", zipped([*rest, (info, b"/etc/passwd")])


def sizes(sound: bytes, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Bombs, and more entries than any bundle has."""
    del rng
    entries = entries_of(sound)
    zeros = bytes(40 * 2**20)
    bomb = f"textures/{hashlib.sha256(zeros).hexdigest()}.png"
    yield "a bomb of a picture", zipped({**entries, bomb: zeros}, zipfile.ZIP_DEFLATED)
    blanks = b'{"package_type":"box"' + b" " * (3 * 2**20) + b"}"
    yield "a bomb of a state", zipped({**entries, "state.json": blanks}, zipfile.ZIP_DEFLATED)
    yield "a state too large", zipped({**entries, "state.json": b" " * (5 * 2**20)})
    yield "a version too large", zipped({**entries, "version.json": b" " * 2**17})
    inner = zipped({"state.json": zeros}, zipfile.ZIP_DEFLATED)
    nested = zipped({"a.zip": inner, "b.zip": inner}, zipfile.ZIP_DEFLATED)
    yield "nested", zipped({**entries, f"textures/{hashlib.sha256(nested).hexdigest()}.png": nested})
    yield "bzip2", zipped(entries, zipfile.ZIP_BZIP2)
    yield "lzma", zipped(entries, zipfile.ZIP_LZMA)
    for count in (17, 100, 10_000):
        many = {f"textures/{number:064x}.png": b"" for number in range(count)}
        yield f"{count} entries", zipped({**entries, **many})
    yield "a huge list of contents", zipped({**entries, **{f"{n}{'y' * 60_000}": b"" for n in range(40)}})
    for size in (0, 1, 2**31, 2**32 - 2):
        yield f"a lie about the size: {size}", lied(sound, "state.json", size)
        yield f"a lie about all sizes: {size}", lied(sound, "", size)


def lied(data: bytes, name: str, size: int) -> bytes:
    """Another unpacked size in the list of contents, for the entry of that name or all."""
    changed = bytearray(data)
    place = data.find(b"PK\1\2")
    while place >= 0:
        length = struct.unpack_from("<H", data, place + 28)[0]
        if not name or data[place + 46 : place + 46 + length] == name.encode():
            struct.pack_into("<L", changed, place + 24, size)
        place = data.find(b"PK\1\2", place + 4)
    return bytes(changed)


def cuts(sound: bytes, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Cut off, with the beginning gone, and with a hole."""
    for place in sorted(rng.sample(range(len(sound)), 50)):
        yield f"cut at {place}", sound[:place]
    for place in sorted(rng.sample(range(1, len(sound)), 10)):
        yield f"without the first {place}", sound[place:]
    for place in sorted(rng.sample(range(len(sound) - 100), 15)):
        yield f"a hole at {place}", sound[:place] + sound[place + rng.randrange(1, 90) :]
    yield "nothing", b""
    yield "only an end", sound[-22:]
    yield "twice", sound + sound
    yield "something before", b"#!/bin/sh\n" + sound
    yield "something behind", sound + b"<html>"


def flips(sound: bytes, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Single bytes changed, here and there, in the data and in the lists."""
    for round_ in range(60):
        changed = bytearray(sound)
        for _ in range(1 + round_ % 4):
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
        yield f"flipped {round_}", bytes(changed)
    start = sound.find(b"PK\1\2")
    for round_ in range(30):
        changed = bytearray(sound)
        changed[rng.randrange(start, len(changed))] = rng.randrange(256)
        yield f"flipped in the contents {round_}", bytes(changed)


def pictures(sound: bytes, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Pictures under wrong names, and pictures that are none."""
    entries = entries_of(sound)
    stored = [name for name in entries if name.startswith("textures/")]
    for _ in range(6):
        one, other = rng.sample(stored, 2)
        yield "swapped hashes", zipped({**entries, one: entries[other], other: entries[one]})
    for name, data in bad_pictures(rng):
        hashed = f"textures/{hashlib.sha256(data).hexdigest()}.png"
        changed = {key: value for key, value in entries.items() if key != stored[0]}
        changed["state.json"] = changed["state.json"].replace(stored[0].encode(), hashed.encode())
        yield f"{name} as a picture", zipped({**changed, hashed: data})
        yield f"{name} as preview", zipped({**entries, "preview.png": data})
    for name in stored:
        yield "a picture missing", zipped({key: value for key, value in entries.items() if key != name})


def bad_pictures(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Bytes no reader of pictures should be given."""
    head = b"\x89PNG\r\n\x1a\n"
    for width, height in ((60_000, 60_000), (2**31 - 1, 2**31 - 1), (0, 0), (16_385, 20), (1, 1)):
        ihdr = chunk(b"IHDR", struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0))
        rows = zlib.compress(bytes(2**22), 9)
        yield f"PNG of {width}x{height}", head + ihdr + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    for kind in ("GIF", "BMP", "TIFF", "PPM", "ICO"):
        yield kind, picture_bytes(kind=kind)
    yield "SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    yield "noise", rng.randbytes(3000)
    yield "nothing", b""
    yield "cut PNG", picture_bytes(5)[:70]
    yield "animated", animated()
    info = PngImagePlugin.PngInfo()
    info.add_text("bomb", "0" * 2**23, zip=True)
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40)).save(buffer, "PNG", pnginfo=info)
    yield "a bomb of a comment", buffer.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def animated() -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def states(sound: bytes, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Designs that are none, and designs that point elsewhere."""
    del rng
    entries = entries_of(sound)
    for raw in (
        b"",
        b"null",
        b"[]",
        b"{}",
        b"7",
        b'"box"',
        b"{",
        b"\xff\xfe{}",
        b"\x00" * 40,
        b"[" * 200_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"package_type":"box","package_dimensions":' + b'{"x":' * 3000 + b"1" + b"}" * 3000 + b"}",
        b"1" * 100_000,
        b'{"package_type":NaN}',
    ):
        yield f"state {raw[:12]!r}", zipped({**entries, "state.json": raw})
    yield "no state", zipped({key: value for key, value in entries.items() if key != "state.json"})
    for name, change in wrong_documents():
        document = json.loads(entries["state.json"])
        change(document)
        yield f"state with {name}", zipped({**entries, "state.json": json.dumps(document).encode()})


def wrong_documents() -> Iterator[tuple[str, Callable[[dict[str, Any]], object]]]:
    wrong: tuple[object, ...] = (None, 7, "sphere", [], {}, True)
    for value in wrong:
        yield f"type {value!r}", partial(set_field, "package_type", value)
        yield f"textures {value!r}", partial(set_field, "panel_textures", value)
    for side in (-1, 0, 1e300, "100", None, 1e-300, True):
        yield f"width {side!r}", partial(set_width, side)
    for url in (
        "file:///etc/passwd",
        "http://127.0.0.1:9/a.png",
        "https://192.0.2.1/a.png",
        "data:image/png;base64,AAAA",
        "../../etc/passwd",
        "state.json",
        "version.json",
        "",
        "textures/../state.json",
        "\x00",
        "//server/share/a.png",
    ):
        yield f"URL {url!r}", partial(turned, url)
    yield (
        "panels a box has not",
        lambda document: document["panel_textures"].update(
            {"../up": document["panel_textures"]["front"], "<b>x</b>": document["panel_textures"]["back"]}
        ),
    )
    yield (
        "flags of a generation",
        lambda document: document.update(
            in_progress=True, generating_panels=["front"], bulk_generation_in_progress=True
        ),
    )


def set_field(name: str, value: object, document: dict[str, Any]) -> None:
    document[name] = value


def set_width(side: object, document: dict[str, Any]) -> None:
    document["package_dimensions"]["width"] = side


def turned(url: str, document: dict[str, Any]) -> None:
    for texture in document["panel_textures"].values():
        texture["texture_url"] = url


def versions(sound: bytes, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Of the future, of nobody, of nonsense."""
    del rng
    entries = entries_of(sound)
    for version in (2, 10**30, 0, -1, 1.0, "1", None, True, [1], {"a": 1}):
        raw = json.dumps({"format": "packdesk", "version": version}).encode()
        yield f"version {version!r}", zipped({**entries, "version.json": raw})
    for raw in (b"", b"1", b"null", b"[]", b'{"format":"zip","version":1}', b"{" * 60_000, b"\xff"):
        yield f"version file {raw[:12]!r}", zipped({**entries, "version.json": raw})
    yield "no version", zipped({key: value for key, value in entries.items() if key != "version.json"})


def structures(sound: bytes, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """What a ZIP may be, but no bundle is."""
    entries = entries_of(sound)
    items: list[tuple[zipfile.ZipInfo | str, bytes]] = list(entries.items())
    for name, data in entries.items():
        yield f"{name[:12]} twice", zipped([*items, (name, data)])
        yield f"{name[:12]} twice, another", zipped([(name, rng.randbytes(50)), *items])
    for bit in range(16):
        yield f"flag {bit}", flagged(sound, 1 << bit)
    for length in (1, 100, 60_000):
        buffer = io.BytesIO(sound)
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.comment = b"PK\5\6" + b"c" * (length - 1) if length > 1 else b"c"
        yield f"comment of {length}", buffer.getvalue()
    for number in (1, 16, 17, 500, 65_535):
        changed = bytearray(sound)
        struct.pack_into("<2H", changed, len(changed) - 14, number, number)
        yield f"an end that tells of {number} entries", bytes(changed)
    for offset in (0, 1, 2**31, 2**32 - 1):
        changed = bytearray(sound)
        struct.pack_into("<L", changed, len(changed) - 6, offset)
        yield f"contents at {offset}", bytes(changed)
    yield "an empty ZIP", zipped({})
    yield "a picture", picture_bytes()
    yield "noise", rng.randbytes(5000)
    yield "only local headers", sound[: sound.find(b"PK\1\2")]


def flagged(data: bytes, flag: int) -> bytes:
    """A flag set for every entry, in both lists."""
    changed = bytearray(data)
    for mark, distance in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.find(mark)
        while place >= 0:
            changed[place + distance : place + distance + 2] = struct.pack(
                "<H", struct.unpack_from("<H", data, place + distance)[0] | flag
            )
            place = data.find(mark, place + 4)
    return bytes(changed)
