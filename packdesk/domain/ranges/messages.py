"""What a window and the process that makes its range tell each other, a line of JSON each (decision 0043)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from packdesk.sentence import Sentence

PAGE_ROWS = 50
"""Rows of a table that are shown are fetched so many at a time."""
CELL_LETTERS = 120
"""What is shown of a cell."""
MOST_NOTES = 5
MOST_PROBLEMS = 1000
"""What is told of a table's problems; how many there are is told besides."""


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True)


class Told(_Message):
    """A sentence on its way to another process, with what it was made of.

    Attributes:
        template: the English text.
        values: texts, numbers, or sentences again.
    """

    template: str
    values: dict[str, Any] = {}

    @classmethod
    def of(cls, text: str) -> Told:
        """A sentence, or a text that is none."""
        if not isinstance(text, Sentence):
            return cls(template=text.replace("{", "{{").replace("}", "}}"))
        values = {name: _sent(value) for name, value in text.values.items()}
        return cls(template=text.template, values=values)

    def sentence(self) -> Sentence:
        """As it was."""
        return Sentence(self.template, **{name: _received(value) for name, value in self.values.items()})


def _sent(value: Any) -> Any:
    if isinstance(value, Sentence):
        return Told.of(value).model_dump()
    return value if isinstance(value, int | float) else str(value)


def _received(value: Any) -> Any:
    return Told.model_validate(value).sentence() if isinstance(value, dict) else value


# --- asked


class Wish(_Message):
    """What somebody wants to be made.

    Attributes:
        table: its file.
        sheet: of a workbook; empty for its first one.
        design: the base design's file; empty while there is none yet.
        columns: field by heading, empty for none; None where nobody has said anything.
        pattern: of the files' names.
        kinds: of files, by the names of `OutputKind`.
        folder: for the files; empty while nobody has chosen one.
        force: whether files that are not of this range may be replaced.
    """

    table: str
    sheet: str = ""
    design: str = ""
    columns: dict[str, str] | None = None
    pattern: str
    kinds: tuple[str, ...] = ()
    folder: str = ""
    force: bool = False


class Plan(_Message):
    """Look through a table.

    Attributes:
        number: of the question, which its answer repeats.
        wish: what is wanted.
        row: place of the row whose file's name is shown, from 0.
    """

    kind: Literal["plan"] = "plan"
    number: int
    wish: Wish
    row: int = 0


class Rows(_Message):
    """Tell a page of the table that was looked through last.

    Attributes:
        first: place of its first row, from 0.
    """

    kind: Literal["rows"] = "rows"
    first: int


class Preview(_Message):
    """Draw a row in 3D; one that is asked for later takes its place.

    Attributes:
        row: its place in the table, from 0.
    """

    kind: Literal["preview"] = "preview"
    row: int


class Make(_Message):
    """Make the range.

    Attributes:
        number: of the plan that was seen.
        limit: US dollars that paid pictures may cost; None where nothing was said.
    """

    kind: Literal["make"] = "make"
    number: int
    limit: float | None = None


class Cancel(_Message):
    """Make no more rows."""

    kind: Literal["cancel"] = "cancel"


Asked = Annotated[Plan | Rows | Preview | Make | Cancel, Field(discriminator="kind")]
ASKED: TypeAdapter[Asked] = TypeAdapter(Asked)


# --- answered


class Problem(_Message):
    """What is wrong with a table.

    Attributes:
        row: its number as a spreadsheet counts; 0 for a whole column or table.
        place: of the row in the table, from 0; -1 for none.
        column: place of its column; -1 for a whole row.
        heading: of its column; empty for a whole row.
        told: what is wrong.
        remedy: what can be done.
    """

    row: int
    place: int
    column: int
    heading: str
    told: Told
    remedy: Told


class Planned(_Message):
    """A table was looked through.

    Attributes:
        number: of the question.
        headings: of its columns; none where it cannot be read.
        fields: of each column; empty for none.
        rows: how many there are.
        problems: the first of what is wrong with its rows.
        count: of all of them.
        ready: how many rows can be made.
        kept: how many of them an earlier run has made.
        paintings: pictures that will be painted.
        usd: what that costs, about.
        paid: whether it costs anything.
        example: what the files of the chosen row are called; empty where that cannot be said.
        notes: what is worth a look on rows, the first of it.
        sheet: of a workbook, that was read; empty for a text.
        sheets: all that could be.
        error: why the table cannot be used as a whole.
    """

    kind: Literal["planned"] = "planned"
    number: int
    headings: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    count: int = 0
    ready: int = 0
    kept: int = 0
    paintings: int = 0
    usd: float = 0.0
    paid: bool = False
    example: str = ""
    notes: tuple[Told, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    error: Told | None = None


class Mark(_Message):
    """A cell, or a row, that cannot be used.

    Attributes:
        place: of the row in the table, from 0.
        column: place of the column; -1 for the whole row.
        told: what is wrong.
    """

    place: int
    column: int
    told: Told


class Page(_Message):
    """Rows of the table.

    Attributes:
        first: place of the first, from 0.
        numbers: of the rows, as a spreadsheet counts.
        cells: of each row, shortened to `CELL_LETTERS`.
        marks: what of them cannot be used.
    """

    kind: Literal["page"] = "page"
    first: int
    numbers: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]
    marks: tuple[Mark, ...] = ()


class Seen(_Message):
    """A row was drawn.

    Attributes:
        row: its place.
        file: the PNG; empty where nothing could be drawn.
        name: of the row's files.
        painted_here: whether pictures were painted on this computer in place of those that are paid for.
        error: why nothing was drawn.
    """

    kind: Literal["seen"] = "seen"
    row: int
    file: str = ""
    name: str = ""
    painted_here: bool = False
    error: Told | None = None


class Step(_Message):
    """One more row is done.

    Attributes:
        name: of its files.
        place: of the row in the table, from 0.
        done: rows that are, those made earlier included.
        failed: how many of them failed.
        total: rows of the range.
        left_s: seconds until all are probably done; None while that is not known.
        reason: why this one failed; empty where it did not.
        notes: what else is worth a look on one that failed.
    """

    kind: Literal["step"] = "step"
    name: str
    place: int
    done: int
    failed: int
    total: int
    left_s: float | None = None
    reason: str = ""
    notes: tuple[str, ...] = ()


class Ended(_Message):
    """Nothing is being made any more.

    Attributes:
        made: rows made now.
        kept: rows that had been made of the same before.
        failed: rows that failed.
        total: rows of the range.
        noted: rows that are made and have something worth a look, which the report tells.
        former: files of an earlier run that are no product now.
        former_names: the first of them.
        seconds: it took.
        cancelled: whether somebody ended it.
        report: the table that tells of each row; empty for none.
        sheets: where there is a picture of each.
        error: why it could not go on.
        outdated: whether that is because the table or the base design is another one by now.
    """

    kind: Literal["ended"] = "ended"
    made: int = 0
    kept: int = 0
    failed: int = 0
    total: int = 0
    noted: int = 0
    former: int = 0
    former_names: tuple[str, ...] = ()
    seconds: float = 0.0
    cancelled: bool = False
    report: str = ""
    sheets: tuple[str, ...] = ()
    error: Told | None = None
    outdated: bool = False


Answered = Annotated[Planned | Page | Seen | Step | Ended, Field(discriminator="kind")]
ANSWERED: TypeAdapter[Answered] = TypeAdapter(Answered)
