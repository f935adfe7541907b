"""A real JupyterLab in a real Chromium, driven as an operator would.

`start_lab` copies notebooks to a folder of their own, starts JupyterLab there on loopback and opens a browser::

    with start_lab(Path("notebooks"), chromium=find_chromium(), scratch=tmp_path, env={"ORGTOOLS_RUN": "..."}) as lab:
        lab.open("30_invite.ipynb")
        lab.run(0, 4)
        lab.wait_until_done()
        lab.widget("account-picker").get_by_role("checkbox").first.check()
        lab.run(5)
        lab.wait_for_gate()
        lab.answer("invite 3")
        lab.wait_until_done()
        print(lab.cell_outputs())

What is ticked while a run waits at a gate reaches Python only after that run's last cell (ipykernel 7.4): choose
first, then run the cells that use the choice.

Neither side reads or writes the home directory, and the browser gets no further than this machine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from playwright.sync_api import expect, sync_playwright

from tests.offline.loopback import is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Locator, Page

CHROMIUM_FLAGS: Final = (
    "--no-sandbox",  # containers and CI run as root; only our own pages are opened
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Chromium itself asks its maker for updates, accounts and autofill, whatever the flags above say. Nothing listens
    # here, so it gets no answer and nothing leaves; loopback goes round any proxy.
    "--proxy-server=http://127.0.0.1:9",
    # Nor does it look their names up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
"""How Chromium is started: it reaches this machine only."""
_LAB_SETTINGS: Final[Mapping[str, Mapping[str, Any]]] = {
    # No news, and no question whether to fetch them.
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # All cells stand in the page, also those out of sight.
    "notebook-extension/tracker": {"windowingMode": "none"},
}
_PATIENCE_S: Final = 60
_GATE: Final = "input.jp-Stdin-input:visible"

_OPEN: Final = """
async path => {
    const app = window.jupyterapp;
    await app.restored;
    const widget = await app.commands.execute('docmanager:open', {path, factory: 'Notebook'});
    await widget.context.ready;
    await widget.sessionContext.ready;
    await widget.sessionContext.session.kernel.info;
    app.shell.activateById(widget.id);
    await widget.revealed;
}
"""
# Runs are not awaited here: they wait at their gates, for whoever drives this page.
_RUN_ALL: Final = """
() => { window.orgtoolsRun = window.jupyterapp.commands.execute('notebook:run-all-cells'); }
"""
_RUN: Final = """
([first, last]) => {
    const {shell, commands} = window.jupyterapp;
    const {content} = shell.currentWidget;
    content.deselectAll();
    content.activeCellIndex = first;
    content.extendContiguousSelectionTo(last ?? content.widgets.length - 1);
    window.orgtoolsRun = commands.execute('notebook:run-cell');
}
"""
_RESTART: Final = """
async () => {
    const {sessionContext} = window.jupyterapp.shell.currentWidget;
    await sessionContext.session.kernel.restart();
    await sessionContext.ready;
    await sessionContext.session.kernel.info;
}
"""
_GATE_OR_END: Final = """
async () => {
    const ended = window.orgtoolsRun.then(() => 'end');
    const asks = () => [...document.querySelectorAll('input.jp-Stdin-input')].some(box => box.getClientRects().length);
    for (;;) {
        const seen = await Promise.race([ended, new Promise(later => setTimeout(later, 100))]);
        if (seen || asks()) return seen ?? 'gate';
    }
}
"""
_CUT: Final = Path(__file__).with_name("cut.js").read_text(encoding="utf-8")
_UNFOLD: Final = """
() => {
    const {node} = window.jupyterapp.shell.currentWidget.content;
    for (const folded of node.querySelectorAll('.jp-Cell-outputArea details')) folded.open = true;
    node.querySelector('.jp-WindowedPanel-outer').scrollTop = 0;
    return Math.ceil(node.querySelector('.jp-WindowedPanel-inner').getBoundingClientRect().height);
}
"""
_HINTS: Final = """
() => [...window.jupyterapp.shell.currentWidget.content.node.querySelectorAll('.jp-Cell-outputArea *')].flatMap(
    one => one.matches('.jp-Stdin-input') ? [] : [
        ...['title', 'placeholder', 'aria-label', 'alt'].map(name => one.getAttribute(name) ?? ''),
        ...(one.tagName === 'OPTION' ? [one.text] : []),
    ].filter(Boolean))
