"""What pictures have cost, and what the next ones will."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.app.paying import ledger_of
from packdesk.cli.output import JsonOption, print_json, say, tell
from packdesk.domain.spending import check_month, dollars
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from packdesk.domain.spending import MonthReport
    from packdesk.generation.base import Estimate


def spend(
    month: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="Another month than the present one, by UTC.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What pictures by Gemini have cost on this machine in a month, about."""
    report = ledger_of(read_settings()).report(None if month is None else check_month(month))
    if as_json:
        print_json({**asdict(report), "left_usd": report.left_usd})
    else:
        _print(report)
    _tell_set_aside(report)


def tell_cost(estimate: Estimate | None) -> None:
    """What a generation will cost, before it is begun; nothing when it is free."""
    if estimate is None:
        return
    tell(f"Asking {estimate.model} for {_pictures(estimate.calls)}, {cost_text(estimate)}.")
    month = estimate.month
    if month is None:
        return
    if month.limit_usd is not None:
        tell(f"This month: US$ {dollars(month.usd)} of US$ {dollars(month.limit_usd)}.")
    if not estimate.fits:
        tell("The monthly limit does not leave room for all of them.")
    _tell_set_aside(month)


def cost_text(estimate: Estimate) -> str:
    """About what it costs, and by which prices."""
    cost = f"about US$ {dollars(estimate.usd)}"
    if estimate.priced_on is None:
        return f"{cost} (its price is not known; taken for the dearest model's)"
    return f"{cost} by prices of {estimate.priced_on}"


def _print(report: MonthReport) -> None:
    say(f"{report.month}: about US$ {dollars(report.usd)} for {_pictures(report.pictures)}")
    for one in report.models:
        say(f"  {one.model}: {_pictures(one.pictures)}, US$ {dollars(one.usd)}")
    if report.perhaps_usd:
        say(f"  of this US$ {dollars(report.perhaps_usd)} were asked for without an answer: perhaps billed")
    if report.limit_usd is not None:
        say(f"  limit US$ {dollars(report.limit_usd)}, left US$ {dollars(report.left_usd or 0)}")


def _tell_set_aside(report: MonthReport) -> None:
    for name in report.set_aside:
        tell(f"packdesk: A ledger that could not be read is kept as {name}; what it held is not counted.")


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"
