"""All chains of the office alike: read one, judge it, seal it when the key is changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from cases.events.chain import Keys, Link, Seal, first_break, seal_of, walk
from cases.events.models.chain_seal import ChainSeal
from cases.privacy.keyring import CHAIN, CHAINS_SEALED, NAMES, BadKeys
from cases.privacy.keys import newest, ring, sealed_chains_id

BATCH = 500
LOOKS = 3  # at a chain that seems broken: somebody may just have added to it


@dataclass(frozen=True)
class Chain:
    """One chain as it stood; ``again`` looks once more, ``None`` when it is gone."""

    name: str  # among all chains, for its seal
    shown: str
    links: list[Link]
    head: str
    count: int
    again: "Callable[[], Chain | None]"


def chain_keys() -> Keys:
    """The keys in force; raises ``BadKeys`` when the one that sealed the chains is not among them."""
    keys, sealed = ring(CHAIN), sealed_chains_id()
    places = [place for place, key in enumerate(keys, 1) if key.id == sealed]
    if sealed and not places:
        raise BadKeys(
            f"{CHAINS_SEALED} names key {sealed}, which is not in {NAMES[CHAIN]}. Put it back there."
        )
    return Keys(tuple(key.raw for key in keys), places[0] if places else len(keys))


def faults(chains: Iterable[Chain]) -> Iterator[tuple[str, str | None]]:
    """Yield ``(what it is called, None or a sentence)`` for every chain."""
    keys = chain_keys()
    for batch in _batches(chains):
        seals = _seals(batch)
        for chain in batch:
            yield chain.shown, _judged(keys, chain, seals.get(chain.name))[2]


def seal_older(chains: Iterable[Chain]) -> Iterator[tuple[int, int, list[tuple[str, str]]]]:
    """Seal each chain that ends under an older key; yield size, number sealed and faults of each batch.

    A broken chain is never sealed. What is sealed already costs no write.
    """
    keys, key = chain_keys(), newest(CHAIN)
    for batch in _batches(chains):
        seals, wanted, broken = _seals(batch), [], []
        for chain in batch:
            now, seal, fault = _judged(keys, chain, seals.get(chain.name))
            if fault:
                broken.append((chain.shown, fault))
            elif now.count and walk(keys.all, now.links, now.head, now.count).key:
                right = seal_of(key.raw, now.name, now.count, now.head)
                wanted += [(now.name, right)] if right != seal else []
        _write(wanted)
        yield len(batch), len(wanted), broken


def _judged(keys: Keys, chain: Chain, seal: Seal | None) -> tuple[Chain, Seal | None, str | None]:
    """The chain and its seal as they stood at the last look, and what is wrong with them."""
    fault: str | None = None
    for look in range(LOOKS):
        fault = first_break(keys, chain.name, chain.links, chain.head, chain.count, seal)
        now = chain.again() if fault and look < LOOKS - 1 else None
        if now is None:
            break
        chain, seal = now, _seals([now]).get(now.name)
    return chain, seal, fault


def _batches(chains: Iterable[Chain]) -> Iterator[list[Chain]]:
    waiting = iter(chains)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _seals(chains: Iterable[Chain]) -> dict[str, Seal]:
    rows = ChainSeal.objects.filter(chain__in=[chain.name for chain in chains])
    return {row.chain: Seal(row.length, row.head, row.mac) for row in rows}


def _write(wanted: list[tuple[str, Seal]]) -> None:
    rows = [
        ChainSeal(chain=name, length=seal.length, head=seal.head, mac=seal.mac)
        for name, seal in wanted
    ]
    ChainSeal.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["chain"],
        update_fields=["length", "head", "mac"],
    )
