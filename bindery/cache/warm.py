"""What a notebook imports of this package, imported before the fork.

Watched there as every run watches its own imports: a run rests on the code that was loaded.
"""

import importlib
import os

from bindery.cache.imports import CODE_VARIABLE, Imports
from bindery.cache.places import Places

imports = Imports(Places("/", ()).local, os.environ.get(CODE_VARIABLE))
imports.install()
for _module in ("bindery.cache.trace", "bindery.notebook"):
    importlib.import_module(_module)
imports.note_loaded()
