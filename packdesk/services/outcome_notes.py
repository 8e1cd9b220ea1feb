"""What the user should know of the pictures of a generation as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.pack_words import NO_WORDS, unplaced
from packdesk.domain.text import cut
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.generation.base import ProviderProfile
    from packdesk.services.batch import Batch


def outcome_notes(batch: Batch, painter: ProviderProfile) -> list[str]:
    """Sentences about what was said and is not in the pictures, or was not looked at."""
    record = batch.job.record
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
    # Panels made before a job was interrupted, or chosen from candidates, may have it.
    elif words.barcode and not batch.bars and batch.textures and batch.textures.keys() <= batch.notes.keys():
        panels = ", ".join(batch.in_panel_order())
        notes.append(Sentence("The barcode is not on what was made: {panels}.", panels=panels))
    return notes