"""
_CLOSE: Final = """
async () => {
    const {currentWidget} = window.jupyterapp.shell;
    await currentWidget.sessionContext.shutdown();
    currentWidget.dispose();
}
"""
_MODEL: Final = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON()"
_SAVE: Final = "async () => { await window.jupyterapp.commands.execute('docmanager:save'); }"


@dataclass
class Lab:
    """One JupyterLab page.

    ``folder`` holds its copies of the notebooks, ``requests`` the address of everything that it asked for.
    """

    page: Page
    folder: Path
    requests: list[str] = field(default_factory=list)

    def open(self, notebook: str) -> None:
        """Open ``notebook`` and wait until its kernel answers. That it looks idle proves nothing."""
        self.page.evaluate(_OPEN, notebook)

    def close(self) -> None:
        """Close the notebook unsaved, and end its kernel."""
        self.page.evaluate(_CLOSE)

    def run_all(self) -> None:
        """Start "Run All Cells" and return: the run stops at each gate, for `answer`."""
        self.page.evaluate(_RUN_ALL)

    def run(self, first: int, last: int | None = None) -> None:
        """Start the cells from number ``first`` to ``last``, or to the end, as "Run Selected Cells" does."""
        self.page.evaluate(_RUN, [first, last])

    def wait_until_done(self) -> None:
        """Wait until the run that `run_all` or `run` started has no cell left to run."""
        self.page.wait_for_function("async () => { await window.orgtoolsRun; return true; }")

    def wait_for_gate(self) -> str:
        """Wait until a cell asks by ``input()``; its question."""
        gate = self.page.locator(_GATE)
        expect(gate).to_have_count(1, timeout=_PATIENCE_S * 1000)
        return self.page.locator(".jp-Stdin-prompt:visible").inner_text()

    def wait_for_gate_or_end(self) -> str:
        """Wait until a cell asks, or the run has no cell left to run; the question, or nothing."""
        return self.wait_for_gate() if self.page.evaluate(_GATE_OR_END) == "gate" else ""

    def unfold(self) -> None:
        """Open what is folded away, and make the page so high that all of the notebook is on it; it gets no wider."""
        assert self.page.viewport_size
        width = self.page.viewport_size["width"]
        height = self.page.evaluate(_UNFOLD) + 300
        self.page.set_viewport_size({"width": width, "height": height})

    def cut_off(self) -> list[list[str]]:
        """What a person cannot read whole of the notebook: how it is cut, its text, and what cuts it."""
        found: list[list[str]] = self.page.evaluate(_CUT)
        return found

    def hints(self) -> list[str]:
        """What the outputs say beside their text: to choose from, on hovering, to screen readers."""
        found: list[str] = self.page.evaluate(_HINTS)
        return found

    def answer(self, text: str) -> None:
        """Type ``text`` at the gate, press Enter, and wait until that gate is gone."""
        gate = self.page.locator(_GATE).element_handle()
        gate.fill(text)
        gate.press("Enter")
        gate.wait_for_element_state("hidden")

    def widget(self, css_class: str) -> Locator:
        """The widget to which Python gave ``css_class`` by ``add_class``."""
        return self.page.locator(f".{css_class}")

    def cell(self, index: int) -> Locator:
        """The notebook's cell number ``index`` as it stands in the page, Markdown cells counted, from 0."""
        return self.page.locator(".jp-Notebook:visible .jp-Cell").nth(index)

    def cell_outputs(self) -> list[str]:
        """What stands under each cell of the notebook, as a person reads it; empty where nothing does."""
        cells = self.page.locator(".jp-Notebook:visible .jp-Cell").all()
        return ["\n".join(cell.locator(".jp-OutputArea-output").all_inner_texts()) for cell in cells]

    def notebook(self) -> dict[str, Any]:
        """The notebook as it would be saved now, in nbformat."""
        model: dict[str, Any] = self.page.evaluate(_MODEL)
        return model

    def save(self) -> None:
        """Save the notebook to `folder`."""
        self.page.evaluate(_SAVE)

    def restart_kernel(self) -> None:
        """End the kernel's process and wait until a new one answers: its variables are gone, the page stays."""
        self.page.evaluate(_RESTART)

    def screenshot(self, path: Path) -> Path:
        """Save what is on the screen as a PNG."""
        self.page.screenshot(path=path)
        return path

    def outside_requests(self) -> list[str]:
        """What the page asked of any machine but this one; must be empty."""
        hosts = ((url, urlsplit(url)) for url in self.requests)
        return [url for url, parts in hosts if parts.scheme not in {"blob", "data"} and not is_loopback(parts.hostname)]


