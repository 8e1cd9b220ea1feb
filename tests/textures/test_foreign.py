"""TIFF, AVIF, Photoshop, PDF, Illustrator, SVG and HEIC files: decoded in a process that may not do much."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, features
from support.foreign_files import INKS, RED, avif, heic, locked_pdf, pdf, psd, svg, tiff
from support.profiles import D65, matrix_profile

from packdesk.domain.panels import FlatSize
from packdesk.errors import BadPictureError
from packdesk.textures.check import CleanPicture, clean_artwork, clean_sheet
from packdesk.textures.foreign import apart, decoding, limits, worker
from packdesk.textures.foreign.answer import Head, Told
from packdesk.textures.foreign.apart import conversation
from packdesk.textures.foreign.decoding import page_apart
from packdesk.textures.foreign.parts import parts_of
from packdesk.textures.profiles import PLAIN_CMYK

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

SHOWN_INKS = (230, 62, 51)
ADOBE = matrix_profile("Adobe RGB (1998)", ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), 563 / 256, D65)
SHOWN_ADOBE = (234, 20, 27)


def middle(data: bytes) -> tuple[int, ...]:
    return middle_of(clean_artwork(data))


def middle_of(clean: CleanPicture) -> tuple[int, ...]:
    with Image.open(io.BytesIO(clean.png)) as picture:
        found = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(found, tuple)
    return found


KINDS = {
    "TIFF": (tiff(), RED, ""),
    "TIFF, inks": (tiff("CMYK", INKS, compression="tiff_lzw"), SHOWN_INKS, PLAIN_CMYK),
    "TIFF, 16 bits of grey": (tiff("I;16", 40000), (156, 156, 156), ""),
    "TIFF, L*a*b*": (tiff("LAB", (150, 140, 120)), (158, 134, 156), "L*a*b*"),
    "TIFF, profile": (tiff(icc_profile=ADOBE), SHOWN_ADOBE, "Adobe RGB (1998)"),
    "AVIF": (avif(), RED, ""),
    "AVIF, profile": (avif(icc_profile=ADOBE), SHOWN_ADOBE, "Adobe RGB (1998)"),
    "PSD": (psd(), RED, ""),
    "PSD, 16 bits": (psd(depth=16), RED, ""),
    "PSD, inks": (psd(tuple(255 - ink for ink in INKS), mode=4), SHOWN_INKS, PLAIN_CMYK),
    "PSD, profile": (psd(profile=ADOBE), SHOWN_ADOBE, "Adobe RGB (1998)"),
    "PDF": (pdf(), (*RED, 255), ""),
    "PDF, inks": (pdf("0 0.902 0.863 0.039 k 0 0 170 113 re f"), (*SHOWN_INKS, 255), ""),
    "PDF, after other words": (b"\n" * 900 + pdf(), (*RED, 255), ""),
    "SVG": (svg(), (*RED, 255), ""),
    "SVG, packed": (zlib.compress(svg(), wbits=31), (*RED, 255), ""),
    "SVG, UTF-16": (svg().decode().encode("utf-16"), (*RED, 255), ""),
}


pytestmark = pytest.mark.usefixtures("begun_anew")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_comes_in_with_its_colours(kind: str) -> None:
    data, colour, name = KINDS[kind]
    picture = clean_artwork(data)
    assert middle_of(picture) == pytest.approx(colour, abs=5)
    assert picture.came_in == name


def test_heic_is_read_where_its_library_is_there() -> None:
    assert middle(heic()) == pytest.approx(RED, abs=3)


def test_heic_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "run", _run_without)
    with pytest.raises(BadPictureError, match="reads HEIC files"):
        clean_artwork(heic())


def _run_without(pipe: Connection, kind: str) -> None:
    sys.modules["pi_heif"] = None  # type: ignore[assignment]
    worker.run(pipe, kind)


@pytest.mark.parametrize("family", ["sans-serif", "serif", "Nobody Has This Face"])
def test_letters_are_drawn_in_our_typefaces_where_theirs_are_missing(family: str) -> None:
    letters = f"<text y='40' font-size='60' font-family='{family}'>MMMM</text>"
    with Image.open(io.BytesIO(clean_artwork(svg(letters, "viewBox='0 0 99 40'")).png)) as picture:
        assert np.asarray(picture)[..., 3].mean() > 40


def test_code_points_of_an_avif_are_its_colours() -> None:
    told = avif().replace(b"colrnclx\0\1\0\x0d", b"colrnclx\0\x0c\0\x0d")
    picture = clean_artwork(told)
    assert picture.came_in == "Display P3"
    assert middle_of(picture) == pytest.approx((218, 0, 6), abs=2)


def test_what_is_bare_in_a_drawing_is_transparent() -> None:
    assert middle(svg("<rect width='5' height='5'/>"))[3] == 0
    assert middle(pdf("0 0 5 5 re f"))[3] == 0


@pytest.mark.parametrize("data", [svg(), pdf()])
def test_a_drawing_is_as_fine_as_its_panel_needs(data: bytes) -> None:
    own, large = clean_artwork(data), clean_artwork(data, FlatSize(width=200, height=100))
    assert own.width == pytest.approx(1024, abs=1), "60 mm at 300 dpi would be less"
    assert large.width == pytest.approx(200 / 25.4 * 300, abs=1.5)
    assert large.drawing == data


def test_a_document_that_is_locked_against_changes_comes_in_as_any_other() -> None:
    """In all processes that read it: colours, guides, the page alone."""
    plain = pdf("0.1 0.9 0.8 0 k 0 0 170 113 re f")
    open_to_all = locked_pdf(plain, user="")
    assert clean_artwork(open_to_all).png == clean_artwork(plain).png
    assert clean_sheet(open_to_all)[0].png == clean_sheet(plain)[0].png
    assert page_apart(open_to_all).startswith(b"%PDF")
    with pytest.raises(BadPictureError, match="locked by a password"):
        clean_sheet(locked_pdf(plain))


def test_a_page_is_as_large_as_its_own_unit_says() -> None:
    """Wherever it is read: its pixels, its size, its TrimBox, and what a dialog says of it."""
    box = b"/TrimBox [10 10 160 103] /Contents"
    _, facts = clean_sheet(pdf().replace(b"/Contents", box))
    data = pdf().replace(b"/Contents", b"/UserUnit 2 " + box)
    large, told = clean_sheet(data)
    assert (large.width, large.height) == pytest.approx((340 * 300 / 72, 226 * 300 / 72), abs=1)
    assert (told.width, told.height) == pytest.approx((2 * facts.width, 2 * facts.height))
    assert told.trim == pytest.approx([2 * end for end in facts.trim or ()])
    assert parts_of(data).pages[0] == pytest.approx((2 * 170 * 25.4 / 72, 2 * 113 * 25.4 / 72), abs=0.01)
    odd = clean_sheet(data.replace(b"/UserUnit 2", b"/UserUnit -1e9"))[1]
    assert odd.width == pytest.approx(facts.width)


def test_a_size_no_sheet_has_says_nothing() -> None:
    """As ImageMagick writes it: 1/65536 of a pixel per inch."""
    assert clean_sheet(psd(dpi=100))[1].sized
    assert not clean_sheet(psd(dpi=1 / 65536))[1].sized
    assert Told((1e9, 1.0), (0, 0, float("nan"), 1), "note") == Told(note="note")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (locked_pdf(), "locked by a password"),
        (psd(composite=False), "no flattened picture"),
        (psd(depth=32), "pixels of a kind"),
        (tiff("F", 0.5), "pixels of a kind"),
        (
            pdf(
                "BT /F 9 Tf 5 50 Td (This file was saved without PDF Content.) Tj ET",
                more="/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
            ),
            "without its PDF",
        ),
        (pdf(box="0 0 0 0")[:300], "PDF"),
        (pdf(box="0 0 1 100000"), "too small"),
        (tiff()[:200], "TIFF|pixels"),
        (avif()[:150], "AVIF file is damaged"),
        (psd()[:500], "PSD file is damaged"),
        (psd(depth=16)[:900], "PSD file is damaged"),
        (svg("<g>"), "SVG file is damaged"),
        (svg(head="width='60mm'")[:-3], "SVG file is damaged"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, words: str) -> None:
    with pytest.raises(BadPictureError, match=words) as caught:
        clean_artwork(data)
    assert caught.value.remedy


BOMB = (
    b"<!DOCTYPE svg [<!ENTITY a0 'lol'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]>"
    + svg("<text>&a11;</text>")
)
DEEP = svg("<g>" * 200_000 + "</g>" * 200_000)
ENDLESS = svg(
    "<filter id='f'><feTurbulence numOctaves='999999'/></filter>"
    "<rect width='99%' height='99%' filter='url(#f)'/>"
)


@pytest.mark.parametrize("data", [BOMB, DEEP, pdf("q " * 900_000), tiff(size=(9000, 9000))])
def test_nothing_takes_longer_than_it_may(data: bytes) -> None:
    """It ends at all: the test command gives up where something hangs."""
    with contextlib.suppress(BadPictureError):
        clean_artwork(data)


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "SECONDS", 0.2)
    with pytest.raises(BadPictureError, match="too much time"):
        clean_artwork(ENDLESS)


def _wait(pipe: Connection, _kind: str) -> None:
    pipe.send_bytes(b"ready")
    time.sleep(0.5)
    pipe.send_bytes(b"done")


@pytest.mark.skipif(sys.platform == "win32", reason="there it is the clock that counts")
def test_a_machine_with_other_work_takes_longer_and_refuses_nothing() -> None:
    """Seconds are a processor's: who waits for one has not used it."""
    with conversation(_wait, "any", 0.2) as pipe:
        assert pipe.recv_bytes() == b"done"


