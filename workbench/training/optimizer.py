"""Steps of training: orthogonalised momentum for the matrices, Adam for embeddings, norms and biases.

Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/) replaces the update of a
weight matrix by the nearest orthogonal one, found by a Newton-Schulz iteration. Its update is
scaled to the size of Adam's (Liu et al. 2025, arXiv:2502.16982), so one learning rate serves both.
"""

from __future__ import annotations

from typing import Any

import torch
from transformers import MarianMTModel

STEPS = 4  # of the iteration; five in the original, four lose nothing measurable and save a fifth
QUINTIC = (3.4445, -4.7750, 2.0315)  # coefficients of the iteration, from the Muon post
LIKE_ADAM = 0.2  # root mean square of an Adam update
MOMENTUM = 0.95


def orthogonal(stack: torch.Tensor) -> torch.Tensor:
    """The matrices of a stack (count, rows, columns) with all singular values moved near 1."""
    a, b, c = QUINTIC
    tall = stack.size(-2) > stack.size(-1)
    x = stack.mT if tall else stack
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(STEPS):
        square = x @ x.mT
        x = a * x + (b * square + c * (square @ square)) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    """Matrices of one shape form a group and are stepped together, one stack a group."""

    def __init__(self, matrices: list[torch.nn.Parameter], rate: float):
        shapes = sorted({tuple(m.shape) for m in matrices})
        groups = [{"params": [m for m in matrices if tuple(m.shape) == shape]} for shape in shapes]
        super().__init__(groups, {"lr": rate})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            matrices = group["params"]
            slope = torch.stack([m.grad for m in matrices]).float()
            state = self.state[matrices[0]]
            momentum = state.setdefault("momentum", torch.zeros_like(slope))
            momentum.lerp_(slope, 1 - MOMENTUM)
            update = orthogonal(slope.lerp_(momentum, MOMENTUM))
            update.mul_(group["lr"] * LIKE_ADAM * max(matrices[0].shape) ** 0.5)
            for matrix, change in zip(matrices, update, strict=True):
                matrix.sub_(change)


class Steps:
    """Muon and Adam as one optimiser: same learning rate, one state to save."""

    def __init__(self, model: MarianMTModel, rate: float, muon: bool):
        named = {name: p for name, p in model.named_parameters() if p.requires_grad}
        matrices = [p for name, p in named.items() if muon and p.ndim == 2 and ".layers." in name]
        chosen = {id(p) for p in matrices}
        rest = [p for p in named.values() if id(p) not in chosen]
        adam = torch.optim.Adam(rest, lr=rate, betas=(0.9, 0.98), eps=1e-9, fused=True)
        self.parts: dict[str, torch.optim.Optimizer] = {"adam": adam}
        if matrices:
            self.parts["muon"] = Muon(matrices, rate)

    def step(self, rate: float) -> None:
        """One step at a learning rate, from the gradients that lie in the parameters."""
        for part in self.parts.values():
            for group in part.param_groups:
                group["lr"] = rate
            part.step()

    def zero_grad(self) -> None:
        for part in self.parts.values():
            part.zero_grad(set_to_none=True)

    def state_dict(self) -> dict[str, Any]:
        return {name: part.state_dict() for name, part in self.parts.items()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        for name, part in self.parts.items():
            part.load_state_dict(state[name])
