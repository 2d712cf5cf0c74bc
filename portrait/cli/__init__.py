"""The command line: arguments in, sentences out; ``--help`` is its reference."""

import gc

from portrait.storage.garbage import BETWEEN_COLLECTIONS

gc.set_threshold(BETWEEN_COLLECTIONS)
