"""The reference of the public names, from signatures and docstrings as they are written; nothing is imported."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Final

from tests.docs.markdown import page, prose, sections, sentence

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = (
    "orgtools",
    "orgtools.steps",
    "orgtools.assess",
    "orgtools.audit",
    "orgtools.record",
    "orgtools.ui",
    "orgtools.ledger",
    "orgtools.messages",
    "orgtools.rehearsal",
)
"""What scripts and notebooks use; each lists its names in ``__all__``, or has public functions and classes."""
_LONGEST: Final = 120
Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Assign | ast.AnnAssign


def _file(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(_file(module).read_text(encoding="utf-8"))


def public(module: str) -> list[str]:
    """The names of its ``__all__``; without one, its functions and classes."""
    for node in _tree(module).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return sorted(ast.literal_eval(node.value))
    defined = [one.name for one in _tree(module).body if isinstance(one, ast.ClassDef | ast.FunctionDef)]
    return sorted(name for name in defined if not name.startswith("_"))


def find(module: str, name: str) -> tuple[Definition, str] | str | None:
    """Where a name is defined, with the text that stands below an assignment; a module's name where it is one."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("orgtools"):
            for alias in node.names:
                if name != (alias.asname or alias.name):
                    continue
                inner = f"{node.module}.{alias.name}"
                return inner if _file(inner).is_file() else find(node.module, alias.name)
    body = _tree(module).body
    for at, node in enumerate(body):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return _whole(module, node) if isinstance(node, ast.ClassDef) else node, ast.get_docstring(node) or ""
        if isinstance(node, ast.Assign | ast.AnnAssign) and name in _targets(node):
            below = body[at + 1] if at + 1 < len(body) else None
            return node, _text(below)
    return None


def _whole(module: str, kind: ast.ClassDef) -> ast.ClassDef:
    """A class with what it inherits from a base that is no public name itself."""
    own = {one.name for one in kind.body if isinstance(one, ast.FunctionDef)}
    inherited = list[ast.stmt]()
    for base in kind.bases:
        found = None if ast.unparse(base) in public("orgtools") else find(module, ast.unparse(base))
        if isinstance(found, tuple) and isinstance(found[0], ast.ClassDef):
            inherited += [one for one in found[0].body if isinstance(one, ast.FunctionDef) and one.name not in own]
    return ast.ClassDef(**{**vars(kind), "body": [*inherited, *kind.body]})


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    return [ast.unparse(one) for one in (node.targets if isinstance(node, ast.Assign) else [node.target])]


def _text(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return node.value.value
    return ""


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.arguments:
    given = ast.parse(ast.unparse(function)).body[0]
    assert isinstance(given, ast.FunctionDef | ast.AsyncFunctionDef)
    if given.args.args and given.args.args[0].arg in {"self", "cls"}:
        del given.args.args[0]
    return given.args


def _signature(name: str, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    arguments = _parameters(function)
    returns = f" -> {ast.unparse(function.returns)}" if function.returns else ""
    line = f"{name}({ast.unparse(arguments)}){returns}"
    if len(line) <= _LONGEST:
        return line
    # One parameter on each line.
    single = ast.parse(f"def f({ast.unparse(arguments)}): ...").body[0]
    assert isinstance(single, ast.FunctionDef)
    return f"{name}(\n" + "".join(f"    {part},\n" for part in _split(ast.unparse(single.args))) + f"){returns}"


def _split(arguments: str) -> list[str]:
    """At the commas that stand in no bracket."""
    parts, depth = [""], 0
    for letter in arguments:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _docstring(text: str) -> str:
    said, parts = sections(text)
    blocks = [prose(said)]
    for title, entries in parts.items():
        if set(entries) == {""}:
            blocks.append(f"**{title}:** {sentence(entries[''])}")
        else:
            items = "\n".join(f"- `{name}`: {sentence(what)}" for name, what in entries.items() if name)
            blocks.append(f"**{title}**\n\n{items}")
    return "\n\n".join(block for block in blocks if block)


def _member_docstring(text: str) -> str:
    """All of it as one entry of a list: errors, parameters and what is returned are a list inside it."""
    said, parts = sections(text)
    inner = [
        "\n    - " + (f"{'' if title == 'Args' else f'{title} '}`{name}`: " if name else f"{title}: ") + prose(what)
        for title, entries in parts.items()
        for name, what in entries.items()
        if name or set(entries) == {""}
    ]
    return prose(" ".join(said.split())) + "".join(inner)


def _decorated(node: ast.FunctionDef | ast.AsyncFunctionDef, by: str) -> bool:
    return any(ast.unparse(one) == by for one in node.decorator_list)


def _members(kind: ast.ClassDef) -> str:
    """Public methods and properties, and the values of an enumeration."""
    lines = []
    for at, node in enumerate(kind.body):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            said = _member_docstring(ast.get_docstring(node) or "")
            if _decorated(node, "property") or _decorated(node, "cached_property"):
                kind_of = f": {ast.unparse(node.returns)}" if node.returns else ""
                lines.append(f"- `{node.name}{kind_of}`: {said}")
            else:
                lines.append(f"- `{' '.join(_signature(node.name, node).split())}`: {said}")
        elif isinstance(node, ast.Assign) and any("Enum" in ast.unparse(base) for base in kind.bases):
            below = _text(kind.body[at + 1]) if at + 1 < len(kind.body) else ""
            lines.append(f"- `{ast.unparse(node)}`{': ' + prose(' '.join(below.split())) if below else ''}")
    return "\n".join(lines)


def _fields(kind: ast.ClassDef) -> str:
    """How a dataclass is made, where it is one."""
    if not any("dataclass" in ast.unparse(one) for one in kind.decorator_list):
        return ""
    fields = [
        one for one in kind.body if isinstance(one, ast.AnnAssign) and not ast.unparse(one.target).startswith("_")
    ]
    lines = [f"    {ast.unparse(one.target)}: {ast.unparse(one.annotation)}" for one in fields]
    return f"```python\nclass {kind.name}:\n" + "\n".join(lines) + "\n```" if lines else ""


def _entry(module: str, name: str) -> str:
    found = find(module, name)
    title = f"### {module.removeprefix('orgtools').lstrip('.') + '.' if module != 'orgtools' else 'orgtools.'}{name}"
    if found is None:
        raise LookupError(f"{module}.{name}: nothing defines it")
    if isinstance(found, str):
        return f"{title}\n\n{_docstring(ast.get_docstring(_tree(found)) or '')}"
    node, said = found
    parts = [title]
    if isinstance(node, ast.ClassDef):
        parts += [_fields(node), _docstring(said), _members(node)]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        parts += [f"```python\n{_signature(node.name, node)}\n```", _docstring(said)]
    else:
        parts.append(_docstring(said))
    return "\n\n".join(part for part in parts if part)


def write(package: str) -> str:
    """The page of one package."""
    about = _docstring_of_package(package)
    return page(package, package, about, *(_entry(package, name) for name in public(package)))


def _docstring_of_package(package: str) -> str:
    """Its first paragraph; samples in it are those of the guides."""
    return prose((ast.get_docstring(_tree(package)) or "").partition("\n\n")[0])
