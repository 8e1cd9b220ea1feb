"""A range on its way: planned from a table and a base design, its artwork made or found."""
