# SPDX-License-Identifier: Apache-2.0
"""Full-size HuBERT-large and CLIP ViT-B/32 text tower with seeded weights: this program against
transformers, largest relative error and time. Run by hand.

usage: compare_encoders.py path/to/encoder_bench [threads] [pairs]
(preset bench builds encoder_bench; torch, transformers and safetensors from PyPI)
20 s of noise and four sentences. Runs are interleaved ABBA; times are medians of the time that passed
and of the processor's, over all threads; the ratio is of the latter with one thread, else of the
former, its interval a bootstrap over the pairs. Relative error: largest difference over the largest
value.
"""

import os
import subprocess
import sys
import tempfile
import time

threads = int(sys.argv[2]) if len(sys.argv) > 2 else 1
pairs = int(sys.argv[3]) if len(sys.argv) > 3 else 8
os.environ["OMP_NUM_THREADS"] = str(threads)

import numpy as np
import torch
import transformers
from safetensors.torch import load_file, save_file

torch.set_grad_enabled(False)
torch.set_num_threads(threads)


def hubert_large(attention):
    torch.manual_seed(1)
    return transformers.HubertModel(transformers.HubertConfig(
        hidden_size=1024, num_hidden_layers=24, num_attention_heads=16, intermediate_size=4096,
        feat_extract_norm="layer", conv_bias=True, do_stable_layer_norm=True,
        attn_implementation=attention)).eval()


def clip_text(attention):
    torch.manual_seed(2)
    return transformers.CLIPTextModelWithProjection(transformers.CLIPTextConfig(
        vocab_size=49408, hidden_size=512, intermediate_size=2048, num_hidden_layers=12,
        num_attention_heads=8, projection_dim=512, bos_token_id=49406, eos_token_id=49407,
        attn_implementation=attention)).eval()


def saved_keys(model):
    """The keys of the published files."""
    return {key.replace("parametrizations.weight.original0", "weight_g").replace(
        "parametrizations.weight.original1", "weight_v"): value.contiguous()
        for key, value in model.state_dict().items() if not key.endswith("position_ids")}


def inputs():
    generator = torch.Generator().manual_seed(3)
    samples = torch.randn((1, 320080), generator=generator)
    tokens = torch.randint(0, 49406, (4, 77), generator=generator)
    tokens[:, 0] = 49406
    for row, length in enumerate((5, 12, 30, 77)):
        tokens[row, length - 1] = 49407
        tokens[row, length:] = 0
    return {"hubert": (samples - samples.mean()) / samples.std(), "clip": tokens}


class Ours:
    def __init__(self, folder):
        self.process = subprocess.Popen([sys.argv[1], folder, str(threads)], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == "ready\n"

    def milliseconds(self, name):
        """Time that passed, and the processor's."""
        print(name, file=self.process.stdin, flush=True)
        return tuple(map(float, self.process.stdout.readline().split()))


def timed(run):
    begin = time.perf_counter(), time.process_time()
    run()
    return tuple(1e3 * (b - a) for a, b in zip(begin, (time.perf_counter(), time.process_time())))


def compare_times(name, theirs, ours):
    for kind, run in theirs.items():
        run()
        ours.milliseconds(name)
        a, b = [], []
        for pair in range(pairs):
            first = [("a", run), ("b", None)]
            for who, _ in first if pair % 2 == 0 else reversed(first):
                time.sleep(0.3)  # the other's threads stop waiting
                (a if who == "a" else b).append(
                    timed(run) if who == "a" else ours.milliseconds(name))
        a, b = np.array(a).T, np.array(b).T
        kept = 1 if threads == 1 else 0
        ratios = a[kept] / b[kept]
        draws = np.random.default_rng(0).choice(ratios, (2000, pairs))
        low, high = np.percentile(np.median(draws, axis=1), (2.5, 97.5))
        print(f"{name:7s} {kind:5s} theirs {np.median(a[0]):6.0f} ms, processor "
              f"{np.median(a[1]):6.0f}; ours {np.median(b[0]):6.0f}, {np.median(b[1]):6.0f}; "
              f"ratio {np.median(ratios):.3f} ({low:.3f} to {high:.3f})", flush=True)


def relative_error(ours, theirs):
    return ((ours - theirs).abs().max() / theirs.abs().max()).item()


def main():
    folder = tempfile.mkdtemp(prefix="encoders-")
    given = inputs()
    save_file(given, f"{folder}/inputs.safetensors")
    models = {kind: (hubert_large(kind), clip_text(kind)) for kind in ("sdpa", "eager")}
    save_file(saved_keys(models["sdpa"][0]), f"{folder}/hubert.safetensors")
    save_file(saved_keys(models["sdpa"][1]), f"{folder}/clip.safetensors")
    ours = Ours(folder)
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, "
          f"{threads} thread(s), {pairs} pairs")
    for name in ("hubert", "clip"):
        ours.milliseconds(name)
    hubert, clip = models["eager"]
    theirs = hubert(given["hubert"], output_hidden_states=True)
    result = load_file(f"{folder}/ours_hubert.safetensors")
    print(f"hubert  relative error: last {relative_error(result['high'], theirs.last_hidden_state):.2g}, "
          f"after 11 blocks {relative_error(result['low'], theirs.hidden_states[11]):.2g}")
    result = load_file(f"{folder}/ours_clip.safetensors")
    print(f"clip    relative error: {relative_error(result['embedding'], clip(given['clip']).text_embeds):.2g}",
          flush=True)
    compare_times("hubert", {kind: lambda m=pair[0]: m(given["hubert"])
                             for kind, pair in models.items()}, ours)
    compare_times("clip", {kind: lambda m=pair[1]: m(given["clip"])
                           for kind, pair in models.items()}, ours)


main()
