"""Run: notebooks executed with checked parameters, in one language, with their expressions evaluated."""
