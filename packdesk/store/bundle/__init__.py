"""A design as one file for others: a ZIP with the state, its pictures and a preview.

The format is described in `docs/bundle.md`. Nothing is ever unpacked to the disk by the names in a bundle.
"""
