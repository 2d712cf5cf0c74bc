"""Linkage: initiatives of one year found again in the next; each link has a tier, a score and a basis."""
