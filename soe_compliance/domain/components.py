"""Firms that reach each other, found by a walk through a graph."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence


def strong_components(
    roots: Iterable[int], next_of: Callable[[int], Sequence[int]], known: Container[int] = ()
) -> Iterator[list[int]]:
    """The strongly connected sets of what the roots lead to and is not known, each after those that it leads to.

    Tarjan's algorithm, with a stack of its own: graphs may be deeper than Python calls.
    """
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    closed: set[int] = set()
    open_nodes: list[int] = []
    for root in roots:
        if root in order or root in known:
            continue
        order[root] = lowest[root] = len(order)
        open_nodes.append(root)
        walk = [(root, iter(next_of(root)))]
        while walk:
            node, ends = walk[-1]
            for end in ends:
                if end in closed or end in known:
                    continue
                if end not in order:
                    order[end] = lowest[end] = len(order)
                    open_nodes.append(end)
                    walk.append((end, iter(next_of(end))))
                    break
                lowest[node] = min(lowest[node], order[end])
            else:
                walk.pop()
                if walk:
                    before = walk[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])
                if lowest[node] == order[node]:
                    component = [open_nodes.pop()]
                    while component[-1] != node:
                        component.append(open_nodes.pop())
                    closed.update(component)
                    yield component
