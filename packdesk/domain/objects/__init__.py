"""Objects on a panel: lettering, pictures, codes and shapes, in millimetres."""
