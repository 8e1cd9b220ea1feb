"""Artwork of a whole blank: where it lies, and what of it each panel shows."""
