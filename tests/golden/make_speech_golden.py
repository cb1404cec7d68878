# SPDX-License-Identifier: Apache-2.0
"""Speech encoders over whole recordings: HuBERT as EchoMask's code runs it, the small encoder of the
demo bundle written down once more in PyTorch, its mel input by librosa, CLIP's words by open_clip.

usage: make_speech_golden.py path/to/EchoMask/utils/audio_to_frame_tokens.py [hubert mel encoder clip]
(at 1e86a4a; transformers, librosa 0.11.0, open_clip_torch 3.3.0 with ftfy and regex from PyPI; of the
former only `get_hubert_from_16k_speech_long` is executed). Writes networks/*.txt, features/log_mel.txt
and text/clip_tokens.json beside this script.
"""

import ast
import importlib.util
import json
import pathlib
import sys

import librosa
import numpy as np
import torch
import transformers
from torch import nn
from torch.nn import functional as F

import filled_weights
import golden_file
import synthetic_speech

HERE = pathlib.Path(__file__).parent
torch.set_grad_enabled(False)


def original(path, name):
    source = ast.parse(pathlib.Path(path).read_text(encoding="utf-8"))
    source.body = [node for node in source.body
                   if isinstance(node, ast.FunctionDef) and node.name == name]
    scope = {"torch": torch, "np": np}
    exec(compile(source, path, "exec"), scope)
    return scope[name]


def hubert():
    """One piece of 1000 frames and a rest of 37; 12 blocks, because the original's choice of the
    low stream, hidden_states[11], is fixed."""
    config = transformers.HubertConfig(
        hidden_size=32, num_hidden_layers=12, num_attention_heads=4, intermediate_size=48,
        conv_dim=(16,) * 7, num_feat_extract_layers=7, num_conv_pos_embeddings=16,
        num_conv_pos_embedding_groups=4, do_stable_layer_norm=True, feat_extract_norm="layer",
        conv_bias=True, attn_implementation="eager")
    model = filled_weights.fill(
        transformers.HubertModel(config),
        lambda key: key.replace("parametrizations.weight.original0", "weight_g").replace(
            "parametrizations.weight.original1", "weight_v"))
    processor = transformers.Wav2Vec2FeatureExtractor(do_normalize=True)
    speech = filled_weights.uniform("in:recording", (1, 332000)) + 0.25
    listen = original(sys.argv[1], "get_hubert_from_16k_speech_long")
    arrays = {}
    for name, stream in zip(("high", "low"), listen(model, processor, speech, device="cpu")):
        in_time = F.interpolate(stream.swapaxes(-1, -2).unsqueeze(0), size=450, mode="linear",
                                align_corners=True).swapaxes(-1, -2)[0]
        projected = in_time @ filled_weights.uniform("in:projection", (32, 12))
        arrays[name] = in_time[::30]
        arrays[name + "_projected"] = projected[::30]
    golden_file.write(HERE / "networks" / "hubert_recording.txt", arrays)


def mel():
    y = synthetic_speech.synthetic_speech(16000)
    power = librosa.feature.melspectrogram(y=y, sr=16000, n_fft=512, win_length=400, hop_length=320,
                                           n_mels=80, fmin=20, fmax=7600, norm=None)
    log = np.log(np.maximum(1e-10, power)).T
    log = np.maximum(log, log.max() - 14).astype(np.float64)
    normalised = (log - log.mean(0)) / (log.std(0) + 1e-3)
    golden_file.write(HERE / "features" / "log_mel.txt", {
        "frames": [len(normalised)], "normalised": normalised[::7]})


class Block(nn.Module):
    def __init__(self, width, dilation):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.depthwise = nn.Conv1d(width, width, 7, padding=3 * dilation, dilation=dilation,
                                   groups=width)
        self.widen = nn.Linear(width, 2 * width)
        self.narrow = nn.Linear(2 * width, width)

    def forward(self, x):
        near = self.depthwise(self.norm(x).transpose(1, 2)).transpose(1, 2)
        return x + self.narrow(F.gelu(self.widen(near)))


