"""What can go wrong, in words a designer can act on.

Every exception a user may meet derives from `PackdeskError` and owns two sentences: what happened, and what
can be done about it. The command line prints both, the window shows both; nothing else invents wording.
Where the window has a button or a setting, the command line adds what to type instead.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from packdesk.sentence import Sentence, joined


class Way(StrEnum):
    """What can be done about a failure at once. The window has a button for each (`ui/window/ways.py`)."""

    SETTINGS = "settings"
    PAINT_HERE = "paint here"
    TRY_AGAIN = "try again"
    REWORD = "reword"
    NOT_GENERATING = "not generating"
    OPEN_ARTWORK = "open artwork"
    SET_ASIDE = "set aside"
    EDIT_COPY = "edit a copy"
    DETAILS = "details"


class PackdeskError(Exception):
    """A failure with a sentence for the user and, where there is one, a remedy.

    Attributes:
        sentence: what happened.
        remedy: what can be done about it.
        terminal: what to type for that; a sentence for the command line only.
        ways: what can be done at once, the best first.
    """

    remedy: str = ""
    terminal: str = ""
    ways: tuple[Way, ...] = ()

    def __init__(
        self,
        sentence: str,
        remedy: str | None = None,
        *,
        terminal: str | None = None,
        ways: tuple[Way, ...] | None = None,
    ) -> None:
        super().__init__(sentence)
        if ways is not None:
            self.ways = ways
        self.sentence = sentence
        if remedy is not None and remedy != self.remedy:
            self.remedy, self.terminal = remedy, ""
        if terminal is not None:
            self.terminal = terminal

    def full_text(self) -> str:
        """The sentence and its remedy as one line."""
        return joined(self.sentence, self.remedy)

    def terminal_text(self) -> str:
        """As `full_text`, with what to type."""
        return f"{self.sentence} {self.terminal_remedy()}".strip()

    def terminal_remedy(self) -> str:
        """The remedy, with what to type."""
        return f"{self.remedy} {self.terminal}".strip()


class UnexpectedError(PackdeskError):
    """A fault of ours. The details are in the log."""

    ways = (Way.DETAILS,)


class InvalidInputError(PackdeskError):
    """Something the user typed or passed cannot be used as it is."""


class NotPossibleError(PackdeskError):
    """What was asked for is well said, but the design as it is does not allow it."""


class SharingError(NotPossibleError):
    """The design cannot be served to programs of this machine."""

    remedy = "Share it again."


class InvalidSettingError(PackdeskError):
    """A setting (environment variable or option) has a value that cannot be used."""


class ForeignDocumentError(PackdeskError):
    """The stored document is not a packaging state. It is never overwritten."""

    ways: tuple[Way, ...] = (Way.SET_ASIDE,)
    remedy = "Nothing was changed. It can be moved aside, kept under another name, to start anew."
    terminal = "“packdesk reset” does that."


class OtherLayoutError(ForeignDocumentError):
    """The stored document is a design in a layout packdesk can read, but does not write."""

    ways = (Way.OPEN_ARTWORK, Way.SET_ASIDE)
    remedy = "The artwork in it can be opened; the original is kept."
    terminal = "“packdesk open packaging:current” does that."


class StoreUnavailableError(PackdeskError):
    """The state store cannot be reached or opened."""


class StoreRefusedError(StoreUnavailableError):
    """The state store answers, but not as it should: somebody has to mend something."""


class DesignGoneError(StoreUnavailableError):
    """A design of this machine was removed for good."""

    remedy = "Choose another one."


class StoreBusyError(PackdeskError):
    """The state kept changing under us; the edit was not applied."""

    remedy = "Try again in a moment."


class GenerationBusyError(PackdeskError):
    """A generation is already running on this design."""

    remedy = "Wait until it is done, or cancel it where it was started."


class GenerationSupersededError(PackdeskError):
    """A generation came back after another one had taken its place."""

    remedy = "Its finished pictures are kept and can be applied."
    terminal = "“packdesk jobs” does that."


class GenerationFailedError(PackdeskError):
    """A provider could not make a picture. Carries no request, answer or key.

    Attributes:
        billing: whether the attempt was paid for (`packdesk.domain.spending.Billing`).
    """

    billing: Literal["none", "picture", "perhaps"] = "none"


class SignatureRefusedError(GenerationFailedError):
    """The signature of an earlier answer is not accepted; without it the same may be."""


class ProviderSetupError(GenerationFailedError):
    """The provider cannot work as it is set up: no key, a wrong one, an unknown model."""

    ways = (Way.SETTINGS, Way.PAINT_HERE)


class AccountRefusedError(ProviderSetupError):
    """The provider makes no picture for this key: it is blocked, its quota spent, the country not served."""


class SpendingLimitError(AccountRefusedError):
    """The user's own monthly limit is reached: no picture is paid for."""

    remedy = "Raise it in the settings, wait for the next month, or have artwork painted on this computer."
    terminal = "PACKDESK_MONTHLY_LIMIT_USD is the limit, “packdesk spend” the sum."


