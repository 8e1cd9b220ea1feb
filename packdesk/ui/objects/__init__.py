"""Objects on panels: their dock, and what is drawn over the flat view."""
