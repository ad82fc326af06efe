"""A papermill engine that forks each notebook's process from a parent that has imported already.

`papermill in.ipynb out.ipynb --engine warmfork` works for any notebook of any project. A kernel
that starts from nothing spends two seconds on imports and sockets; a forked one has them. The
client is papermill's own, so what a cell shows is read as papermill reads it; only the way of the
messages is another one: a pair of sockets instead of ports.
"""

from bindery.warmfork.engine import WarmForkEngine
from bindery.warmfork.fitness import unfit_reason
from bindery.warmfork.forked import ForkRefusedError, ParentEndedError
from bindery.warmfork.parent import WarmParent

__all__ = ["ForkRefusedError", "ParentEndedError", "WarmForkEngine", "WarmParent", "unfit_reason"]