@contextmanager
def start_lab(notebooks: Path, *, chromium: Path, scratch: Path, env: Mapping[str, str] | None = None) -> Iterator[Lab]:
    """Serve a copy of the folder ``notebooks`` with JupyterLab and show it in ``chromium``.

    Args:
        notebooks: a folder; it is copied, never written.
        chromium: the browser's program.
        scratch: an empty folder for everything that both sides write.
        env: what the notebooks find in their environment, beside that of the test.
    """
    folder = Path(shutil.copytree(notebooks, scratch / "notebooks", ignore=_passing))
    environment = {**os.environ, **_home(scratch / "home"), **(env or {})}
    with _serve(folder, scratch, environment) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=CHROMIUM_FLAGS, env={**environment}, timeout=_PATIENCE_S * 1000
        )
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(_PATIENCE_S * 1000)
        lab = Lab(page, folder)
        page.context.on("request", lambda request: lab.requests.append(request.url))
        page.on("websocket", lambda socket: lab.requests.append(socket.url))
        page.goto(address)
        page.wait_for_function("() => window.jupyterapp !== undefined")
        try:
            yield lab
        finally:
            browser.close()


def _passing(folder: str, names: list[str]) -> list[str]:
    """What comes and goes in ``folder``: sockets of kernels that other tests run there."""
    return [name for name in names if not ((here := Path(folder, name)).is_file() or here.is_dir())]


def _home(home: Path) -> dict[str, str]:
    """A home of its own for JupyterLab, its kernels and the browser, with the settings that tests need."""
    settings = home / "jupyter" / "lab" / "user-settings"
    for plugin, values in _LAB_SETTINGS.items():
        file = settings / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    return {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "jupyter" / "lab" / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }


@contextmanager
def _serve(folder: Path, scratch: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run JupyterLab over ``folder``; the address to open, token included."""
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--ServerApp.root_dir={folder}"),
        *("--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly", "--LabApp.news_url=None"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = scratch / "jupyterlab.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdout=output, stderr=output, stdin=subprocess.DEVNULL
        )
        try:
            yield _address(server, Path(environment["JUPYTER_RUNTIME_DIR"]), log)
        finally:
            server.terminate()  # ends its kernels, too
            try:
                server.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _address(server: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """Where ``server`` listens, as it writes itself once it does."""
    known = runtime / f"jpserver-{server.pid}.json"
    until = time.monotonic() + _PATIENCE_S
    while server.poll() is None and time.monotonic() < until:
        try:
            info = json.loads(known.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            time.sleep(0.05)  # the server tells nobody when it is ready
        else:
            return f"{info['url']}lab?token={quote(info['token'])}"
    message = f"JupyterLab did not start; its log says:\n{log.read_text(encoding='utf-8')[-4000:]}"
    raise RuntimeError(message)
