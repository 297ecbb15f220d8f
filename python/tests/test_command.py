import os
import signal
import subprocess
import sys
import time

import pytest

import emic


def emic_command(*arguments, **more):
    script = os.path.join(os.path.dirname(sys.executable), "emic")
    return subprocess.run([script, *arguments], capture_output=True, text=True, **more)


def test_the_wheel_holds_the_command():
    assert emic_command("--version").stdout.strip() == f"emic {emic.__version__}"
    shown = emic_command("--help").stdout
    assert "Usage: emic <COMMAND>" in shown and "review" in shown
    module = subprocess.run([sys.executable, "-m", "emic", "--version"], capture_output=True, text=True)
    assert module.stdout.strip() == f"emic {emic.__version__}"


def test_its_exit_status_is_that_of_the_program(tmp_path):
    done = emic_command("run", "nowhere.toml", cwd=tmp_path)
    assert done.returncode == 1 and "hint: name the study file" in done.stderr
    assert emic_command("init", "mystudy", cwd=tmp_path).returncode == 0
    assert emic_command("rum").returncode == 2


def test_it_embeds_the_bytes_that_the_library_does(model, encoder, tmp_path):
    import numpy

    texts = [f"We had {number} families that week." for number in range(50)]
    (tmp_path / "texts.txt").write_text("\n".join(texts))
    done = emic_command("embed", "texts.txt", "--out", "vectors.npy", "--model", str(model), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert numpy.load(tmp_path / "vectors.npy").tobytes() == encoder.encode(texts).tobytes()


def test_it_does_not_import_what_it_does_not_need():
    code = "import sys, emic._command; print([name for name in ('polars', 'numpy', 'tqdm') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("who", ["command", "library"])
def test_ctrl_c_stops_it(here, who):
    if who == "command":
        (here / "texts.txt").write_text("\n".join(f"In week {n} we had {n} families, and no time for one of them." for n in range(100_000)))
        script = os.path.join(os.path.dirname(sys.executable), "emic")
        command = [script, "embed", "texts.txt", "--out", "vectors.npy"]
    else:
        code = (
            "import emic; encoder = emic.Encoder(); print('ready', flush=True)\n"
            "try:\n  encoder.encode([f'In week {n} we had {n} families, and no time for one of them.' for n in range(100_000)])\n"
            "except KeyboardInterrupt:\n  print('stopped')\n"
        )
        command = [sys.executable, "-c", code]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(3)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    took = time.monotonic() - begun
    assert process.returncode == (-signal.SIGINT if who == "command" else 0)
    assert took < 10 and (who == "command" or "stopped" in said)
    assert not (here / "vectors.npy").exists()
