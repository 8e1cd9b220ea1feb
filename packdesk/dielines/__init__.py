"""Dielines other programs have drawn: PDF, SVG and DXF files, read as lines. Nothing here knows ours."""