def _tell_process(pipe: Connection, _kind: str) -> None:
    pipe.send_bytes(b"ready")
    pipe.send_bytes(str(os.getpid()).encode())
    pipe.recv_bytes()


def test_a_process_that_waits_takes_the_next_file_of_its_kind_and_no_other() -> None:
    apart.prepare(_tell_process, "any")
    waiting = apart._waiting[_tell_process].process
    apart.prepare(_tell_process, "any")  # one is enough
    with conversation(_tell_process, "other", 20) as pipe:
        assert int(pipe.recv_bytes()) != waiting.pid
    with conversation(_tell_process, "any", 20) as pipe:
        assert int(pipe.recv_bytes()) == waiting.pid
    assert not waiting.is_alive()
    apart.prepare(_tell_process, "any")
    killed = apart._waiting[_tell_process].process
    killed.kill()
    killed.join()
    with conversation(_tell_process, "any", 20) as pipe:
        assert int(pipe.recv_bytes()) != killed.pid


def test_a_drawing_reads_no_file_and_asks_no_server(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (50, 50), (0, 255, 0)).save(secret)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        server_s = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        links = (
            ("href", str(secret)),
            ("xlink:href", secret.as_uri()),
            ("href", server_s),
            ("xlink:href", "a.png"),
        )
        images = "".join(f"<image {name}='{link}' width='99' height='99'/>" for name, link in links)
        for text in ("", "<text y='9'>a</text>"):  # with letters, the process may open files
            assert middle(svg(images + text, "width='99' height='99'"))[3] == 0
        entity = (
            b"<!DOCTYPE svg [<!ENTITY x SYSTEM '"
            + secret.as_uri().encode()
            + b"'>]>"
            + svg("<text>&x;</text>")
        )
        with pytest.raises(BadPictureError, match="has entities that are not read"):
            clean_artwork(entity)
        with pytest.raises(TimeoutError):
            server.accept()


