"""Kernels that are there at once: one process imports what notebooks import, and each kernel is a fork of it.

A kernel's start is mostly imports, and every notebook imports the same. Where a process can be forked safely, `warm`
starts one that imports all of it once. Jupyter finds it through a kernelspec on ``JUPYTER_PATH`` that stands in the
place of ``python3``: papermill, nbval and jupyter_client start their kernels as always. Each kernel is a process of
its own, with nothing in it but modules.
"""

from orgtools.kernels.warming import warm

__all__ = ["warm"]
