"""A range: many products from one table. Values and checks only."""
