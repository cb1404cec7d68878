# SPDX-License-Identifier: Apache-2.0
"""Runs EMAGE's original classes with weights that follow from their names, and keeps a few of their
outputs; prints how many tensors and parameters each has and the digest of their names and shapes.

usage: make_emage_golden.py path/to/PantoMatrix   (the folder that holds models/emage_audio;
transformers from PyPI)
Writes networks/emage_*.txt beside this script.
"""

import hashlib
import pathlib
import sys
import types

import numpy as np
import torch

import filled_weights
import golden_file

HERE = pathlib.Path(__file__).parent / "networks"
sys.path.insert(0, sys.argv[1])
sys.modules.setdefault("omegaconf", types.SimpleNamespace(OmegaConf=None))  # for training files
from models.emage_audio import (EmageAudioConfig, EmageAudioModel, EmageVAEConv, EmageVAEConvConfig,
                                EmageVQVAEConv, EmageVQVAEConvConfig)

torch.set_grad_enabled(False)
PARTS = ("face", "upper", "hands", "lower")
CHANNELS = {"face": 106, "upper": 78, "hands": 180, "lower": 61}
SAMPLES_PER_FRAME = 16000 // 30


def describe(name, model):
    state = model.state_dict()
    lines = [f"{key}\t{'x'.join(map(str, state[key].shape))}\n" for key in sorted(state)]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    print(name, len(state), sum(p.numel() for p in model.parameters()), digest)


def audio(clips, frames):
    # Of the names that were tried this one leaves the likeliest codes the furthest ahead.
    return filled_weights.uniform("in:ear", (clips, frames * SAMPLES_PER_FRAME))


def generator():
    config = EmageAudioConfig(
        audio_f=256, motion_f=256, hidden_size=768, pose_dims=330, pose_length=64, seed_frames=4,
        speaker_dims=1, vae_codebook_size=256, lf=3, lu=3, lh=3, ll=3, cf=0, cu=1, ch=1, cl=1)
    model = EmageAudioModel(config)
    describe("generator", model)
    return filled_weights.fill(model)


def tokenizer(part):
    config = EmageVQVAEConvConfig(
        vae_codebook_size=256, vae_length=256, vae_layer=4 if part == "lower" else 2,
        vae_quantizer_lambda=1, vae_test_dim=CHANNELS[part])
    model = EmageVQVAEConv(config)
    describe(part, model)
    return filled_weights.fill(model)


def audio_encoder(model):
    window, one = audio(2, 64), audio(2, 5)
    faces = model.audio_encoder_face
    values = {"face": faces(window)[:, ::9, ::33],
              "body": model.audio_encoder_body(window)[:, ::9, ::33],
              "short": faces(one)[:, :, ::33]}
    faces.train()
    values["training"] = faces(one)[:, :, ::33]
    faces.eval()
    running = faces.feat_extractor[5].downsample[1]
    values["running_mean"] = running.running_mean[::5]
    values["running_var"] = running.running_var[::5]
    golden_file.write(HERE / "emage_audio.txt", values)
    filled_weights.fill(model)


def masks():
    seed = torch.ones(1, 64, 337)
    seed[:, :4] = 0
    part = torch.zeros(1, 64, 337)
    part[:, 24:44] = 1
    part[:, 44:52, 150:330] = 1
    return {"seed": seed, "part": part}


def margin(logits):
    best = logits.topk(2, dim=2).values
    return float((best[..., 0] - best[..., 1]).min())


def window(name, model, mask, frames=64, use_audio=True):
    motion = filled_weights.uniform("in:motion", (1, 64, 337))[:, :frames]
    out = model(audio(1, frames), torch.zeros(1, 1, dtype=torch.long), motion, mask[:, :frames],
                use_audio)
    values = {}
    for part in PARTS:
        logits, latents = out["cls_" + part], out["rec_" + part]
        values["logits_" + part] = logits[:, ::9, ::33]
        values["moments_" + part] = torch.stack([logits.mean(), logits.std()])
        values["latents_" + part] = latents[:, ::9, ::33]
        if part != "face":
            values["codes_" + part] = torch.max(torch.log_softmax(logits, 2), 2)[1]
            print(name, part, "margin of the likeliest code", margin(logits))
    # The face's classifier is not asked: the code nearest to its latent is taken.
    face = window.face
    values["codes_face"] = face.quantizer.map2index(out["rec_face"])
    values["motion_face"] = face.decode_from_latent(out["rec_face"])[:, ::9, ::7]
    distances = -torch.cdist(out["rec_face"].double(),
                             face.quantizer.embedding.weight[None].double()) ** 2
    print(name, "face", "margin of the nearest code", margin(distances))
    golden_file.write(HERE / f"emage_{name}.txt", values)


def cross_attention(model, mask):
    """The weights with heads apart, which torch only returns when asked."""
    maps = []

    def keep(layer):
        def attend(x, memory, *unused, **options):
            told, weights = layer.multihead_attn(x, memory, memory, average_attn_weights=False)
            maps.append(weights)
            return layer.dropout2(told)
        return attend

    for layer in model.audio_motion_cross_attn.layers:
        layer._mha_block = keep(layer)
    model(audio(1, 64), torch.zeros(1, 1, dtype=torch.long),
          filled_weights.uniform("in:motion", (1, 64, 337)), mask)
    golden_file.write(HERE / "emage_attention.txt", {
        "first": maps[0][:, :, ::9, ::9], "last": maps[-1][:, :, ::9, ::9]})


def tokenizers():
    for part in ("upper", "lower"):
        model = tokenizer(part)
        motion = filled_weights.uniform("in:" + part, (2, 64, CHANNELS[part]))
        codes = model.map2index(motion)
        golden_file.write(HERE / f"emage_tokenizer_{part}.txt", {
            "latents": model.encoder(motion)[:, ::9, ::33], "codes": codes,
            "vectors": model.map2latent(motion)[:, ::9, ::33],
            "decoded": model.decode(codes)[:, ::9, ::3]})


def global_motion():
    """EMAGE's class must say what SemTalk's says, which global_motion.txt was made with."""
    model = EmageVAEConv(EmageVAEConvConfig(vae_layer=4, vae_length=256, vae_test_dim=61))
    describe("global", model)
    filled_weights.fill(model)
    said = model(filled_weights.uniform("in:lower", (1, 40, 61)))["rec_pose"][:, ::3]
    kept = (HERE / "global_motion.txt").read_text(encoding="ascii").split()[1:]
    difference = np.abs(said.numpy().ravel() - np.array(kept, dtype=np.float32)).max()
    print("global motion differs by", difference)
    assert difference < 1e-5


HERE.mkdir(exist_ok=True)
emage = generator()
window.face = tokenizer("face")
tokenizer("hands")
audio_encoder(emage)
window("seed", emage, masks()["seed"])
window("part", emage, masks()["part"])
window("unheard", emage, masks()["part"], use_audio=False)
window("short", emage, masks()["seed"], frames=20)
cross_attention(emage, masks()["seed"])
tokenizers()
global_motion()
