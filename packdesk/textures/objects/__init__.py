"""What objects on a panel draw, and panels with objects as one picture."""
