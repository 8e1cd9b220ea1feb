"""Artwork by Google's Gemini models."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.errors import BadPictureError, InvalidInputError
from packdesk.generation.base import Estimate, ProviderProfile
from packdesk.generation.gemini import faults
from packdesk.generation.gemini.plan import PicturePlan, cost_class, model_abilities, plan_picture
from packdesk.generation.gemini.prompting import panel_prompt
from packdesk.generation.gemini.retrying import with_retries
from packdesk.generation.keys import check_key
from packdesk.textures.check import CleanPicture, clean_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import SecretStr

    from packdesk.domain.request import PanelRequest
    from packdesk.generation.gemini.client import DrawCall, GeminiClient
    from packdesk.generation.keys import KeyKeeper

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
    """Implements `packdesk.generation.base.Provider` with google-genai."""

    profile = ProviderProfile("gemini", paid=True, takes_references=True, usual_parallel=6)

    def __init__(self, keys: KeyKeeper, options: GeminiOptions | None = None) -> None:
        self._keys = keys
        self._options = options or GeminiOptions()
        self._client: GeminiClient | None = None
        self._key: SecretStr | None = None
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._opening = asyncio.Lock()

    async def prepare(self) -> None:
        """See `Provider.prepare`: find the key. Google's client is opened with the first picture."""
        key, _ = await asyncio.to_thread(self._keys.find)
        if key != self._key:
            await self.aclose()
        self._key = None
        self._key = _usable(key)

    async def generate(self, request: PanelRequest) -> CleanPicture:
        """See `Provider.generate`."""
        plan = self.plan(request)
        client = await self._opened()
        call = self._call(request, plan)
        async with client.in_use(), self._large if plan.tier == LARGEST_TIER else contextlib.nullcontext():
            return await with_retries(lambda: self._once(client, call), self._options.deadline_s)

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
        tiers = [self.plan(request).tier for request in requests]
        return Estimate(len(tiers), self._options.model, cost_class(self._options.model, tiers))

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

    @staticmethod
    async def _once(client: GeminiClient, call: DrawCall) -> CleanPicture:
        data = await client.draw(call)
        try:
            return await asyncio.to_thread(clean_picture, data)
        except BadPictureError as error:
            raise faults.unusable_picture(error.sentence) from error

    def _call(self, request: PanelRequest, plan: PicturePlan) -> DrawCall:
        from packdesk.generation.gemini.client import DrawCall  # noqa: PLC0415  (see there)

        return DrawCall(
            model=self._options.model,
            prompt=panel_prompt(request, plan),
            pictures=tuple(reference.png for reference in request.references),
            ratio=plan.ratio,
            tier=plan.tier,
            seed=request.seed,
        )


def _usable(key: SecretStr | None) -> SecretStr:
    """The key, if there is one that a request can carry."""
    if key is None:
        raise faults.no_key()
    with contextlib.suppress(InvalidInputError):
        return check_key(key)
    raise faults.wrong_key()
