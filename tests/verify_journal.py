#!/usr/bin/env python3
"""Verifies a journal, a whole record or a bundle that docket wrote as JSON lines, with nothing but the standard library;
prints the head."""
import hashlib, json, sys

NAMES = ("dev", "seq", "prev", "cmd", "hlc", "at", "actor", "role", "kind", "v", "entity")
heads, count = {}, 0
for line in open(sys.argv[1], encoding="utf-8", newline="\n"):
    entry = json.loads(line)
    if "hash" not in entry:
        continue  # what a whole record says besides its entries
    seq, prev = heads.get(entry["dev"], (0, "0" * 64))
    if "body" in entry:
        body = hashlib.sha256(bytes.fromhex(entry["salt"]) + entry["body"].encode()).hexdigest()
    else:
        body = entry["redacted"]
    text = "docket-event-v1\n" + "".join(f"{name} {entry[name]}\n" for name in NAMES) + f"body {body}\n"
    if (entry["seq"], entry["prev"]) != (seq + 1, prev) or hashlib.sha256(text.encode()).hexdigest() != entry["hash"]:
        sys.exit(f"entry {entry['seq']} of device {entry['dev']} does not fit")
    heads[entry["dev"]] = (entry["seq"], entry["hash"])
    count += 1
lines = [f"{dev} {seq} {head}\n" for dev, (seq, head) in sorted(heads.items())]
head = heads.popitem()[1][1] if len(heads) == 1 else hashlib.sha256("".join(lines).encode()).hexdigest()
print(count, head)
