"""Ranges made: processes that take rows, what they leave behind, and what is told of it."""
