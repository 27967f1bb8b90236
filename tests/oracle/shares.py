"""The group's share of a firm: a sum over all chains, solved exactly."""

from fractions import Fraction

Stakes = list[tuple[str, str, Fraction]]
"""Holder, investee and size, sizes above 0 only."""


def below(stakes: Stakes, tops: set[str], closed: set[str]) -> set[str]:
    """Firms to which a chain leads from the tops without entering a closed firm."""
    found: set[str] = set()
    waiting = list(tops)
    while waiting:
        holder = waiting.pop()
        for owner, investee, _ in stakes:
            if owner == holder and investee not in closed and investee not in found:
                found.add(investee)
                waiting.append(investee)
    return found


def above(stakes: Stakes, target: str, closed: set[str]) -> set[str]:
    """Firms from which a chain leads to the target without entering a closed firm, and the target."""
    found = {target}
    waiting = [target]
    while waiting:
        investee = waiting.pop()
        for owner, held, _ in stakes:
            if held == investee and owner not in closed and owner not in found:
                found.add(owner)
                waiting.append(owner)
    return found


def solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction] | None:
    """Gauss's elimination; None if the matrix is singular."""
    size = len(matrix)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = next((i for i in range(column, size) if rows[i][column] != 0), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        factor = rows[column][column]
        rows[column] = [cell / factor for cell in rows[column]]
        for i in range(size):
            if i != column and rows[i][column] != 0:
                multiple = rows[i][column]
                rows[i] = [a - multiple * b for a, b in zip(rows[i], rows[column], strict=True)]
    return [row[size] for row in rows]


def chains_sum(stakes: Stakes, start: set[str], target: str) -> Fraction | None:
    """The sum over all chains from the start, taken as one holder, to the target; None if it diverges.

    A target that belongs to the start is taken out of it: a firm is not its own holder.
    """
    start = start - {target}
    if target not in below(stakes, start, start):
        return Fraction(0)
    firms = sorted(below(stakes, start, start) & above(stakes, target, start))
    matrix = [[Fraction(int(i == j)) for j in range(len(firms))] for i in range(len(firms))]
    direct = [Fraction(0) for _ in firms]
    for holder, investee, size in stakes:
        if investee not in firms:
            continue
        if holder in start:
            direct[firms.index(investee)] += size
        elif holder in firms:
            matrix[firms.index(investee)][firms.index(holder)] -= size
    # the chains among these firms have a finite sum exactly if one more unit put into
    # each of them comes out positive everywhere
    probe = solve(matrix, [Fraction(1) for _ in firms])
    if probe is None or any(value <= 0 for value in probe):
        return None
    solution = solve(matrix, direct)
    return None if solution is None else solution[firms.index(target)]
