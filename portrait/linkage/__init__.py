"""Link the initiatives of one year to those of a later one. A link has a tier, a score and a basis."""
