"""One form for a name that no glossary lists: which of those that stand for it, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.enforcement.demands import Terms
from workbench.morphology.bases import bases, nominative
from workbench.names.comparison import same_name
from workbench.names.discovery import based_on
from workbench.names.distance import distance
from workbench.names.keys import word_keys
from workbench.names.mentions import is_known
from workbench.names.sounds import sounds
from workbench.names.usage import usual
from workbench.transliteration.candidates import candidates

CERTAIN = 0.1  # cost up to which two spellings of the source share one form
TRUSTED = frozenset({"official", "usage", "convention"})


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A word of a name as the source spells it, and what stands for it: base forms with their counts.

    `mentions` may be more than the counts together: where nothing alike stands in the target.
    """

    name: str
    mentions: int
    renderings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The one form for a name, in its base form; `reason` is for people."""

    name: str
    form: str
    reason: str
    renderings: tuple[tuple[str, int], ...] = ()


def merged(documents: Iterable[Sequence[Unlisted]]) -> list[Unlisted]:
    """What several documents say of the same names, counts added up."""
    mentions: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {}
    for unlisted in (one for document in documents for one in document):
        mentions[unlisted.name] += unlisted.mentions
        counts.setdefault(unlisted.name, Counter()).update(dict(unlisted.renderings))
    return [Unlisted(name, mentions[name], ranked(counts[name])) for name in counts]


def decide(unlisted: Sequence[Unlisted], terms: Terms) -> list[Decision]:
    """A form for each name that has a rendering: what the model writes most; between equals, and where
    it garbles a name that is known to be one, what the target language's convention says."""
    made = []
    for group in _alike(unlisted):
        counts: Counter[str] = Counter()
        for one in group:
            counts.update(dict(one.renderings))
        most = max(group, key=lambda one: one.mentions)
        counts = _rebased(counts, most.name, terms.target_language)
        whole = Unlisted(most.name, sum(one.mentions for one in group), ranked(counts))
        decision = _decided(whole, terms.source_language, terms.target_language)
        if decision is not None:
            made += [replace(decision, name=one.name) for one in group]
    return made


def _rebased(counts: Counter[str], name: str, language: str) -> Counter[str]:
    """Renderings that one part of a job took for base forms, and that another shows to be cases of them."""
    based = based_on(list(counts), language, bases, lambda word: nominative(word, language))
    made: Counter[str] = Counter()
    for form, count in counts.items():
        made[based[form] if based[form] != form else nearest(name, form, language)] += count
    return made


def nearest(name: str, word: str, language: str) -> str:
    """What sounds most like the name among a word and all that it may be a case of."""
    row = sounds(name).row
    options = [(distance(row, other, False), option) for option in (word, *bases(word, language))
               if (other := sounds(option).row) and row]  # fmt: skip
    return min(options, key=lambda one: (one[0], one[1] != word))[1] if options else word


def one_name(a: str, b: str) -> bool:
    """Whether two spellings of the source share one form beyond doubt: Mirzoyan and Mirzoian."""
    verdict = same_name(a, b)
    return verdict.same and verdict.cost <= CERTAIN


def _alike(unlisted: Sequence[Unlisted]) -> list[list[Unlisted]]:
    """Spellings of the source that are one name beyond doubt, brought together: Mirzoyan and Mirzoian."""
    groups: list[list[Unlisted]] = []
    by_key: dict[str, list[list[Unlisted]]] = defaultdict(list)
    for one in unlisted:
        near = [group for shared in sorted(word_keys(one.name)) for group in by_key[shared]]
        home = next((g for g in near if one_name(one.name, g[0].name)), None)
        if home is None:
            home = []
            groups.append(home)
        home.append(one)
        for shared in word_keys(one.name):
            by_key[shared].append(home)
    return groups


def _decided(one: Unlisted, source: str, target: str) -> Decision | None:
    if not one.renderings:
        return None
    total = sum(count for _, count in one.renderings)
    best, most = one.renderings[0]
    garbled = is_known(one.name) and not any(same_name(one.name, form).same for form, _ in one.renderings)
    if garbled:
        said = _convention(one.name, source, target)
        if said is not None:
            return Decision(one.name, said[0], f"the model garbles it ({best}); {said[1]}", one.renderings)
    if is_known(one.name) and not garbled:
        best, most = next((f, n) for f, n in one.renderings if same_name(one.name, f).same)
    equals = [form for form, count in one.renderings if count == most and form != best]
    if not equals:
        return Decision(one.name, best, f"what the model writes most ({most} of {total})", one.renderings)
    tied = [best, *equals]
    said = _convention(one.name, source, target)
    if said is not None and said[0] in tied:
        return Decision(one.name, said[0], f"{said[1]}; the model is of two minds", one.renderings)
    if one.name in tied:
        return Decision(one.name, one.name, "as the source spells it; the model is of two minds", one.renderings)
    return Decision(one.name, best, "one of the forms the model wrote; it is of two minds", one.renderings)


def _convention(name: str, source: str, target: str) -> tuple[str, str] | None:
    """The best form by rule, with its reason."""
    offered = [c for c in candidates(name, source, target, n=3, usual=usual) if c.how in TRUSTED]
    return (offered[0].form, "; ".join(offered[0].reason.split("; ")[:2])) if offered else None


def ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(counts.most_common())
