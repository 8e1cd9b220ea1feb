"""The flat blank a die maker cuts: exact lines in millimetres, and where each panel's artwork lies on it."""
