"""The template a designer draws artwork of the whole blank on."""
