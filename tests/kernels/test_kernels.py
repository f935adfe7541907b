"""Kernels that are forked from one process: they are kernels like any other, and none outlives whoever started it."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient.exceptions import DeadKernelError

from orgtools.kernels import warm
from orgtools.kernels.executing import execute
from orgtools.kernels.warming import WARM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_client.blocking.client import BlockingKernelClient
    from jupyter_client.manager import KernelManager

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        sys.platform != "linux", reason="elsewhere nothing is forked: every kernel starts as Jupyter starts it"
    ),
]

_LOOK = """\
import json, os, sys
loaded = "orgtools.steps" in sys.modules
print(json.dumps([os.getpid(), os.getppid(), loaded, os.getcwd(), os.environ.get("MARK")]))
"""


@pytest.fixture(scope="module", autouse=True)
def kernels() -> Iterator[dict[str, str]]:
    """One process to fork from, for all tests of this file."""
    with warm() as given:
        yield given


def _notebook(folder: Path, source: str) -> Path:
    path = folder / "one.ipynb"
    notebook: Any = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    nbformat.write(notebook, path)
    return path


def _said(notebook: Path) -> list[Any]:
    executed = execute(notebook, notebook.with_name("executed.ipynb"), {})
    said: list[Any] = json.loads(executed.cells[-1].outputs[0].text)
    return said


def _run(client: BlockingKernelClient, source: str) -> str:
    """What one cell prints."""
    said: list[str] = []
    client.execute_interactive(source, output_hook=lambda message: said.append(message["content"].get("text", "")))
    return "".join(said)


def _pid(client: BlockingKernelClient) -> int:
    return int(_run(client, "import os; print(os.getpid())"))


def _ends(pid: int) -> bool:
    """Whether a process, of whomever, has ended or ends within a minute."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        ready, _, _ = select.select([process], [], [], 60)
    finally:
        os.close(process)
    return bool(ready)


def test_each_kernel_is_a_process_of_its_own_with_its_own_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forked from one process that has imported orgtools; it starts in the notebook's folder, with what is set now."""
    notebook = _notebook(tmp_path, _LOOK)
    monkeypatch.setenv("MARK", "first")
    first = _said(notebook)
    monkeypatch.setenv("MARK", "second")
    second = _said(notebook)
    assert first[0] != second[0]
    assert first[1] == second[1]
    assert first[2:] == [True, str(tmp_path), "first"]
    assert second[2:] == [True, str(tmp_path), "second"]


def test_the_process_that_is_forked_has_one_thread(tmp_path: Path) -> None:
    """A fork has only the thread that forked; what another one held would stay locked for ever."""
    _, parent, *_ = _said(_notebook(tmp_path, _LOOK))
    assert len(list(Path(f"/proc/{parent}/task").iterdir())) == 1


def test_a_good_run_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither the kernel nor whoever started it."""
    for _ in range(3):
        _said(_notebook(tmp_path, _LOOK))
    assert capfd.readouterr() == ("", "")


def test_a_long_name_of_the_folder_for_temporary_files_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A socket's address holds a hundred characters or so."""
    long = tmp_path / ("x" * 110)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    assert _said(_notebook(tmp_path, _LOOK))[2] is True


def test_what_acts_when_it_is_imported_acts(kernel: tuple[KernelManager, BlockingKernelClient]) -> None:
    """Errors are told in a paragraph from then on."""
    _, client = kernel
    shown: list[Any] = []
    source = "from orgtools import InputError, messages, ui\nraise InputError(messages.free('It is empty.'))"
    client.execute_interactive(source, output_hook=lambda message: shown.append(message["content"]))
    assert "orgtools-error" in str([one.get("data") for one in shown])


@pytest.fixture
def kernel() -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    """A kernel that anybody starts with jupyter_client."""
    manager, client = start_new_kernel(kernel_name="python3")
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_an_interrupt_reaches_the_cell(kernel: tuple[KernelManager, BlockingKernelClient]) -> None:
    """As the stop button sends it; the kernel goes on."""
    manager, client = kernel

    def interrupt(message: dict[str, Any]) -> None:
        if "begun" in message["content"].get("text", ""):
            manager.interrupt_kernel()

    source = "import time\nprint('begun', flush=True)\ntime.sleep(200)"
    reply = client.execute_interactive(source, output_hook=interrupt)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert _run(client, "print(6 * 7)") == "42\n"


def test_a_kernel_that_is_killed_is_gone(kernel: tuple[KernelManager, BlockingKernelClient]) -> None:
    """Not only what Jupyter knows of it."""
    manager, client = kernel
    pid = _pid(client)
    manager.shutdown_kernel(now=True)
    assert _ends(pid)


