"""Orthogonalised steps."""

import copy

import torch
from transformers import MarianConfig, MarianMTModel

from workbench.training.optimizer import Muon, Steps, orthogonal


def test_singular_values_move_near_one():
    generator = torch.Generator().manual_seed(1)
    for shape in ((3, 16, 16), (2, 8, 32), (2, 32, 8)):
        made = orthogonal(torch.randn(shape, generator=generator))
        assert made.shape == shape
        values = torch.linalg.svdvals(made)
        assert 0.4 < values.min() and values.max() < 1.4


def test_matrices_of_different_shapes_reach_their_goals():
    torch.manual_seed(2)
    goals = [torch.randn(6, 6), torch.randn(6, 6), torch.randn(4, 9)]
    found = [torch.nn.Parameter(torch.zeros_like(goal)) for goal in goals]
    steps = Muon(found, 0.2)
    for number in range(300):
        steps.param_groups[0]["lr"] = steps.param_groups[1]["lr"] = 0.2 * (1 - number / 300)
        sum(((matrix - goal) ** 2).sum() for matrix, goal in zip(found, goals, strict=True)).backward()
        steps.step()
        steps.zero_grad()
    for matrix, goal in zip(found, goals, strict=True):
        assert (matrix - goal).abs().max() < 0.05


def small(seed: int) -> MarianMTModel:
    torch.manual_seed(seed)
    return MarianMTModel(
        MarianConfig(
            vocab_size=12, d_model=8, encoder_layers=1, decoder_layers=1, encoder_ffn_dim=16, decoder_ffn_dim=16,
            encoder_attention_heads=2, decoder_attention_heads=2, dropout=0.0, pad_token_id=11,
            decoder_start_token_id=11, eos_token_id=0, share_encoder_decoder_embeddings=True,
        )
    )  # fmt: skip


def loss(model: MarianMTModel) -> torch.Tensor:
    ids = torch.tensor([[3, 4, 5, 0]])
    return model(input_ids=ids, labels=ids).loss


def test_a_saved_state_goes_on_as_if_it_had_not_stopped():
    model, twin = small(3).eval(), small(4).eval()
    steps = Steps(model, 1e-2, muon=True)
    for _ in range(3):
        steps.zero_grad()
        loss(model).backward()
        steps.step(1e-2)
    twin.load_state_dict(model.state_dict())
    again = Steps(twin, 1e-2, muon=True)
    loss(twin).backward()
    again.load_state_dict(copy.deepcopy(steps.state_dict()))
    for one, stepper in ((model, steps), (twin, again)):
        stepper.zero_grad()
        loss(one).backward()
        stepper.step(5e-3)
    assert torch.equal(loss(model), loss(twin))


def test_matrices_of_the_layers_are_orthogonalised_and_embeddings_are_not():
    model = small(5)
    steps = Steps(model, 1e-2, muon=True)
    matrices = {id(p) for group in steps.parts["muon"].param_groups for p in group["params"]}
    named = dict(model.named_parameters())
    assert id(named["model.decoder.layers.0.encoder_attn.q_proj.weight"]) in matrices
    assert id(model.get_input_embeddings().weight) not in matrices
    assert set(Steps(model, 1e-2, muon=False).parts) == {"adam"}
