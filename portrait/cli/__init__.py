"""The command line: arguments in, sentences out; ``--help`` is its reference."""
