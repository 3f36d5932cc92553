// Rings in a graph of names: each ring once, told from its alphabetically first member.

/** Every set of nodes that reach each other (Tarjan's strongly connected components of two or more, or a self-loop). */
export function findCycles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const rings: string[] = [];
  const visit = (node: string): number => {
    const mine = order.size;
    order.set(node, mine);
    low.set(node, mine);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      const reached = order.has(next)
        ? stack.includes(next)
          ? (order.get(next) ?? mine)
          : mine
        : visit(next);
      low.set(node, Math.min(low.get(node) ?? mine, reached));
    }
    if (low.get(node) === mine) {
      const ring = stack.splice(stack.indexOf(node));
      if (ring.length > 1 || edges.get(node)?.has(node)) rings.push(ring.sort().join(' ⇄ '));
    }
    return low.get(node) ?? mine;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return rings.sort();
}
