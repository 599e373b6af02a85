#!/usr/bin/python3
"""pyvrp_peer.py INSTANCE SECONDS SEED CONVENTION: PyVRP (github.com/PyVRP/PyVRP, 0.13) for bench/quality/run.sh --solver; the cost is the last line.

Wants pyvrp importable (PYTHONPATH). Reads CVRPLIB and Solomon files itself; rounded, or one decimal truncated (windows too).
"""
import math
import sys

from pyvrp import Model
from pyvrp.stop import MaxRuntime


def read_cvrp(lines):
    position, demand, section, capacity = {}, {}, None, 0
    for line in lines:
        words = line.replace(":", " ").split()
        if not words:
            continue
        if words[0] == "CAPACITY":
            capacity = int(words[1])
        elif words[0].endswith("_SECTION"):
            section = words[0]
        elif section == "NODE_COORD_SECTION" and words[0].isdigit():
            position[int(words[0])] = (float(words[1]), float(words[2]))
        elif section == "DEMAND_SECTION" and words[0].isdigit():
            demand[int(words[0])] = int(words[1])
    order = sorted(position)
    return capacity, [(*position[i], demand[i], None) for i in order]


def read_solomon(lines):
    numbers = [[float(w) for w in line.split()] for line in lines if line.strip() and all(c in "0123456789. \t\r\n-" for c in line)]
    capacity = int(numbers[0][1])
    return capacity, [(row[1], row[2], int(row[3]), (row[4], row[5], row[6])) for row in numbers[1:]]


def main():
    path, seconds, seed, convention = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    with open(path) as file:
        lines = file.readlines()
    capacity, places = read_solomon(lines) if path.endswith(".txt") else read_cvrp(lines)
    timed = path.endswith(".txt")
    scale = 10 if timed else 1
    model = Model()
    model.add_vehicle_type(len(places) - 1, capacity)
    nodes = []
    for i, (x, y, demand, window) in enumerate(places):
        early, late, service = (int(v * scale) for v in window) if window else (0, None, 0)
        if i == 0:
            nodes.append(model.add_depot(x=int(x), y=int(y), **({"tw_early": early, "tw_late": late} if window else {})))
        else:
            nodes.append(
                model.add_client(
                    x=int(x), y=int(y), delivery=demand, **({"tw_early": early, "tw_late": late, "service_duration": service} if window else {})
                )
            )
    for i, a in enumerate(places):
        for j, b in enumerate(places):
            length = math.hypot(a[0] - b[0], a[1] - b[1])
            whole = int(length * scale) if timed else int(length + 0.5)
            if i != j:
                model.add_edge(nodes[i], nodes[j], distance=whole, duration=whole if timed else 0)
    result = model.solve(stop=MaxRuntime(seconds), seed=seed, display=False)
    print(result.cost() / scale if result.is_feasible() else "null")


main()