class LedgerUnwritableError(AccountRefusedError):
    """What is spent cannot be written down or read, so that a limit cannot be kept."""

    remedy = "Check that its folder is yours and has free space, or take the monthly limit away."


class PictureRefusedError(GenerationFailedError):
    """The provider will not draw this."""

    ways = (Way.REWORD,)


class TryLaterError(GenerationFailedError):
    """The provider has no room, has a fault of its own, or cannot be reached.

    Attributes:
        after_s: seconds it asks to wait, if it says so.
    """

    ways = (Way.TRY_AGAIN, Way.PAINT_HERE)

    def __init__(self, sentence: str, remedy: str | None = None, *, after_s: float | None = None) -> None:
        super().__init__(sentence, remedy)
        self.after_s = after_s


class BrokenAnswerError(GenerationFailedError):
    """The provider answered something that is no usable picture."""

    ways = (Way.TRY_AGAIN,)
    remedy = "Try again. If it stays so, another program or a proxy may be answering in its place."


class GenerationTimeoutError(GenerationFailedError):
    """The picture did not come in time."""

    ways = (Way.TRY_AGAIN, Way.SETTINGS)


class PackageChangedError(PackdeskError):
    """The package type changed while pictures were being made."""

    remedy = "The finished pictures are kept. Generate again for the new package."


def other_package(made_for: str, package: str) -> PackageChangedError:
    """The pictures are for another type of package than the present one."""
    return PackageChangedError(
        Sentence(
            "The pictures are for a {made_for}, the package is a {package} now.",
            made_for=made_for,
            package=package,
        ),
        "Switch the package back, or discard them.",
    )


class ChangedMeanwhileError(PackdeskError):
    """What an action builds on, takes back or does again was changed by somebody else since."""

    remedy = "Set it as you want it to be."


class BadPictureError(PackdeskError):
    """A picture from outside cannot be used."""

    remedy = "Use a picture file that opens in other programs."


class SheetMismatchError(BadPictureError):
    """It is not sure where artwork of a whole blank lies on it."""


class BadRecipeError(PackdeskError):
    """The objects of a panel cannot be read; the panel stays what it shows, a picture."""

    remedy = "The panel stays as it is, as a picture. Ask whoever made it for the design again."


class BadDielineError(PackdeskError):
    """A file with a dieline cannot be used."""

    remedy = "Ask for the dieline as PDF, SVG or DXF, drawn in lines."


class BadTableError(PackdeskError):
    """A table cannot be used, or one of its cells.

    Attributes:
        sheet: of a workbook, that was read; empty where none was.
        sheets: those it has, for one of the others may be the table.
    """

    remedy = "Save it as CSV or XLSX, with headings in its first row."
    sheet: str = ""
    sheets: tuple[str, ...] = ()


class LinkedFileError(PackdeskError):
    """What is linked to a file cannot follow it."""

    remedy = "Find the file again, or unlink it."
    terminal = "“packdesk link” and “packdesk unlink” do that."


class BundleError(PackdeskError):
    """A bundle cannot be opened or saved."""


class AnswerError(PackdeskError):
    """A reviewer's answer cannot be taken."""


class ReadOnlyError(PackdeskError):
    """The design is open read-only."""

    ways = (Way.EDIT_COPY,)
    remedy = "To change it, open its file as the current design."
    terminal = "“packdesk open FILE” does that."


class TextureUnavailableError(PackdeskError):
    """A texture is named by the design but its picture cannot be had on this machine."""


class LibraryUnwritableError(PackdeskError):
    """The texture library folder cannot be written."""

    ways = (Way.SETTINGS,)


class OutputUnwritableError(PackdeskError):
    """A file the user asked for cannot be written."""


class DisplayError(PackdeskError):
    """Nothing can be drawn: no display, or no usable OpenGL."""

    remedy = "Update the graphics driver."
    terminal = (
        "Start packdesk in a desktop session, or under xvfb-run: Qt's offscreen platform "
        "(QT_QPA_PLATFORM=offscreen) has no OpenGL. Mesa (libgl1-mesa-dri) draws without a graphics card."
    )
