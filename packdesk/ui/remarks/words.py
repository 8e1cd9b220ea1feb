"""What is said in reviews, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime

from packdesk.domain.moments import moment
from packdesk.domain.text import cut
from packdesk.ui.translation import translate
from packdesk.ui.wording import moment_text, panel_name

if TYPE_CHECKING:
    from packdesk.domain.remarks import Board, Opinion, Thread
    from packdesk.services.reviews import TakenAnswer

_NAME_LENGTH, _PANEL_LENGTH = 80, 40


def reviewer_name(reviewer: str) -> str:
    """Who that is."""
    return cut(reviewer, _NAME_LENGTH) or translate("remarks", "Somebody")


def verdict_words(opinion: Opinion) -> str:
    """What a reviewer says of the whole."""
    texts = {
        ("approved", False): translate("remarks", "Approved by {0}"),
        ("approved", True): translate("remarks", "{0} approved an earlier version"),
        ("changes", False): translate("remarks", "{0} asks for changes"),
        ("changes", True): translate("remarks", "{0} asked for changes of an earlier version"),
    }
    undecided = translate("remarks", "{0} has not decided")
    return texts.get((opinion.verdict or "", opinion.stale), undecided).format(
        reviewer_name(opinion.reviewer)
    )


def checked_words(opinion: Opinion) -> str:
    """How much of the checklist was ticked off; empty where there is none."""
    if not opinion.checklist:
        return ""
    done = sum(tick.done for tick in opinion.checklist)
    return translate("remarks", "{0} of {1} points checked").format(done, len(opinion.checklist))


def place_words(thread: Thread) -> str:
    """Which panel it is about, and who says it."""
    panel = panel_name(cut(thread.remark.panel, _PANEL_LENGTH)) or translate("remarks", "The whole")
    return f"{panel} · {reviewer_name(thread.reviewer)}"


def pin_words(thread: Thread) -> str:
    """What is said while the pointer rests on a pin."""
    return f"{place_words(thread)}: {thread.remark.text}"


def when_words(at: str) -> str:
    """When it was said, as that is written here."""
    found = moment(at)
    return moment_text(QDateTime.fromSecsSinceEpoch(int(found.timestamp()))) if found else ""


def count_words(board: Board | None) -> str:
    """How many remarks there are."""
    count = len(board.threads) if board is not None else 0
    if board is None or not count:
        return ""
    if board.open == count:
        return (
            translate("remarks", "1 open") if count == 1 else translate("remarks", "{0} open").format(count)
        )
    return translate("remarks", "{0} open, {1} closed").format(board.open, count - board.open)


def taken_words(taken: TakenAnswer) -> str:
    """What an answer brought."""
    answer = taken.answer
    if taken.known:
        return translate("remarks", "This answer of {0} is here already.").format(
            reviewer_name(answer.reviewer)
        )
    opinion = next(
        one for one in taken.board.opinions if one.reviewer.casefold() == answer.reviewer.casefold()
    )
    count = len(answer.remarks)
    told = {
        0: translate("remarks", "no remarks"),
        1: translate("remarks", "1 remark"),
    }.get(count, translate("remarks", "{0} remarks").format(count))
    return f"{verdict_words(opinion)}: {told}."
