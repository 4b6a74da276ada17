"""Runs the notebooks with Deno's kernel, each from its first cell to its last in a process of its own.

    python execute.py [NAME …]            writes what they print into them
    python execute.py --check [NAME …]    writes nothing: fails where a cell fails, a notebook takes more than three minutes,
                                          or a cell tagged `same` prints something else than what is committed

Needs nbclient from pip (requirements.txt) and Deno, which `npm ci` in this folder installs. Prints a line a notebook.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_async
from nbclient import NotebookClient

here = Path(__file__).parent
seconds_allowed = 180
seconds_of_patience = 0.5


class PatientClient(NotebookClient):
    """Deno may say that it is done with a cell before it has handed on what the cell gave: that is waited for."""

    async def async_execute_cell(self, cell, cell_index, **options):
        executed = await super().async_execute_cell(cell, cell_index, **options)
        while True:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=seconds_of_patience))
            except Empty:
                return executed
            if message["header"]["msg_type"] in ("stream", "display_data", "execute_result"):
                self.process_message(message, executed, cell_index)


def kernel_manager(folder: Path) -> AsyncKernelManager:
    """A kernel that is known to this process only, so that nothing of the user's Jupyter changes."""
    deno = subprocess.run(
        ["node", "-p", "require.resolve('deno/package.json')"], cwd=here, check=True, capture_output=True, text=True
    ).stdout.strip()
    program = str(Path(deno).parent / "bin.cjs")
    spec = {
        "argv": ["node", program, "jupyter", "--kernel", "--conn", "{connection_file}"],
        "display_name": "Deno",
        "language": "typescript",
    }
    (folder / "deno").mkdir()
    (folder / "deno" / "kernel.json").write_text(json.dumps(spec))
    return AsyncKernelManager(
        kernel_name="deno", kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(folder)], ensure_native_kernel=False)
    )


def text_of(cell: nbformat.NotebookNode) -> str:
    """What a cell printed, without the frames of its outputs, which may be cut anywhere."""
    data = [out.get("data", {}) for out in cell.outputs]
    return "".join(out.get("text", "") for out in cell.outputs) + "".join(
        each.get("text/markdown", "") or each.get("text/plain", "") for each in data
    )


def run(path: Path, is_check: bool) -> list[str]:
    committed = nbformat.read(path, as_version=4)
    executed = nbformat.read(path, as_version=4)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        client = PatientClient(
            executed,
            km=kernel_manager(Path(folder)),
            timeout=seconds_allowed * 10,
            record_timing=False,
            resources={"metadata": {"path": str(here)}},
        )
        # A manager that is handed over is left running otherwise.
        client.owns_km = True
        client.execute()
    seconds = time.monotonic() - started
    print(f"{path.name}: {seconds:.0f} s")
    if not is_check:
        nbformat.write(executed, path)
        return []
    faults = [] if seconds <= seconds_allowed else [f"{path.name} took {seconds:.0f} s, more than {seconds_allowed} s"]
    for before, now in zip(committed.cells, executed.cells, strict=True):
        if "same" in before.metadata.get("tags", []) and text_of(before) != text_of(now):
            faults.append(f"{path.name}: a cell printed\n{text_of(now)}\nwhere\n{text_of(before)}\nis committed")
    return faults


def main(words: list[str]) -> int:
    names = [word for word in words if word != "--check"]
    paths = [path for path in sorted(here.glob("*.ipynb")) if not names or path.stem in names]
    faults = [fault for path in paths for fault in run(path, "--check" in words)]
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


sys.exit(main(sys.argv[1:]))
