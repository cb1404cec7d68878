# SPDX-License-Identifier: Apache-2.0
"""Kills the tests' trainer at random moments and lets it go on, until the run is done; then compares
every tensor of the last checkpoint with that of a run that nobody killed. Run by hand:

    python tests/training/kill_and_resume.py build/dev/bin/tiny_train [KILLS] [RANKS]

One part in five of the kills comes while a checkpoint is being written (its temporary file is there).
After each kill at least one checkpoint must be whole."""

import hashlib
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time

CONFIG = """stage: tiny
device: cpu
steps: {steps}
log: {{every: 10}}
checkpoints: {{every: 3, minutes: 0, keep: 2}}
evaluation: {{every: 50}}
average: 0.9
optimiser: {{rate: 0.01, clip: 1.0}}
tiny: {{width: 2000}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(program, config, run, ranks):
    port = str(free_port())
    processes = []
    for rank in range(ranks):
        environment = dict(os.environ, OMP_NUM_THREADS="1")
        if ranks > 1:
            environment |= {"RANK": str(rank), "WORLD_SIZE": str(ranks), "LOCAL_RANK": str(rank),
                            "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
        processes.append(subprocess.Popen([program, "run", config, "-o", run], env=environment,
                                          stdout=subprocess.PIPE if rank == 0 and ranks > 1
                                          else subprocess.DEVNULL, stderr=subprocess.PIPE))
    return processes


def whole_checkpoints(run):
    count = 0
    for note in (run / "checkpoints").glob("step-*.json"):
        try:
            entry = json.loads(note.read_text())
            content = note.with_suffix(".safetensors").read_bytes()
        except (OSError, ValueError):
            continue
        count += hashlib.sha256(content).hexdigest() == entry["sha256"]
    return count


def is_writing(run):
    return any(name.startswith(".step-") for name in os.listdir(run / "checkpoints"))


def tensors(run):
    last = max((run / "checkpoints").glob("step-*.safetensors"))
    content = last.read_bytes()
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8:8 + size])
    header.pop("__metadata__")
    begin = 8 + size
    return last.name, {name: content[begin + entry["data_offsets"][0]:begin + entry["data_offsets"][1]]
                       for name, entry in header.items()}


def main():
    program = sys.argv[1]
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    ranks = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        config = folder / "train.yaml"
        config.write_text(CONFIG.format(steps=kills * 25))
        begin = time.time()
        for process in start(program, config, folder / "whole", ranks):
            process.stdout and process.stdout.read()
            assert process.wait() == 0, process.stderr.read()
        print(f"undisturbed: {time.time() - begin:.1f} s", flush=True)
        run = folder / "run"
        done = inside = 0
        seen = False
        while done < kills:
            processes = start(program, config, run, ranks)
            if ranks > 1:  # before ranks have met, launchers end those that wait for a dead one
                processes[0].stdout.readline()
            time.sleep(dice.uniform(0.0, 0.9))
            if done % 5 == 0 and run.exists():
                patience = time.time() + 2
                while time.time() < patience and processes[0].poll() is None:
                    if (run / "checkpoints").exists() and is_writing(run):
                        inside += 1
                        break
            victim = dice.choice(processes)
            if victim.poll() is not None:
                break
            victim.send_signal(signal.SIGKILL)
            for process in processes:
                assert process.wait(timeout=30) != 0
            done += 1
            whole = whole_checkpoints(run)
            assert whole > 0 or not seen, "no checkpoint is whole"
            seen = whole > 0
        for process in start(program, config, run, ranks):
            process.stdout and process.stdout.read()
            assert process.wait() == 0, process.stderr.read()
        name, expected = tensors(folder / "whole")
        other, found = tensors(run)
        assert name == other and expected == found, "the runs differ"
        print(f"{done} kills, {inside} inside a checkpoint, {ranks} ranks: {len(found)} tensors of "
              f"{name} have equal bytes")


if __name__ == "__main__":
    main()
