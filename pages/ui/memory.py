"""Keeps what can never be garbage out of the garbage collection.

Streamlit collects all garbage at the end of every run, and most of that time went into walking through the objects of
imported modules: 52 of 74 ms CPU of a small page. Modules stay until the process ends, so they are set aside.
"""

import atexit
import gc
import sys

_modules_set_aside = 0


def set_modules_aside() -> bool:
    """Collect once more and set everything aside that is left, if modules were imported since; whether it did."""
    global _modules_set_aside
    if len(sys.modules) <= _modules_set_aside:
        return False
    gc.collect()
    gc.freeze()
    _modules_set_aside = len(sys.modules)
    return True


# Extension modules count what is left at the very end and would print that the rest had leaked.
atexit.register(gc.unfreeze)
