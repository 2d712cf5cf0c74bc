"""Open an edition: one source and year, with the earlier years it is compared with."""
