"""Everything that can go wrong with an answer, one function a fault; the fault's kind is the function's name.

A fault gets the exchange it spoils and the details the test gave.
"""

from __future__ import annotations

import base64
import json
import random
import struct
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from PIL import Image

from support.gemini_answers import (
    STATUS_NAMES,
    answer,
    blocked,
    circle_picture,
    encode,
    error,
    ground_colour,
    picture_part,
    retry_delay,
    text_part,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from support.gemini_server import Exchange

FAULTS: dict[str, Callable[..., None]] = {}

PAGE = b"<!DOCTYPE html><html><title>Error</title><body><h1>That is an error.</h1></body></html>"
DRAFT_SIDE = 256


def kind(act: Callable[..., None]) -> Callable[..., None]:
    FAULTS[act.__name__] = act
    return act


# Errors told in the protocol, and answers of something in between.


@kind
def status(
    exchange: Exchange,
    *,
    code: int = 500,
    message: str = "",
    name: str | None = None,
    retry_after: str | float | timedelta | None = None,
    retry_info: float | None = None,
    details: Sequence[dict[str, Any]] = (),
) -> None:
    details = [*details, *([] if retry_info is None else [retry_delay(retry_info)])]
    if isinstance(retry_after, timedelta):
        retry_after = format_datetime(datetime.now(UTC) + retry_after, usegmt=True)
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    told = error(code, message or STATUS_NAMES.get(code, "UNKNOWN"), *details, name=name)
    exchange.send_json(told, code=code, headers=headers)


@kind
def signed(exchange: Exchange, *, signature: bytes) -> None:
    """The picture, as newer models send it: with a signature that goes back when it shall be changed."""
    told = picture_part(exchange.draw(), thoughtSignature=base64.b64encode(signature).decode())
    exchange.send_json(answer(exchange.seen, told))


@kind
def html(exchange: Exchange, *, code: int = 502) -> None:
    exchange.send(PAGE, code=code, content_type="text/html; charset=UTF-8")


@kind
def html_ok(exchange: Exchange) -> None:
    html(exchange, code=200)


@kind
def redirect(exchange: Exchange, *, to: str, code: int = 302) -> None:
    exchange.send(b"", code=code, headers={"Location": to})


# Broken connections.


@kind
def reset(exchange: Exchange, *, partial: bool = False) -> None:
    """The connection is torn down, before the answer or in the middle of it."""
    if partial:
        _send_half(exchange)
    exchange.abort()


@kind
def close(exchange: Exchange) -> None:
    """The connection ends in good order, but without an answer."""
    exchange.close_connection = True


@kind
def short(exchange: Exchange) -> None:
    """The connection ends in good order in the middle of the answer."""
    _send_half(exchange)
    exchange.close_connection = True


@kind
def drip(exchange: Exchange, *, seconds: float = 5.0, steps: int = 50) -> None:
    """The good answer comes in so many pieces, over so many seconds."""
    body = _good_body(exchange)
    exchange.send(b"", length=len(body))
    piece = -(-len(body) // steps)  # rounded up
    for start in range(0, len(body), piece):
        exchange.wait(seconds / steps)
        exchange.wfile.write(body[start : start + piece])


@kind
def hang(exchange: Exchange) -> None:
    """No answer comes, until the client gives up or the server is reset or left."""
    exchange.wait(None)


# Bodies that are not what they should be.


@kind
def truncated(exchange: Exchange) -> None:
    """Half of the JSON, as if that were all of it."""
    body = _good_body(exchange)
    exchange.send(body[: len(body) // 2])


@kind
def empty_body(exchange: Exchange) -> None:
    exchange.send(b"")


@kind
def not_an_object(exchange: Exchange) -> None:
    exchange.send_json([answer(exchange.seen, picture_part(exchange.draw()))])


@kind
def wrong_types(exchange: Exchange) -> None:
    exchange.send_json({"candidates": 5})


@kind
def error_in_200(exchange: Exchange, *, code: int = 500, message: str = "Internal error.") -> None:
    exchange.send_json(error(code, message))


@kind
def bad_base64(exchange: Exchange) -> None:
    part = picture_part(exchange.draw())
    data = part["inlineData"]["data"]
    part["inlineData"]["data"] = data[:40] + "!!**" + data[44:]
    exchange.send_json(answer(exchange.seen, part))


@kind
def unknown_fields(exchange: Exchange) -> None:
    """A good answer of a newer server: unknown fields, and an unknown reason to finish."""
    part = picture_part(exchange.draw(), novelty={"level": 1})
    told = answer(exchange.seen, part, reason="FINISHED_IN_A_NEW_WAY")
    told["candidates"][0]["novelty"] = {"level": 2}
    exchange.send_json({**told, "novelty": [3]})


# Refusals, and answers without a picture.


@kind
def no_candidates(exchange: Exchange) -> None:
    exchange.send_json({"candidates": []})


@kind
def missing_candidates(exchange: Exchange) -> None:
    exchange.send_json({})


@kind
def text_only(exchange: Exchange, *, text: str = "I cannot draw that, but here is an idea.") -> None:
    exchange.send_json(answer(exchange.seen, text_part(text)))


@kind
def prompt_block(exchange: Exchange, *, reason: str = "SAFETY") -> None:
    exchange.send_json(blocked(exchange.seen, reason))


@kind
def finish(exchange: Exchange, *, reason: str = "IMAGE_SAFETY") -> None:
    exchange.send_json(answer(exchange.seen, reason=reason))


# Good pictures in unusual company.


@kind
def draft_then_final(exchange: Exchange) -> None:
    """Thoughts first: a text and a red draft, both marked as thoughts. Then the picture."""
    draft = encode(Image.new("RGB", (DRAFT_SIDE, DRAFT_SIDE), "red"))
    exchange.send_json(
        answer(
            exchange.seen,
            text_part("Let me try a draft.", thought=True),
            picture_part(draft, thought=True),
            picture_part(exchange.draw(), thoughtSignature="c2lnbmF0dXJl"),
        )
    )


@kind
def text_then_picture(exchange: Exchange, *, text: str = "Here is your panel:") -> None:
    exchange.send_json(answer(exchange.seen, text_part(text), picture_part(exchange.draw())))


@kind
def twice(exchange: Exchange) -> None:
    part = picture_part(exchange.draw())
    exchange.send_json(answer(exchange.seen, part, part))


# Pictures that are not what they should be.


@kind
def wrong_mime(exchange: Exchange, *, mime: str = "application/pdf") -> None:
    _send_picture(exchange, exchange.draw(), mime)


@kind
def corrupt(exchange: Exchange) -> None:
    """Some bytes in the middle of the file are damaged."""
    file = bytearray(exchange.draw())
    middle = len(file) // 2
    file[middle : middle + 64] = bytes(byte ^ 0x5A for byte in file[middle : middle + 64])
    _send_picture(exchange, bytes(file))


@kind
def cut(exchange: Exchange) -> None:
    file = exchange.draw()
    _send_picture(exchange, file[: len(file) // 2])


@kind
def bomb(exchange: Exchange, *, side: int = 60_000) -> None:
    """A small file whose header claims a huge picture."""
    file = encode(circle_picture(ground_colour(exchange.seen.prompt), 64, 64))
    header = b"IHDR" + struct.pack(">II", side, side) + file[24:29]
    claim = header + struct.pack(">I", zlib.crc32(header))
    _send_picture(exchange, file[:12] + claim + file[33:])


@kind
def thin(exchange: Exchange, *, width: int = 1, height: int = 16_384) -> None:
    _send_picture(exchange, exchange.draw(width, height))


@kind
def other_format(exchange: Exchange, *, mime: str = "image/gif") -> None:
    _send_picture(exchange, encode(_circle(exchange), "GIF"), mime)


@kind
def jpeg(exchange: Exchange, *, mime: str = "image/png") -> None:
    """A JPEG, by default under a wrong label."""
    _send_picture(exchange, encode(_circle(exchange), "JPEG"), mime)


@kind
def large(exchange: Exchange, *, side: int = 4096) -> None:
    """As many bytes as a photograph: noise in six of eight bits, which nothing makes smaller."""
    grains = bytes(96 + value % 64 for value in range(256))
    noise = random.Random(exchange.seen.prompt).randbytes(side * side * 3).translate(grains)
    _send_picture(exchange, encode(Image.frombytes("RGB", (side, side), noise)))


def _circle(exchange: Exchange) -> Image.Image:
    return circle_picture(ground_colour(exchange.seen.prompt), *exchange.pixels)


def _send_picture(exchange: Exchange, file: bytes, mime: str = "image/png") -> None:
    exchange.send_json(answer(exchange.seen, picture_part(file, mime)))


def _good_body(exchange: Exchange) -> bytes:
    told: dict[str, Any] = answer(exchange.seen, picture_part(exchange.draw()))
    return json.dumps(told).encode()


def _send_half(exchange: Exchange) -> None:
    body = _good_body(exchange)
    exchange.send(body[: len(body) // 2], length=len(body))


@kind
def packed(exchange: Exchange, *, coding: str = "gzip", unpacked_mb: int = 0, body: bytes = b"") -> None:
    """A proper answer packed though nobody asked for it, or one that unpacks to so many megabytes."""
    packing = zlib.compressobj(9, wbits=31)
    plain = body or json.dumps(answer(exchange.seen, picture_part(exchange.draw()))).encode()
    parts = [packing.compress(bytes(2**20)) for _ in range(unpacked_mb)] or [packing.compress(plain)]
    exchange.send(b"".join([*parts, packing.flush()]), headers={"Content-Encoding": coding})
