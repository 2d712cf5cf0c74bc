"""Build: editions planned, built where something changed, and published whole."""
