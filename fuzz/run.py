"""Fuzz one target, or all in turn, for so many seconds each.

python fuzz/run.py --engine atheris --seconds 60 [--target html]
python fuzz/run.py --engine hypothesis --seconds 60

atheris (extra wheel, not locked) is led by coverage; Hypothesis by shapes of input. Crashes are written to --out and
end the target.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from targets import SEEDS, TARGETS

SLOW = 20
"""Seconds after which one input is a hang."""


def main() -> None:
    """Run each target in a process of its own, so that a crash ends one of them."""
    options = argparse.ArgumentParser()
    options.add_argument("--engine", choices=("atheris", "hypothesis"), default="hypothesis")
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--target", choices=sorted(TARGETS))
    options.add_argument("--out", type=Path, default=Path("build/fuzz"))
    options.add_argument("--inside", action="store_true")
    asked = options.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.inside:
        (by_coverage if asked.engine == "atheris" else by_shape)(asked.target, asked.seconds, asked.out)
        return
    failed = []
    for name in [asked.target] if asked.target else TARGETS:
        began = time.monotonic()
        command = [sys.executable, __file__, "--inside", "--engine", asked.engine, "--target", name]
        command += ["--seconds", str(asked.seconds), "--out", str(asked.out)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        log = asked.out / f"{asked.engine}-{name}.log"
        log.write_text(done.stdout[-20_000:] + done.stderr[-20_000:])
        runs = [line for line in (done.stdout + done.stderr).splitlines() if "Done " in line or line.startswith("ran ")]
        verdict = "well" if done.returncode == 0 else f"FAILED ({log})"
        print(f"{name}\t{time.monotonic() - began:.0f} s\t{verdict}\t{runs[-1] if runs else ''}", flush=True)
        failed += [name] if done.returncode else []
    if failed:
        raise SystemExit(1)


def by_coverage(name: str, seconds: int, out: Path) -> None:
    """atheris: the program's own modules are instrumented."""
    import atheris

    with atheris.instrument_imports(include=["summitry"]):
        for module in [m for m in sys.modules if m.startswith("summitry")] + ["targets"]:
            sys.modules.pop(module, None)
        import targets
    corpus = out / f"corpus-{name}"
    corpus.mkdir(exist_ok=True)
    for n, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{n}").write_bytes(seed)
    target = targets.TARGETS[name]
    target(SEEDS[name][0])  # loads the knowledge, which is no hang
    flags = [f"-max_total_time={seconds}", f"-timeout={SLOW}", "-max_len=4000", "-rss_limit_mb=4000"]
    atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix={out}/{name}-", str(corpus)], target)
    atheris.Fuzz()


def by_shape(name: str, seconds: int, out: Path) -> None:
    """Hypothesis: seeds cut, repeated and mixed with bytes and words of markup, until the time is over."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    target, runs, began = TARGETS[name], 0, time.monotonic()
    target(SEEDS[name][0])
    words = [
        b"<",
        b">",
        b"<p>",
        b"</p>",
        b"<!--",
        b"&#",
        b'"',
        b"{",
        b"[",
        b"\r\n",
        b"\x00",
        b"\xff\xfe",
        b"Content-Length: 9\r\n",
    ]
    piece = st.one_of(
        st.binary(max_size=30),
        st.sampled_from(SEEDS[name]),
        st.sampled_from(words),
        st.builds(lambda w, n: w * n, st.sampled_from(words), st.integers(1, 3000)),
        st.builds(lambda s, a, b: s[a : a + b], st.sampled_from(SEEDS[name]), st.integers(0, 60), st.integers(0, 60)),
        st.text(max_size=30).map(lambda t: t.encode("utf-8", "replace")),
    )

    @settings(
        max_examples=200, deadline=SLOW * 1000, database=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(st.lists(piece, max_size=12).map(b"".join))
    def once(data: bytes) -> None:
        nonlocal runs
        runs += 1
        (out / f"{name}-last").write_bytes(data)
        target(data)

    while time.monotonic() - began < seconds:
        once()
    print(f"ran {runs} inputs in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
