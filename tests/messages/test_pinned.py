"""No test of logic looks for a sentence of the catalogue: else mending the English breaks tests of what it is about.

What happened is a code and its facts: `tests.said` asks for them. Where only words arrive, as from a process, they are
compared with those of a message: `str(Message("invite-pending", ...))` changes with the catalogue.
"""

from __future__ import annotations

import ast
import gc
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT: Final = Path(__file__).parents[2]
_CATALOGUE: Final = _ROOT / "orgtools" / "messages" / "en"
_MANY: Final = 4
"""Words of one sentence, one after the other, that are hardly the same by chance."""

_ABOUT_WORDS: Final = {
    "tests/browser/": "what a person reads in JupyterLab and in the record",
    "tests/docs/": "pages that repeat what the catalogue and the settings say",
    "tests/messages/": "the catalogue itself",
    "tests/notebooks/": "what the cells of a notebook print",
    "tests/record/render/": "the pages of the record, as they are read",
    "tests/test_helping.py": "the pages that --help prints",
    "tests/test_printing.py": "how sentences are printed on a terminal",
    "tests/ui/": "what tables, boards and editors show",
}
"""Tests whose business is words, and which words."""

_OF_AWS: Final = re.compile(r"(service|resource) control policy|valid payment method|aws sso login", re.IGNORECASE)
"""What AWS says or names so: the catalogue repeats it, and does not choose the words."""

_LEFT: Final[dict[str, int]] = {
    "tests/assess/test_checks.py": 2,
    "tests/aws/calls/test_entry_errors.py": 2,
    "tests/policies/test_missing_actions.py": 1,
    "tests/record/long_run.py": 1,
    "tests/record/test_hostile.py": 1,
    "tests/steps/outside.py": 2,
    "tests/steps/watching.py": 3,
    "tests/steps/whole_way.py": 2,
    "tests/test_base_install.py": 1,
    "tests/test_findings.py": 1,
    "tests/test_notebooks_clean.py": 2,
    "tests/test_runbook.py": 1,
    "tests/test_starting.py": 1,
}
"""How many string literals of a file still have words of a sentence: it gets fewer, and nothing is added."""

_NO_WORDS: Final = re.compile(
    r"""^\#.*$                              # a comment
      | ^[ ]*(-?[A-Za-z][\w-]*|\.\w+)[ ]*=  # the code of a message, or the name of an attribute
      | ^[ ]*\*?\[[\w-]+\]                  # the name of a variant
      | \{[^{}\n]*(->|\})|\}                # a fact, or where a choice begins and ends
    """,
    re.MULTILINE | re.VERBOSE,
)
"""What is not written in a Fluent file for whoever reads the sentence."""
_END: Final = "\0"
_ENDS: Final = re.compile(r"[\0\d]+")
"""Here a fact stands in the catalogue, or perhaps in a test."""
_WORD: Final = re.compile(r"[a-z]+(?:['_.:-][a-z]+)*")


def _runs(text: str) -> Iterator[str]:
    """Each few words that follow one another."""
    for part in _ENDS.split(_OF_AWS.sub(_END, text).lower()):
        words = _WORD.findall(part)
        for first in range(len(words) - _MANY + 1):
            yield " ".join(words[first : first + _MANY])


def _literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """The strings of a program that may have so many words, without its docstrings."""
    left = [tree]
    while left:
        node = left.pop()
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and node.value.count(" ") >= _MANY - 1:
                yield node
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            left.extend(ast.iter_child_nodes(node))


@contextmanager
def _no_collector() -> Iterator[None]:
    """Syntax trees are many objects that all stay: looking for those that do not takes half of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _pinned(source: str, sentences: set[str]) -> list[str]:
    """The literals that have words of a sentence: line, and the first such words."""
    found = [
        (one.lineno, next((run for run in _runs(str(one.value)) if run in sentences), ""))
        for one in _literals(ast.parse(source))
    ]
    return [f"line {line}: {words}" for line, words in sorted(found) if words]


def _sentences() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in _CATALOGUE.glob("*.ftl")]
    return {run for text in texts for run in _runs(_NO_WORDS.sub(_END, text))}


def test_no_test_of_logic_looks_for_a_sentence() -> None:
    """In each file as many literals as the list says: one more pins a sentence, and of one fewer the list must know."""
    sentences, wrong = _sentences(), list[str]()
    with _no_collector():
        for path in sorted((_ROOT / "tests").rglob("*.py")):
            name = path.relative_to(_ROOT).as_posix()
            if name.startswith(tuple(_ABOUT_WORDS)):
                continue
            found, left = _pinned(path.read_text(encoding="utf-8"), sentences), _LEFT.get(name, 0)
            if len(found) > left:
                wrong += [
                    f"{name}: {len(found)} literals, not {left}. Ask for code and facts, see tests/said.py:",
                    *found,
                ]
            elif len(found) < left:
                wrong.append(f'write    "{name}": {len(found)},    in _LEFT' if found else f"take {name} out of _LEFT")
    wrong += [f"{name} is no file: take it out of _LEFT" for name in _LEFT if not (_ROOT / name).is_file()]
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_list_of_files_about_words_names_what_there_is() -> None:
    """A folder that was renamed is no exception any more."""
    assert [name for name in _ABOUT_WORDS if not (_ROOT / name).exists()] == []


def test_a_pinned_sentence_is_found_however_it_is_written() -> None:
    """In a call, a pattern, an f-string or a table; what is no sentence of the catalogue, or a docstring, is not."""
    message = (
        "rehearsal-ended = The rehearsal ended before it answered: { $words }.\n    .next = { $path } says more.\n"
    )
    sentences = set(_runs(_NO_WORDS.sub(_END, message)))
    pins = (
        'assert "The rehearsal ended before" in said',
        'raises(OSError, match=r"rehearsal ended before it .*")',
        'assert f"{name}: the rehearsal ended before it answered" == said',
        'TABLE = {"one": ("the rehearsal " "ended before", 1)}',
    )
    assert [len(_pinned(pin, sentences)) for pin in pins] == [1, 1, 1, 1]
    others = (
        'def test():\n    """The rehearsal ended before it answered."""',
        'assert "rehearsal ended before" in said',
        'assert "it answered: words. says more." in said',
        'assert "The rehearsal began before it answered" in said',
    )
    assert [_pinned(other, sentences) for other in others] == [[], [], [], []]
