# SPDX-License-Identifier: Apache-2.0
"""Writes files like those that the authors of SemTalk, EchoMask and EMAGE released: their keys,
shapes, wrapping and containers, with random contents. What gesture weights convert must turn into
bundles. Nothing of it is committed: the files are as large as the released ones (5 GB).

usage: make_released_files.py SYSTEM ORIGINAL FOLDER
  SYSTEM    semtalk, echomask or emage
  ORIGINAL  its repository (SemTalk 12589ef, EchoMask 1e86a4a, PantoMatrix c7356f3)
transformers comes from PyPI.
"""

import collections
import pathlib
import pickle
import sys
import types

import numpy as np
import torch
import transformers

SYSTEM, ORIGINAL, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
WORDS = 11195
torch.Tensor.cuda = lambda self, *a, **k: self  # the originals ask for a GPU in a constructor
torch.set_grad_enabled(False)
torch.manual_seed(2021)
for name in ("lmdb", "fasttext", "textgrid", "pyarrow", "loguru"):
    sys.modules.setdefault(name, types.SimpleNamespace(logger=None))
sys.path.insert(0, str(ORIGINAL))


def save(module, name, wrapped=True, legacy=False):
    """As the authors' trainers do: below "model_state", every key with "module."."""
    state = collections.OrderedDict(
        ("module." + key if wrapped else key,
         torch.randn_like(value) if key.endswith("codebook") else value.clone())
        for key, value in module.state_dict().items())
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model_state": state} if wrapped else state, path,
               _use_new_zipfile_serialization=not legacy)
    print(path, len(state), sum(p.numel() for p in module.parameters()))


def tokenizers():
    from models.motion_representation import VAEConvZero
    from models.rvq import RVQVAE
    for part, channels, epoch in (("face", 106, 600), ("upper", 78, 500), ("hands", 180, 500),
                                  ("lower", 61, 600)):
        args = types.SimpleNamespace(vae_test_dim=channels)
        save(RVQVAE(args), f"weights/pretrained_vq/rvq_{part}_{epoch}.bin")
    args = types.SimpleNamespace(vae_layer=4, vae_length=256, vae_test_dim=61, variational=False,
                                 vae_grow=[1, 1, 2, 1])
    save(VAEConvZero(args), "weights/pretrained_vq/last_1700_foot.bin", legacy=True)


def speech_encoder():
    """As published for recognition: HubertForCTC, old names of the weight norm, no wrapper."""
    config = transformers.HubertConfig(
        hidden_size=1024, num_hidden_layers=24, num_attention_heads=16, intermediate_size=4096,
        do_stable_layer_norm=True, feat_extract_norm="layer", conv_bias=True)
    model = transformers.HubertForCTC(config)
    state = {key.replace("parametrizations.weight.original0", "weight_g").replace(
        "parametrizations.weight.original1", "weight_v"): value
        for key, value in model.state_dict().items()}
    torch.save(state, FOLDER / "hubert-large-ls960-ft.bin")


def sentence_encoder():
    config = transformers.CLIPTextConfig()  # ViT-B/32
    save(transformers.CLIPTextModelWithProjection(config), "clip-vit-base-patch32-text.bin",
         wrapped=False)


class Vocab:
    """Stands for the class of that name in the authors' pickle."""


def vocabulary(folder):
    Vocab.__module__ = "__main__"
    table = Vocab()
    table.name, table.trimmed, table.n_words = "words", False, WORDS
    words = ["<PAD>", "<SOS>", "<EOS>", "<UNK>", ""] + [f"word{i}" for i in range(WORDS - 5)]
    table.word2index = {word: i for i, word in enumerate(words)}
    table.word2count = {word: 1 for word in words}
    table.index2word = dict(enumerate(words))
    table.word_embedding_weights = np.zeros((WORDS, 300), np.float32)
    (folder / "weights").mkdir(parents=True, exist_ok=True)
    with open(folder / "weights" / "vocab.pkl", "wb") as file:
        pickle.dump(table, file)


ARGS = types.SimpleNamespace(
    hidden_size=768, audio_f=256, motion_f=256, pose_length=64, vae_codebook_size=256,
    pose_dims=330, data_path=str(FOLDER) + "/", t_fix_pre=False, word_index_num=WORDS)

if SYSTEM == "semtalk":
    vocabulary(FOLDER)
    sys.modules["dataloaders.build_vocab"] = types.SimpleNamespace(Vocab=Vocab)
    from models import semtalk
    save(semtalk.semtalk_base(ARGS), "weights/best_semtalk_base.bin")
    save(semtalk.semtalk_sparse(ARGS), "weights/best_semtalk_sparse.bin")
    tokenizers()
    speech_encoder()
    sentence_encoder()
elif SYSTEM == "echomask":
    from models import echomask
    save(echomask.echomask(ARGS), "weights/best_echomask.bin")
    storage = torch.linalg.qr(torch.randn(1024, 1024))[0]
    torch.save(storage[:, :256], FOLDER / "weights" / "rop_1024_256.pt")
    tokenizers()
    speech_encoder()
elif SYSTEM == "emage":
    from models.emage_audio import configuration_emage_audio as configuration
    from models.emage_audio import modeling_emage_audio as modeling
    save(modeling.EmageAudioModel(configuration.EmageAudioConfig(
        pose_dims=330, pose_length=64, seed_frames=4, hidden_size=768, audio_f=256, motion_f=256,
        speaker_dims=1, vae_codebook_size=256, lf=3, lu=3, lh=3, ll=3, cf=0, cu=1, ch=1, cl=1)),
        "pytorch_model.bin", wrapped=False)
    for part, channels, layers in (("face", 106, 2), ("upper", 78, 2), ("hands", 180, 2),
                                   ("lower", 61, 4)):
        config = configuration.EmageVQVAEConvConfig(
            vae_codebook_size=256, vae_length=256, vae_layer=layers, vae_quantizer_lambda=1,
            vae_test_dim=channels)
        save(modeling.EmageVQVAEConv(config), f"emage_vq/{part}/pytorch_model.bin", wrapped=False)
    config = configuration.EmageVAEConvConfig(vae_layer=4, vae_length=256, vae_test_dim=61)
    save(modeling.EmageVAEConv(config), "emage_vq/global/pytorch_model.bin", wrapped=False)
else:
    sys.exit(__doc__)
