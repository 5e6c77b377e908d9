"""The façade's part for models: what is installed, which one a pair uses, and getting more."""

from __future__ import annotations

from workbench.engines import defaults, registry
from workbench.engines.hub import Progress
from workbench.engines.registry import Card
from workbench.errors import InputError


class Models:
    def models(self) -> list[Card]:
        """Everything that is installed: bundled models first, one card for each pair of a model of several."""
        return registry.cards()

    def default_models(self) -> dict[tuple[str, str], Card]:
        """The model that each pair uses when nobody names another."""
        return registry.by_pair()

    def choose_model(self, source: str, target: str, name: str) -> None:
        """From now on this pair uses this model, here and at the command line. InputError for one that does not
        translate the pair."""
        if not any((card.source, card.target, card.name) == (source, target, name) for card in self.models()):
            raise InputError(f"no model '{name}' from {source} to {target} is installed (workbench models list)")
        defaults.choose(source, target, name)

    def pull(self, repo: str, progress: Progress | None = None) -> Card:
        """Fetch a model by name from the hub ($HF_ENDPOINT, else the public one) into the user's cache."""
        return registry.pull(repo, progress=progress)