class SpeechEncoder(nn.Module):
    def __init__(self, width=160):
        super().__init__()
        self.conv_in = nn.Conv1d(80, width, 5, padding=2)
        self.blocks = nn.ModuleList(Block(width, d) for d in (1, 1, 2, 4, 1, 2, 4, 8))
        self.norm_out = nn.LayerNorm(width)
        self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in
                                    (("phone", 41), ("stress", 1), ("apex", 1), ("lexicon", 31))})

    def forward(self, x):
        x = F.gelu(self.conv_in(x.transpose(1, 2)).transpose(1, 2))
        low = None
        for i, block in enumerate(self.blocks):
            x = block(x)
            low = x if i == 3 else low
        return self.norm_out(x), low


def encoder():
    model = filled_weights.fill(SpeechEncoder())
    high, low = model(filled_weights.uniform("in:mel", (2, 60, 80)))
    arrays = {"parameters": [sum(p.numel() for p in model.parameters())],
              "high": high[:, ::9, ::4], "low": low[:, ::9, ::4]}
    for name, head in model.heads.items():
        arrays[name] = head(high)[:, ::9]
    centres = (np.arange(36) + 0.5) / 30
    arrays["in_time"] = np.stack([np.interp(centres, np.arange(60) / 50, high[1, :, i].numpy())
                                  for i in range(0, 160, 8)], axis=1)
    golden_file.write(HERE / "networks" / "log_mel_encoder.txt", arrays)


SENTENCES = [
    "", " ", "hello", "Hello, World!", "the quick brown fox jumps over the lazy dog",
    "I don't think we've met; she'll say he'd 've gone, they're late and I'm not",
    "I don\u2019t think we\u2019ve met \u2018yet\u2019", "\u201cQuoted\u201d \u2014 and dashed \u2013 twice\u2026",
    "In 1984 there were 12,345.67 reasons", "3rd 2nd 1st 100%", "\u00bd cup \u2167 x\u00b2",
    "caf\u00e9 na\u00efve \u00fcber \u00c5ngstr\u00f6m", "cafe\u0301 decomposed u\u0308ber A\u030angstrom",
    "STRASSE Stra\u00dfe \u1e9e", "\u0130stanbul I\u0131 i", "\u041f\u0440\u0438\u0432\u0435\u0442, \u041c\u0418\u0420",
    "\u039f\u03a3 \u039f\u03b4\u03c5\u03c3\u03c3\u03b5\u03cd\u03c2 \u03a3", "\u4f60\u597d\uff0c\u4e16\u754c", "\u3053\u3093\u306b\u3061\u306f \u4e16\u754c", "\uc548\ub155\ud558\uc138\uc694",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645", "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e",
    "smile \U0001F600 and \U0001F44D\U0001F3FD family \U0001F468\u200d\U0001F469\u200d\U0001F467",
    "flag \U0001F1E9\U0001F1EA heart \u2764\ufe0f", "tab\tand\nnew line\u00a0no-break\u3000wide",
    "a_b-c.d/e\\f", "e-mail: someone@example.com, www.example.com/?q=1&r=2",
    "&lt;b&gt;bold&lt;/b&gt; &amp;amp; &quot;quoted&quot; &#39;s &#x41;", "AT&T R&D",
    "$5.00 \u20ac10 \u00a320 \u00a5300", "C++ C# .NET", "'''s 'S 'T o'clock rock'n'roll", "!!!???...",
    "supercalifragilisticexpialidocious antidisestablishmentarianism",
    "um uh hmm mhm [laughter] (noise) <unk>", "one two " * 60, "a" * 300, "\U0001F600" * 60,
    "well so I was just I was going to say that the the first time I went there it was raining",
    "a photo of a cat", "<|endoftext|> and <|startoftext|>",
]


def clip():
    # The file alone: the package asks for torchvision.
    folder = pathlib.Path(importlib.util.find_spec("open_clip").origin).parent
    spec = importlib.util.spec_from_file_location("clip_tokenizer", folder / "tokenizer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tokenizer = module.SimpleTokenizer()
    rows = []
    for sentence in SENTENCES:
        tokens = tokenizer(sentence)[0].tolist()
        rows.append({"text": sentence, "tokens": tokens[:tokens.index(49407) + 1]})
    (HERE / "text").mkdir(exist_ok=True)
    with open(HERE / "text" / "clip_tokens.json", "w", encoding="ascii") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


for name in sys.argv[2:] or ["hubert", "mel", "encoder", "clip"]:
    globals()[name]()
