#!/usr/bin/env python3
"""Runs the notebooks on the demo study, and holds that they are kept with their outputs, small, and without anybody's paths.

    pip install . -r notebooks/requirements.txt
    python3 scripts/check_notebooks.py [--models models] [--write]

The demo study is copied to a temporary folder and run there, and so are the notebooks, with this Python, in which the package `emic` has to be
installed, and without network. The one that compares is run once more on the folder that the one that validates makes, because only that has corrected shares. `--write` keeps what comes
out. Needs the model all-MiniLM-L6-v2.
"""

import argparse
import ast
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import matplotlib.font_manager  # makes its list of fonts, which a notebook would be told of otherwise
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

HERE = pathlib.Path(__file__).resolve().parent.parent
NOTEBOOKS = ["0-whole-study", "1-compare", "2-validate", "3-map"]
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
LARGEST = 300_000  # bytes of a notebook
LONGEST = 170  # characters of a line of code
PERSONAL = re.compile(r"(?<![\w.])/(?:home|root|tmp|Users|private|var|mnt|opt|srv)/|\b[A-Z]:\\\\?(?:Users|Temp)", re.ASCII)

# Run by the kernel before anything else.
NO_NETWORK = """
import socket

def refuse(self, address, connect=socket.socket.connect):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        raise OSError("a notebook must not use the network")
    return connect(self, address)

socket.socket.connect = refuse
"""


def kernel(scratch):
    """A kernel of this very Python, whatever others are installed, and its folder for the environment."""
    folder = scratch / "jupyter/kernels/check"
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "check", "language": "python"}))
    startup = scratch / "ipython/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "00-no-network.py").write_text(NO_NETWORK)
    os.environ |= {
        "JUPYTER_PATH": str(scratch / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
        "IPYTHONDIR": str(scratch / "ipython"),
    }
    (scratch / "runtime").mkdir()
    # Sockets in the file system, which nobody else on the machine can listen to; Windows has none.
    return Config() if os.name == "nt" else Config({"KernelManager": {"transport": "ipc", "ip": str(scratch / "runtime/socket")}})


def executed(path, folder, config):
    """The notebook with its outputs, and what went wrong."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="check",
        timeout=600,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
        config=config,
    )
    with contextlib.suppress(CellExecutionError):  # what it says is in the outputs
        client.execute()
    faults = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                faults.append(f"{cell.id}: {output.ename}: {output.evalue}")
            elif output.output_type == "stream" and output.name == "stderr":
                faults.append(f"{cell.id}: {output.text}")
    return stripped(notebook), faults


def stripped(notebook):
    """Without what says when, where and by whom it was run."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode()
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = nbformat.NotebookNode()
    return notebook


def shown(notebook):
    """The words of its outputs, without pictures."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.get("text") or output.get("data", {}).get("text/markdown") for output in outputs]


def faults_of(path):
    """What is wrong with a notebook as it is kept."""
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    faults = []
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        faults.append(f"not a valid notebook: {error}")
    if path.stat().st_size > LARGEST:
        faults.append(f"{path.stat().st_size:,} bytes, more than {LARGEST:,}")
    if text != nbformat.writes(stripped(nbformat.reads(text, as_version=4))) + "\n":
        faults.append("has metadata, or is not written as nbformat writes it")
    faults += [f"has the path {found.group()}…" for found in PERSONAL.finditer(text)][:3]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        faults.append("has no outputs, or not those of one run from top to bottom")
    if not any("image/png" in output.get("data", {}) for cell in code for output in cell.outputs):
        faults.append("has no figure")
    for cell in notebook.cells:
        if any(line != line.rstrip() for line in cell.source.split("\n")):
            faults.append(f"{cell.id}: spaces at the end of a line, or an empty last line")
    for cell in code:
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            faults.append(f"{cell.id}: {error}")
        faults += [f"{cell.id}: a line of more than {LONGEST} characters"] * any(len(line) > LONGEST for line in cell.source.split("\n"))
    return faults


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--models", default=HERE / "models", type=pathlib.Path)
    arguments.add_argument("--write", action="store_true", help="keep the outputs")
    given = arguments.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        # The folders as they are in the repository, so that the notebooks find everything where they say it is.
        scratch = pathlib.Path(scratch)
        shutil.copytree(HERE / "data/codebooks", scratch / "data/codebooks")
        shutil.copytree(HERE / "data/demo", scratch / "data/demo", ignore=shutil.ignore_patterns("out", "out-python", "*-reviewed*"))
        (scratch / "models").symlink_to(given.models.resolve(), target_is_directory=True)
        (scratch / "notebooks").mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "emic", "run", "data/demo/study.toml", "--quiet", "--models", "models"],
            cwd=scratch,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        for name in ("EMIC_DATA", "EMIC_OUT", "EMIC_STUDY", "EMIC_MODELS"):
            os.environ.pop(name, None)
        config = kernel(scratch)
        for name in [*NOTEBOOKS, "1-compare"]:
            path = HERE / f"notebooks/{name}.ipynb"
            again = "EMIC_OUT" in os.environ
            start = time.monotonic()
            notebook, faults = executed(path, scratch / "notebooks", config)
            if again:
                faults += ["corrected shares are not shown"] * ("share_corrected" not in nbformat.writes(notebook))
            elif not faults:
                if given.write:
                    with path.open("w", encoding="utf-8", newline="\n") as file:
                        file.write(nbformat.writes(notebook) + "\n")
                faults = faults_of(path)
                if shown(notebook) != shown(nbformat.read(path, as_version=4)):
                    print(f"{name}: its outputs say something else now; keep them with --write")
            seconds = time.monotonic() - start
            what = f"{name}, after a review" if again else f"{name}, {path.stat().st_size:,} bytes"
            print(f"{what}: {seconds:.0f} seconds, {'done' if not faults else f'{len(faults)} faults'}", flush=True)
            for fault in faults[:10]:
                print(f"  {fault}")
            wrong += len(faults)
            if name == NOTEBOOKS[-1]:
                os.environ["EMIC_OUT"] = "../data/demo/out-reviewed"
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
