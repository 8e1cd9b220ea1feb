"""What Gemini is paid is counted, and a limit of the user's stops before anything is asked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from support.gemini_cases import PATIENT_S, small_request
from support.waiting import until

from packdesk.errors import AccountRefusedError, GenerationFailedError
from packdesk.generation.gemini.provider import GeminiOptions, GeminiProvider
from packdesk.generation.keys import KeyKeeper

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from support.gemini_server import GeminiServer

    from packdesk.domain.spending import Billing, Purchase


class NoteBook:
    """Remembers purchases and what became of them."""

    def __init__(self) -> None:
        self.purchases: list[Purchase] = []
        self.ends: list[Billing] = []
        self.refusal: AccountRefusedError | None = None

    def open(self, purchase: Purchase) -> str:
        if self.refusal is not None:
            raise self.refusal
        self.purchases.append(purchase)
        return "ticket"

    def close(self, ticket: str, billing: Billing) -> None:
        assert ticket == "ticket"
        self.ends.append(billing)


@pytest.fixture
def book() -> NoteBook:
    return NoteBook()


@pytest.fixture
async def metered(gemini: GeminiServer, book: NoteBook) -> AsyncIterator[GeminiProvider]:
    options = GeminiOptions(url=gemini.url, deadline_s=PATIENT_S)
    made = GeminiProvider(KeyKeeper("gemini", SecretStr(gemini.key)), options, meter=book)
    yield made
    await made.aclose()


async def test_a_picture_is_counted_at_its_price(metered: GeminiProvider, book: NoteBook) -> None:
    request = small_request()
    await metered.generate(request)
    (purchase,) = book.purchases
    assert (purchase.model, purchase.panel_id) == ("gemini-3.1-flash-image", "front")
    estimate = metered.estimate([request, request])
    assert (estimate.calls, estimate.usd) == (2, 2 * purchase.usd)
    assert str(estimate.priced_on) == "2026-07-01"
    assert book.ends == ["picture"]


@pytest.mark.parametrize(
    ("fault", "ends"),
    [
        (("status", {"code": 400}), ["none"]),
        (("prompt_block", {}), ["none"]),
        (("finish", {"reason": "IMAGE_SAFETY"}), ["picture"]),
        (("corrupt", {}), ["picture", "picture"]),
        (("no_candidates", {}), ["perhaps", "perhaps"]),
        (("truncated", {}), ["perhaps", "perhaps"]),
        (("close", {}), ["perhaps"] * 4),
    ],
)
async def test_what_fails_is_counted_as_it_is_billed(
    metered: GeminiProvider,
    book: NoteBook,
    gemini: GeminiServer,
    fault: tuple[str, dict[str, Any]],
    ends: list[Billing],
) -> None:
    gemini.fault(fault[0], **fault[1])
    with pytest.raises(GenerationFailedError):
        await metered.generate(small_request())
    assert book.ends == ends


async def test_what_is_cancelled_may_have_been_billed(
    metered: GeminiProvider, book: NoteBook, gemini: GeminiServer
) -> None:
    gemini.fault("hang")
    drawing = asyncio.create_task(metered.generate(small_request()))
    await until(lambda: gemini.requests)
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert book.ends == ["perhaps"]


async def test_nothing_is_asked_for_that_must_not_be_paid(
    metered: GeminiProvider, book: NoteBook, gemini: GeminiServer
) -> None:
    book.refusal = AccountRefusedError("The limit is reached.")
    with pytest.raises(AccountRefusedError):
        await metered.generate(small_request())
    assert gemini.requests == []
    assert book.ends == []
