# SPDX-License-Identifier: Apache-2.0
"""One training step of the originals' networks on weights and data that follow from their names:
losses, gradients, codebooks after their update. Dropout is off; batch norm learns.

usage: make_training_golden.py path/to/SemTalk path/to/EchoMask   (12589ef, 1e86a4a)
Writes training/*.txt beside this script. The losses are those of the originals' trainers, spelt out
here because the trainers cannot run without their data.
"""

import pathlib
import subprocess
import sys
import types

import torch
import torch.nn.functional as F

import filled_weights
import golden_file

HERE = pathlib.Path(__file__).parent / "training"
NAMES = ("base", "sparse", "echomask", "quantizer", "global_motion", "skeleton", "losses")
if len(sys.argv) == 3:  # the two repositories' packages have the same names: a process each
    HERE.mkdir(exist_ok=True)
    for name in NAMES:
        subprocess.run([sys.executable, __file__, *sys.argv[1:], name], check=True)
    sys.exit()

WHICH = sys.argv[3]
sys.path.insert(0, sys.argv[2] if WHICH == "echomask" else sys.argv[1])
torch.Tensor.cuda = lambda self, *a, **k: self
torch.nn.Module.cuda = lambda self, *a, **k: self
for name in ("lmdb", "fasttext", "textgrid", "pyarrow", "loguru"):
    sys.modules.setdefault(name, types.SimpleNamespace(logger=None))

if WHICH in ("base", "sparse"):
    sys.modules["dataloaders.build_vocab"] = types.SimpleNamespace(Vocab=types.SimpleNamespace)

PARTS = ("face", "upper", "hands", "lower")
ARGS = types.SimpleNamespace(
    hidden_size=768, audio_f=256, motion_f=256, pose_length=64, vae_codebook_size=256,
    pose_dims=330, data_path="", t_fix_pre=False, word_index_num=11195)
BATCH = 2


def uniform(name, *shape):
    return filled_weights.uniform(name, shape)


def whole(name, count, *shape):
    """Whole numbers below `count`."""
    return ((uniform(name, *shape) + 1) / 2 * count).floor().clamp(0, count - 1).long()


def learning(module):
    """Training mode without dropout."""
    for child in module.modules():
        if isinstance(child, torch.nn.Dropout):
            child.p = 0.0
        if isinstance(child, torch.nn.MultiheadAttention):
            child.dropout = 0.0
    return module.train()


def targets(parts):
    codes = {p: whole("in:codes_" + p, 256, BATCH, 16, 6) for p in parts}
    books = {p: 0.5 * uniform("books:" + p, 6, 256, 256) for p in parts}
    vectors = {p: torch.stack([books[p][q][codes[p][..., q]] for q in range(6)], 1) for p in parts}
    return codes, vectors


def part_losses(out, parts, codes, vectors, last_alone=False, weights=None):
    """Weighted code errors and latent errors of a pass."""
    code = latent = 0
    for p in parts:
        for q in range(6):
            error = F.nll_loss(F.log_softmax(out["cls_" + p][..., q], 2).transpose(1, 2),
                               codes[p][..., q], reduction="none")
            error = (error * weights if weights is not None else error).mean()
            code = code + (error if q == 5 else 0) if last_alone else code + error / (q + 1)
        square = (out["rec_" + p].squeeze(2) - vectors[p]) ** 2
        if weights is not None:
            square = square * weights[:, None, :, None]
        latent = latent + 3 * square.mean()
    return code, latent / 6


MOTION = uniform("in:motion", BATCH, 64, 337)
SEED = torch.ones(BATCH, 64, 337)
SEED[:, :4] = 0
HIDDEN = (uniform("in:hidden", BATCH, 64, 337) < -0.4).float()
SPEAKER = torch.ones(BATCH, 64, 1, dtype=torch.int64)


