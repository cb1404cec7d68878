# SPDX-License-Identifier: Apache-2.0
"""One window of SemTalk, EchoMask or EMAGE at full size: our networks against the authors' classes on
the same random weights; equal tokens, and times. Run by hand.

usage: compare_windows.py SYSTEM ORIGINAL FILES BUNDLE path/to/window_bench [threads] [pairs] [half]
  SYSTEM    semtalk, echomask or emage
  ORIGINAL  its repository; FILES  what make_released_files.py wrote; BUNDLE  what gesture weights
            convert made of it
With "half" ours computes in half precision, and only the tokens are compared: how many of those with
single precision stay, over all layers and for the first.
Runs are interleaved ABBA; times are medians; the ratio is ours over theirs, its interval a bootstrap
over the pairs.
"""

import os
import subprocess
import sys
import tempfile
import time
import types

SYSTEM, ORIGINAL, FILES, BUNDLE, PROGRAM = sys.argv[1:6]
threads = int(sys.argv[6]) if len(sys.argv) > 6 else 1
pairs = int(sys.argv[7]) if len(sys.argv) > 7 else 15
HALF = "half" in sys.argv[6:]
os.environ["OMP_NUM_THREADS"] = str(threads)

import numpy as np
import torch
from safetensors.torch import load_file, save_file

torch.set_grad_enabled(False)
torch.set_num_threads(threads)
torch.Tensor.cuda = lambda self, *a, **k: self
for name in ("lmdb", "fasttext", "textgrid", "pyarrow", "loguru"):
    sys.modules.setdefault(name, types.SimpleNamespace(logger=None))
sys.path.insert(0, ORIGINAL)
ARGS = types.SimpleNamespace(
    hidden_size=768, audio_f=256, motion_f=256, pose_length=64, vae_codebook_size=256,
    pose_dims=330, data_path=FILES + "/", t_fix_pre=False, word_index_num=11195)


def load(module, name, wrapped=True):
    state = torch.load(f"{FILES}/{name}", weights_only=True)
    state = {k.removeprefix("module."): v for k, v in state["model_state"].items()} if wrapped \
        else state
    module.load_state_dict(state)
    return module.eval()


generator = torch.Generator().manual_seed(5)


def random(*shape):
    return torch.randn(shape, generator=generator)


mask = torch.ones(1, 64, 337)
mask[:, :4] = 0
given = {"motion": random(1, 64, 337), "mask": mask}
speaker = torch.ones(1, 64, 1, dtype=torch.int64)


def tokens(logits):
    """(batch, tokens, codes, layers) to (batch, tokens, layers)"""
    return logits.argmax(dim=2)


PARTS = ("face", "upper", "hands", "lower")
if SYSTEM == "semtalk":
    class Vocab:
        pass
    sys.modules["__main__"].Vocab = Vocab
    sys.modules["dataloaders.build_vocab"] = types.SimpleNamespace(Vocab=Vocab)
    from models import semtalk
    base = load(semtalk.semtalk_base(ARGS), "weights/best_semtalk_base.bin")
    sparse = load(semtalk.semtalk_sparse(ARGS), "weights/best_semtalk_sparse.bin")
    given |= {"beat": random(1, 64, 3), "hubert": random(1, 64, 1024), "sentence": random(1, 512),
              "words": torch.randint(0, 11195, (1, 64), generator=generator)}

    def theirs():
        first = base(in_audio=given["beat"], mask=mask, in_motion=given["motion"], in_id=speaker,
                     hubert=given["hubert"], use_word=True)
        second = sparse(in_word=given["words"], feat_clip_text=given["sentence"],
                        emotion=torch.zeros(1, 512), mask=mask, in_motion=given["motion"],
                        in_id=speaker, hubert=given["hubert"], use_word=True)
        return {**{part: tokens(first["cls_" + part]) for part in PARTS},
                **{"sparse_" + part: tokens(second["cls_" + part]) for part in PARTS[1:]}}
elif SYSTEM == "echomask":
    from models import echomask
    model = load(echomask.echomask(ARGS), "weights/best_echomask.bin")
    given |= {"high": random(1, 64, 256), "low": random(1, 64, 256)}

    def theirs():
        out = model(hubert=given["high"], hubert_hid=given["low"], mask=mask,
                    in_motion=given["motion"], in_id=speaker, train_mode=False)
        return {part: tokens(out["cls_" + part]) for part in PARTS}
elif SYSTEM == "emage":
    from models.emage_audio import configuration_emage_audio as configuration
    from models.emage_audio import modeling_emage_audio as modeling
    model = load(modeling.EmageAudioModel(configuration.EmageAudioConfig(
        pose_dims=330, pose_length=64, seed_frames=4, hidden_size=768, audio_f=256, motion_f=256,
        speaker_dims=1, vae_codebook_size=256, lf=3, lu=3, lh=3, ll=3, cf=0, cu=1, ch=1, cl=1)),
        "pytorch_model.bin", wrapped=False)
    given |= {"samples": 0.1 * random(1, 64 * 533)}

    def theirs():
        out = model(given["samples"], torch.zeros(1, 1, dtype=torch.int64), given["motion"], mask)
        return {part: out["cls_" + part].argmax(dim=2, keepdim=True) for part in PARTS}
else:
    sys.exit(__doc__)


class Ours:
    def __init__(self, folder):
        self.process = subprocess.Popen(
            [PROGRAM, BUNDLE, folder, str(threads)] + (["half"] if HALF else []), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == "ready\n"

    def milliseconds(self):
        """Time that passed, and the processor's."""
        print("run", file=self.process.stdin, flush=True)
        return tuple(map(float, self.process.stdout.readline().split()))


def timed(run):
    begin = time.perf_counter(), time.process_time()
    run()
    return tuple(1e3 * (b - a) for a, b in zip(begin, (time.perf_counter(), time.process_time())))


folder = tempfile.mkdtemp(prefix="windows-")
save_file({key: value.contiguous() for key, value in given.items()}, f"{folder}/inputs.safetensors")
ours = Ours(folder)
ours.milliseconds()
expected, result = theirs(), load_file(f"{folder}/ours.safetensors")
for part, codes in expected.items():
    same = (codes.reshape(result[part].shape) == result[part]).float()
    print(f"{SYSTEM} {part:13s} equal tokens: {100 * same.mean().item():.2f} % of {codes.numel()}, "
          f"first layer {100 * same[..., 0].mean().item():.2f} %", flush=True)
if HALF:
    sys.exit()
a, b = [], []
for pair in range(pairs):
    for who in ("ab", "ba")[pair % 2]:
        time.sleep(0.1)  # the other's threads stop waiting
        (a if who == "a" else b).append(timed(theirs) if who == "a" else ours.milliseconds())
a, b = np.array(a).T, np.array(b).T
kept = 1 if threads == 1 else 0
ratios = b[kept] / a[kept]
draws = np.random.default_rng(0).choice(ratios, (2000, pairs))
low, high = np.percentile(np.median(draws, axis=1), (2.5, 97.5))
print(f"{SYSTEM}: torch {torch.__version__}, {threads} thread(s), {pairs} pairs: theirs "
      f"{np.median(a[0]):.0f} ms, processor {np.median(a[1]):.0f}; ours {np.median(b[0]):.0f}, "
      f"{np.median(b[1]):.0f}; ratio {np.median(ratios):.3f} ({low:.3f} to {high:.3f})")
