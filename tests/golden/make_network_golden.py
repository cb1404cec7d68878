# SPDX-License-Identifier: Apache-2.0
"""Runs the originals of the encoders, the tokenizer and the global-motion and feature networks with
weights that follow from their names, and keeps a few of their outputs.

usage: make_network_golden.py path/to/SemTalk   (at 12589ef; transformers from PyPI)
Writes networks/*.txt beside this script.
"""

import pathlib
import sys
import tempfile
import types

import numpy as np
import torch
import transformers

import filled_weights
import golden_file

# SMPL-X: each joint's parent; the network takes its skeleton from the body model's file.
PARENTS = [-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 15, 15, 15,
           20, 25, 26, 20, 28, 29, 20, 31, 32, 20, 34, 35, 20, 37, 38, 21, 40, 41, 21, 43, 44, 21,
           46, 47, 21, 49, 50, 21, 52, 53]
HERE = pathlib.Path(__file__).parent / "networks"
sys.path.insert(0, sys.argv[1])
torch.Tensor.cuda = lambda self, *a, **k: self  # the originals ask for a GPU in a constructor
torch.set_grad_enabled(False)
# Imported by the originals' files, not needed by their networks.
for name in ("lmdb", "fasttext", "textgrid", "pyarrow", "loguru"):
    sys.modules.setdefault(name, types.SimpleNamespace(logger=None))


def hubert(name, stable, bias):
    config = transformers.HubertConfig(
        hidden_size=32, num_hidden_layers=4, num_attention_heads=4, intermediate_size=48,
        conv_dim=(16,) * 7, num_feat_extract_layers=7, num_conv_pos_embeddings=16,
        num_conv_pos_embedding_groups=4, do_stable_layer_norm=stable,
        feat_extract_norm="layer" if stable else "group", conv_bias=bias,
        attn_implementation="eager")
    model = transformers.HubertModel(config)

    def rename(key):
        return key.replace("parametrizations.weight.original0", "weight_g").replace(
            "parametrizations.weight.original1", "weight_v")
    filled_weights.fill(model, rename)
    samples = filled_weights.uniform("in:samples", (2, 4000))
    out = model(samples, output_hidden_states=True)
    golden_file.write(HERE / f"{name}.txt", {
        "last": out.last_hidden_state, "middle": out.hidden_states[3]})


def sentence():
    config = transformers.CLIPTextConfig(
        vocab_size=100, hidden_size=32, intermediate_size=64, num_hidden_layers=3,
        num_attention_heads=4, max_position_embeddings=12, projection_dim=24, eos_token_id=99,
        bos_token_id=98, pad_token_id=0, attn_implementation="eager")
    model = filled_weights.fill(transformers.CLIPTextModelWithProjection(config))
    tokens = torch.tensor([[98, 5, 17, 99, 0, 0, 0, 0], [98, 40, 41, 42, 43, 44, 45, 99]])
    golden_file.write(HERE / "sentence.txt", {"embedding": model(tokens).text_embeds})


def tokenizer():
    from models.rvq import RVQVAE
    for part, channels in {"upper": 78, "lower": 61}.items():
        args = types.SimpleNamespace(vae_test_dim=channels)
        model = filled_weights.fill(RVQVAE(args))
        motion = filled_weights.uniform("in:" + part, (2, 66, channels))
        codes = model.map2index(motion)
        vectors = model.map2zq(motion)
        decoded = model.decode(codes)
        golden_file.write(HERE / f"tokenizer_{part}.txt", {
            "codes": codes, "vectors": vectors[:, :, ::5, ::16], "decoded": decoded[:, ::7]})


def global_motion():
    from models.motion_representation import VAEConvZero
    args = types.SimpleNamespace(vae_layer=4, vae_length=256, vae_test_dim=61, variational=False,
                                 vae_grow=[1, 1, 2, 1])
    model = filled_weights.fill(VAEConvZero(args))
    lower = filled_weights.uniform("in:lower", (1, 40, 61))
    golden_file.write(HERE / "global_motion.txt", {"rec_pose": model(lower)["rec_pose"][:, ::3]})


def motion_features():
    from models.motion_representation import VAESKConv
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "smplx_models" / "smplx").mkdir(parents=True)
    np.savez(folder / "smplx_models" / "smplx" / "SMPLX_NEUTRAL_2020.npz",
             kintree_table=np.array([PARENTS, range(55)]))
    args = types.SimpleNamespace(data_path_1=f"{folder}/", vae_layer=4, vae_length=240, vae_test_dim=330, variational=False,
                                 vae_grow=[1, 1, 2, 1], ori_joints="beat_smplx_joints",
                                 tar_joints="beat_smplx_full", pose_rep="smplxflame_30")
    model = VAESKConv(args).eval()
    keep = (".mask", "common.0.weight")
    filled_weights.fill(model, keep=keep)
    for key, tensor in model.state_dict().items():
        if key.startswith("encoder.") and key.endswith(".mask"):
            tensor.copy_((filled_weights.uniform(key, tuple(tensor.shape)) > 0).float())
        if key.startswith("encoder.") and key.endswith("common.0.weight"):
            tensor.copy_(filled_weights.value(key, tuple(tensor.shape)))
    rotations = filled_weights.uniform("in:rotations", (1, 96, 330))
    golden_file.write(HERE / "motion_features.txt", {"latent": model.map2latent(rotations)})


HERE.mkdir(exist_ok=True)
made = sys.argv[2:] or ["hubert", "sentence", "tokenizer", "global_motion", "motion_features"]
if "hubert" in made:
    hubert("hubert_stable", True, True)
    hubert("hubert_base", False, False)
for name in made:
    if name != "hubert":
        globals()[name]()
