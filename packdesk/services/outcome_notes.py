"""What the user should know of the pictures of a generation as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.pack_words import NO_WORDS, unplaced
from packdesk.domain.text import cut
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.generation.base import ProviderProfile
    from packdesk.store.job_records import JobRecord


def outcome_notes(record: JobRecord, painter: ProviderProfile) -> list[str]:
    """Sentences about what was said and is not in the pictures, or was not looked at."""
    notes: list[str] = []
    if record.reference and not painter.takes_references:
        notes.append(
            Sentence(
                "The reference picture was not looked at: the painter on this computer works from words."
            )
        )
    words = record.words or NO_WORDS
    notes += [
        Sentence("“{text}” is quoted, but stands in no field: it is not on the pack.", text=cut(name, 80))
        for name in unplaced(record.prompt, words)
    ]
    if words.barcode and not painter.draws_barcodes:
        notes.append(
            Sentence("The barcode is not drawn: a model that makes pictures cannot draw exact bars.")
        )
    return notes
