"""What the rehearsal serves itself: a module for each subject, a function for each operation.

To add an operation, write its function with `@operation` in the module of its subject, or in a new one: every module of
this package is loaded, and who may call it, its resource, its rate and the rest follow from the decorator. Then a test:
tests/rehearsal/test_operations.py names what was forgotten.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)
