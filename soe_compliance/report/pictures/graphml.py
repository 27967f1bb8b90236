"""A scene as GraphML, for Gephi and the like."""

import io

from soe_compliance.report.pictures.edges import nodes, ties
from soe_compliance.report.pictures.scene import Scene


def graphml_file(scene: Scene) -> bytes:
    """The graph with all values of its entities and edges; several edges may join two entities."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=scene.title)
    for node in nodes(scene):
        graph.add_node(node.code, **node.values)
    for tie in ties(scene):
        graph.add_edge(tie.source, tie.target, **tie.values)
    written = io.BytesIO()
    nx.write_graphml_xml(graph, written)
    return written.getvalue()
