"""Portrait: the annual report on the adoption of AI across a public administration’s portfolios."""

__version__ = "0.1.0"
