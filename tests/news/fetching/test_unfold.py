"""Compressed answers: the same however they arrive, and never a part taken for the whole."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.news.fetching.unfold import Unfold, UnfoldError


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


WAYS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "gzip of several parts": ("x-gzip", lambda data: gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])),
    "deflate": ("deflate", zlib.compress),
    "deflate without its envelope": ("Deflate", bare),
    "nothing": ("identity", lambda data: data),
}
BODIES = st.binary(min_size=1, max_size=2000) | st.integers(1, 5000).map(lambda count: b"<item/>" * count)


def unfold(encoding: str, wire: bytes, cuts: list[int], limit: int = 1_000_000) -> bytes:
    unpacked = Unfold(encoding, limit)
    places = sorted({0, *(cut % (len(wire) + 1) for cut in cuts), len(wire)})
    for start, end in pairwise(places):
        unpacked.take(wire[start:end])
    return unpacked.data()


@pytest.mark.parametrize("way", WAYS)
@given(body=BODIES, cuts=st.lists(st.integers(0, 10_000)))
def test_however_it_arrives(way: str, body: bytes, cuts: list[int]) -> None:
    encoding, pack = WAYS[way]
    assert unfold(encoding, pack(body), cuts) == body


@pytest.mark.parametrize("way", ["gzip", "deflate", "deflate without its envelope"])
@given(body=BODIES, cuts=st.lists(st.integers(0, 10_000)), kept=st.floats(0, 1, exclude_max=True))
def test_a_part_is_no_answer(way: str, body: bytes, cuts: list[int], kept: float) -> None:
    encoding, pack = WAYS[way]
    wire = pack(body)
    part = wire[: max(1, int(len(wire) * kept))]
    with pytest.raises(UnfoldError, match="the answer broke off before its end"):
        unfold(encoding, part, cuts)


@pytest.mark.parametrize("way", WAYS)
@given(body=st.binary(min_size=101, max_size=2000), cuts=st.lists(st.integers(0, 10_000)))
def test_the_limit_holds(way: str, body: bytes, cuts: list[int]) -> None:
    encoding, pack = WAYS[way]
    with pytest.raises(UnfoldError, match="too large: at most 100 bytes are read"):
        unfold(encoding, pack(body), cuts, limit=100)


@given(noise=st.binary(max_size=500), cuts=st.lists(st.integers(0, 500)), way=st.sampled_from(["gzip", "deflate"]))
def test_noise_ends_in_a_sentence(noise: bytes, cuts: list[int], way: str) -> None:
    """And in no other exception."""
    with suppress(UnfoldError):
        unfold(way, noise, cuts)
