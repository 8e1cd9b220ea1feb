"""Artwork by Google's Gemini models."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packdesk.domain.prices import BUILT_IN, PriceTable
from packdesk.domain.spending import Purchase
from packdesk.errors import BadPictureError, InvalidInputError, SignatureRefusedError
from packdesk.generation.base import Estimate, ProviderProfile, cost_class
from packdesk.generation.gemini import faults
from packdesk.generation.gemini.changing import SENT_PX, change_prompt, middle_of, ratio_of
from packdesk.generation.gemini.plan import PicturePlan, model_abilities, plan_picture
from packdesk.generation.gemini.prompting import panel_prompt
from packdesk.generation.gemini.retrying import with_retries
from packdesk.generation.keys import check_key
from packdesk.generation.meter import NoMeter, metered
from packdesk.generation.pace import NoPace
from packdesk.sentence import Sentence
from packdesk.textures.changing import framed
from packdesk.textures.check import CleanPicture, clean_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import SecretStr

    from packdesk.domain.request import PanelRequest
    from packdesk.generation.gemini.client import DrawCall, GeminiClient
    from packdesk.generation.keys import KeyKeeper
    from packdesk.generation.meter import Meter
    from packdesk.generation.pace import Pace

_FORGOTTEN = Sentence("Gemini did not take up what was said before: it was asked again without that.")
DEFAULT_MODEL = "gemini-3.1-flash-image"
LARGEST_TIER = "4K"
LARGE_AT_ONCE = 2
"""Pictures of the largest tier at a time: each takes some 300 MB while it is unpacked."""


@dataclass(frozen=True)
class GeminiOptions:
    """How Gemini is asked.

    Attributes:
        model: its name at Google.
        tier: `512`, `1K`, `2K` or `4K`; None takes the smallest that reaches the wanted resolution.
        ratio: such as `2:3`; None takes the nearest to the panel's.
        url: another address than Google's, for a proxy.
        deadline_s: the time one panel may take, repetitions included.
    """

    model: str = DEFAULT_MODEL
    tier: str | None = None
    ratio: str | None = None
    url: str | None = None
    deadline_s: float = 180.0


class GeminiProvider:
    """Implements `packdesk.generation.base.Provider` with google-genai.

    Args:
        keys: where a key is looked for.
        options: how it is asked.
        meter: where what is paid for is counted.
        prices: reads the table of prices, anew for each generation; may block on the disk.
        pace: knows when a picture may be asked for.
    """

    profile = ProviderProfile("gemini", paid=True, takes_references=True, usual_parallel=6)

    def __init__(
        self,
        keys: KeyKeeper,
        options: GeminiOptions | None = None,
        *,
        meter: Meter | None = None,
        prices: Callable[[], PriceTable] = lambda: BUILT_IN,
        pace: Pace | None = None,
    ) -> None:
        self._keys = keys
        self._meter = meter or NoMeter()
        self._pace = pace or NoPace()
        self._read_prices = prices
        self._prices = BUILT_IN
        self._options = options or GeminiOptions()
        self._client: GeminiClient | None = None
        self._key: SecretStr | None = None
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._opening = asyncio.Lock()

    async def prepare(self) -> None:
        """See `Provider.prepare`: find the key. Google's client is opened with the first picture.

        Raises:
            InvalidSettingError: the table of prices cannot be read.
        """
        key, _ = await asyncio.to_thread(self._keys.find)
        if key != self._key:
            await self.aclose()
        self._key = None
        self._prices = await asyncio.to_thread(self._read_prices)
        self._key = _usable(key)

    async def generate(self, request: PanelRequest) -> CleanPicture:
        """See `Provider.generate`."""
        plan = self.plan(request)
        client = await self._opened()
        call = await asyncio.to_thread(self._call, request, plan)
        async with client.in_use(), self._large if plan.tier == LARGEST_TIER else contextlib.nullcontext():
            await self._pace.wait()  # no part of the time the service has
            first = True

            async def asked() -> CleanPicture:
                nonlocal first
                if not first:
                    await self._pace.wait()
                first = False
                return await self._answer(client, call, request)

            return await with_retries(asked, self._options.deadline_s)

    def plan(self, request: PanelRequest) -> PicturePlan:
        """The picture's shape that suits the panel, as far as the options leave it open."""
        can = model_abilities(self._options.model)
        return plan_picture(
            request.size,
            dpi=request.dpi,
            ratios=can.ratios if self._options.ratio is None else (self._options.ratio,),
            tiers=can.tiers if self._options.tier is None else (self._options.tier,),
            wraps=request.wraps,
        )

    def estimate(self, requests: Sequence[PanelRequest]) -> Estimate:
        """See `Provider.estimate`."""
        usd = sum(self._price(self.plan(request).tier) for request in requests)
        model = self._options.model
        return Estimate(len(requests), model, cost_class(usd), usd, self._prices.as_of(model))

    async def check(self, key: SecretStr | None = None) -> None:
        """Ask the service whether it takes the key (default: the one that would be used); costs nothing.

        Raises:
            GenerationFailedError: it does not, does not know the model, or does not answer.
        """
        found = _usable(key or (await asyncio.to_thread(self._keys.find))[0])
        client = await asyncio.to_thread(self._open, found)
        try:
            known = await client.knows(self._options.model)
        finally:
            await client.aclose()
        if not known:
            raise faults.unknown_model(self._options.model)

    async def aclose(self) -> None:
        """See `Provider.aclose`."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _opened(self) -> GeminiClient:
        async with self._opening:
            if self._key is None:
                await self.prepare()
            if self._client is None:
                assert self._key is not None, "prepare() finds it or raises"
                self._client = await asyncio.to_thread(self._open, self._key)
            return self._client

    def _open(self, key: SecretStr) -> GeminiClient:
        from packdesk.generation.gemini.client import READ_S, GeminiClient  # noqa: PLC0415  (see there)

        # A longer deadline is for pictures that take longer: the answer comes in one piece, at the end.
        return GeminiClient(key, self._options.url, max(READ_S, self._options.deadline_s / 2))

    def _price(self, tier: str) -> float:
        return self._prices.price(self._options.model, tier)

    async def _answer(self, client: GeminiClient, call: DrawCall, request: PanelRequest) -> CleanPicture:
        notes: tuple[str, ...] = ()
        try:
            picture = await self._paid(client, call, request.panel_id)
        except SignatureRefusedError:
            notes = (_FORGOTTEN,)
            picture = await self._paid(client, replace(call, earlier=None), request.panel_id)
        if request.change is not None:
            picture = await asyncio.to_thread(middle_of, picture, request.change, call.ratio)
        return replace(picture, notes=notes)

    async def _paid(self, client: GeminiClient, call: DrawCall, panel_id: str) -> CleanPicture:
        async with metered(self._meter, Purchase(call.model, call.tier, panel_id, self._price(call.tier))):
            return await self._once(client, call)

    @staticmethod
    async def _once(client: GeminiClient, call: DrawCall) -> CleanPicture:
        drawn = await client.draw(call)
        try:
            picture = await asyncio.to_thread(clean_picture, drawn.data)
            return replace(picture, signature=drawn.signature)
        except BadPictureError as error:
            fault = faults.unusable_picture(error.sentence)
            fault.billing = "picture"
            raise fault from error

    def _call(self, request: PanelRequest, plan: PicturePlan) -> DrawCall:
        from packdesk.generation.gemini.client import DrawCall  # noqa: PLC0415  (see there)

        change = request.change
        return DrawCall(
            model=self._options.model,
            prompt=panel_prompt(request, plan)
            if change is None
            else change_prompt(request.prompt, change, plan.ratio),
            pictures=(
                tuple(reference.png for reference in request.references)
                if change is None
                else (framed(change.present, ratio_of(plan.ratio), SENT_PX),)
            ),
            ratio=plan.ratio,
            tier=plan.tier,
            seed=request.seed,
            earlier=None if change is None else change.earlier,
        )


def _usable(key: SecretStr | None) -> SecretStr:
    """The key, if there is one that a request can carry."""
    if key is None:
        raise faults.no_key()
    with contextlib.suppress(InvalidInputError):
        return check_key(key)
    raise faults.wrong_key()
