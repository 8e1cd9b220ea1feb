"""The offline provider: paints artwork from the prompt alone."""
