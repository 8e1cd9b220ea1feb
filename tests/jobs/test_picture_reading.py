"""Pictures that will soon be asked for are decoded before."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

import pytest
from support.placed_objects import plain_png

from packdesk.errors import TextureUnavailableError
from packdesk.jobs import picture_reading
from packdesk.jobs.picture_reading import PictureReading

if TYPE_CHECKING:
    from support.sessions import SessionDesk


def test_what_was_expected_is_shown_without_being_read(desk: SessionDesk) -> None:
    png = plain_png(30, 20)
    sha256 = hashlib.sha256(png).hexdigest()
    url = (desk.folder / "library" / f"{sha256}.png").as_uri()  # not kept yet

    async def work() -> None:
        reading = PictureReading(desk.services.pictures)
        reading.expect({sha256: png})
        both = await asyncio.gather(reading.read(url), reading.read(url))
        assert [one.picture.size for one in both] == [(30, 20)] * 2
        with pytest.raises(TextureUnavailableError):
            await reading.read(url.replace(sha256, "0" * 64))
        reading.expect({})
        with pytest.raises(TextureUnavailableError):
            await reading.read(url)

    asyncio.run(work())


def test_what_was_expected_and_is_not_asked_for_is_forgotten(
    desk: SessionDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    png = plain_png(30, 20)

    async def work() -> None:
        reading, forgotten = PictureReading(desk.services.pictures), asyncio.Event()
        monkeypatch.setattr(picture_reading, "AWAITED_S", 0.0)
        reading.expect({hashlib.sha256(png).hexdigest(): png})
        kept = reading._early
        asyncio.get_running_loop().call_later(0.0, forgotten.set)  # after it
        await forgotten.wait()
        assert kept
        assert not reading._early

    asyncio.run(work())
