"""A dieline and its artwork as files: SVG, PDF, DXF, PNG, and the panels' pictures."""
