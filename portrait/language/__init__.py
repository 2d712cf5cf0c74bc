"""Language: numbers, dates, agreement, typography, phrases and {eval} expressions, in French and English."""
