"""What processes wrote down while they worked on designs, and whether what is there in the end agrees.

Each action is noted before it begins and when it has ended. One that was killed may have done all or nothing.
What a panel shows, and whether a design is in the bin, is a register that several write at once: right is
what any action wrote that no other one, begun after its end, has written over.
"""

from __future__ import annotations

import contextlib
import json
import math
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from packdesk.errors import PackdeskError
from packdesk.store.about import content_of
from packdesk.textures.library import hash_in_url, hashes_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from packdesk.domain.state import PackagingState
    from packdesk.store.shelf import Shelf, ShelvedDesign
    from packdesk.textures.library import TextureLibrary

UNKNOWN = "?"
FOREVER = math.inf


class Journal:
    """The file of one process. What is in it survives the process."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a", encoding="utf-8")
        self._count = 0

    @contextlib.contextmanager
    def act(self, what: str, **facts: Any) -> Iterator[dict[str, Any]]:
        """An action: what is put into the dictionary is noted at its end; an error means it did nothing."""
        self._count += 1
        number, end = self._count, dict[str, Any]()
        self._write({"number": number, "begin": time.monotonic(), "what": what, **facts})
        try:
            yield end
        except PackdeskError as error:
            end = {"error": type(error).__name__, "said": error.sentence}
            raise
        finally:
            self._write({"number": number, "end": time.monotonic(), **end})

    def _write(self, note: dict[str, Any]) -> None:
        self._file.write(json.dumps(note) + "\n")
        self._file.flush()


@dataclass
class Act:
    """An action as it was noted. One that was killed ended by then, and may have done all or nothing."""

    what: str
    facts: dict[str, Any]
    begin: float
    end: float = FOREVER
    killed: bool = True

    def __getitem__(self, name: str) -> Any:
        return self.facts.get(name)

    @property
    def failed(self) -> bool:
        return "error" in self.facts


def read_journals(folder: Path) -> list[Act]:
    """All actions of all processes, in the order in which they began."""
    acts: list[Act] = []
    for file in folder.glob("journal-*"):
        mine: dict[int, Act] = {}
        for line in file.read_text("utf-8").splitlines():
            note = json.loads(line)
            if "killed" in note:
                for act in mine.values():
                    act.end = min(act.end, note["killed"])
                continue
            number = note.pop("number")
            if "begin" in note:
                mine[number] = Act(note.pop("what"), note, note.pop("begin"))
            else:
                mine[number].end, mine[number].killed = note.pop("end"), False
                mine[number].facts |= note
        acts += mine.values()
    return sorted(acts, key=lambda act: act.begin)


@dataclass
class Register:
    """What was written to one thing."""

    writes: list[tuple[Act, Any]] = field(default_factory=list)

    def at_end(self) -> set[Any]:
        """What may stand there when all is done."""
        return self.during(FOREVER, FOREVER)

    def during(self, begin: float, end: float) -> set[Any]:
        """What may have stood there at some moment of a time."""
        sure = [act for act, _ in self.writes if not act.killed and act.end < begin]
        since = max((act.begin for act in sure), default=-FOREVER)
        return {value for act, value in self.writes if act.end >= since and act.begin <= end}


class Verdict:
    """Compares journals with what lies in the folder.

    Args:
        acts: of all processes.
        shelf: the designs.
        library: their pictures, already tidied.

    Attributes:
        lost: a sentence for each fault.
    """

    def __init__(self, acts: list[Act], shelf: Shelf, library: TextureLibrary) -> None:
        self._acts, self._shelf, self._library = acts, shelf, library
        self._there = {design.id: design for design in shelf.everything()}
        self._states: dict[str, PackagingState] = {}
        self.lost: list[str] = []
        for check in (self._read, self._designs, self._panels, self._copies, self._names, self._pictures):
            check()

    def facts(self) -> list[tuple[str, int]]:
        """Counts for the table."""
        done = [act for act in self._acts if not act.failed]
        kinds = Counter(act.what for act in done)
        refused = Counter(act["error"] for act in self._acts if act.failed)
        return [
            *sorted(kinds.items()),
            *((f"refused: {name}", count) for name, count in sorted(refused.items())),
            ("killed within an action", sum(act.killed for act in self._acts)),
            ("designs there", len(self._there)),
            ("pictures asked for", len(self._wanted)),
        ]

    def _read(self) -> None:
        for design in self._there.values():
            try:
                self._states[design.id] = self._shelf.state_of(design)
            except PackdeskError as error:
                self.lost.append(f"{self._of(design.id)} cannot be read: {error.sentence}")

    def _designs(self) -> None:
        made = {act["design"] for act in self._made()}
        begun = sum(act.killed for act in self._acts if act["makes"])
        strange = set(self._there) - made
        if len(strange) > begun:
            self.lost.append(f"designs nobody made: {sorted(strange)}, {begun} killed in the making")
        for id_ in made:
            bin_ = self._bin_of(id_)
            empties = [
                act
                for act in self._acts
                if act.what == "empty" and act["design"] in {id_, ""} and (act.killed or act["gone"])
            ]
            may = any(True in bin_.during(act.begin, act.end) for act in empties)
            if id_ not in self._there and not may:
                self.lost.append(f"{self._of(id_)} is gone; it was not deleted and emptied")
            elif id_ in self._there and bool(self._there[id_].deleted_at) not in bin_.at_end():
                self.lost.append(f"{self._of(id_)} is in the bin, or is not, against what was done last")

    def _bin_of(self, id_: str) -> Register:
        of_it = [act for act in self._acts if act["design"] == id_ and not act.failed]
        return Register(
            [(act, False) for act in of_it if act["makes"] or act.what == "restore"]
            + [(act, True) for act in of_it if act.what == "delete"]
        )

    def _panels(self) -> None:
        panels: defaultdict[tuple[str, str], Register] = defaultdict(Register)
        for act in self._acts:
            shows = act["shows"] if not act.killed else dict.fromkeys(act["panels"] or (), UNKNOWN)
            for panel, value in (shows or {}).items():
                panels[act["design"] or "", panel].writes.append((act, value))
        for (id_, panel), register in panels.items():
            state, right = self._states.get(id_), register.at_end()
            if state is not None and UNKNOWN not in right:
                shown = hash_in_url(state.texture_urls().get(panel, ""))
                if shown not in right:
                    self.lost.append(f"{self._of(id_)} shows {shown} on {panel}, not one of {right}")

    def _copies(self) -> None:
        """A copy of a design that gave way is marked with its content, so that it is kept once: it has it."""
        changed = {act["design"] for act in self._acts if act["panels"] and not act["makes"]}
        for id_, state in self._states.items():
            content = self._shelf._about(id_).content
            if content and id_ not in changed and content != content_of(state):
                self.lost.append(f"{self._of(id_)} is marked as a copy of what it does not show")

    def _names(self) -> None:
        shown = [design for design in self._there.values() if not design.deleted_at]
        for name, count in Counter(design.name.casefold() for design in shown).items():
            if count > 1:
                self.lost.append(f"the name “{name[:30]}” stands {count} times")
        for act in self._made():
            design, names = self._there.get(act["design"]), self._names_of(act["design"])
            if design and names and not design.name.casefold().startswith(tuple(names)):
                self.lost.append(f"{self._of(design.id)} is called “{design.name}”, not one of {names}")

    def _names_of(self, id_: str) -> set[str]:
        register = Register(
            [
                (act, act["name"].casefold()[:60])
                for act in self._acts
                if act["design"] == id_ and act["name"] and not act.failed
            ]
        )
        return register.at_end()

    def _pictures(self) -> None:
        removed = {act["picture"] for act in self._acts if act.what == "remove" and not act.failed}
        put = {
            picture: act["sources"].get(panel)
            for act in self._acts
            for panel, picture in (act["shows"] or {}).items()
            if picture and act["sources"]
        }
        wanted = {picture for picture, source in put.items() if not removed & {picture, source}}
        wanted |= {source for source in put.values() if source and source not in removed}
        documents = (self._document(design) for design in self._there.values())
        self._wanted = wanted.union(*(hashes_in(document) for document in documents))
        for sha256 in self._wanted:
            try:
                self._library.read(sha256)
            except PackdeskError as error:
                self.lost.append(f"the picture {sha256[:12]} cannot be read: {error.sentence}")

    def _document(self, design: ShelvedDesign) -> bytes:
        state = self._states.get(design.id)
        return b"" if state is None else json.dumps(list(state.texture_urls().values())).encode()

    def _made(self) -> Iterable[Act]:
        return [act for act in self._acts if act["makes"] and act["design"]]

    def _of(self, id_: str) -> str:
        design = self._there.get(id_)
        return f"{id_} (“{design.name[:20]}”)" if design else id_