def test_a_kernel_that_ends_by_itself_is_seen_to_end(kernel: tuple[KernelManager, BlockingKernelClient]) -> None:
    """With its own exit code."""
    manager, client = kernel
    client.execute("import os; os._exit(7)")
    assert manager.provisioner is not None
    waiting: Any = manager.provisioner
    assert waiting.process.wait(60) == 7


_DIES = """\
import os, signal
from jupyter_client.manager import start_new_kernel
from nbclient.exceptions import DeadKernelError
from orgtools.kernels import warm
with warm():
    manager, client = start_new_kernel(kernel_name="python3")
    said = []
    client.execute_interactive("import os; print(os.getpid(), os.getppid())", output_hook=said.append)
    print(*[one["content"]["text"] for one in said if "text" in one["content"]], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_kernels_die_with_whoever_started_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when that is killed, and can tell nobody."""
    monkeypatch.delenv(WARM)
    ended = subprocess.run([sys.executable, "-c", _DIES], capture_output=True, text=True, check=False, timeout=200)
    pids = [int(word) for word in ended.stdout.split()]
    assert len(pids) == 2
    assert all(_ends(pid) for pid in pids)


def test_where_the_process_is_gone_a_kernel_starts_as_always(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its notebook is executed all the same, only later."""
    monkeypatch.delenv(WARM)
    with warm() as given:
        _, parent, *_ = _said(_notebook(tmp_path, _LOOK))
        os.kill(parent, signal.SIGKILL)
        assert _ends(parent)
        assert Path(given[WARM]).exists()
        _, other, loaded, folder, _ = _said(_notebook(tmp_path, _LOOK))
    assert (other == parent, loaded, folder) == (False, False, str(tmp_path))


def test_a_kernel_sees_the_search_path_and_the_time_zone_of_whoever_starts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are read when Python starts: with another path nothing is forked, as what is imported may be another."""
    source = "import json, os, sys, time\nprint(json.dumps([os.getppid(), sys.path, time.tzname[0]]))"
    monkeypatch.setenv("TZ", "UTC")
    first, _, utc = _said(_notebook(tmp_path, source))
    monkeypatch.setenv("TZ", "XYZ-9")
    second, _, zone = _said(_notebook(tmp_path, source))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "elsewhere"), prepend=os.pathsep)
    third, path, _ = _said(_notebook(tmp_path, source))
    assert (utc, zone) == ("UTC", "XYZ")
    assert first == second != third
    assert str(tmp_path / "elsewhere") in path


def test_a_warm_process_that_jupyter_does_not_find_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside another `warm` nothing is started, unless somebody has taken it off Jupyter's path."""
    with warm() as outer:
        pass
    monkeypatch.delenv("JUPYTER_PATH")
    with warm() as given:
        assert given[WARM] != outer[WARM]
        assert str(Path(given[WARM]).parent) in given["JUPYTER_PATH"]


def test_who_asks_and_says_nothing_keeps_nobody_waiting_for_ever(tmp_path: Path, kernels: dict[str, str]) -> None:
    """The one process hears one at a time."""
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(kernels[WARM])
        assert _said(_notebook(tmp_path, _LOOK))[2] is True


def test_an_interrupt_reaches_what_a_cell_has_started(kernel: tuple[KernelManager, BlockingKernelClient]) -> None:
    """Jupyter signals the whole group of a kernel."""
    manager, client = kernel
    begun = "import subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(200)'])\n"
    _run(client, begun)

    def interrupt(message: dict[str, Any]) -> None:
        if "waiting" in message["content"].get("text", ""):
            manager.interrupt_kernel()

    client.execute_interactive("print('waiting', flush=True)\nchild.wait()", output_hook=interrupt)
    # That it ended, not how: Python may lose the code of a child that ends while it is itself interrupted in waiting.
    assert _run(client, "print(child.wait(100) is not None)").strip() == "True"


def test_what_was_executed_is_in_the_file_although_the_kernel_was_killed(tmp_path: Path) -> None:
    """Also when this process could write nothing more: the cells write as they end."""
    notebook: Any = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("print('first')"),
            nbformat.v4.new_code_cell(r"print(r'first\n' in open('executed.ipynb').read())"),
            nbformat.v4.new_code_cell("import os; os.kill(os.getpid(), 9)"),
        ]
    )
    path, output = tmp_path / "one.ipynb", tmp_path / "executed.ipynb"
    nbformat.write(notebook, path)
    with pytest.raises(DeadKernelError):
        execute(path, output, {})
    first, second, _ = nbformat.read(output, as_version=4).cells
    assert first.outputs[0].text == "first\n"
    assert second.outputs[0].text == "True\n"
