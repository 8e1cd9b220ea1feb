"""Nothing is paid for before its cost was told and agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_types import ElicitRequest, ElicitRequestFormParams, ElicitResult, InputRequiredResult
from mcp_types.version import is_version_at_least

from packdesk.app.paying import cost_lines
from packdesk.domain.spending import dollars
from packdesk.errors import NotPossibleError, SpendingLimitError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Hashable

    from mcp.server.context import ServerRequestContext
    from mcp_types import InputResponse, InputResponses

    from packdesk.generation.base import Estimate

MOST_TOLD = 1000
_ASKS_IN_ANSWERS = "2026-07-28"
"""From this revision of the protocol on a question to the user answers the call, which is then sent again."""
_KEY = "cost"
_FORM: dict[str, object] = {"type": "object", "properties": {}}
"""To accept is all there is to say."""


class Agreement:
    """Remembers what was told."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, Hashable], None] = {}

    async def reach(
        self,
        estimate: Estimate | None,
        wanted: Hashable,
        confirmed: float | None,
        context: ServerRequestContext,
        responses: InputResponses | None,
    ) -> InputRequiredResult | None:
        """Return None once it is agreed to, or what the client is asked first.

        Args:
            estimate: what it will cost; None for nothing.
            wanted: what is paid for: agreed to is this and nothing else.
            confirmed: US dollars the assistant says were agreed to; where the client shows questions the user
                is asked in any case.
            context: of the call.
            responses: what the user has answered, if the client was asked before.

        Raises:
            SpendingLimitError: the month leaves no room for it.
            NotPossibleError: it is not agreed to yet.
        """
        if estimate is None:
            return None
        if not estimate.fits:
            raise _over_limit(estimate)
        told = (dollars(estimate.usd), wanted)
        known = told in self._told
        self._told.pop(told, None)
        words = " ".join(cost_lines(estimate))
        if _asks_people(context):
            return await self._ask(told, words, context, (responses or {}).get(_KEY) if known else None)
        if known and confirmed is not None and dollars(confirmed) == told[0]:
            return None
        self._tell(told)
        raise NotPossibleError(
            Sentence("Nothing was asked for yet. {cost}", cost=words),
            Sentence("If the user agrees, call again with confirm_cost {usd}.", usd=told[0]),
        )

    async def _ask(
        self,
        told: tuple[str, Hashable],
        words: str,
        context: ServerRequestContext,
        response: InputResponse | None,
    ) -> InputRequiredResult | None:
        """Have the client ask the user: in the midst of the call, or by an answer, as its protocol is."""
        if not is_version_at_least(context.protocol_version, _ASKS_IN_ANSWERS):
            _check_agreed(await context.session.elicit_form(words, _FORM, context.request_id))
            return None
        if isinstance(response, ElicitResult):
            _check_agreed(response)
            return None
        self._tell(told)
        question = ElicitRequestFormParams(message=words, requested_schema=_FORM)
        return InputRequiredResult(input_requests={_KEY: ElicitRequest(params=question)})

    def _tell(self, told: tuple[str, Hashable]) -> None:
        while len(self._told) >= MOST_TOLD:
            del self._told[next(iter(self._told))]
        self._told[told] = None


def _asks_people(context: ServerRequestContext) -> bool:
    """Whether the client shows questions. Without a word of the form they are meant, too."""
    capabilities = context.session.client_capabilities
    asks = None if capabilities is None else capabilities.elicitation
    return asks is not None and (asks.form is not None or asks.url is None)


def _check_agreed(answered: ElicitResult) -> None:
    if answered.action != "accept":
        raise NotPossibleError("The cost was not agreed to, so nothing was asked for.", "Ask the user first.")


def _over_limit(estimate: Estimate) -> SpendingLimitError:
    month = estimate.month
    assert month is not None  # else everything fits
    return SpendingLimitError(
        Sentence(
            "The monthly limit of US$ {limit:,.2f} leaves no room for this, about US$ {usd}: US$ {spent:,.2f}"
            " are spent.",
            limit=month.limit_usd or 0,
            usd=dollars(estimate.usd),
            spent=month.usd,
        )
    )