def gradients(model, names, scale=1.0):
    state = dict(model.named_parameters())
    found = {}
    for name in names:
        flat = state[name].grad.flatten()
        found["grad:" + name] = torch.cat([flat.norm().reshape(1), flat[:: max(1, flat.numel() // 7)][:8]])
    return found


SHARED = ["mask_embeddings", "motion_encoder.main.0.weight", "feature2motion.weight",
          "motion_self_encoder.layers.0.self_attn.in_proj_weight", "body1d.weight",
          "hands_decoder.layers.0.multihead_attn.in_proj_weight",
          "upper_hands_decoder.layers.0.linear1.bias", "upper1d.weight",
          "predict_res_lower.cross_attn_5.layers.2.norm3.weight",
          "predict_res_hands.map_zq3.weight", "lower_classifier.mlp.2.bias",
          "spearker_encoder_body.weight"]
FACE = ["face_decoder.layers.1.norm2.weight", "face1d_2.weight", "face_classifier.mlp.0.weight"]


def base():
    from models.semtalk import semtalk_base
    model = learning(filled_weights.fill(semtalk_base(ARGS)))
    codes, vectors = targets(PARTS)
    values = {}
    total = 0
    for name, mask, words in (("a", SEED, True), ("b", HIDDEN, False), ("c", HIDDEN, True)):
        out = model(in_audio=uniform("in:beat", BATCH, 64, 3), mask=mask, is_train=True,
                    in_motion=MOTION, use_word=words, in_id=SPEAKER,
                    hubert=uniform("in:hubert1024", BATCH, 64, 1024), in_word=None)
        code, latent = part_losses(out, PARTS, codes, vectors, last_alone=name == "b")
        loss = code + latent
        if name == "a":
            rhythm = out["hubert_cons_loss"] + out["beat_cons_loss"]
            values["rhythm"] = rhythm
            loss = loss + rhythm
        values["loss_" + name] = torch.stack([loss, code, latent])
        total = total + loss
    total.backward()
    values |= gradients(model, SHARED + FACE + ["hubert_encoder.0.weight", "at_attn_body.weight",
                                                "wordhints_decoder.layers.7.linear2.weight"])
    values["running_mean"] = model.hubert_encoder_body[1].running_mean[:8]
    values["running_var"] = model.hubert_encoder_body[1].running_var[:8]
    return values


def sparse():
    import pickle
    import tempfile

    import numpy as np

    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "weights").mkdir()
    vocabulary = types.SimpleNamespace(word_embedding_weights=np.zeros((11195, 300), np.float32))
    with open(folder / "weights" / "vocab.pkl", "wb") as file:
        pickle.dump(vocabulary, file)
    from models.semtalk import semtalk_sparse
    ARGS.data_path = f"{folder}/"
    model = learning(filled_weights.fill(semtalk_sparse(ARGS)))
    parts = ("upper", "hands", "lower")
    codes, vectors = targets(parts)
    score = (uniform("in:score", BATCH, 64) > 0.5).float() * 0.6
    mean = score.view(BATCH, 16, 4).mean(2)
    values = {}
    total = 0
    for name, mask, words in (("a", SEED, True), ("b", HIDDEN, False), ("c", HIDDEN, True)):
        out = model(in_word=whole("in:word", 11195, BATCH, 64),
                    feat_clip_text=0.3 * uniform("in:clip", BATCH, 512),
                    emotion=torch.zeros(BATCH, 512), mask=mask, use_word=words, in_id=SPEAKER,
                    in_motion=MOTION, hubert=uniform("in:hubert1024", BATCH, 64, 1024))
        code, latent = part_losses(out, parts, codes, vectors, weights=mean)
        gate = F.cross_entropy(out["gate"].reshape(-1, 2), (mean > 0).long().reshape(-1))
        loss = code + latent + (gate if name == "b" else 0)
        values["loss_" + name] = torch.stack([loss, code, latent, gate])
        total = total + loss
    total.backward()
    values |= gradients(model, SHARED + ["gate.weight", "clip_embedding.weight",
                                         "text_encoder_body.weight", "at_attn_bert.weight",
                                         "semantic_body_decoder.layers.0.norm2.bias"])
    return values


def echomask():
    from models.echomask import echomask as network
    model = learning(filled_weights.fill(network(ARGS)))
    with torch.no_grad():
        model.mask_generator.fusion_weights.copy_(
            0.33 + 0.1 * uniform("mask_generator.fusion_weights", 3))
    codes, vectors = targets(PARTS)
    frames = (uniform("in:frames", BATCH, 64) < -0.25).float()
    zq = {f"{p}_zq": vectors[p].unsqueeze(2) for p in PARTS}
    values = {}
    total = 0
    for name, mask, words in (("a", SEED, True), ("b", None, False), ("c", None, True)):
        out = model(hubert=uniform("in:hubert256", BATCH, 64, 256),
                    hubert_hid=uniform("in:hubert_hid256", BATCH, 64, 256), mask=mask,
                    mask_frame=frames, hard_mask=mask is None, in_motion=MOTION, in_id=SPEAKER,
                    use_word=words, train_mode=True, **zq)
        code, latent = part_losses(out, PARTS, codes, vectors)
        alignment = out["loss_moau"]
        loss = code + latent + alignment
        if name == "a":
            loss = loss + out["hubert_cons_loss"] + out["beat_cons_loss"]
        values["loss_" + name] = torch.stack([loss, code, latent, alignment])
        total = total + loss
    total.backward()
    values |= gradients(model, SHARED + FACE + [
        "mask_generator.fusion_weights", "MAM.moau_query_hands",
        "MAM.motion_encoder_lower_2.layers.1.linear1.weight", "MAM.match_face_classifier.mlp.0.weight",
        "MAM.upper_decoder_low.layers.0.multihead_attn.in_proj_weight",
        "mask_generator.shared_transformer_decoder.layers.5.linear1.weight"])
    return values


def quantizer():
    from models.rvq import RVQVAE
    model = learning(filled_weights.fill(RVQVAE(types.SimpleNamespace(vae_test_dim=78))))
    values = {}
    for step in range(2):
        motion = uniform(f"in:step{step}", 16, 64, 78)
        model.zero_grad()
        encoded = model.encoder(model.preprocess(motion))
        quantized, codes, commit, perplexity = model.quantizer(encoded, sample_codebook_temp=0.0)
        made = model.decoder(quantized)
        made = made if made.shape == motion.shape else made.permute(0, 2, 1)
        loss = F.mse_loss(made, motion) + commit
        loss.backward()
        values[f"loss{step}"] = torch.stack([loss, commit, perplexity])
        values[f"codes{step}"] = codes.float()[:2]
        for name, grad in gradients(model, ["encoder.model.0.weight", "encoder.model.4.bias",
                                            "decoder.model.6.weight"]).items():
            values[f"{name}{step}"] = grad
        for layer in (0, 5):
            values[f"book{layer}_{step}"] = model.quantizer.layers[layer].codebook[::51, ::37]
    return values


def global_motion():
    from models.motion_representation import VAEConvZero
    model = learning(filled_weights.fill(VAEConvZero(types.SimpleNamespace(
        vae_layer=4, vae_length=256, vae_test_dim=61, variational=False, vae_grow=[1, 1, 2, 1]))))
    columns = [6 * j + c for j in (0, 1, 2, 4, 5, 7, 8, 10, 11) for c in range(6)]
    given = MOTION[..., columns]
    places = MOTION[..., 330:333]
    contacts = (MOTION[..., 333:337] > 0).float()
    made = model(torch.cat([given, torch.zeros(BATCH, 64, 7)], 2))["rec_pose"]
    step = 1 / 30
    speed = torch.cat([places[:, 1:2] - places[:, :1],
                       (places[:, 2:] - places[:, :-2]) / 2,
                       places[:, -1:] - places[:, -2:-1]], 1) / step

    def integrated(velocity, start):
        path = [start]
        for i in range(1, velocity.shape[1]):
            path.append(velocity[:, i - 1] * step + path[-1])
        return torch.stack(path, 1)

    loss = F.mse_loss(made[..., 57:61], contacts)
    for axis in (0, 2):
        mine, theirs = made[..., 54 + axis], speed[..., axis]
        loss = loss + F.l1_loss(mine, theirs) + 5 * F.l1_loss(mine.diff(), theirs.diff()) \
            + 5 * F.l1_loss(mine.diff(n=2), theirs.diff(n=2))
    way = torch.stack([integrated(made[..., 54], places[:, 0, 0]), made[..., 55],
                       integrated(made[..., 56], places[:, 0, 2])], 2)
    loss = loss + F.l1_loss(way, places) + 5 * F.l1_loss(way.diff(dim=1), places.diff(dim=1)) \
        + 5 * F.l1_loss(way.diff(dim=1, n=2), places.diff(dim=1, n=2)) + F.mse_loss(way, places)
    loss.backward()
    return {"loss": loss.reshape(1)} | gradients(model, [
        "encoder.main.0.weight", "encoder.main.8.model.2.bias", "decoder.main.10.weight"])


def skeleton():
    """Which edges are near each other and which are merged, of the feature network's three sizes."""
    from models.utils.skeleton import SkeletonPool, build_edge_topology, find_neighbor

    parents = [-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 15, 15, 15,
               20, 25, 26, 20, 28, 29, 20, 31, 32, 20, 34, 35, 20, 37, 38, 21, 40, 41, 21, 43, 44,
               21, 46, 47, 21, 49, 50, 21, 52, 53]
    edges = build_edge_topology(parents)
    values = {}
    for size in range(3):
        near = find_neighbor(edges, 2)
        values[f"near{size}"] = torch.tensor([float(n) for row in near for n in [-1, *row]])
        pool = SkeletonPool(edges, "mean", 1)
        values[f"merged{size}"] = torch.tensor([float(n) for row in pool.pooling_list for n in [-1, *row]])
        edges = pool.new_edges
    return values


def losses():
    from optimizers.loss_factory import GeodesicLoss
    from utils import rotation_conversions as rc
    six = uniform("in:six", 2, 8, 13 * 6)
    other = six + 0.3 * uniform("in:other", 2, 8, 13 * 6)
    six.requires_grad_(True)
    first = rc.rotation_6d_to_matrix(six.view(2, 8, 13, 6))
    second = rc.rotation_6d_to_matrix(other.view(2, 8, 13, 6))
    angle = GeodesicLoss()(first, second)
    speed = F.l1_loss(first.diff(dim=1), second.diff(dim=1))
    change = F.l1_loss(first.diff(dim=1, n=2), second.diff(dim=1, n=2))
    (angle + speed + change).backward()
    return {"terms": torch.stack([angle, speed, change]), "grad": six.grad.flatten()[::50]}


golden_file.write(HERE / f"{WHICH}.txt",
                  {k: v.detach() for k, v in globals()[WHICH]().items()})
