"""Every failure a user can meet has a remedy and stands in docs/troubleshooting.md."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path
from typing import NamedTuple

import packdesk
from packdesk import errors
from packdesk.domain.wire import KEPT_APART
from packdesk.errors import PackdeskError
from packdesk.store.faults import ACCESS, FAULTS

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "troubleshooting.md"

WORDED_ELSEWHERE = {
    "batch/foresight.py": {"note", "sentence", "finding.sentence"},
    "domain/wire.py": {"KEPT_APART"},
    "services/lease.py": {"busy_sentence(result.record)"},
    "services/candidates.py": {"UNEXPECTED"},  # as of panels, in panel_generator
    "services/designs.py": {"busy_sentence(status.record)"},
    "app/made_files.py": {"(sentences or _usage(told))[-1]", "sentences[-1]"},  # of a command
    "ui/window/news.py": {"reason"},  # the full text of an error made in viewer
}
"""Errors whose sentence is made by a function; what it makes is in `MADE`."""

MADE = [
    KEPT_APART,
    "… is not there.",
    "… is not a file.",
    "Artwork is already being generated for this design.",
    "Artwork is already being generated for this design by packdesk on … (process …).",
]

NEEDS_NO_REMEDY: set[str] = set()
"""Sentences after which there is nothing to be done."""

CLASSES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, PackdeskError) and value is not PackdeskError
}


FOR_THE_COMMAND_LINE = ("app/", "assistant/", "batch/team/", "cli/", "serve/")
"""What these make is never shown in a window."""

COMMAND = re.compile(
    r"--[a-z]|“packdesk [a-z]|PACKDESK_|xvfb|ACL SETUSER|SCRIPT KILL|CLUSTER |pip install|apt"
)


class Told(NamedTuple):
    """One place where an error is made: its sentence in literal parts, or the expression that makes it."""

    where: str
    parts: tuple[str, ...]
    expression: str
    remedy: str

    @property
    def has_remedy(self) -> bool:
        """Whether anything can be done about it."""
        return self.remedy not in {"", "''", "None"}

    @property
    def sentence(self) -> str:
        return "…".join(self.parts)

    @property
    def as_read(self) -> str:
        """The sentence and its file, as a failing test names it."""
        return f"{self.where}: {self.sentence}"


def calls(path: Path) -> list[Told]:
    """Every making of a `PackdeskError` in a file."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in CLASSES | {"PackdeskError"} and node.args:
            sentence = template_of(node.args[0])
            if isinstance(sentence, ast.Name):
                sentence = template_of(constants.get(sentence.id, sentence))
            cls = getattr(errors, node.func.id)
            where = path.relative_to(ROOT / "packdesk").as_posix()
            remedy = cls.remedy if len(node.args) < 2 else ast.unparse(node.args[1])
            found.append(Told(where, literal_parts(sentence), ast.unparse(node.args[0]), remedy))
    return found


def template_of(sentence: ast.expr) -> ast.expr:
    """What a sentence with values is made of."""
    if isinstance(sentence, ast.Call) and ast.unparse(sentence.func) == "Sentence":
        return sentence.args[0]
    return sentence


def literal_parts(sentence: ast.expr) -> tuple[str, ...]:
    """What is certain in a sentence: the pieces between its values."""
    if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str):
        return tuple(re.split(r"(?:\{[^}]*\})+", sentence.value))
    if not isinstance(sentence, ast.JoinedStr):
        return ()
    pieces = "".join(
        part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "\0"
        for part in sentence.values
    )
    return tuple(re.split("\0+", pieces))


def guide_items() -> list[str]:
    """The entries of the guide, each on one line."""
    text = GUIDE.read_text("utf-8")
    return [" ".join(item.split()) for item in re.split(r"\n(?=- |\n|#)", text)]


ALL = [told for path in sorted((ROOT / "packdesk").rglob("*.py")) for told in calls(path)]
SENTENCES = [told for told in ALL if told.parts]


def in_the_guide(parts: tuple[str, ...]) -> re.Pattern[str]:
    """An entry that begins with that sentence in bold, whatever stands for its variable parts."""
    return re.compile(r"- \*\*" + "[^*]+?".join(re.escape(part) for part in parts) + r"\*\* \S")


def is_explained(parts: tuple[str, ...], items: list[str]) -> bool:
    """Whether the guide has an entry for a sentence."""
    return any(in_the_guide(parts).match(item) for item in items)


def test_the_walk_finds_what_there_is() -> None:
    assert len(SENTENCES) > 50
    assert {"domain", "store", "textures", "viewer", "services", "cli"} <= {
        told.where.split("/")[0] for told in ALL
    }


def test_every_sentence_is_explained() -> None:
    items = guide_items()
    assert [told.as_read for told in SENTENCES if not is_explained(told.parts, items)] == []


def test_every_fault_of_a_server_is_explained() -> None:
    items = guide_items()
    sentences = [sentence for sentence, _ in FAULTS.values()]
    assert [text for text in sentences if not is_explained(tuple(text.split("{place}")), items)] == []
    remedies = [remedy for _, remedy in FAULTS.values()]
    assert all(remedies)
    assert [remedy for remedy in remedies if COMMAND.search(remedy)] == [], "the window shows it"


def test_every_made_sentence_is_explained() -> None:
    items = guide_items()
    assert [text for text in MADE if not is_explained(tuple(text.split("…")), items)] == []


def test_every_sentence_has_a_remedy() -> None:
    without = {told.sentence for told in SENTENCES if not told.has_remedy}
    assert without <= NEEDS_NO_REMEDY


def test_the_window_names_no_command_and_no_option() -> None:
    shown = [told for told in ALL if not told.where.startswith(FOR_THE_COMMAND_LINE)]
    assert [told.as_read for told in shown if COMMAND.search("".join(told.parts) + told.remedy)] == []


def test_the_guide_explains_nothing_that_is_gone() -> None:
    known = [told.parts for told in SENTENCES]
    known += [tuple(sentence.split("{place}")) for sentence, _ in FAULTS.values()]
    known += [tuple(sentence.split("…")) for sentence in MADE]
    patterns = [in_the_guide(parts) for parts in known]
    entries = [item for item in guide_items() if item.startswith("- **")]
    assert [item for item in entries if not any(pattern.match(item) for pattern in patterns)] == []


def test_the_guide_names_the_rights_an_account_needs() -> None:
    assert any(f"ACL SETUSER name {ACCESS}" in item for item in guide_items())


def test_no_sentence_is_made_where_nobody_looks() -> None:
    for told in ALL:
        if not told.parts:
            assert told.expression in WORDED_ELSEWHERE.get(told.where, set()), (
                f"{told.where}: {told.expression}"
            )


def test_every_class_is_an_error_of_ours() -> None:
    for module in pkgutil.walk_packages(packdesk.__path__, "packdesk."):
        if "__main__" not in module.name:
            importlib.import_module(module.name)
    assert {cls.__name__ for cls in every_subclass(PackdeskError)} == CLASSES


def every_subclass(cls: type[PackdeskError]) -> set[type[PackdeskError]]:
    found: set[type[PackdeskError]] = set()
    for direct in cls.__subclasses__():
        found |= {direct} | every_subclass(direct)
    return found
