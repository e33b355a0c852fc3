"""Precision and recall of each stream by the program whose trees have not learned from it: held_out.py FOLDER STREAM..., see `make held-out`.

A duplicate or follow-up is right when it joins the ticket that the label names; a related message when it is called so."""
import json
import os
import subprocess
import sys

VERDICTS = ("duplicate", "followup", "related")


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line]


def named(message):
    of = message["of"]
    return of if isinstance(of, list) else [of] if of else []


def score(program, stream):
    """{verdict: (right, given, expected)} and how many messages joined another customer's ticket."""
    with open(stream, encoding="utf-8") as file:
        messages = lines(file.read())
    said = {row["id"]: row for row in lines(subprocess.run([program, "dedup-eval", stream], capture_output=True, text=True, check=True).stdout)}
    ticket, customer = {}, {}
    for m in messages:
        joins = m["expect"] in ("duplicate", "followup")
        ticket[m["id"]] = ticket.get(named(m)[0], named(m)[0]) if joins else m["id"]
        customer[m["id"]] = m.get("customer")
    counts, strangers = {v: [0, 0, 0] for v in VERDICTS}, 0
    for m in messages:
        got, want = said[m["id"]]["verdict"], m["expect"]
        of = said[m["id"]].get("of")
        right = got == want and (want == "related" or ticket.get(of) in [ticket.get(n) for n in named(m)])
        if want in counts:
            counts[want][0] += right
            counts[want][2] += 1
        if got in counts:
            counts[got][1] += 1
        strangers += got in ("duplicate", "followup") and customer.get(of) != m.get("customer")
    return counts, strangers


def shown(counts):
    return "  ".join(f"{v} {right / max(1, given):.3f}/{right / max(1, expected):.3f}" for v, (right, given, expected) in counts.items())


def by_number(stream):
    name = os.path.basename(stream)
    return name.rstrip("0123456789"), len(name), name


def main(folder, streams):
    sums, all_strangers = {}, 0
    for stream in sorted(streams, key=by_number):
        counts, strangers = score(f"{folder}/{stream}/intakectl", f"tests/data/similar/{stream}.jsonl")
        kind = os.path.basename(stream).rstrip("0123456789")
        print(f"{os.path.basename(stream):8} {shown(counts)}  in a stranger's ticket {strangers}")
        for v, row in counts.items():
            kept = sums.setdefault(kind, {w: [0, 0, 0] for w in VERDICTS})[v]
            kept[:] = [a + b for a, b in zip(kept, row)]
        all_strangers += strangers
    for kind, counts in sums.items():
        print(f"all {kind:6} precision/recall: {shown(counts)}")
    print(f"in a stranger's ticket: {all_strangers}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
