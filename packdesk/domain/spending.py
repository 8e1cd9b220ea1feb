"""What pictures have cost: one purchase a request, and the sum of a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from packdesk.errors import InvalidInputError

Billing = Literal["none", "picture", "perhaps"]
"""Of a request: it cost nothing, a picture was drawn, or no answer came and nobody knows here."""

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Purchase:
    """One picture that is about to be asked for.

    Attributes:
        model: who draws it.
        size: the name of its size.
        panel_id: the panel it is for.
        usd: what it will cost, in US dollars.
    """

    model: str
    size: str
    panel_id: str
    usd: float


@dataclass(frozen=True)
class ModelSum:
    """What one model was paid in a month: how many pictures, and US dollars."""

    model: str
    pictures: int
    usd: float


@dataclass(frozen=True)
class MonthReport:
    """A month's spending on this machine.

    Attributes:
        month: such as `2026-11`, by UTC.
        usd: all of it in US dollars, as far as the table of prices is right.
        pictures: how many were asked for and may be billed.
        perhaps_usd: the part of `usd` for requests whose answer never came; they may have been billed.
        models: the same by model, the dearest first.
        limit_usd: the limit of a month; None when there is none.
        set_aside: names of files of earlier ledgers that could not be read.
    """

    month: str
    usd: float = 0.0
    pictures: int = 0
    perhaps_usd: float = 0.0
    models: tuple[ModelSum, ...] = ()
    limit_usd: float | None = None
    set_aside: tuple[str, ...] = ()

    @property
    def left_usd(self) -> float | None:
        """What the limit leaves; None when there is none."""
        return None if self.limit_usd is None else max(0.0, self.limit_usd - self.usd)


def check_month(text: str) -> str:
    """Return a month as it is written in the ledger.

    Raises:
        InvalidInputError: it is none.
    """
    if _MONTH.fullmatch(text.strip()):
        return text.strip()
    raise InvalidInputError("A month is a year and a number, such as 2026-11.", "Write it so.")


def dollars(usd: float) -> str:
    """An amount of US dollars for people: two places, three where it is below ten cents."""
    return f"{usd:.3f}" if 0 < usd < 0.095 else f"{usd:,.2f}"
