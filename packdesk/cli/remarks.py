"""Commands about what reviewers say of the design: remarks, and what is done about one of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from packdesk.cli.output import JsonOption, print_json, say, tell
from packdesk.cli.running import run_service
from packdesk.domain.review import MAX_ANSWER_BYTES
from packdesk.errors import PackdeskError
from packdesk.store.bundle.archive import SUFFIX

if TYPE_CHECKING:
    from packdesk.domain.remarks import Board, NoteKind, Opinion, Thread
    from packdesk.services.container import Services
    from packdesk.services.reviews import TakenAnswer

STDIN = "-"
_VERDICTS = {
    ("approved", False): "approved it",
    ("approved", True): "approved an earlier version",
    ("changes", False): "asks for changes",
    ("changes", True): "asked for changes of an earlier version",
}

remarks = typer.Typer(
    help="What reviewers say of the design: list, add answers, reply, close.", rich_markup_mode=None
)
RemarkArgument = Annotated[
    str, typer.Argument(metavar="REMARK", help="The number of its pin, its ID, or how that begins")
]
RemarksArgument = Annotated[list[str], typer.Argument(metavar="REMARK…", help="Numbers of pins, or IDs")]


@remarks.callback(invoke_without_command=True)
def list_remarks(
    context: typer.Context,
    open_: Annotated[bool, typer.Option("--open", help="Only those that are not closed.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List what reviewers said of the design: who approves it, and the remarks with their replies."""
    if context.invoked_subcommand is not None:
        return

    async def looked(services: Services) -> tuple[Board, bool]:
        return await services.reviews.board(), await services.reviews.damaged()

    board, damaged = run_service(looked)
    if damaged:
        tell("packdesk: Not all remarks can be read; “packdesk doctor” names the files.")
    threads = [one for one in board.threads if not (open_ and one.closed)]
    if as_json:
        print_json({"opinions": list(map(_opinion, board.opinions)), "remarks": list(map(_values, threads))})
        return
    if not board.opinions and not board.threads:
        tell("Nobody has answered yet.")
    for opinion in board.opinions:
        say(f"{_name(opinion.reviewer)} {_verdict(opinion)}  ({_when(opinion.at)})")
    _print(threads)


@remarks.command("add")
def add(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="Answers that came back, or bundles with some; - reads one from stdin"
        ),
    ],
) -> None:
    """Add answers of reviewers; exit code 1 when one of them cannot be taken."""

    async def taken(services: Services) -> bool:
        whole = True
        for file in files:
            try:
                if str(file) == STDIN:
                    data = sys.stdin.buffer.read(MAX_ANSWER_BYTES + 1)
                    print_taken(await services.reviews.take(data))
                elif file.suffix.lower() == SUFFIX:
                    board = await services.reviews.take_bundle(file)
                    say(f"{len(board.threads)} remarks now, {board.open} open.")
                else:
                    print_taken(await services.reviews.take_file(file))
            except PackdeskError as error:  # the others count all the same
                tell(f"packdesk: {file.name}: {error.terminal_text()}")
                whole = False
        return whole

    if not run_service(taken):
        raise typer.Exit(1)


@remarks.command("reply")
def reply(
    remark: RemarkArgument, text: Annotated[str, typer.Argument(metavar="TEXT", help="What you reply")]
) -> None:
    """Reply to a remark."""
    _note([remark], "reply", text)


@remarks.command("close")
def close(names: RemarksArgument) -> None:
    """Close remarks: they are done with."""
    _note(names, "closed")


@remarks.command("reopen")
def reopen(names: RemarksArgument) -> None:
    """Open closed remarks again."""
    _note(names, "opened")


def print_taken(taken: TakenAnswer, *, as_json: bool = False) -> None:
    """What an answer brought."""
    answer = taken.answer
    if as_json:
        print_json({"known": taken.known, "stale": taken.stale, "answer": answer.model_dump()})
        return
    said = _VERDICTS.get((answer.verdict or "", taken.stale), "left open whether it approves")
    count = len(answer.remarks)
    words = f"{_name(answer.reviewer)} {said}, {count} {'remark' if count == 1 else 'remarks'}."
    say(f"{words} It was here already." if taken.known else words)


def _note(names: list[str], kind: NoteKind, text: str = "") -> None:
    async def noted(services: Services) -> Board:
        for name in names[:-1]:
            await services.reviews.note(name, kind, text)
        return await services.reviews.note(names[-1], kind, text)

    say(f"{run_service(noted).open} open")


def _print(threads: list[Thread]) -> None:
    for thread in threads:
        said = thread.remark
        marks = [name for name, on in (("closed", thread.closed), ("earlier version", thread.stale)) if on]
        where = f"{thread.number:>3}  {said.panel or '–':<7}"
        about = ", ".join(
            [thread.reviewer, _when(said.at), *marks] if thread.reviewer else [_when(said.at), *marks]
        )
        say(f"{where} {said.text}  ({about})")
        for note in thread.replies:
            say(f"{'':>12} reply: {note.text}  ({_when(note.at)})")


def _name(reviewer: str) -> str:
    return reviewer or "Somebody"


def _verdict(opinion: Opinion) -> str:
    return _VERDICTS.get((opinion.verdict or "", opinion.stale), "has not decided")


def _when(text: str) -> str:
    return text[:16].replace("T", " ")


def _opinion(opinion: Opinion) -> dict[str, Any]:
    return {
        "reviewer": opinion.reviewer,
        "verdict": opinion.verdict,
        "stale": opinion.stale,
        "at": opinion.at,
        "checklist": {tick.id: tick.done for tick in opinion.checklist},
    }


def _values(thread: Thread) -> dict[str, Any]:
    return {
        "number": thread.number,
        **thread.remark.model_dump(),
        "reviewer": thread.reviewer,
        "closed": thread.closed,
        "stale": thread.stale,
        "replies": [{"text": note.text, "at": note.at} for note in thread.replies],
    }
