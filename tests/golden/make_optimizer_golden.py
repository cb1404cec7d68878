# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/training/adam.txt: parameters after steps of torch.optim.Adam and AdamW, and
gradients after torch's clip_grad_norm_. Run by hand: python tests/golden/make_optimizer_golden.py
(torch 2.11)."""

import pathlib

import golden_file
import torch

FOLDER = pathlib.Path(__file__).parent / "training"


def gradient(step, count):
    """The gradients that the test makes, too: exact in float32."""
    return torch.tensor([((i * 37 + step * 101) % 64 - 31) / 32.0 for i in range(count)])


def start(count):
    return torch.tensor([((i * 53) % 128 - 64) / 64.0 for i in range(count)])


def trained(make, steps=5, count=12):
    first = torch.nn.Parameter(start(count).reshape(3, 4))
    second = torch.nn.Parameter(start(5))
    optimizer = make([first, second])
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = 0.01 / (1 + step)
        first.grad = gradient(step, count).reshape(3, 4)
        second.grad = gradient(step + 7, 5) if step % 2 == 0 else None
        optimizer.step()
    return torch.cat([first.detach().ravel(), second.detach()])


def clipped(longest):
    first = torch.nn.Parameter(torch.zeros(12))
    second = torch.nn.Parameter(torch.zeros(5))
    first.grad, second.grad = gradient(1, 12), gradient(2, 5)
    norm = torch.nn.utils.clip_grad_norm_([first, second], longest)
    return torch.cat([norm.reshape(1), first.grad, second.grad])


def main():
    adam, adamw = torch.optim.Adam, torch.optim.AdamW
    golden_file.write(FOLDER / "adam.txt", {
        "adam": trained(lambda p: adam(p, betas=(0.5, 0.999))),
        "adam_decay": trained(lambda p: adam(p, betas=(0.9, 0.98), weight_decay=0.1, eps=1e-6)),
        "adamw": trained(lambda p: adamw(p, betas=(0.9, 0.999), weight_decay=0.1)),
        "clip_short": clipped(0.99),
        "clip_long": clipped(100.0),
    })


if __name__ == "__main__":
    main()
