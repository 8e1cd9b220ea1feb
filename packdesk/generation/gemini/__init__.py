"""Artwork from the Gemini image models."""
