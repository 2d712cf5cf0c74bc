"""Portrait: the annual report on the adoption of AI across the portfolios of Québec's public administration."""

__version__ = "0.1.0"