def test_what_a_drawing_abbreviates_is_read_and_a_size_without_end_is_told() -> None:
    red = b"<!DOCTYPE svg [<!ENTITY red '#ff0000'>]>" + svg("<rect width='999' height='999' fill='&red;'/>")
    assert middle(red)[:3] == (255, 0, 0)
    with pytest.raises(BadPictureError, match="size is no number"):
        clean_artwork(svg("", "viewBox='0 0 inf inf'"))


def test_the_process_can_open_nothing() -> None:
    """Tried in one of its own."""
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_try_to_open, args=(theirs,))
    process.start()
    theirs.close()
    assert ours.recv_bytes() == b"OSError OSError MemoryError"
    process.join()


def _try_to_open(pipe: Connection) -> None:
    limits.limit()
    told = []
    for attempt in (lambda: Path(__file__).open(), socket.socket, lambda: bytearray(2**33)):  # noqa: SIM115
        try:
            attempt()
            told.append("done")
        except (OSError, MemoryError) as error:
            told.append(type(error).__name__)
    pipe.send_bytes(" ".join(told).encode())


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b'{"width": -1, "height": 2, "mode": "RGB", "code_points": null}', b"{}", b'{"width": "a"}'],
)
def test_an_answer_that_is_none_is_refused(answer: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Head.decoded(answer)


def test_a_tenth_of_each_file_changed_at_random_harms_nobody() -> None:
    """`benchmarks/mutated_files.py` does it 600 times a kind."""
    random = np.random.default_rng(7)
    assert features.check("avif")
    for data in (tiff(), avif(), psd(), svg(), pdf()):
        for _ in range(2):
            changed = np.frombuffer(data, np.uint8).copy()
            places = random.integers(8, len(changed), max(1, len(changed) // 100))
            changed[places] = random.integers(0, 256, len(places))
            with contextlib.suppress(BadPictureError):
                clean_artwork(changed.tobytes())
