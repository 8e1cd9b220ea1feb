"""The review page: one HTML file in which a design is looked at, and answered, without packdesk."""
