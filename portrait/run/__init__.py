"""Run notebooks: check their parameters, keep one language, and evaluate the expressions in their prose."""
